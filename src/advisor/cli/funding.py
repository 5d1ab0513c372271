"""``advisor funding``: real-estate and structure funding by dated scheme."""

import argparse
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.reading import read_object
from advisor.cli.shapes import money, money_range, plain
from advisor.cli.wording import euros

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group
    from advisor.domain.aids.funding import SchemeAnswer


def add(commands: "Group[Any]") -> None:
    """Add ``funding --input FILE``."""
    parser = commands.add_parser("funding", help="aides à l’immobilier et aux structures")
    parser.add_argument("--input", required=True, metavar="FICHIER", help="JSON ; - : entrée")
    parser.set_defaults(run=show)


def show(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Work out the grant of one scheme, or of every scheme open on the date."""
    found = app.aids.funding(read_object(parsed.input))
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.id} : {euros(one.grant)}  ({one.source})")
        lines += [f"    {reading.text} : {euros(reading.grant)}" for reading in one.readings]
    none = ["Aucun dispositif ouvert à cette date pour cette commune."]
    return answer({"schemes": [_scheme(one) for one in found]}, lines or none)


def _scheme(one: "SchemeAnswer") -> dict[str, Any]:
    return {
        "id": one.id,
        "rate": one.rate,
        "ceiling": None if one.ceiling is None else plain(one.ceiling),
        "uplift": one.uplift,
        "grant": one.grant and money_range(one.grant),
        "readings": [
            {"id": reading.id, "text": reading.text, "grant": money(reading.grant)}
            for reading in one.readings
        ],
        "source": str(one.source),
    }
