"""All that hangs on a batch of interviews, one query for each kind of record."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.appointment import (
    CandidatePlace,
    Note,
    NoteVersion,
    Outcome,
    OutcomeKind,
    PrintedDocument,
    Referral,
    ReferralStatus,
)
from advisor.domain.cases.open_fields import gathered
from advisor.store import tables
from advisor.store.identifiers import instant
from advisor.store.permanences import read_date

Rows = dict[str, list[Any]]


class Parts:
    """The parts of ``interviews``; frozen evaluations and documents only when ``whole``."""

    def __init__(
        self, connection: sa.Connection, interviews: Sequence[str], *, whole: bool
    ) -> None:
        self._connection = connection
        self._interviews = interviews
        self._projects = self._of(tables.project, "id")
        self._outcomes = self._of(tables.outcome, "id")
        self._places = places_of(connection, interviews)
        self._notes = self._of(tables.note)
        self._referrals = self._of(tables.referral)
        self._evaluations = self._of(tables.evaluation) if whole else {}
        self._documents = self._of(tables.document) if whole else {}
        self._versions = self._versions_of_notes()

    def profile(self, key: str) -> Mapping[str, Any]:
        """Return the known profile fields."""
        return gathered(next((row["profile"] for row in self._projects.get(key, ())), {}))

    def outcome(self, key: str) -> Outcome | None:
        """Return what became of the project, None when not said."""
        for row in self._outcomes.get(key, ()):
            kind, day = OutcomeKind(row["kind"]), read_date(row["day"])
            return Outcome(kind, day, row["commune"], row["how"], row["why"])
        return None

    def places(self, key: str) -> tuple[CandidatePlace, ...]:
        """Return the candidate places in the order chosen."""
        return self._places.get(key, ())

    def notes(self, key: str) -> tuple[Note, ...]:
        """Return the notes, oldest first, each with all the texts it had."""
        return tuple(self._note(row) for row in self._notes.get(key, ()))

    def referrals(self, key: str) -> tuple[Referral, ...]:
        """Return the orientations to partners, oldest first."""
        return tuple(
            Referral(
                row["id"],
                row["partner"],
                row["partner_name"],
                ReferralStatus(row["status"]),
                row["note"],
                read_date(row["due"]),
            )
            for row in self._referrals.get(key, ())
        )

    def documents(self, key: str) -> tuple[PrintedDocument, ...]:
        """Return the documents handed over, oldest first."""
        return tuple(
            PrintedDocument(
                row["id"],
                row["kind"],
                instant(row["created_at"]),
                row["pack_version"],
                row["content"],
                row["sha256"],
            )
            for row in self._documents.get(key, ())
        )

    def evaluation(self, key: str) -> Mapping[str, Any] | None:
        """Return the last frozen evaluation with its pack version and instant, else None."""
        rows = self._evaluations.get(key)
        if not rows:
            return None
        last = rows[-1]
        frozen = {"pack_version": last["pack_version"], "at": last["created_at"]}
        return {**last["content"], **frozen}

    def updated_at(self, key: str) -> datetime:
        """Return the instant of the last change of any part."""
        families = (self._projects, self._outcomes, self._notes, self._referrals)
        instants = [row["updated_at"] for family in families for row in family.get(key, ())]
        return max(map(instant, instants), default=datetime.min.replace(tzinfo=UTC))

    def _note(self, row: Any) -> Note:
        versions = tuple(
            NoteVersion(one["text"], one["author"], one["organisation"], instant(one["at"]))
            for one in self._versions.get(row["id"], ())
        )
        signed = (row["author"], row["organisation"], instant(row["created_at"]))
        return Note(row["id"], *signed, row["text"], versions, row["theme"])

    def _of(self, table: sa.Table, column: str = "interview") -> Rows:
        owner = table.c[column]
        query = (
            table.select()
            .where(owner.in_(self._interviews), table.c.deleted.is_(False))
            .order_by(table.c.created_at, table.c.id)
        )
        return self._grouped(query, column)

    def _versions_of_notes(self) -> Rows:
        version = tables.note_version
        notes = [row["id"] for rows in self._notes.values() for row in rows]
        query = version.select().where(version.c.note.in_(notes))
        return self._grouped(query.order_by(version.c.at, version.c.id), "note")

    def _grouped(self, query: sa.Select[Any], column: str) -> Rows:
        groups: Rows = {}
        for row in self._connection.execute(query).mappings():
            groups.setdefault(row[column], []).append(row)
        return groups


def places_of(
    connection: sa.Connection, interviews: Sequence[str]
) -> dict[str, tuple[CandidatePlace, ...]]:
    """Return the live candidate places of each interview, in the order chosen."""
    table = tables.candidate_place
    query = (
        sa.select(table.c.interview, table.c.id, table.c.commune, table.c.name, table.c.position)
        .where(table.c.interview.in_(interviews), table.c.deleted.is_(False))
        .order_by(table.c.position, table.c.id)
    )
    found: dict[str, list[CandidatePlace]] = {}
    for row in connection.execute(query):
        found.setdefault(row.interview, []).append(CandidatePlace(*row[1:]))
    return {key: tuple(places) for key, places in found.items()}
