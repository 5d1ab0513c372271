"""Every official fact is dated and sourced: the small types that say so.

True on paper; no database, no window.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Confidence(StrEnum):
    """How sure we are of a fact: A official text read, B secondary source, C to be verified."""

    OFFICIAL = "A"
    SECONDARY = "B"
    UNVERIFIED = "C"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: ``document``, ``locator`` inside it (line, page, article)."""

    document: str
    locator: str = ""
    read_on: date | None = None

    def __str__(self) -> str:
        return f"{self.document} {self.locator}".strip()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what makes it usable: unit, year and source.

    ``value`` is None when the figure is missing; ``secret`` is True when it exists but is
    covered by statistical secrecy (« non diffusé »), which is never zero.
    """

    value: float | None
    unit: str
    year: int | None
    source: Source
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which something holds; both bounds are inclusive, None is unbounded."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` is inside the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
