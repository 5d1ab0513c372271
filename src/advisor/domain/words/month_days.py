"""Monthly sessions keep their weekday: the second Tuesday stays the second Tuesday.

True on paper; no database, no window.
"""

from datetime import date, timedelta

WEEK = 7
MONTHS = 12
LAST_RANK = 5


def month_later(day: date, months: int) -> date:
    """Return the same weekday of the same rank, ``months`` later.

    A fifth weekday becomes the last one where the month has only four.
    """
    rank = (day.day - 1) // WEEK
    index = day.year * MONTHS + day.month - 1 + months
    first = date(index // MONTHS, index % MONTHS + 1, 1)
    start = first + timedelta(days=(day.weekday() - first.weekday()) % WEEK)
    found = start + timedelta(days=WEEK * rank)
    return found if found.month == first.month else found - timedelta(days=WEEK)
