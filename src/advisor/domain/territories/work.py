"""The work kept around a territorial diagnostic: who asked, steps, people by function, decisions.

True on paper; no database, no window. Steps follow fiche 1.1 of the SROS of 2012 (L4285-4297).
Participants are functions in institutions, never names. No patient data.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from advisor.domain.territories.reading_2012 import Parameters
from advisor.domain.territories.scenario import Hypotheses
from advisor.domain.territories.territory import ChosenBy


class StepKind(StrEnum):
    """The steps of a diagnostic, in their order."""

    DATA = "donnees"
    WRITING = "redaction"
    INTERVIEWS = "entretiens"
    FEEDBACK = "restitution"
    RECOMMENDATIONS = "recommandations"
    BEARERS = "porteurs"
    ACTIONS = "actions"


STEP_LABELS = {
    StepKind.DATA: "Recueil des données",
    StepKind.WRITING: "Traitement et rédaction",
    StepKind.INTERVIEWS: "Qualification par entretiens",
    StepKind.FEEDBACK: "Restitution et partage",
    StepKind.RECOMMENDATIONS: "Recommandations",
    StepKind.BEARERS: "Émergence des porteurs",
    StepKind.ACTIONS: "Actions décidées",
}


class StepState(StrEnum):
    """Where a step stands."""

    TO_DO = "a_faire"
    UNDER_WAY = "en_cours"
    DONE = "fait"


STEP_STATE_LABELS = {
    StepState.TO_DO: "à faire",
    StepState.UNDER_WAY: "en cours",
    StepState.DONE: "fait",
}


class MeetingKind(StrEnum):
    """What a meeting is for."""

    LAUNCH = "lancement"
    INTERVIEW = "entretien"
    FEEDBACK = "restitution"
    FOLLOW_UP = "suivi"
    OTHER = "autre"


MEETING_LABELS = {
    MeetingKind.LAUNCH: "Lancement",
    MeetingKind.INTERVIEW: "Entretien",
    MeetingKind.FEEDBACK: "Restitution",
    MeetingKind.FOLLOW_UP: "Suivi",
    MeetingKind.OTHER: "Réunion",
}


class MeasureKind(StrEnum):
    """A recommendation, or an action that was decided."""

    RECOMMENDATION = "recommandation"
    ACTION = "action"


MEASURE_LABELS = {
    MeasureKind.RECOMMENDATION: "recommandation",
    MeasureKind.ACTION: "action décidée",
}


class MeasureState(StrEnum):
    """Where a recommendation or an action stands."""

    PROPOSED = "proposee"
    DECIDED = "decidee"
    UNDER_WAY = "en_cours"
    DONE = "faite"
    DROPPED = "abandonnee"


MEASURE_STATE_LABELS = {
    MeasureState.PROPOSED: "proposée",
    MeasureState.DECIDED: "décidée",
    MeasureState.UNDER_WAY: "en cours",
    MeasureState.DONE: "faite",
    MeasureState.DROPPED: "abandonnée",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its dates."""

    id: str
    kind: StepKind
    state: StepState = StepState.TO_DO
    begun: date | None = None
    due: date | None = None
    done: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A function in an institution, for instance « maire adjointe » and « mairie »."""

    id: str
    function: str
    institution: str = ""


@dataclass(frozen=True, slots=True)
class TerritoryNote:
    """A qualitative note of one theme, signed."""

    id: str
    theme: str
    text: str
    author: str
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting held or planned; ``attendance`` is how many people came, None when not said."""

    id: str
    kind: MeetingKind
    day: date
    place: str = ""
    subject: str = ""
    summary: str = ""
    attendance: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A recommendation or a decided action; ``bearer`` is a function, ``follows`` its origin."""

    id: str
    kind: MeasureKind
    text: str
    state: MeasureState
    bearer: str = ""
    due: date | None = None
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class TerritoryWork:
    """A diagnostic kept: the territory chosen, the request, and all that was done around it."""

    id: str
    name: str
    chosen_by: ChosenBy
    departement: str
    code: str = ""
    communes: tuple[str, ...] = ()
    request: str = ""
    requested_by: str = ""
    requested_on: date | None = None
    hypotheses: Hypotheses = field(default_factory=Hypotheses)
    parameters: Parameters = field(default_factory=Parameters)
    steps: tuple[Step, ...] = ()
    participants: tuple[Participant, ...] = ()
    notes: tuple[TerritoryNote, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    recommendations: tuple[Measure, ...] = ()
    actions: tuple[Measure, ...] = ()
    updated_at: datetime | None = None

    def due(self, day: date) -> list[tuple[date, str]]:
        """Return the steps and actions due by ``day`` and not done, the oldest first."""
        over = {MeasureState.DONE, MeasureState.DROPPED}
        steps = [
            (one.due, STEP_LABELS[one.kind])
            for one in self.steps
            if one.state is not StepState.DONE
        ]
        actions = [(one.due, one.text) for one in self.actions if one.state not in over]
        return sorted((due, what) for due, what in (*steps, *actions) if due and due <= day)

    def notes_by_theme(self) -> dict[str, list[TerritoryNote]]:
        """Return the notes under their theme, in the order they were written."""
        found: dict[str, list[TerritoryNote]] = {}
        for one in self.notes:
            found.setdefault(one.theme, []).append(one)
        return found
