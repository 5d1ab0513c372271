"""The years a date typed here can have; any other is a slip of the finger.

True on paper; no database, no window.
"""

from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2100


def of_our_time(day: date) -> bool:
    """Tell whether a permanence, a contract or a person can have this date."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
