"""``advisor permanence``: the sessions of a département, their bookings, their day sheet."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.parser import actions_of
from advisor.cli.reading import clock_time, iso_date, readable_file, whole_number
from advisor.cli.shapes import day, listed
from advisor.cli.shapes_cases import permanence, summary
from advisor.cli.wording import STATUS_LABELS, counted, french_day
from advisor.cli.writing import writable_file
from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group

ONE_YEAR = 12  # sessions made by --every month unless --count says otherwise


def add(commands: "Group[Any]") -> None:
    """Add ``permanence create|list|import|day``."""
    parser = commands.add_parser("permanence", help="les permanences et leurs rendez-vous")
    actions = actions_of(parser, "actions", "action")
    create_ = actions.add_parser("create", help="ouvre une permanence")
    create_.add_argument("--departement", required=True, metavar="N")
    create_.add_argument("--date", required=True, type=iso_date, metavar="AAAA-MM-JJ")
    create_.add_argument("--place", required=True, metavar="LIEU")
    create_.add_argument("--from", dest="starts", type=clock_time, metavar="HH:MM")
    create_.add_argument("--to", dest="ends", type=clock_time, metavar="HH:MM")
    create_.add_argument("--every", choices=["month"], help="la répète chaque mois")
    create_.add_argument("--count", type=whole_number, metavar="N", help="nombre de mois (12)")
    create_.add_argument("--partner", action="append", default=[], metavar="INSTITUTION")
    create_.set_defaults(run=create)
    list_ = actions.add_parser("list", help="les permanences")
    list_.add_argument("--departement", metavar="N")
    list_.add_argument("--from", dest="first", type=iso_date, metavar="AAAA-MM-JJ")
    list_.add_argument("--to", dest="last", type=iso_date, metavar="AAAA-MM-JJ")
    list_.set_defaults(run=show_list)
    import_ = actions.add_parser("import", help="reprend des rendez-vous (CSV ou iCalendar)")
    import_.add_argument("fichier")
    import_.set_defaults(run=import_bookings)
    day_ = actions.add_parser("day", help="la journée, et sa feuille imprimée")
    day_.add_argument("date", type=iso_date)
    day_.add_argument("--departement", metavar="N")
    day_.add_argument("--pdf", metavar="FICHIER")
    day_.set_defaults(run=show_day)


def create(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Open one session, or one each month."""
    if parsed.starts and parsed.ends and parsed.ends <= parsed.starts:
        raise UsageError("L’heure de fin vient avant l’heure de début.", "Vérifiez --from et --to.")
    months = (parsed.count or ONE_YEAR) - 1 if parsed.every else 0
    touched = app.cases.permanences.create(
        parsed.departement,
        parsed.date,
        parsed.place,
        parsed.starts,
        parsed.ends,
        every_month=months,
        partners=tuple(parsed.partner),
    )
    made = [app.cases.permanences.get(one.id) for one in touched if one.entity == "permanence"]
    data = {"id": made[0].id, "permanences": [permanence(one) for one in made]}
    return answer(data, [f"{french_day(one.day)}  {one.place}  {one.id}" for one in made])


def show_list(app: "Application", parsed: argparse.Namespace) -> Answer:
    """List the sessions, oldest first."""
    found = app.cases.permanences.list(
        departement=parsed.departement, first=parsed.first, last=parsed.last
    )
    lines = [f"{french_day(one.day)}  {one.departement}  {one.place}  {one.id}" for one in found]
    none = ["Aucune permanence. Ouvrez-en une : advisor permanence create --help"]
    return answer({"permanences": [permanence(one) for one in found]}, lines or none)


def import_bookings(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Bring in bookings; the same file twice adds nothing."""
    report = app.cases.permanences.import_bookings(readable_file(parsed.fichier))
    there = counted(report.already, "déjà présent", "déjà présents")
    lines = [f"{counted(report.added, 'ajouté')}, {there}."]
    if report.cancelled:
        off = ("évènement annulé laissé de côté", "évènements annulés laissés de côté")
        lines.append(f"{counted(report.cancelled, *off)}.")
    lines += [f"Ligne {line} : {reason}" for line, reason in report.rejected]
    data = {
        "added": report.added,
        "already": report.already,
        "cancelled": report.cancelled,
        "rejected": listed(report.rejected),
    }
    return answer(data, lines)


def show_day(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Tell one day, and print its sheet when a file is named."""
    found = app.cases.permanences.day(parsed.date, departement=parsed.departement)
    data: dict[str, Any] = {"date": day(parsed.date), "appointments": [summary(i) for i in found]}
    lines = [
        f"{i.slot.at:%H:%M}  {i.professional.display_name}  {STATUS_LABELS[i.status]}  {i.id}"
        if i.slot.at
        else f"  -    {i.professional.display_name}  {STATUS_LABELS[i.status]}  {i.id}"
        for i in found
    ] or [f"Aucun rendez-vous le {french_day(parsed.date)}."]
    if parsed.pdf:
        data["pdf"] = _print_day(app, parsed.date, parsed.departement, parsed.pdf)
        lines.append(f"Feuille du jour : {data['pdf']}")
    return answer(data, lines)


def _print_day(app: "Application", when: date, departement: str | None, out: str) -> str:
    path = writable_file(out)
    app.documents.print_day(when, path, departement=departement)
    return str(path)
