"""Every official fact is dated and sourced: the small types that say so.

True on paper; no database, no window.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LINES = re.compile(r"L\d+(-\d+)?(, L\d+(-\d+)?)*")
PLAIN_NAMES = {
    "sros-ambulatoire-idf-2012.txt": "SROS ambulatoire Île-de-France 2012",
    "protocole-ars-urps-idf-2018.txt": (
        "Protocole d’accord ARS – URPS médecins d’Île-de-France, bilan du 28 juin 2018"
    ),
}


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

    @property
    def name(self) -> str:
        """The document as a reader knows it, never the name of a file."""
        return PLAIN_NAMES.get(self.document, self.document)

    @property
    def told(self) -> str:
        """The source as a screen or a page says it: « SROS 2012, lignes 880-1026 »."""
        place = place_told(self.locator)
        between = " " if place.startswith("(") else ", "
        return between.join(part for part in (self.name, place) if part)


def place_told(locator: str) -> str:
    """Return « ligne 918 » or « lignes 266, 270 » for the lines of a text, else as it is."""
    if not LINES.fullmatch(locator):
        return locator
    word = "lignes" if "," in locator or "-" in locator else "ligne"
    return f"{word} {locator.replace('L', '')}"


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
