"""The map and the territorial diagnostic of the demonstration, made through the real services.

The territory is a real one of the pack; the work around it is invented, functions only.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.domain.territories.work import MeetingKind, StepKind, StepState
from advisor.services.maps_out import MapsOut
from advisor.services.territory_work import TerritoryWorkService

if TYPE_CHECKING:
    from advisor.app import Application

SCOPE = "reg:11"
EPCI = "200072544"
EXAMPLE = "isere"
REQUEST = (
    "Démonstration\u202f: trois départs annoncés, la collectivité demande un diagnostic partagé."
)
ASKED_BY = "communauté de communes (demande inventée)"
PARTICIPANTS = (
    ("vice-présidente chargée de la santé", "communauté de communes"),
    ("médecin généraliste installé", "cabinet de groupe"),
    ("infirmière libérale", "cabinet"),
    ("chargée de mission", "ARS, délégation départementale"),
)
NOTES = (
    ("Conditions d’exercice", "Les locaux manquent pour accueillir un remplaçant."),
    ("Attentes", "Garder une offre dans la partie est, la plus éloignée."),
)
MEETING = "présentation aux élus et aux professionnels du territoire"
RECOMMENDATION = "Étudier une maison de santé sur deux sites."
ACTION = "Recenser les locaux disponibles dans les bourgs."
DONE = (StepKind.DATA, StepKind.WRITING)


def write_map(app: "Application", out: Path, candidates: tuple[str, ...]) -> Path:
    """Write ``carte.html``: the region, its sessions, the first visitor's places."""
    sessions = app.cases.permanences.list()
    made = MapsOut(app.services.maps)
    made.web_map(out / "carte.html", SCOPE, candidates=candidates, sessions=sessions)
    return out / "carte.html"


def write_diagnostic(app: "Application", out: Path, today: date) -> Path:
    """Begin a diagnostic, keep its work, and write ``diagnostic.pdf``."""
    territories = app.services.territories
    works = TerritoryWorkService(app.cases.desk)
    territory = territories.of_epci(EPCI)
    made = works.create(territory, request=REQUEST, requested_by=ASKED_BY, requested_on=today)
    _work(works, made.id, today)
    kept = works.get(made.id)
    found = territories.compute(kept, today)
    file = out / "diagnostic.pdf"
    adviser = app.cases.identity.me()
    app.services.territory_documents.print_diagnostic(found, file, kept, adviser)
    return file


def write_example(app: "Application", out: Path, today: date) -> Path:
    """Write ``diagnostic-isere.pdf``: the figures of the Isère meeting, come out again."""
    territories = app.services.territories
    found = territories.diagnose(territories.of_example(EXAMPLE), today)
    file = out / "diagnostic-isere.pdf"
    adviser = app.cases.identity.me()
    app.services.territory_documents.print_diagnostic(found, file, adviser=adviser)
    return file


def _work(works: TerritoryWorkService, made: str, today: date) -> None:
    for step in works.get(made).steps:
        if step.kind in DONE:
            works.set_step(step.id, StepState.DONE, done=today)
    for function, institution in PARTICIPANTS:
        works.add_participant(made, function, institution)
    for theme, text in NOTES:
        works.add_note(made, theme, text)
    works.add_meeting(made, MeetingKind.FEEDBACK, today + timedelta(days=21), "mairie", MEETING)
    works.recommend(made, RECOMMENDATION, "communauté de communes")
    works.decide(made, ACTION, "communauté de communes", today + timedelta(days=60))
