"""Finds the data key of a home behind one of its doors, and counts the wrong passphrases."""

from pathlib import Path

from advisor.config import Home
from advisor.errors import VaultError, WrongKeyError
from advisor.store import attempts, keyring_door
from advisor.store.backups import key_path
from advisor.store.keys import (
    KeyFile,
    new_key_file,
    read_key_file,
    unwrap_with_passphrase,
    unwrap_with_recovery,
    write_key_file,
)
from advisor.store.surroundings import Surroundings

LONGEST_NAP = 4.0


def make_keys(home: Home, passphrase: str | None, around: Surroundings) -> tuple[bytearray, str]:
    """Draw a data key for a new home; returns it with the recovery key to show once.

    Raises VaultError without a passphrase, RefusedError when it is too short.
    """
    if passphrase is None:
        raise _no_door("choisir")
    file, key, shown = new_key_file(passphrase, around.cost)
    write_key_file(key_path(home), file)
    return key, shown


def find_key(
    home: Home,
    passphrase: str | None,
    recovery_key: str | None,
    around: Surroundings,
    *,
    keyring: bool,
) -> bytearray:
    """Return the data key behind the first door given: recovery key, passphrase, keyring.

    Raises WrongKeyError, LockedOutError, or VaultError when no door was given.
    """
    path = key_path(home)
    file = read_key_file(path)
    if recovery_key is not None:
        key = unwrap_with_recovery(file, recovery_key)
        write_key_file(path, attempts.after_success(file))
        return key
    if passphrase is not None:
        return _try_passphrase(path, file, passphrase, around)
    kept = keyring_door.recall(file.vault_id, around.keyrings) if keyring and file.keyring else None
    if kept is None:
        raise _no_door("saisir")
    return kept


def _try_passphrase(path: Path, file: KeyFile, passphrase: str, around: Surroundings) -> bytearray:
    attempts.refuse_when_locked(file)
    wait = attempts.seconds_to_wait(file, around.seconds())
    if 0 < wait <= LONGEST_NAP:
        around.sleep(wait)
    attempts.refuse_when_early(file, around.seconds())
    try:
        key = unwrap_with_passphrase(file, passphrase)
    except WrongKeyError as error:
        file = attempts.after_failure(file, around.seconds())
        write_key_file(path, file)
        attempts.refuse_when_locked(file)
        left = attempts.MOST_FAILURES - file.failures
        raise WrongKeyError(
            "La phrase secrète n’est pas la bonne.",
            f"Vérifiez la touche Majuscules et la disposition du clavier. Encore {left} "
            f"essai{'s' if left > 1 else ''}, le prochain dans "
            f"{attempts.delay_after(file.failures):.0f}\u202fs.",
        ) from error
    if file.failures:
        write_key_file(path, attempts.after_success(file))
    return key


def _no_door(verb: str) -> VaultError:
    return VaultError(
        "La base est chiffrée\u202f: il manque la phrase secrète.",
        f"Ouvrez la fenêtre pour la {verb}, ou nommez dans ADVISOR_PASSPHRASE_FILE un fichier "
        "dont elle est la première ligne.",
    )
