"""Figures and days as a French reader expects them, for the lines of the command line."""

from datetime import date

from advisor.domain.aid import Money
from advisor.domain.wording import NARROW, euros_between, number, short_date

__all__ = ["NARROW", "euros", "french_day", "number", "people"]


def euros(money: Money | None) -> str:
    """Write an amount, a range, or that it is not known."""
    return "montant non chiffré" if money is None else euros_between(money.low, money.high)


def people(count: int | None) -> str:
    """Write a population."""
    return "population non détenue" if count is None else f"{number(count)} hab."


def french_day(day: date | None) -> str:
    """Write a day as 22/11/2026."""
    return "" if day is None else short_date(day)
