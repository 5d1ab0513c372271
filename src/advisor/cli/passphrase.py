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


def tell_recovery_key(key: str | None) -> None:
    """Show the recovery key of a database just made, once, to the person at the keyboard."""
    if key and sys.stderr and sys.stderr.isatty():
        told = (
            "",
            f"Clé de secours de la nouvelle base : {key}",
            "Notez-la et rangez-la ailleurs que dans cet ordinateur : elle ne sera plus montrée.",
        )
        print(*told, sep="\n", file=sys.stderr)  # noqa: T201  (said to a person, once)
