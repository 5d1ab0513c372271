"""Numbered notes at the foot of a sheet: each figure points to where it was read.

True on paper; no database, no page.
"""

from datetime import date

from advisor.domain.sourced import Source, place_told
from advisor.domain.words.wording import short_date


class Notes:
    """Gives a number to each document, the same document read the same day the same number.

    The places looked at inside a document (pages, articles) are gathered in its note.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, date | None], int] = {}
        self._locators: dict[int, list[str]] = {}

    def mark(self, source: Source | str, read_on: date | None = None) -> str:
        """Return « [3] » for a source, nothing when there is none."""
        document, locator = (
            (source.name, place_told(source.locator))
            if isinstance(source, Source)
            else (source, "")
        )
        if not document.strip():
            return ""
        number = self._numbers.setdefault((document.strip(), read_on), len(self._numbers) + 1)
        held = self._locators.setdefault(number, [])
        if locator.strip() and locator.strip() not in held:
            held.append(locator.strip())
        return f"[{number}]"

    def lines(self) -> tuple[str, ...]:
        """Return « [1] Arrêté…, article 2 (lu le …). » for each document, in order."""
        return tuple(
            f"[{number}] {', '.join([document, *self._locators[number]])}{_read(read_on)}."
            for (document, read_on), number in self._numbers.items()
        )

    def short_lines(self) -> tuple[str, ...]:
        """Return « [1] Arrêté… » for each document, without the places looked at inside."""
        return tuple(f"[{number}] {document}." for (document, _), number in self._numbers.items())


def _read(read_on: date | None) -> str:
    return f" (lu le {short_date(read_on)})" if read_on else ""
