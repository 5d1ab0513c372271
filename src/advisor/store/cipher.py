"""Raw connections to the ciphered file, and the proof that it is ciphered.

A build without the cipher accepts a key and writes plain text without a word, so at every open
the header is looked at, the cipher must answer, and a wrong key must fail.
"""

import contextlib
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from advisor.errors import VaultError
from advisor.store.failures import damaged
from advisor.store.keys import KEY_BYTES

PLAIN_HEADER = b"SQLite format 3\x00"
PATIENCE_MS = 10_000
NOT_THE_KEY = ("locked", "is full", "disk i/o", "unable to open", "readonly")


def connect(path: Path, key: bytes | bytearray) -> Any:
    """Return a keyed DB-API connection in autocommit; the key is not tried yet."""
    connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{bytes(key).hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    return connection


def prepare(connection: Any) -> None:
    """Set what every working connection needs: durable log, foreign keys, nothing in clear."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")


@contextlib.contextmanager
def opened(path: Path, key: bytes | bytearray) -> Iterator[Any]:
    """Give a keyed connection for the block, then close it."""
    connection = connect(path, key)
    try:
        yield connection
    finally:
        connection.close()


def prove(path: Path, key: bytes | bytearray) -> None:
    """Raise VaultError unless ``path`` is ciphered, opens with ``key`` and with no other."""
    with path.open("rb") as stream:
        header = stream.read(len(PLAIN_HEADER))
    if not header:
        raise damaged()
    if header == PLAIN_HEADER:
        raise VaultError(
            "La base de ce dossier n’est pas chiffrée\u202f: elle n’est pas ouverte.",
            "Signalez-le à votre référent, puis restaurez une sauvegarde.",
        )
    with opened(path, key) as connection:
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise VaultError(
                "Le module de chiffrement manque à cette installation.",
                "Réinstallez l’application\u202f; la base n’a pas été touchée.",
            )
        if not reads(connection):
            raise damaged()
    with opened(path, secrets.token_bytes(KEY_BYTES)) as stranger:
        if reads(stranger):
            raise VaultError(
                "Une clé fausse ouvre cette base\u202f: elle n’est pas protégée.",
                "Signalez-le à votre référent\u202f; n’y saisissez rien.",
            )


def reads(connection: Any) -> bool:
    """Tell whether the key of this connection reads the database.

    A full disk, a lock or a missing right say nothing of the key: they are raised as they are.
    """
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if any(words in str(error).lower() for words in NOT_THE_KEY):
            raise
        return False
    return True


def faults(connection: Any) -> list[str]:
    """Return what the cipher's and the engine's checks find, in French; empty when sound."""
    try:
        found = [_page(str(row[0])) for row in connection.execute("PRAGMA cipher_integrity_check")]
        if any(row[0] != "ok" for row in connection.execute("PRAGMA integrity_check")):
            found.append("La structure de la base est abîmée.")
        found += [
            f"Une ligne de la table {row[0]} renvoie à une fiche absente."
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
    except dbapi2.DatabaseError:
        return ["La base est abîmée\u202f: son contenu ne peut plus être relu en entier."]
    return found


def _page(told: str) -> str:
    """Return in French what the cipher says of a page it cannot trust."""
    number = re.search(r"page (\d+)", told)
    which = f"La page {number[1]}" if number else "Une page"
    return f"{which} de la base ne correspond plus à son empreinte."
