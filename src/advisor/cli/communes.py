"""``advisor communes``: the search as it is typed."""

import argparse
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.reading import whole_number
from advisor.cli.shapes import commune_hit
from advisor.cli.wording import people

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group


def add(commands: "Group[Any]") -> None:
    """Add ``communes TEXT [--limit N] [--departement D]``."""
    parser = commands.add_parser("communes", help="cherche une commune, comme on la tape")
    parser.add_argument("texte", nargs="+", help="nom, ancien nom, code INSEE ou code postal")
    parser.add_argument("--limit", type=whole_number, default=10, metavar="N", help="au plus N")
    parser.add_argument("--departement", metavar="N", help="département préféré entre homonymes")
    parser.set_defaults(run=search)


def search(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Answer with the communes found, best first; none is an empty list."""
    typed = " ".join(parsed.texte)
    hits = app.reference.search(typed, departement=parsed.departement, limit=parsed.limit)
    lines = [
        f"{hit.commune.code}  {hit.commune.name} ({hit.commune.departement})"
        f"  {people(hit.commune.population)}" + (f"  ← {hit.was}" if hit.was else "")
        for hit in hits
    ]
    nothing = [f"Aucune commune ne répond à « {typed} »."]
    return answer({"communes": [commune_hit(hit) for hit in hits]}, lines or nothing)
