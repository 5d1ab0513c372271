"""Reads the command line, runs one command, writes its answer; no traceback ever leaves.

Knows every group by its module and nothing of what they do.
"""

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from advisor import __version__
from advisor.cli import groups
from advisor.cli.answer import REFUSED, Answer, write_answer, write_error
from advisor.cli.last_resort import note_failure
from advisor.cli.parser import FrenchParser
from advisor.cli.passphrase import ask_at_the_keyboard, tell_recovery_key
from advisor.config import find_home
from advisor.errors import AdvisorError, UsageError

if TYPE_CHECKING:
    from advisor.app import Application

Command = Callable[["Application", object], Answer]


def run(arguments: Sequence[str]) -> int:
    """Run one command line (without the program's name); returns 0, 1 or 2."""
    _speak_utf8()
    wants_json = "--json" in arguments
    try:
        status = _answered(arguments, wants_json=wants_json)
        _send()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return status


def _answered(arguments: Sequence[str], *, wants_json: bool) -> int:
    """Run the line and tell every failure; only a reader that has gone leaves it unsaid."""
    try:
        arguments = [_as_text(word) for word in arguments]
        rest, home, wants_json = _take_shared_options(arguments)
        return _run_command(rest, home, wants_json=wants_json)
    except AdvisorError as error:
        return write_error(error, wants_json=wants_json)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return write_error(AdvisorError("Interrompu."), wants_json=wants_json)
    except Exception as error:  # noqa: BLE001  (last resort: a sentence, a log, no traceback)
        return write_error(
            note_failure(error, find_home(_home_named(arguments))), wants_json=wants_json
        )


def build_parser() -> FrenchParser:
    """Return the whole command line, each group adding its own commands."""
    parser = FrenchParser(
        prog="advisor",
        description="Conseil à l’installation des professionnels de santé, sans réseau. "
        "Sans commande, ouvre la fenêtre.",
        epilog="--json (réponse en JSON) et --home DOSSIER vont avec toutes les commandes.",
    )
    parser.add_argument(
        "--version", action="version", version=f"advisor {__version__}", help="affiche la version"
    )
    commands = parser.add_subparsers(
        title="commandes", dest="commande", metavar="commande", parser_class=FrenchParser
    )
    groups.add_all(commands)
    return parser


def _run_command(rest: list[str], home: str | None, *, wants_json: bool) -> int:
    from advisor.app import Application  # noqa: PLC0415  (app knows everyone: imported last)

    parsed = build_parser().parse_args(rest)
    parsed.wants_json = wants_json
    given = bool(home or os.environ.get("ADVISOR_HOME"))
    with Application(find_home(home), ask_at_the_keyboard, home_was_given=given) as app:
        if parsed.commande is None:
            return app.open_window()
        status = write_answer(parsed.run(app, parsed), wants_json=wants_json)
        _send()
        tell_recovery_key(app.services.recovery_key)
        return status


def _send() -> None:
    """Send what was written; whoever started the program may have closed standard output."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _take_shared_options(arguments: Sequence[str]) -> tuple[list[str], str | None, bool]:
    """Take ``--json`` and ``--home`` out, wherever they stand before a bare ``--``."""
    rest: list[str] = []
    home: str | None = None
    wants_json = False
    waiting = iter(arguments)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif word == "--json":
            wants_json = True
        elif word == "--home" or word.startswith("--home="):
            home = next(waiting, "") if word == "--home" else word.partition("=")[2]
            if not home or home.startswith("--"):
                raise UsageError("L’option --home attend un dossier.")
        else:
            rest.append(word)
    return rest, home, wants_json


def _as_text(word: str) -> str:
    """Return a word of the line as text; UsageError when its bytes are no text at all.

    A bare locale hands over UTF-8 bytes one by one: they are put together again.
    """
    try:
        return os.fsencode(word).decode("utf-8") if _is_broken(word) else word
    except UnicodeError as error:
        raise UsageError(
            f"« {word} » contient un caractère illisible.", "Le terminal doit écrire en UTF-8."
        ) from error


def _is_broken(word: str) -> bool:
    return not word.isascii() and any("\ud800" <= char <= "\udfff" for char in word)


def _home_named(arguments: Sequence[str]) -> str | None:
    """Return the home asked for, even when the rest of the line could not be read."""
    try:
        return _take_shared_options(arguments)[1]
    except UsageError:
        return None


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
