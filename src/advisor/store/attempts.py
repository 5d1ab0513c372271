"""Slowing down whoever guesses: 1, 2, 4 s… after each wrong passphrase, locked after ten.

Pure decisions over the key file; writing it back is the vault's work.
"""

import math
from dataclasses import replace

from advisor.errors import LockedOutError
from advisor.store.keys import KeyFile

MOST_FAILURES = 10


def delay_after(failures: int) -> float:
    """Return the seconds to wait after that many wrong attempts in a row."""
    return float(2 ** (failures - 1)) if failures else 0.0


def seconds_to_wait(file: KeyFile, now: float) -> float:
    """Return the seconds before the next attempt; a clock set back never makes it longer."""
    return min(max(file.not_before - now, 0.0), delay_after(file.failures))


def refuse_when_locked(file: KeyFile) -> None:
    """Raise LockedOutError once ten wrong passphrases in a row were typed."""
    if file.failures >= MOST_FAILURES:
        raise LockedOutError(
            f"La base est verrouillée après {MOST_FAILURES} phrases secrètes fausses.",
            "Demandez à votre organisation la clé de secours\u202f: elle ouvre la base et permet "
            "de choisir une nouvelle phrase.",
        )


def refuse_when_early(file: KeyFile, now: float) -> None:
    """Raise LockedOutError when the delay after the last wrong attempt still runs."""
    wait = seconds_to_wait(file, now)
    if wait > 0:
        raise LockedOutError(
            f"Trop d’essais rapprochés\u202f: attendez encore {math.ceil(wait)}\u202fs.",
            "Rien n’est perdu\u202f; la clé de secours de votre organisation ouvre aussi la base.",
        )


def after_failure(file: KeyFile, now: float) -> KeyFile:
    """Return the key file with one more wrong attempt."""
    failures = file.failures + 1
    return replace(file, failures=failures, not_before=now + delay_after(failures))


def after_success(file: KeyFile) -> KeyFile:
    """Return the key file with the attempts forgotten."""
    return replace(file, failures=0, not_before=0.0)
