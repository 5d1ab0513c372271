"""``advisor demo``: plays the main job headless and leaves its documents in a folder."""

import argparse
import secrets
import sys
import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.demo_play import Play
from advisor.cli.writing import writable_folder
from advisor.config import Home

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group


def add(commands: "Group[Any]") -> None:
    """Add ``demo --out DIR``."""
    parser = commands.add_parser("demo", help="joue une permanence et écrit ses documents")
    parser.add_argument("--out", required=True, metavar="DOSSIER", help="où écrire")
    parser.set_defaults(run=demo)


def demo(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Play the day in the home given when it has no database yet, else in a temporary one."""
    out = writable_folder(parsed.out)
    with ExitStack() as stack:
        stage = _stage(app, stack)
        play = Play(stage, out, date.today(), _say)  # noqa: DTZ011  (the room's calendar)
        interview = play.run()
    data = {"files": play.files, "interview": interview, "sync": play.synced}
    return answer(data, [f"La fiche imprimée : {out / 'synthese.pdf'}"])


def _stage(app: "Application", stack: ExitStack) -> "Application":
    if app.home_was_given and app.services.is_new:
        return _with_phrase(app)
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="advisor-demo-"))
    return stack.enter_context(app.in_home(Home(Path(folder)), secrets.token_urlsafe(16)))


def _with_phrase(app: "Application") -> "Application":
    """Keep the phrase of unattended use; else make one and say it once."""
    if not app.has_phrase():
        phrase = secrets.token_urlsafe(16)
        app.services.unlock(phrase)
        _say(f"Phrase secrète de cette démonstration : {phrase}")
    return app


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201  (progress, beside the answer)
