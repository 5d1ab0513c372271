"""``advisor diagnostic``: the territorial diagnostic; that of a practice comes later."""

import argparse
from datetime import date
from math import isfinite, nan
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.code_files import codes_of
from advisor.cli.later import not_yet
from advisor.cli.parser import actions_of
from advisor.cli.reading import iso_date
from advisor.cli.shapes_territory import diagnosis_json, diagnosis_lines
from advisor.cli.writing import writable_file
from advisor.domain.territories.scenario import Hypotheses
from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group
    from advisor.domain.territories.territory import Territory


def add(commands: "Group[Any]") -> None:
    """Add ``diagnostic territory|examples|practice``."""
    parser = commands.add_parser("diagnostic", help="diagnostic territorial")
    actions = actions_of(parser, "actions", "action")
    territory_ = actions.add_parser("territory", help="diagnostic d’un territoire")
    chosen = territory_.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--communes", metavar="FICHIER", help="codes Insee, un par ligne ; -")
    chosen.add_argument("--epci", metavar="SIREN")
    chosen.add_argument("--bassin", metavar="CODE", help="bassin de vie (paquet complet)")
    chosen.add_argument("--example", metavar="NOM", help="un exemple livré")
    territory_.add_argument("--date", type=iso_date, metavar="AAAA-MM-JJ", help="(aujourd’hui)")
    territory_.add_argument("--departure-age", type=_number, metavar="ANS", help="hypothèse")
    territory_.add_argument("--pace", type=_number, default=1.0, metavar="X", help="hypothèse")
    territory_.add_argument("--patients", type=_number, metavar="N", help="hypothèse, par médecin")
    territory_.add_argument("--pdf", metavar="FICHIER")
    territory_.set_defaults(run=territory)
    examples_ = actions.add_parser("examples", help="les exemples livrés")
    examples_.set_defaults(run=examples)
    practice_ = actions.add_parser("practice", help="diagnostic de cabinet (version ultérieure)")
    not_yet(practice_, "advisor diagnostic practice")


def territory(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Work a territorial diagnostic out, and print it when a file is named."""
    out = writable_file(parsed.pdf) if parsed.pdf else None
    day = parsed.date or date.today()  # noqa: DTZ011  (the day of the room's calendar)
    age = None if parsed.departure_age is None else round(parsed.departure_age)
    hypotheses = Hypotheses(age, parsed.pace, parsed.patients)
    service = app.services.territories
    found = service.diagnose(_chosen(app, parsed), day, hypotheses)
    data, lines = diagnosis_json(found), list(diagnosis_lines(found))
    if out is not None:
        app.services.territory_documents.print_diagnostic(found, out)
        data["pdf"] = str(out)
        lines.append(f"Diagnostic imprimé\u202f: {out}")
    return answer(data, lines)


def examples(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """List the worked examples."""
    found = app.services.territories.examples()
    data = [
        {
            "id": one.id,
            "name": one.name,
            "kind": one.kind.value,
            "code": one.code,
            "communes": list(one.communes),
            "printed_population": one.printed_population,
            "source": str(one.source),
        }
        for one in found
    ]
    return answer({"examples": data}, [f"{one.id}  {one.name}" for one in found])


def _chosen(app: "Application", parsed: argparse.Namespace) -> "Territory":
    service = app.services.territories
    if parsed.epci is not None:
        return service.of_epci(parsed.epci.replace(" ", ""))
    if parsed.bassin is not None:
        return service.of_bassin(parsed.bassin)
    if parsed.example is not None:
        return service.of_example(parsed.example)
    return service.of_communes(codes_of(parsed.communes))


def _number(text: str) -> float:
    try:
        read = float(text.replace(",", "."))
    except ValueError:
        read = nan
    if not isfinite(read):
        raise UsageError(f"« {text} » n’est pas un nombre.", "Par exemple 1,5.")
    return read
