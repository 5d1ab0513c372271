"""``advisor sync``: what waits to be sent; the exchange itself comes with a later version."""

import argparse
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.later import not_yet
from advisor.cli.shapes_cases import instant
from advisor.cli.wording import counted
from advisor.errors import RefusedError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group

LATER = {
    "export": "écrit les saisies dans un fichier chiffré",
    "import": "lit un fichier chiffré",
    "rescue": "sauve ce qui n’a pas été envoyé",
    "conflicts": "les désaccords à trancher",
}


def add(commands: "Group[Any]") -> None:
    """Add ``sync [--central URL]`` and ``sync status``; the rest says it comes later."""
    parser = commands.add_parser("sync", help="ce qui attend d’être envoyé au central")
    parser.add_argument("--central", metavar="URL", help="adresse du central")
    parser.set_defaults(run=exchange)
    actions = parser.add_subparsers(
        title="actions", dest="action", metavar="action", parser_class=type(parser)
    )
    status_ = actions.add_parser("status", help="ce qui attend, et depuis quand")
    status_.set_defaults(run=status)
    for name, told in LATER.items():
        not_yet(
            actions.add_parser(name, help=f"{told} (version ultérieure)"), f"advisor sync {name}"
        )


def exchange(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """Refuse: this version knows no central store; nothing typed is lost by waiting."""
    pending = app.cases.journal.pending()
    raise RefusedError(
        "Ce poste n’est rattaché à aucun central : la synchronisation vient avec une version "
        f"ultérieure. Tout est enregistré ici ({counted(pending.count, 'saisie')} en attente).",
        "Voyez « advisor sync status ».",
    )


def status(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """Tell what waits and since when."""
    pending = app.cases.journal.pending()
    data = {
        "pending": pending.count,
        "since": instant(pending.since),
        "last_sync": None,
        "central": None,
        "conflicts": 0,
        "quarantined": 0,
    }
    since = f" depuis le {pending.since:%d/%m/%Y}" if pending.since else ""
    lines = [f"{counted(pending.count, 'saisie')} en attente{since}.", "Aucun central rattaché."]
    return answer(data, lines)
