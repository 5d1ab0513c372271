"""Kinds of records, their fields and their values, said in French; and how each is typed.

True on paper; no database, no window. A kind or a field met for the first time is still said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from advisor.domain.aids.conditions import value_text
from advisor.domain.cases.profile import FIELDS, label_of
from advisor.domain.cases.status_words import (
    APPOINTMENT_STATUS,
    OUTCOME,
    REFERRAL_STATUS,
    SATISFACTION,
)
from advisor.domain.cases.synced import DELETED
from advisor.domain.territories.territory import CHOICE_LABELS
from advisor.domain.territories.work import (
    MEASURE_LABELS,
    MEASURE_STATE_LABELS,
    MEETING_LABELS,
    STEP_LABELS,
    STEP_STATE_LABELS,
)
from advisor.domain.words.wording import hour, short_date

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
    "territory_diagnostic": ("diagnostic territorial", "diagnostics territoriaux"),
    "territory_step": ("étape de diagnostic", "étapes de diagnostic"),
    "territory_participant": ("participant à un diagnostic", "participants à un diagnostic"),
    "territory_note": ("note de diagnostic", "notes de diagnostic"),
    "territory_meeting": ("réunion de diagnostic", "réunions de diagnostic"),
    "territory_measure": ("recommandation ou action", "recommandations et actions"),
}
FIELD_WORDS = {
    "status": "statut",
    "recall_on": "date de relance",
    "satisfaction": "satisfaction",
    "at": "heure",
    "minutes": "durée en minutes",
    "day": "jour",
    "place": "lieu",
    "starts": "heure de début",
    "ends": "heure de fin",
    "partners": "partenaires présents",
    "series": "série mensuelle",
    "nom": "nom",
    "prenom": "prénom",
    "profession": "profession",
    "telephone": "téléphone",
    "email": "adresse électronique",
    "permanence": "permanence",
    "professional": "personne reçue",
    "interview": "entretien",
    "reason": "motif",
    "wished_commune": "commune souhaitée",
    "position": "ordre",
    "text": "texte",
    "theme": "thème",
    "note": "ce qui est demandé",
    "partner": "partenaire",
    "partner_name": "partenaire",
    "due": "date limite",
    "commune": "commune",
    "name": "nom",
    "author": "auteur",
    "organisation": "institution",
    "kind": "issue",
    "how": "comment",
    "why": "pourquoi",
    "into": "fiche conservée",
    "communes": "communes",
    "chosen_by": "choix du territoire",
    "request": "demande",
    "requested_by": "demandeur",
    "requested_on": "date de la demande",
    "hypotheses": "hypothèses du scénario",
    "parameters": "paramètres de la lecture de 2012",
    "state": "avancement",
    "begun": "début",
    "done": "fin",
    "function": "fonction",
    "institution": "institution",
    "subject": "objet",
    "summary": "compte rendu",
    "attendance": "présents",
    "bearer": "porteur",
    "follows": "recommandation suivie",
    "diagnostic": "diagnostic",
    "code": "code",
    DELETED: "suppression",
}
PART_WORDS = {  # the parts of a value that is an object
    "departure_age": "âge de départ",
    "pace": "rythme d’installation",
    "patients_per_doctor": "patients par médecin",
    "density_below": "densité sous",
    "activity_above": "actes au-dessus de",
    "complementarity_below": "complémentarité sous",
    "older_above": "60 ans et plus au-dessus de",
    "change_at_most": "évolution d’au plus",
    "idh_below": "IDH sous",
    "weights": "poids",
}
OWN_WORDS = {  # fields whose name means something else elsewhere
    ("territory_meeting", "kind"): "nature",
    ("territory_meeting", "day"): "date",
    ("territory_measure", "kind"): "nature",
    ("territory_measure", "due"): "échéance",
    ("territory_step", "kind"): "étape",
    ("territory_step", "due"): "échéance",
    ("territory_step", "note"): "remarque",
    ("territory_diagnostic", "code"): "code du territoire",
    ("territory_diagnostic", "name"): "nom du territoire",
}
EMPTY = "non renseigné"


class Shape(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"
    DAY = "day"
    HOUR = "hour"
    NUMBER = "number"
    WHOLE = "whole"
    SHARE = "share"
    LIST = "list"
    LIFE = "life"  # kept or deleted
    KEPT = "kept"  # shown, never typed


@dataclass(frozen=True, slots=True)
class Form:
    """How a field is typed, and the (code, French words) it takes when it is a choice."""

    shape: Shape
    choices: tuple[tuple[Any, str], ...] = ()


_YES_NO = Form(Shape.CHOICE, ((True, "oui"), (False, "non")))
_LINE, _DAY, _HOUR = Form(Shape.LINE), Form(Shape.DAY), Form(Shape.HOUR)
_TEXT, _KEPT = Form(Shape.TEXT), Form(Shape.KEPT)


def _choice(words: Mapping[Any, str]) -> Form:
    return Form(Shape.CHOICE, tuple(words.items()))


FORMS: Mapping[tuple[str, str], Form] = {
    ("permanence", "day"): _DAY,
    ("permanence", "starts"): _HOUR,
    ("permanence", "ends"): _HOUR,
    ("permanence", "partners"): Form(Shape.LIST),
    ("permanence", "series"): _KEPT,
    ("professional", "profession"): Form(Shape.CHOICE, FIELDS["profession"].choices),
    ("appointment", "status"): _choice(APPOINTMENT_STATUS),
    ("appointment", "recall_on"): _DAY,
    ("appointment", "satisfaction"): _choice(SATISFACTION),
    ("appointment", "at"): _HOUR,
    ("appointment", "minutes"): Form(Shape.WHOLE),
    ("appointment", "permanence"): _KEPT,
    ("appointment", "professional"): _KEPT,
    ("appointment", "fingerprint"): _KEPT,
    ("candidate_place", "position"): Form(Shape.WHOLE),
    ("note", "text"): _TEXT,
    ("referral", "status"): _choice(REFERRAL_STATUS),
    ("referral", "due"): _DAY,
    ("referral", "note"): _TEXT,
    ("outcome", "kind"): _choice(OUTCOME),
    ("outcome", "day"): _DAY,
    ("outcome", "how"): _TEXT,
    ("outcome", "why"): _TEXT,
    ("territory_diagnostic", "chosen_by"): Form(Shape.KEPT, tuple(CHOICE_LABELS.items())),
    ("territory_diagnostic", "code"): _KEPT,
    ("territory_diagnostic", "request"): _TEXT,
    ("territory_diagnostic", "requested_on"): _DAY,
    ("territory_step", "kind"): Form(Shape.KEPT, tuple(STEP_LABELS.items())),
    ("territory_step", "state"): _choice(STEP_STATE_LABELS),
    ("territory_step", "begun"): _DAY,
    ("territory_step", "due"): _DAY,
    ("territory_step", "done"): _DAY,
    ("territory_step", "note"): _TEXT,
    ("territory_note", "text"): _TEXT,
    ("territory_meeting", "kind"): _choice(MEETING_LABELS),
    ("territory_meeting", "day"): _DAY,
    ("territory_meeting", "summary"): _TEXT,
    ("territory_meeting", "attendance"): Form(Shape.WHOLE),
    ("territory_measure", "kind"): Form(Shape.KEPT, tuple(MEASURE_LABELS.items())),
    ("territory_measure", "text"): _TEXT,
    ("territory_measure", "due"): _DAY,
    ("territory_measure", "state"): _choice(MEASURE_STATE_LABELS),
    ("territory_measure", "follows"): _KEPT,
}
_PROFILE = {
    "bool": _YES_NO,
    "integer": Form(Shape.WHOLE),
    "number": Form(Shape.NUMBER),
    "money": Form(Shape.NUMBER),
    "share": Form(Shape.SHARE),
    "date": _DAY,
    "text": _LINE,
}
_FIXED = {
    "interview",
    "diagnostic",
    "author",
    "organisation",
    "partner",
    "into",
    "content",
    "sha256",
}


def form_of(entity: str, name: str, *values: Any) -> Form:
    """Return how a field is typed; what this version cannot type is shown only."""
    if name == DELETED:
        return Form(Shape.LIFE)
    if entity == "project" and name in FIELDS:
        field = FIELDS[name]
        chosen = Form(Shape.CHOICE, field.choices)
        return chosen if field.kind == "choice" else _PROFILE.get(field.kind, _KEPT)
    if name in _FIXED or not all(value is None or isinstance(value, str) for value in values):
        return FORMS.get((entity, name), _KEPT)
    return FORMS.get((entity, name), _LINE)


def kind_words(entity: str, count: int = 1) -> str:
    """Return the French name of a kind of record."""
    one, many = KINDS.get(entity, ("saisie", "saisies"))
    return one if count <= 1 else many


def field_words(entity: str, name: str) -> str:
    """Return the French name of a field of a record."""
    if entity == "project" and name in FIELDS:
        return label_of(name).lower()
    own = OWN_WORDS.get((entity, name))
    return own or FIELD_WORDS.get(name, label_of(name).lower())


def value_words(entity: str, name: str, value: Any) -> str:
    """Return a value as a French reader sees it."""
    if name == DELETED:
        return "supprimer la fiche" if value else "garder la fiche"
    if value is None or value in ("", []):
        return EMPTY
    form = form_of(entity, name, value)
    chosen = [words for code, words in form.choices if code == value]
    if chosen or form.shape in {Shape.DAY, Shape.HOUR}:
        return chosen[0] if chosen else _when(form.shape, value)
    return _plain(entity, name, value)


def _plain(entity: str, name: str, value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, Mapping):
        kept = {key: part for key, part in value.items() if part is not None}
        return ", ".join(f"{PART_WORDS.get(key, key)}\u202f: {part}" for key, part in kept.items())
    return value_text(name, value) if entity == "project" else str(value)


def _when(shape: Shape, value: Any) -> str:
    try:
        if shape is Shape.DAY:
            return short_date(date.fromisoformat(value))
        return hour(time.fromisoformat(value))
    except (TypeError, ValueError):
        return str(value)
