"""Interviews as domain objects, gathered from their records a batch at a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.appointment import AppointmentStatus, CandidatePlace, Interview, Slot
from advisor.domain.cases.people import Professional
from advisor.errors import NotFoundError
from advisor.store import tables
from advisor.store.identifiers import instant
from advisor.store.interview_parts import Parts, places_of
from advisor.store.journal import Journal
from advisor.store.permanences import permanence_of, read_date, read_time

_appointment = tables.appointment
_professional = tables.professional
_permanence = tables.permanence
_outcome = tables.outcome
BATCH = 500


class Interviews:
    """Reads interviews on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, interview_id: str) -> Interview:
        """Return one interview whole, frozen evaluation and documents too."""
        found = self._gather(_appointment.c.id == interview_id, whole=True)
        if not found:
            raise NotFoundError(
                f"Aucun entretien ne porte l’identifiant {interview_id[:60]}.",
                "Vérifiez l’identifiant dans «\u202fadvisor appointment list\u202f».",
            )
        return found[0]

    def find(
        self,
        *,
        departement: str | None = None,
        first: date | None = None,
        last: date | None = None,
        permanence: str | None = None,
        professional: str | None = None,
    ) -> list[Interview]:
        """Return interviews by day then hour, without documents and evaluations.

        Bounds are inclusive days of permanence.
        """
        conditions: list[sa.ColumnElement[bool]] = [sa.true()]
        if departement is not None:
            conditions.append(_permanence.c.departement == departement)
        if first is not None:
            conditions.append(_permanence.c.day >= first.isoformat())
        if last is not None:
            conditions.append(_permanence.c.day <= last.isoformat())
        if permanence is not None:
            conditions.append(_appointment.c.permanence == permanence)
        if professional is not None:
            conditions.append(_appointment.c.professional == professional)
        return self._gather(sa.and_(*conditions))

    def to_call_back(self, until: date) -> list[Interview]:
        """Return the interviews whose reminder is due by ``until``, the oldest first."""
        found = self._gather(_appointment.c.recall_on <= until.isoformat())
        return sorted(found, key=lambda one: (one.recall_on or date.max, one.id))

    def with_outcome(self) -> list[Interview]:
        """Return the interviews that have an outcome."""
        known = sa.select(_outcome.c.id).where(_outcome.c.deleted.is_(False))
        return self._gather(_appointment.c.id.in_(known))

    def places(self, interview_id: str) -> tuple[CandidatePlace, ...]:
        """Return the candidate places of one interview, in the order chosen."""
        return places_of(self._connection, [interview_id]).get(interview_id, ())

    def slots_taken(self, permanence: str) -> list[tuple[Slot, Professional]]:
        """Return the slots of a session that somebody still holds, by hour."""
        return self.slots_by_session([permanence]).get(permanence, [])

    def slots_by_session(
        self, permanences: Sequence[str]
    ) -> dict[str, list[tuple[Slot, Professional]]]:
        """Return, by session, the slots that somebody still holds, by hour."""
        given_up = [AppointmentStatus.CANCELLED.value, AppointmentStatus.ABSENT.value]
        table = _appointment
        query = (
            sa.select(table.c.permanence, table.c.at, table.c.minutes, *_professional.c)
            .join(_professional, table.c.professional == _professional.c.id)
            .where(table.c.permanence.in_(permanences), table.c.deleted.is_(False))
            .where(table.c.status.not_in(given_up), table.c.at.is_not(None))
            .order_by(table.c.at)
        )
        found: dict[str, list[tuple[Slot, Professional]]] = {}
        for row in self._connection.execute(query).mappings():
            taken = (Slot(read_time(row["at"]), row["minutes"]), _professional_of(row, {}))
            found.setdefault(row["permanence"], []).append(taken)
        return found

    def booked_as(self, fingerprint: str) -> str | None:
        """Return the interview made from a booking, even one deleted since; None if unseen."""
        query = sa.select(_appointment.c.id).where(_appointment.c.fingerprint == fingerprint)
        row = self._connection.execute(query).first()
        return row.id if row else None

    def bookings_seen(self, fingerprints: Sequence[str]) -> set[str]:
        """Return those of ``fingerprints`` an interview was made from, even deleted since."""
        seen: set[str] = set()
        for start in range(0, len(fingerprints), BATCH):
            some = fingerprints[start : start + BATCH]
            column = _appointment.c.fingerprint
            rows = self._connection.execute(sa.select(column).where(column.in_(some)))
            seen.update(row[0] for row in rows)
        return seen

    def _gather(self, condition: sa.ColumnElement[bool], *, whole: bool = False) -> list[Interview]:
        rows = list(self._connection.execute(_joined(condition)))
        found: list[Interview] = []
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            parts = Parts(self._connection, [row.appointment_id for row in batch], whole=whole)
            found += [self._with_parts(row._mapping, parts) for row in batch]  # noqa: SLF001
        return self._with_sync(found)

    def _with_sync(self, found: Sequence[Interview]) -> list[Interview]:
        journal = Journal(self._connection)
        states: dict[str, str] = {}
        for start in range(0, len(found), BATCH):
            states |= journal.states(one.id for one in found[start : start + BATCH])
        return [replace(one, sync=states.get(one.id, "sent")) for one in found]

    def _with_parts(self, row: Any, parts: Parts) -> Interview:
        key = row["appointment_id"]
        profile = parts.profile(key)
        return Interview(
            id=key,
            permanence=permanence_of(_prefixed(row, "permanence")),
            professional=_professional_of(_prefixed(row, "professional"), profile),
            status=AppointmentStatus(row["appointment_status"]),
            slot=Slot(
                read_time(row["appointment_at"]),
                row["appointment_minutes"],
                row["appointment_reason"],
                row["appointment_wished_commune"],
            ),
            profile=profile,
            places=parts.places(key),
            notes=parts.notes(key),
            referrals=parts.referrals(key),
            outcome=parts.outcome(key),
            satisfaction=row["appointment_satisfaction"],
            recall_on=read_date(row["appointment_recall_on"]),
            documents=parts.documents(key),
            evaluation=parts.evaluation(key),
            updated_at=max(instant(row["appointment_updated_at"]), parts.updated_at(key)),
        )


def _joined(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    labelled = [
        column.label(f"{table.name}_{column.name}")
        for table in (_appointment, _permanence, _professional)
        for column in table.c
    ]
    return (
        sa.select(*labelled)
        .join(_permanence, _appointment.c.permanence == _permanence.c.id)
        .join(_professional, _appointment.c.professional == _professional.c.id)
        .where(condition, _appointment.c.deleted.is_(False))
        .order_by(
            _permanence.c.day, _appointment.c.at.nulls_last(), _permanence.c.id, _appointment.c.id
        )
    )


def _prefixed(row: Any, table: str) -> dict[str, Any]:
    return {key.removeprefix(f"{table}_"): row[key] for key in row if key.startswith(f"{table}_")}


def _professional_of(row: Any, profile: Any) -> Professional:
    told = profile.get("profession") or row["profession"]
    return Professional(row["id"], row["nom"], row["prenom"], told, row["telephone"], row["email"])
