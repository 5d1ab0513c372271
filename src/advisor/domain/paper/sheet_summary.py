"""« En bref »: the places, the aids, and the one thing to do next, in three lines.

True on paper; no database, no page.
"""

from collections.abc import Iterator, Sequence

from advisor.domain.aids.aid import AidAnswer, NextQuestion, Status
from advisor.domain.aids.next_question import next_question
from advisor.domain.paper.sheet_aids import AidOverPlaces, hangs_on_project
from advisor.domain.paper.sheet_facts import SheetFacts, installation_day, steps_of
from advisor.domain.paper.sheet_places import PlaceFinding
from advisor.domain.words.wording import clause, counted, euros, listed, short_date
from advisor.domain.zones.classes import PROFESSION_NAMES


def summary_of(facts: SheetFacts, aids: Sequence[AidOverPlaces]) -> Iterator[str]:
    """Give the three lines."""
    yield _places_line(facts)
    yield _aids_line(facts.shown, aids)
    yield _next_line(facts)


def _places_line(facts: SheetFacts) -> str:
    if not facts.shown:
        return "Aucun lieu n’est encore choisi\u202f: la zone et les aides dépendent du lieu."
    told: dict[str, list[str]] = {}
    for found in facts.shown:
        entry = found.zones.class_for(facts.profession) if facts.profession else None
        label = clause(entry.label) if entry else "zone inconnue"
        told.setdefault(label, []).append(found.commune.name)
    lines = "\u202f; ".join(f"{listed(names)}\u202f: {label}" for label, names in told.items())
    who = PROFESSION_NAMES.get(facts.profession or "", "")
    return f"{lines}{f', pour les {who}' if who else ''}."


def _aids_line(findings: Sequence[PlaceFinding], aids: Sequence[AidOverPlaces]) -> str:
    sure = sum(aid.status is Status.ELIGIBLE for aid in aids)
    doubtful = sum(aid.status is Status.TO_VERIFY for aid in aids)
    if not findings:
        return "Les aides seront travaillées dès qu’un lieu est connu."
    best = max(findings, key=lambda found: (found.aids.total.low, found.aids.total.high))
    money = best.aids.total
    figure = f", dont {euros(money.low)} chiffrés" if money.low else ""
    reach = f" (jusqu’à {euros(money.high)} si tout se confirme)" if money.high > money.low else ""
    where = f" pour {best.commune.name}" if len(findings) > 1 and (figure or reach) else ""
    which = "lesquelles" if sure > 1 else "laquelle"
    first = (
        f"{counted(sure, 'aide')} sur {which} compter" if sure else "Aucune aide acquise à ce jour"
    )
    rest = (
        counted(doubtful, "autre reste", "autres restent")
        if sure
        else counted(doubtful, "reste", "restent")
    )
    return f"{first}{figure}{reach}{where}\u202f; {rest} à vérifier."


def best_question(facts: SheetFacts) -> NextQuestion | None:
    """Return the question that would settle the most money over the places.

    Without a structure project, what only such a project would settle is not asked.
    """
    asked = [_question(one.aids.aids, facts) for one in facts.shown]
    return max(filter(None, asked), key=lambda one: one.stake, default=None)


def _question(answers: Sequence[AidAnswer], facts: SheetFacts) -> NextQuestion | None:
    wanted = facts.profile.get("project")
    near = [one for one in answers if wanted or not hangs_on_project(one)]
    return next_question(near, facts.profile)


def _next_line(facts: SheetFacts) -> str:
    question = best_question(facts)
    if question:
        stake = f" ({euros(round(question.stake))} en dépendent)." if question.stake else ""
        return f"La question qui compte\u202f: {clause(question.label)}{stake}"
    steps = steps_of(facts)
    if not steps:
        return "Revenez à la permanence quand la profession et le projet se précisent."
    due = steps[0].due(installation_day(facts))
    by = f", avant le {short_date(due)}" if due else ""
    return f"Première démarche\u202f: {steps[0].who}{by}."
