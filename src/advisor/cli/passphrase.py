"""Asks the passphrase at the keyboard, when a person is there."""

import getpass
import sys

from advisor.errors import VaultError


def ask_at_the_keyboard(new: bool) -> str | None:  # noqa: FBT001  (new: the home has no database)
    """Return what was typed, twice the same when ``new``; None when nobody is there."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    try:
        phrase = getpass.getpass("Phrase secrète (rien ne s’affiche) : ", stream=sys.stderr)
        if new and phrase != getpass.getpass("Encore une fois : ", stream=sys.stderr):
            raise VaultError("Les deux phrases ne sont pas les mêmes.", "Recommencez.")
    except EOFError:
        return None
    return phrase or None
