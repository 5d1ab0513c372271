"""Writes what is typed around a diagnostic: a line becomes a record at its first letters.

Runs in the store lane; must not know any widget.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from advisor.domain.cases.changes import Changes
from advisor.domain.territories.work import MeetingKind
from advisor.ui.territories.parts import Draft

REQUIRED = {
    "territory_participant": "function",
    "territory_note": "text",
    "recommandation": "text",
    "action": "text",
}
NULLABLE = {"attendance", "due", "begun", "done"}
NEVER_EMPTY = {"day", "state", "kind"}
NO_THEME = "Divers"
RECORDS = {"recommandation": "territory_measure", "action": "territory_measure"}


def record_kind(draft: Draft) -> str:
    """Return the kind of record a line is kept as."""
    return RECORDS.get(draft.kind, draft.kind)


class WorkWriter:
    """Puts lines on disk with the service of territorial work."""

    def __init__(self, cases: Any, today: date) -> None:
        self._work = cases.territories
        self._today = today

    def write(self, diagnostic: str, draft: Draft) -> Changes:
        """Write what is not on disk yet of one line; returns what was touched."""
        values = dict(draft.dirty)
        touched = Changes()
        if not draft.id:
            required = REQUIRED.get(draft.kind)
            if required and not str(draft.values.get(required) or "").strip():
                return touched
            made = self._create(diagnostic, draft)
            draft.id = made.id
            touched += made
            values = dict(draft.values)
        named = dict(_kept(draft.kind, values))
        if named:
            touched += self._work.set_part(record_kind(draft), draft.id, named)
        for name, value in values.items():
            if draft.dirty.get(name) == value:
                draft.dirty.pop(name, None)
        return touched

    def remove(self, draft: Draft) -> object:
        """Take a line out; one that was never a record leaves nothing behind."""
        return self._work.remove_part(record_kind(draft), draft.id) if draft.id else []

    def _create(self, diagnostic: str, draft: Draft) -> Any:
        held, work = draft.values, self._work
        said = {name: value or "" for name, value in held.items()}
        if draft.kind == "territory_participant":
            return work.add_participant(diagnostic, held["function"], said.get("institution", ""))
        if draft.kind == "territory_note":
            return work.add_note(diagnostic, said.get("theme", ""), held["text"])
        if draft.kind == "territory_meeting":
            kind = MeetingKind(held.get("kind") or MeetingKind.LAUNCH)
            place, subject = said.get("place", ""), said.get("subject", "")
            return work.add_meeting(
                diagnostic, kind, held.get("day") or self._today, place, subject
            )
        if draft.kind == "recommandation":
            return work.recommend(diagnostic, held["text"], said.get("bearer", ""))
        return work.decide(diagnostic, held["text"], said.get("bearer", ""), held.get("due"))


def _kept(kind: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield values as records keep them: text is never null, a meeting always has its day."""
    for name, value in values.items():
        if value is not None or name in NULLABLE:
            yield name, (value or NO_THEME) if name == "theme" else value
        elif name not in NEVER_EMPTY:
            yield name, NO_THEME if (kind, name) == ("territory_note", "theme") else ""
