"""Months and years added to a day, as contracts count them.

True on paper; no database, no window.
"""

from calendar import monthrange
from datetime import date


def plus_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def plus_years(day: date, years: float) -> date:
    """Return the same day so many years later (halves count as six months)."""
    return plus_months(day, round(years * 12))
