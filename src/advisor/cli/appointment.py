"""``advisor appointment``: one interview, from booking to outcome."""

import argparse
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.appointment_input import assignments, new_interview, outcome_given
from advisor.cli.parser import actions_of
from advisor.cli.reading import iso_date, read_object
from advisor.cli.shapes_aids import aids_for_place
from advisor.cli.shapes_cases import interview, plain_value, summary, write_result
from advisor.cli.wording import (
    OUTCOME_LABELS,
    REFERRAL_LABELS,
    STATUS_LABELS,
    choice_label,
    french_day,
)
from advisor.cli.writing import writable_file
from advisor.domain.cases.changes import Changes, joined
from advisor.domain.cases.profile import label_of
from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group
    from advisor.domain.cases.appointment import Interview


def add(commands: "Group[Any]") -> None:
    """Add ``appointment list|show|new|set|note|outcome|print``."""
    parser = commands.add_parser("appointment", help="les entretiens")
    actions = actions_of(parser, "actions", "action")
    _add_reading(actions)
    new_ = actions.add_parser("new", help="ouvre un entretien")
    new_.add_argument("--file", required=True, metavar="FICHIER", help="JSON ; - : entrée")
    new_.set_defaults(run=new)
    set_ = actions.add_parser("set", help="change des champs")
    set_.add_argument("id")
    set_.add_argument("champs", nargs="+", metavar="CHAMP=VALEUR")
    set_.set_defaults(run=set_fields)
    note_ = actions.add_parser("note", help="ajoute une note datée et signée")
    note_.add_argument("id")
    note_.add_argument("texte", nargs="+")
    note_.set_defaults(run=note)
    outcome_ = actions.add_parser("outcome", help="ce que le projet est devenu")
    outcome_.add_argument("id")
    outcome_.add_argument("--file", required=True, metavar="FICHIER", help="JSON ; - : entrée")
    outcome_.set_defaults(run=outcome)
    print_ = actions.add_parser("print", help="imprime la fiche de synthèse")
    print_.add_argument("id")
    print_.add_argument("--out", required=True, metavar="FICHIER")
    print_.set_defaults(run=print_sheet)


def _add_reading(actions: "Group[Any]") -> None:
    list_ = actions.add_parser("list", help="les entretiens")
    list_.add_argument("--departement", metavar="N")
    list_.add_argument("--date", type=iso_date, metavar="AAAA-MM-JJ")
    list_.set_defaults(run=show_list)
    show_ = actions.add_parser("show", help="un entretien entier")
    show_.add_argument("id")
    show_.set_defaults(run=show)


def show_list(app: "Application", parsed: argparse.Namespace) -> Answer:
    """List interviews, newest day last."""
    found = app.cases.interviews.list(
        departement=parsed.departement, first=parsed.date, last=parsed.date
    )
    lines = [
        f"{french_day(one.permanence.day)}  {one.professional.display_name}"
        f"  {STATUS_LABELS[one.status]}  {one.id}"
        for one in found
    ]
    return answer({"appointments": [summary(i) for i in found]}, lines or ["Aucun entretien."])


def show(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Show one interview; aids are the frozen ones, else worked out today."""
    whole = app.cases.interviews.get(parsed.id)
    data = shown(app, whole)
    return answer(data, _lines(whole))


def shown(app: "Application", whole: "Interview") -> dict[str, Any]:
    """Shape an interview with its aids, place by place: as printed, else as they are today."""
    data = interview(whole)
    if whole.evaluation is not None:
        data["aids"] = {"frozen": True, **plain_value(whole.evaluation)}
    else:
        found = app.interview_aids(whole)
        places = [{"commune": one.commune, **aids_for_place(one)} for one in found]
        data["aids"] = {"frozen": False, "places": places}
    return data


def new(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Open an interview, and that day's permanence if there is none."""
    booking, profile, places = new_interview(read_object(parsed.file))
    touched = app.cases.interviews.new(booking, profile, places)
    made = touched.id
    return answer({"id": made}, [f"Entretien ouvert : {made}"])


def set_fields(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Change fields: a profile field by its bare name, ``booking.x`` or ``status``."""
    touched = app.cases.interviews.set(parsed.id, assignments(parsed.champs))
    return _written(parsed.id, touched)


def note(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Append a dated, signed entry."""
    text = " ".join(parsed.texte).strip()
    if not text:
        raise UsageError("La note est vide.", "Écrivez son texte après l’identifiant.")
    return _written(parsed.id, app.cases.interviews.note(parsed.id, text))


def outcome(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Say what became of the project."""
    given, satisfaction = outcome_given(read_object(parsed.file))
    touched = app.cases.interviews.outcome(parsed.id, given)
    if satisfaction is not None:
        touched = joined(touched, app.cases.interviews.satisfaction(parsed.id, satisfaction))
    return _written(parsed.id, touched)


def print_sheet(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Print the visitor's sheet and its accessible twin; freezes what they were made from."""
    made = app.documents.print_sheet(parsed.id, writable_file(parsed.out))
    files = {"pdf": str(made.sheet), "accessible": str(made.twin) if made.twin else None}
    data = {**write_result(parsed.id, made.changes), "document": made.document, **files}
    twin = f"Version accessible : {made.twin}" if made.twin else made.remark
    return answer(data, [f"Fiche : {made.sheet}", twin])


def _written(interview_id: str, touched: Changes) -> Answer:
    data = write_result(interview_id, touched)
    lines = [f"{name} : {old} → {new}" for name, (old, new) in data["changed"].items()]
    return answer(data, [*(lines or ["Rien n’a changé."]), *touched.warnings])


def _lines(whole: "Interview") -> list[str]:
    person = whole.professional
    profession = choice_label("profession", person.profession)
    lines = [
        f"{person.display_name}, {profession}, le {french_day(whole.permanence.day)}",
        f"Rendez-vous : {STATUS_LABELS[whole.status]}",
    ]
    lines += [f"  {label_of(n)} : {_said(n, value)}" for n, value in whole.profile.items()]
    lines += [f"Lieu : {place.name} ({place.commune})" for place in whole.places]
    lines += [f"Note du {one.at:%d/%m/%Y}, {one.author} : {one.text}" for one in whole.notes]
    lines += [
        f"Orientation : {one.partner_name}, {REFERRAL_LABELS[one.status]}"
        for one in whole.referrals
    ]
    if whole.outcome:
        lines.append(f"Issue : {OUTCOME_LABELS[whole.outcome.kind]}")
    return lines


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list | tuple):
        return ", ".join(str(one.get("id", one)) for one in value) or "aucune"
    return choice_label(name, str(value))
