"""What advisers do in the simulation: each write goes through the real unit of work."""

import random
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import INTO
from advisor.errors import RefusedError
from advisor.store import records, tables
from advisor.store.entities import ENTITIES
from advisor.store.unit_of_work import UnitOfWork
from advisor.store.vault import Vault

FIELDS = ("sector", "exercise", "project.kind", "status")


class Writer:
    """Draws one thing to do among what the laptop shows."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._typed = 0

    def write(self, vault: Vault) -> str:
        """Do one thing and commit it; returns its name."""
        does = self._rng.choice(
            (*(self._opens,) * 2, *(self._notes,) * 4, *(self._fills,) * 6, *(self._calls,) * 2)
            + (self._revises,) * 3
            + (self._decides, self._concludes, self._removes, self._brings_back, self._moves)
            + (self._resolves,) * 3
            + ((self._erases, self._merges) if self._rng.random() < 0.3 else ())
        )
        try:
            with vault.write() as work:
                does(work)
        except RefusedError:  # what this laptop does not see is not for it to choose
            return f"{does.__name__} refused"
        return does.__name__

    def _text(self) -> str:
        self._typed += 1
        return f"v{self._typed}"

    def _pick(self, work: UnitOfWork, kind: str, *, deleted: bool = False) -> Any:
        table = ENTITIES[kind].table
        query = table.select().where(table.c.deleted.is_(deleted)).order_by(table.c.id)
        rows = work.connection.execute(query).all()
        return self._rng.choice(rows) if rows else None

    def _opens(self, work: UnitOfWork) -> None:
        here = {"departement": self._rng.choice(("77", "91"))}
        day = {"day": "2026-03-10", "place": self._text()}
        permanence = work.create("permanence", day, **here)
        named = {"nom": self._text(), "telephone": self._text()}
        person = work.create("professional", named, **here)
        values = {"permanence": permanence, "professional": person, "status": "prevu"}
        interview = work.create("appointment", {**values, "at": "09:00", "minutes": 30}, **here)
        work.create("project", {"sector": self._text()}, record_id=interview, **here)

    def _notes(self, work: UnitOfWork) -> None:
        interview = self._pick(work, "appointment")
        if interview is not None:
            values = {"interview": interview.id, "text": self._text(), "author": "x"}
            work.create("note", values, departement=interview.departement)

    def _revises(self, work: UnitOfWork) -> None:
        note = self._pick(work, "note")
        if note is not None:
            work.revise_note(note.id, self._text())

    def _fills(self, work: UnitOfWork) -> None:
        project = self._pick(work, "project")
        if project is not None:
            work.set("project", project.id, {self._rng.choice(FIELDS): self._text()})

    def _calls(self, work: UnitOfWork) -> None:
        person = self._pick(work, "professional")
        if person is not None:
            work.set("professional", person.id, {"telephone": self._text()})

    def _decides(self, work: UnitOfWork) -> None:
        interview = self._pick(work, "appointment")
        if interview is not None:
            work.set("appointment", interview.id, {"reason": self._text()})

    def _moves(self, work: UnitOfWork) -> None:
        interview, there = self._pick(work, "appointment"), self._pick(work, "permanence")
        if interview is not None and there is not None:
            work.set("appointment", interview.id, {"permanence": there.id})

    def _concludes(self, work: UnitOfWork) -> None:
        interview = self._pick(work, "appointment")
        if interview is not None:
            values = {"kind": "en_cours", "why": self._text()}
            work.put("outcome", interview.id, values, interview.departement)

    def _removes(self, work: UnitOfWork) -> None:
        kind = self._rng.choice(("note", "project", "outcome"))
        row = self._pick(work, kind)
        if row is not None:
            work.delete(kind, row.id)

    def _brings_back(self, work: UnitOfWork) -> None:
        row = self._pick(work, "project", deleted=True)
        if row is not None:
            values = {"sector": self._text()}
            work.create("project", values, departement=row.departement, record_id=row.id)

    def _resolves(self, work: UnitOfWork) -> None:
        table = tables.open_conflict
        query = table.select().order_by(table.c.entity, table.c.entity_id, table.c.field)
        rows = work.connection.execute(query).all()
        row = self._rng.choice(rows) if rows else None
        alive = row is not None and records.current(work.connection, row.entity, row.entity_id)
        if row is not None and (alive or row.field == INTO):
            chosen = self._rng.choice(row.versions)["value"]
            work.resolve(row.entity, row.entity_id, row.field, chosen)

    def _merges(self, work: UnitOfWork) -> None:
        duplicate, kept = self._pick(work, "professional"), self._pick(work, "professional")
        if duplicate is not None and duplicate.id != kept.id:
            work.merge_person(duplicate.id, kept.id)

    def _erases(self, work: UnitOfWork) -> None:
        person = self._pick(work, "professional")
        counted = sa.select(sa.func.count()).select_from(ENTITIES["professional"].table)
        if person is not None and work.connection.execute(counted).scalar_one() > 4:
            work.erase_person(person.id)
