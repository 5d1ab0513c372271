"""The commands of the contract that come with later versions: they say so, and exit with 2."""

import argparse
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer
from advisor.errors import NotBuiltError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import FrenchParser, Group

LATER = {
    "history": "reprend les cas passés d’une délégation",
    "report": "indicateurs de suivi et de résultat",
}


def add(commands: "Group[Any]") -> None:
    """Add one command for each name of the contract not built yet."""
    for name, told in LATER.items():
        not_yet(commands.add_parser(name, help=f"{told} (version ultérieure)"), f"advisor {name}")


def not_yet(parser: "FrenchParser", command: str) -> None:
    """Make ``parser`` take anything and say that ``command`` is for a later version."""
    parser.add_argument("reste", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    parser.prefix_chars = "\0"  # its options do not exist yet: everything is taken as is
    parser.set_defaults(run=_say_later, later=command)


def _say_later(_app: "Application", parsed: argparse.Namespace) -> Answer:
    raise NotBuiltError(
        f"« {parsed.later} » : commande prévue pour une version ultérieure.",
        "Elle est annoncée dans le contrat mais pas encore construite.",
    )
