"""``advisor sync export|import|rescue``: exchanges by file, and what saves unsent work."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.shapes_sync import report_shape
from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group
    from advisor.services.sync_state import SyncReport

PHRASE = "fichier dont la première ligne est la phrase du fichier d’échange"
RECOVERY = "fichier dont la première ligne est la clé de secours de la base"


def add(actions: "Group[Any]") -> None:
    """Add ``export``, ``import`` and ``rescue`` to the actions of ``sync``."""
    told = {
        "export": (export, "écrit les saisies en attente dans un fichier chiffré"),
        "import": (take_in, "reprend un fichier chiffré écrit par un autre poste"),
        "rescue": (rescue, "sauve ce qui n’a pas été envoyé, même si la base ne s’ouvre plus"),
    }
    for name, (does, said) in told.items():
        parser = actions.add_parser(name, help=said)
        parser.add_argument("fichier")
        parser.add_argument("--phrase-file", metavar="FICHIER", help=PHRASE)
        if name == "rescue":
            parser.add_argument("--recovery-file", metavar="FICHIER", help=RECOVERY)
        parser.set_defaults(run=does)


def export(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Write what waits, what is carried for others and their answers."""
    phrase = _phrase(app, parsed, new=True)
    return _answer(app.services.sync_files.export(Path(parsed.fichier), phrase))


def take_in(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Take in what another device wrote, and the answers meant for this one."""
    phrase = _phrase(app, parsed, new=False)
    return _answer(app.services.sync_files.take_in(Path(parsed.fichier), phrase))


def rescue(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Write all that was not sent, without opening the database as usual."""
    from advisor.app import first_line  # noqa: PLC0415  (app knows everyone: imported last)

    phrase = _phrase(app, parsed, new=True)
    doors: dict[str, str | None] = {}
    if parsed.recovery_file:
        doors["recovery_key"] = first_line(Path(parsed.recovery_file), "l’option --recovery-file")
    else:
        doors["passphrase"] = app.services.find_passphrase()
    return _answer(app.services.sync_files.rescue(Path(parsed.fichier), phrase, **doors))


def _answer(report: "SyncReport") -> Answer:
    return answer(report_shape(report), [report.sentence, *report.remarks])


def _phrase(app: "Application", parsed: argparse.Namespace, *, new: bool) -> str:
    """Return the phrase of the file: the one named, the unattended one, else asked."""
    from advisor.app import PHRASE_FILE, first_line  # noqa: PLC0415  (idem)

    if parsed.phrase_file:
        return first_line(Path(parsed.phrase_file), "l’option --phrase-file")
    if app.has_phrase():
        return first_line(Path(os.environ[PHRASE_FILE]))
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        raise UsageError(
            "Il manque la phrase du fichier d’échange.",
            f"Donnez --phrase-file FICHIER, ou la variable {PHRASE_FILE}.",
        )
    phrase = getpass.getpass("Phrase du fichier d’échange : ", stream=sys.stderr)
    if new and phrase != getpass.getpass("Encore une fois : ", stream=sys.stderr):
        raise UsageError("Les deux phrases ne sont pas les mêmes.", "Recommencez.")
    return phrase
