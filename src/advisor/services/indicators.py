"""Imported tables of indicators: read first, then taken in, listed, asked, taken away."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from advisor.config import Home
from advisor.domain.indicator import Indicator
from advisor.domain.maps.apl_layer import PROFESSION, newest_apl
from advisor.domain.territories.kinds import IndicatorKind
from advisor.domain.territories.mapping import read_mapping
from advisor.reference.imported.draft import Draft, read_draft
from advisor.reference.imported.geography import Geography
from advisor.reference.imported.sample import Sample, look_at
from advisor.reference.imported.shelf import Dataset, Shelf
from advisor.services.reference import Reference

__all__ = ["Dataset", "Draft", "Indicators", "Sample"]
Progress = Callable[[int], None]


class Indicators:
    """The imported tables of one home."""

    def __init__(self, home: Home, reference: Reference) -> None:
        self._home = home
        self._reference = reference
        self._shelf = Shelf(home)
        self._drafts: tempfile.TemporaryDirectory[str] | None = None

    def look(self, file: Path) -> tuple[Sample, ...]:
        """Return what each sheet of a table looks like; BadDataError when it is no table."""
        return look_at(file)

    def read(
        self,
        file: Path,
        mapping: Mapping[str, Any],
        *,
        today: date | None = None,
        progress: Progress = lambda _line: None,
    ) -> Draft:
        """Return what a table would give, changing nothing; BadDataError when it is no table.

        ``mapping`` is JSON as in the contract; empty for an official layout that is recognised.
        """
        matched = read_mapping(mapping)
        geography = Geography(self._reference.pack)
        if self._drafts is None:
            self._drafts = tempfile.TemporaryDirectory(prefix="advisor-indicators-")
        out = Path(tempfile.mkdtemp(dir=self._drafts.name)) / "draft.sqlite"
        day = today or date.today()  # noqa: DTZ011  (the day of the room's calendar)
        return read_draft(file, matched, geography, out, today=day, progress=progress)

    def accept(self, draft: Draft) -> Dataset:
        """Take a draft in, whole or not at all."""
        return self._shelf.take(draft)

    def datasets(self) -> list[Dataset]:
        """Return the tables taken in, the newest first."""
        return self._shelf.datasets()

    def forget(self, dataset_id: str) -> None:
        """Take a table away; NotFoundError."""
        self._shelf.forget(dataset_id)

    def kinds(self) -> dict[str, IndicatorKind]:
        """Return the indicators that the tables declare."""
        return self._shelf.kinds()

    def of_communes(self, codes: Sequence[str]) -> list[Indicator]:
        """Return the figures of communes, the most recently imported first."""
        return self._shelf.figures("commune", codes)

    def at(self, kind: str, code: str) -> list[Indicator]:
        """Return the figures of one territory, the most recently imported first."""
        return self._shelf.figures(kind, [code])

    def apl(self, codes: Sequence[str], profession: str) -> dict[str, Indicator]:
        """Return by commune the newest official APL, which is about general practitioners only."""
        return newest_apl(self.of_communes(codes)) if profession == PROFESSION else {}

    def supply(self, code: str, profession: str) -> list[Indicator]:
        """Return what the tables say of the supply of a commune for a profession."""
        return list(self.apl([code], profession).values())

    def close(self) -> None:
        """Close the tables and remove the drafts."""
        self._shelf.close()
        if self._drafts is not None:
            with suppress(OSError):
                self._drafts.cleanup()
            self._drafts = None
