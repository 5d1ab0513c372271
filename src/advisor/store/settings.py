"""What this home remembers about itself: who signs, and small choices. Never synced as records."""

from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.people import Adviser
from advisor.store import tables
from advisor.store.prepared import Prepared

ADVISER = "adviser"
DECISIONS = "decisions"  # what was decided of the entries the central store set aside
_table = tables.setting
_VALUE = Prepared(sa.select(_table.c.value).where(_table.c.name == sa.bindparam("of")))
_KEEP = Prepared(_table.insert().prefix_with("OR REPLACE"))


class Settings:
    """Named JSON values on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, ``default`` when it was never kept."""
        row = _VALUE.first(self._connection, {"of": name})
        return default if row is None else row.value

    def keep(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name."""
        _KEEP.run(self._connection, {"name": name, "value": value})

    def drop(self, name: str) -> None:
        """Forget a value."""
        table = tables.setting
        self._connection.execute(table.delete().where(table.c.name == name))

    def adviser(self) -> Adviser | None:
        """Return who signs here, None when nobody said so yet."""
        held = self.get(ADVISER)
        return Adviser(held["name"], held["organisation"]) if held else None

    def keep_adviser(self, adviser: Adviser) -> None:
        """Keep who signs here from now on."""
        self.keep(ADVISER, {"name": adviser.name, "organisation": adviser.organisation})
