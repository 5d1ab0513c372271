"""``advisor me``: who signs what is typed here."""

import argparse
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group


def add(commands: "Group[Any]") -> None:
    """Add ``me [--name N --organisation O]``."""
    parser = commands.add_parser("me", help="qui signe ce qui est saisi ici")
    parser.add_argument("--name", metavar="NOM", help="nom de la personne qui conseille")
    parser.add_argument("--organisation", metavar="ORGANISME", help="son organisme")
    parser.set_defaults(run=who)


def who(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Tell who signs here, after changing it when names are given."""
    identity = app.cases.identity
    me = identity.me()
    if parsed.name is not None or parsed.organisation is not None:
        me = identity.sign_in(parsed.name, parsed.organisation)
    if me is None:
        nobody = "Personne n’est encore enregistré ici : advisor me --name … --organisation …"
        return answer({"name": None, "organisation": None}, [nobody])
    return answer(
        {"name": me.name, "organisation": me.organisation}, [f"{me.name}, {me.organisation}"]
    )
