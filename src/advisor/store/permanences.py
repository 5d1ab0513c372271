"""Permanences as domain objects."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.appointment import Permanence
from advisor.errors import NotFoundError
from advisor.store import tables

_table = tables.permanence


class Permanences:
    """Reads permanences on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, permanence_id: str) -> Permanence:
        """Return one permanence; NotFoundError when absent or deleted."""
        found = self.by_ids([permanence_id]).get(permanence_id)
        if found is None:
            raise NotFoundError(
                f"Aucune permanence ne porte l’identifiant {permanence_id[:60]}.",
                "Vérifiez l’identifiant dans «\u202fadvisor permanence list\u202f».",
            )
        return found

    def find(
        self,
        *,
        departement: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> list[Permanence]:
        """Return permanences by day then place; bounds are inclusive."""
        query = _table.select().where(_table.c.deleted.is_(False))
        if departement is not None:
            query = query.where(_table.c.departement == departement)
        if first is not None:
            query = query.where(_table.c.day >= first.isoformat())
        if last is not None:
            query = query.where(_table.c.day <= last.isoformat())
        query = query.order_by(_table.c.day, _table.c.starts, _table.c.place, _table.c.id)
        return [permanence_of(row) for row in self._connection.execute(query).mappings()]

    def on(self, departement: str, day: date) -> Permanence | None:
        """Return the first permanence of that département on that day, None when there is none."""
        return next(iter(self.find(departement=departement, first=day, last=day)), None)

    def by_ids(self, ids: Iterable[str]) -> dict[str, Permanence]:
        """Return the live permanences among ``ids``."""
        query = _table.select().where(_table.c.id.in_(list(ids)), _table.c.deleted.is_(False))
        rows = self._connection.execute(query).mappings()
        return {row["id"]: permanence_of(row) for row in rows}


def permanence_of(row: Any) -> Permanence:
    """Return the permanence a row holds."""
    return Permanence(
        row["id"],
        row["departement"],
        date.fromisoformat(row["day"]),
        row["place"],
        read_time(row["starts"]),
        read_time(row["ends"]),
        tuple(row["partners"]),
        row["series"],
    )


def read_time(text: str | None) -> time | None:
    """Return the time written ``HH:MM``, None for None."""
    return time.fromisoformat(text) if text else None


def write_time(at: time | None) -> str | None:
    """Return ``HH:MM``, None for None."""
    return at.strftime("%H:%M") if at else None


def read_date(text: str | None) -> date | None:
    """Return the day written ``YYYY-MM-DD``, None for None."""
    return date.fromisoformat(text) if text else None


def write_date(day: date | None) -> str | None:
    """Return ``YYYY-MM-DD``, None for None."""
    return day.isoformat() if day else None
