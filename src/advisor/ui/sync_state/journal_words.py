"""A line of the journal said in plain French.

Must not know any widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.domain.cases.field_words import field_words, kind_words
from advisor.domain.cases.operation import Op, Operation
from advisor.ui import wording

VERBS = {
    Operation.CREATE: "ajout",
    Operation.SET: "modification",
    Operation.APPEND_NOTE: "ajout",
    Operation.REVISE_NOTE: "modification",
    Operation.DELETE: "retrait",
    Operation.MERGE_PERSON: "réunion de deux fiches",
    Operation.RESOLVE_CONFLICT: "choix entre deux versions",
    Operation.ERASE_PERSON: "effacement",
    Operation.VOID: "contenu effacé",
}


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One change as the screen says it."""

    at: datetime
    what: str
    detail: str
    about: str
    who: str


def line_of(op: Op, about: str) -> JournalLine:
    """Return one change in words, never its values; ``about`` says whose record it is."""
    what = f"{wording.capital(kind_words(op.entity, 1))} · {VERBS[op.operation]}"
    fields = [field_words(op.entity, name) for name in op.fields] if op.fields else []
    detail = ", ".join(dict.fromkeys(fields)) if op.operation == Operation.SET else ""
    at = datetime.fromisoformat(op.declared_at).astimezone()
    return JournalLine(at, what, detail, about, op.actor)


def counted_by_kind(ops: Sequence[Op]) -> list[tuple[str, int]]:
    """Return how many changes wait for each kind, the most first."""
    counts: dict[str, int] = {}
    for op in ops:
        counts[op.entity] = counts.get(op.entity, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return [(wording.capital(kind_words(kind, n)), n) for kind, n in ranked]
