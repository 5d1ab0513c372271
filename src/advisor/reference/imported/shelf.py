"""The imported tables of a home, beside its packs: taken in by one rename, read at every question.

Public data only. The most recently imported answers first.
"""

import hashlib
import json
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advisor.config import Home
from advisor.domain.indicator import Indicator
from advisor.domain.sourced import Figure, Source
from advisor.domain.territories.kinds import IndicatorKind
from advisor.errors import BadDataError, NotFoundError
from advisor.reference.imported import dataset_file
from advisor.reference.imported.draft import Draft
from advisor.reference.pack.safe_write import copy_atomically

FOLDER = "imported"
SUFFIX = ".sqlite"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table taken in; ``id`` names it in this home."""

    id: str
    file: str
    source: str
    imported_on: date
    accepted: int
    indicators: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    id: str
    connection: sqlite3.Connection
    meta: dict[str, object]
    kinds: dict[str, IndicatorKind]


class Shelf:
    """Reads and keeps the imported tables of one home; usable from several threads."""

    def __init__(self, home: Home) -> None:
        self._folder = home.reference / FOLDER
        self._opened: list[_Open] | None = None
        self._lock = threading.RLock()

    def datasets(self) -> list[Dataset]:
        """Return the tables taken in, the newest first."""
        return [
            Dataset(
                one.id,
                str(one.meta["file"]),
                str(one.meta["source"]),
                date.fromisoformat(str(one.meta["imported_on"])),
                int(str(one.meta["accepted"])),
                tuple(one.kinds),
            )
            for one in self._all()
        ]

    def kinds(self) -> dict[str, IndicatorKind]:
        """Return the indicators that the tables declare, the newest table's first."""
        found: dict[str, IndicatorKind] = {}
        for one in self._all():
            for key, kind in one.kinds.items():
                found.setdefault(key, kind)
        return found

    def figures(self, kind: str, codes: Sequence[str]) -> list[Indicator]:
        """Return the figures of these territories, the most recently imported first."""
        found: list[Indicator] = []
        with self._lock:  # nobody closes the tables meanwhile
            for dataset in self._all():
                for start in range(0, len(codes), AT_ONCE):
                    found += self._of(dataset, kind, codes[start : start + AT_ONCE])
        return found

    def take(self, draft: Draft) -> Dataset:
        """Take a draft in, whole or not at all; the same table again replaces itself."""
        if not draft.accepted:
            raise BadDataError("Aucune ligne de ce tableau ne peut être reprise.")
        meta = dataset_file.read_meta(draft.path)
        name = f"{meta['imported_on']}-{_slug(str(meta['file']))}-{_key(meta, draft)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            former = list(self._folder.glob(f"*-{_key(meta, draft)}{SUFFIX}"))
            copy_atomically(self._folder / f"{name}{SUFFIX}", draft.path)
            for path in former:
                if path.stem != name:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise BadDataError(
                "Ce tableau ne peut pas être gardé sur le disque.", "Libérez de la place."
            ) from error
        self.close()
        return next(one for one in self.datasets() if one.id == name)

    def forget(self, dataset_id: str) -> None:
        """Take a table away; NotFoundError."""
        path = self._folder / f"{Path(dataset_id).name}{SUFFIX}"
        if not path.exists():
            raise NotFoundError(f"Aucun tableau importé ne s’appelle « {dataset_id} ».")
        self.close()
        path.unlink()

    def close(self) -> None:
        """Close the tables; the next question opens them again."""
        with self._lock:
            for one in self._opened or ():
                one.connection.close()
            self._opened = None

    def _all(self) -> list[_Open]:
        with self._lock:
            if self._opened is None:
                self._opened = list(self._open())
            return self._opened

    def _open(self) -> Iterator[_Open]:
        paths = self._folder.glob(f"*{SUFFIX}") if self._folder.is_dir() else ()
        newest = sorted(paths, key=lambda path: (path.stem[:10], path.stat().st_mtime_ns))
        for path in reversed(newest):
            try:
                connection = dataset_file.open_dataset(path)
                meta, kinds = dataset_file.meta_of(connection), dataset_file.kinds_of(connection)
            except (sqlite3.Error, BadDataError, ValueError, KeyError, TypeError):
                continue  # a damaged or newer table answers nothing; importing it again mends it
            yield _Open(path.stem, connection, meta, kinds)

    def _of(self, dataset: _Open, kind: str, codes: Sequence[str]) -> Iterator[Indicator]:
        marks = ",".join("?" * len(codes))
        rows = dataset.connection.execute(
            "SELECT territory, name, line, indicator, year, value, secret, how FROM figure"
            f" WHERE kind = ? AND territory IN ({marks}) ORDER BY rowid",
            (kind, *codes),
        )
        for row in rows.fetchall():
            yield _indicator(dataset, kind, row)


def _indicator(dataset: _Open, kind: str, row: Sequence[object]) -> Indicator:
    territory, name, line, key, year, value, secret, how = row
    meta = dataset.meta
    declared = dataset.kinds[str(key)]
    texts = {part: meta.get(part) or {} for part in ("sources", "units", "definitions")}
    document = texts["sources"].get(key) or meta["source"]  # type: ignore[attr-defined]
    locator = f"({meta['file']}, ligne {line})" if line else f"({meta['file']}, {how})"
    figure = Figure(
        None if value is None else float(str(value)),
        str(texts["units"].get(key, declared.unit)),  # type: ignore[attr-defined]
        None if year is None else int(str(year)),
        Source(str(document), locator, date.fromisoformat(str(meta["imported_on"]))),
        bool(secret),
    )
    definition = str(texts["definitions"].get(key, ""))  # type: ignore[attr-defined]
    return Indicator(
        declared.id, declared.label, kind, str(territory), str(name), figure, definition
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-")[:40] or "tableau"


def _key(meta: dict[str, object], draft: Draft) -> str:
    """Return what names a table: its content and the indicators taken from it."""
    told = json.dumps([meta["sha256"], sorted(draft.indicators), meta["sheet"]])
    return hashlib.sha256(told.encode()).hexdigest()[:8]
