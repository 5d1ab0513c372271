"""A line of the journal said in plain French.

Must not know any widget.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.domain.cases.operation import Op, Operation
from advisor.domain.cases.profile import FIELDS, label_of
from advisor.ui import wording

KINDS = {
    "permanence": ("permanence", "permanences"),
    "professional": ("fiche de professionnel", "fiches de professionnels"),
    "appointment": ("rendez-vous", "rendez-vous"),
    "project": ("projet", "projets"),
    "candidate_place": ("lieu comparé", "lieux comparés"),
    "note": ("note", "notes"),
    "referral": ("orientation", "orientations"),
    "outcome": ("issue", "issues"),
    "evaluation": ("calcul d’aides", "calculs d’aides"),
    "document": ("document remis", "documents remis"),
}
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
FIELD_WORDS = {
    "status": "statut",
    "recall_on": "date de relance",
    "satisfaction": "satisfaction",
    "at": "heure",
    "partners": "partenaires présents",
    "nom": "nom",
    "prenom": "prénom",
    "telephone": "téléphone",
    "email": "adresse électronique",
    "position": "ordre",
    "text": "texte",
    "kind": "issue",
}


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One change as the screen says it."""

    at: datetime
    what: str
    detail: str
    about: str
    who: str


def line_of(op: Op, names: Mapping[str, str]) -> JournalLine:
    """Return one change in words, never its values; ``names`` gives whom an interview is about."""
    what = f"{wording.capital(kind_words(op.entity, 1))} · {VERBS[op.operation]}"
    fields = [field_words(op.entity, name) for name in op.fields] if op.fields else []
    detail = ", ".join(dict.fromkeys(fields)) if op.operation == Operation.SET else ""
    at = datetime.fromisoformat(op.declared_at).astimezone()
    return JournalLine(at, what, detail, names.get(op.interview or "", ""), op.actor)


def kind_words(entity: str, count: int) -> str:
    """Return the French name of a kind of record."""
    one, many = KINDS.get(entity, (entity, entity))
    return one if count <= 1 else many


def field_words(entity: str, name: str) -> str:
    """Return the French name of a field of a record."""
    if entity == "project" and name in FIELDS:
        return label_of(name).lower()
    return FIELD_WORDS.get(name, label_of(name).lower())


def counted_by_kind(ops: Sequence[Op]) -> list[tuple[str, int]]:
    """Return how many changes wait for each kind, the most first."""
    counts: dict[str, int] = {}
    for op in ops:
        counts[op.entity] = counts.get(op.entity, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return [(wording.capital(kind_words(kind, n)), n) for kind, n in ranked]
