"""Numbered notes at the foot of a sheet: each figure points to where it was read.

True on paper; no database, no page.
"""

from datetime import date

from advisor.domain.wording import short_date


class Notes:
    """Gives a number to each source, the same source always the same number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, source: object, read_on: date | None = None) -> str:
        """Return « [3] » for a source, nothing when there is none."""
        text = str(source).strip()
        if not text:
            return ""
        if read_on is not None:
            text = f"{text}, lu le {short_date(read_on)}"
        return f"[{self._numbers.setdefault(text, len(self._numbers) + 1)}]"

    def lines(self) -> tuple[str, ...]:
        """Return « [1] Arrêté… » for each source, in the order they were met."""
        return tuple(f"[{number}] {text}." for text, number in self._numbers.items())
