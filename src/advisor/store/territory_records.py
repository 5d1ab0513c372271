"""The work kept around territorial diagnostics, read as domain objects."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from advisor.domain.territories.reading_2012 import Parameters
from advisor.domain.territories.scenario import Hypotheses
from advisor.domain.territories.territory import ChosenBy
from advisor.domain.territories.work import (
    Measure,
    MeasureKind,
    MeasureState,
    Meeting,
    MeetingKind,
    Participant,
    Step,
    StepKind,
    StepState,
    TerritoryNote,
    TerritoryWork,
)
from advisor.errors import AdvisorError, NotFoundError
from advisor.store import territory_tables as tables
from advisor.store.identifiers import instant
from advisor.store.permanences import read_date

Row = Mapping[str, Any]


class TerritoryRecords:
    """Reads diagnostics on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, diagnostic_id: str) -> TerritoryWork:
        """Return one diagnostic whole; NotFoundError when absent or deleted."""
        found = self._gather(tables.diagnostic.c.id == diagnostic_id)
        if not found:
            raise NotFoundError(
                f"Aucun diagnostic territorial ne porte l’identifiant {diagnostic_id}.",
                "Vérifiez l’identifiant dans la liste des diagnostics.",
            )
        return found[0]

    def find(self, departement: str | None = None) -> list[TerritoryWork]:
        """Return the diagnostics, the last one made first."""
        table = tables.diagnostic
        return self._gather(sa.true() if not departement else table.c.departement == departement)

    def _gather(self, condition: sa.ColumnElement[bool]) -> list[TerritoryWork]:
        table = tables.diagnostic
        query = table.select().where(condition, table.c.deleted.is_(False))
        query = query.order_by(table.c.created_at.desc(), table.c.id)
        rows = self._connection.execute(query).mappings().all()
        parts = _Parts(self._connection, [row["id"] for row in rows])
        return [_work(row, parts) for row in rows]


class _Parts:
    """What hangs on a batch of diagnostics, one query for each kind of record."""

    def __init__(self, connection: sa.Connection, diagnostics: Sequence[str]) -> None:
        self._connection = connection
        self._diagnostics = diagnostics
        self.steps = self._of(tables.step)
        self.participants = self._of(tables.participant)
        self.notes = self._of(tables.note)
        self.meetings = self._of(tables.meeting, tables.meeting.c.day)
        self.measures = self._of(tables.measure)

    def _of(self, table: sa.Table, *first: sa.ColumnElement[Any]) -> dict[str, list[Row]]:
        query = (
            table.select()
            .where(table.c.diagnostic.in_(self._diagnostics), table.c.deleted.is_(False))
            .order_by(*first, table.c.created_at, table.c.id)
        )
        found: dict[str, list[Row]] = {}
        for row in self._connection.execute(query).mappings():
            found.setdefault(row["diagnostic"], []).append(dict(row))
        return found


def _work(row: Any, parts: _Parts) -> TerritoryWork:
    key = row["id"]
    measures = [_measure(one) for one in parts.measures.get(key, ())]
    order = list(StepKind)
    steps = sorted(
        (_step(one) for one in parts.steps.get(key, ())), key=lambda s: order.index(s.kind)
    )
    return TerritoryWork(
        id=key,
        name=row["name"],
        chosen_by=ChosenBy(row["chosen_by"]),
        departement=row["departement"],
        code=row["code"],
        communes=tuple(row["communes"]),
        request=row["request"],
        requested_by=row["requested_by"],
        requested_on=read_date(row["requested_on"]),
        hypotheses=read_hypotheses(row["hypotheses"]),
        parameters=read_parameters(row["parameters"]),
        steps=tuple(steps),
        participants=tuple(
            Participant(one["id"], one["function"], one["institution"])
            for one in parts.participants.get(key, ())
        ),
        notes=tuple(_note(one) for one in parts.notes.get(key, ())),
        meetings=tuple(_meeting(one) for one in parts.meetings.get(key, ())),
        recommendations=tuple(m for m in measures if m.kind is MeasureKind.RECOMMENDATION),
        actions=tuple(m for m in measures if m.kind is MeasureKind.ACTION),
        updated_at=instant(row["updated_at"]),
    )


def read_hypotheses(kept: Any) -> Hypotheses:
    """Return the hypotheses kept; the default ones when what was received does not read."""
    try:
        return Hypotheses(**kept)
    except (TypeError, AdvisorError):
        return Hypotheses()


def read_parameters(kept: Any) -> Parameters:
    """Return the parameters kept; the default ones when what was received does not read."""
    try:
        weights = tuple(kept.get("weights", Parameters().weights))
        return Parameters(**{**kept, "weights": weights})
    except (AttributeError, TypeError, AdvisorError):
        return Parameters()


def _step(row: Row) -> Step:
    begun, due, done = (read_date(row[name]) for name in ("begun", "due", "done"))
    named = (row["id"], StepKind(row["kind"]), StepState(row["state"]))
    return Step(*named, begun, due, done, row["note"])


def _note(row: Row) -> TerritoryNote:
    signed = (row["author"], row["organisation"], instant(row["created_at"]))
    return TerritoryNote(row["id"], row["theme"], row["text"], *signed)


def _meeting(row: Row) -> Meeting:
    day = read_date(row["day"])
    assert day is not None  # noqa: S101 - the column is never empty
    told = (row["place"], row["subject"], row["summary"], row["attendance"])
    return Meeting(row["id"], MeetingKind(row["kind"]), day, *told)


def _measure(row: Row) -> Measure:
    return Measure(
        row["id"],
        MeasureKind(row["kind"]),
        row["text"],
        MeasureState(row["state"]),
        row["bearer"],
        read_date(row["due"]),
        row["follows"],
    )
