"""The key file: one random data key, wrapped once for each door that opens it.

The data key never touches the disk in clear. ``case.keys`` is JSON beside ``case.db``: the
passphrase door (Argon2id then AES-256-GCM), the recovery door (HKDF then AES-256-GCM), the
wrong attempts, and a checksum that tells damage from a wrong passphrase. Knows no database.
"""

import base64
import hashlib
import json
import os
import secrets
import uuid
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from advisor.errors import DiskFullError, RefusedError, VaultError, WrongKeyError
from advisor.store.recovery_key import new_recovery_key, read_recovery_key

FORMAT = 1
KEY_BYTES = 32
SHORTEST_PASSPHRASE = 8
MEBI = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of the passphrase costs: memory in KiB, passes, lanes (Argon2id)."""

    memory_kib: int = 64 * MEBI
    passes: int = 3
    lanes: int = 4

    def at_least(self, other: "Cost") -> bool:
        """Tell whether guessing is no cheaper than with ``other``."""
        return self.memory_kib >= other.memory_kib and self.passes >= other.passes


TUNED = Cost()
FLOOR = Cost(19 * MEBI, 2, 1)  # OWASP's smallest setting; nothing below is ever written or read
CEILING = Cost(2048 * MEBI, 64, 64)  # beyond it a damaged file would freeze the laptop


@dataclass(frozen=True, slots=True)
class Door:
    """The data key wrapped for one door: salt, nonce and ciphertext with its tag."""

    salt: bytes
    nonce: bytes
    wrapped: bytes
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What ``case.keys`` holds. ``born`` is True once the database has existed."""

    vault_id: str
    passphrase: Door
    recovery: Door
    failures: int = 0
    not_before: float = 0.0
    born: bool = False
    keyring: bool = field(default=False)


def new_key_file(passphrase: str, cost: Cost = TUNED) -> tuple[KeyFile, bytearray, str]:
    """Draw a data key; return its key file, the key, and the recovery key to show once."""
    key = bytearray(secrets.token_bytes(KEY_BYTES))
    vault_id = str(uuid.uuid4())
    shown = new_recovery_key()
    file = KeyFile(
        vault_id,
        wrap_for_passphrase(key, passphrase, vault_id, cost),
        wrap_for_recovery(key, shown, vault_id),
    )
    return file, key, shown


def wrap_for_passphrase(
    key: bytes | bytearray, passphrase: str, vault_id: str, cost: Cost = TUNED
) -> Door:
    """Wrap ``key`` behind a passphrase; RefusedError when it is too short to protect anything."""
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise RefusedError(
            f"La phrase secrète doit compter au moins {SHORTEST_PASSPHRASE} caractères.",
            "Quatre mots sans lien entre eux se retiennent bien et résistent longtemps.",
        )
    if not cost.at_least(FLOOR):
        raise RefusedError("Ce réglage protégerait trop peu la phrase secrète.")
    salt = secrets.token_bytes(16)
    return _wrap(key, stretch(passphrase, salt, cost), salt, _label("passphrase", vault_id), cost)


def wrap_for_recovery(key: bytes | bytearray, shown: str, vault_id: str) -> Door:
    """Wrap ``key`` behind the organisation's recovery key, given as shown."""
    salt = secrets.token_bytes(16)
    label = _label("recovery", vault_id)
    return _wrap(key, _expand(read_recovery_key(shown), salt, label), salt, label, None)


def unwrap_with_passphrase(file: KeyFile, passphrase: str) -> bytearray:
    """Return the data key; WrongKeyError when the passphrase is not the right one."""
    door = file.passphrase
    cost = door.cost or TUNED
    outer = stretch(passphrase, door.salt, cost)
    return _unwrap(door, outer, _label("passphrase", file.vault_id))


def unwrap_with_recovery(file: KeyFile, typed: str) -> bytearray:
    """Return the data key; WrongKeyError when the recovery key has a slip or is another's."""
    label = _label("recovery", file.vault_id)
    outer = _expand(read_recovery_key(typed), file.recovery.salt, label)
    return _unwrap(file.recovery, outer, label)


def wipe(key: bytearray) -> None:
    """Overwrite the key in memory, best effort: Python may have copied it."""
    for place in range(len(key)):
        key[place] = 0


def write_key_file(path: Path, file: KeyFile) -> None:
    """Put the key file in place whole or not at all; DiskFullError when the disk refuses."""
    body = _to_json(file)
    body["checksum"] = _checksum(body)
    fresh = path.with_name(path.name + ".new")
    try:
        with fresh.open("w", encoding="utf-8") as stream:
            json.dump(body, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.chmod(0o600)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise DiskFullError(
            "Le fichier de clés n’a pas pu être écrit\u202f: le disque est plein ou protégé.",
            "Libérez de la place, puis recommencez\u202f; l’ancien fichier est intact.",
        ) from error


def read_key_file(path: Path) -> KeyFile:
    """Return the key file; VaultError when it is missing, damaged or of a later format."""
    try:
        body = json.loads(path.read_bytes().decode("utf-8"))
        if body.pop("checksum") != _checksum(body):
            raise ValueError  # noqa: TRY301 - damage is told once, below
        if body["format"] != FORMAT:
            raise VaultError(
                "Le fichier de clés vient d’une version plus récente de l’application.",
                "Mettez l’application à jour sur ce poste.",
            )
        return _from_json(body)
    except FileNotFoundError as error:
        raise VaultError(
            f"Le fichier de clés {path.name} manque à côté de la base.",
            "Restaurez une sauvegarde\u202f: «\u202fadvisor vault restore FICHIER\u202f».",
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise VaultError(
            f"Le fichier de clés {path.name} est abîmé et ne peut pas être lu.",
            "Chaque sauvegarde en garde une copie\u202f: "
            "«\u202fadvisor vault restore FICHIER\u202f».",
        ) from error


def with_passphrase(
    file: KeyFile, key: bytes | bytearray, passphrase: str, cost: Cost = TUNED
) -> KeyFile:
    """Return the key file with a new passphrase and the attempts forgotten."""
    door = wrap_for_passphrase(key, passphrase, file.vault_id, cost)
    return replace(file, passphrase=door, failures=0, not_before=0.0)


def _label(role: str, vault_id: str) -> bytes:
    return f"advisor/case-key/{FORMAT}/{role}/{vault_id}".encode()


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return the key that Argon2id makes of a passphrase."""
    return hash_secret_raw(
        passphrase.encode("utf-8"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _expand(secret: bytes, salt: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=label).derive(secret)


def _wrap(
    key: bytes | bytearray, outer: bytes, salt: bytes, label: bytes, cost: Cost | None
) -> Door:
    nonce = secrets.token_bytes(12)
    return Door(salt, nonce, AESGCM(outer).encrypt(nonce, bytes(key), label), cost)


def _unwrap(door: Door, outer: bytes, label: bytes) -> bytearray:
    try:
        return bytearray(AESGCM(outer).decrypt(door.nonce, door.wrapped, label))
    except InvalidTag as error:
        raise WrongKeyError(
            "Cette phrase ou cette clé n’ouvre pas la base.",
            "Vérifiez la touche Majuscules et la disposition du clavier.",
        ) from error


def _checksum(body: dict[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _to_json(file: KeyFile) -> dict[str, Any]:
    def door(given: Door) -> dict[str, Any]:
        parts = {
            name: base64.b64encode(getattr(given, name)).decode("ascii")
            for name in ("salt", "nonce", "wrapped")
        }
        return {**parts, "argon2id": asdict(given.cost)} if given.cost else dict(parts)

    return {
        "format": FORMAT,
        "vault_id": file.vault_id,
        "passphrase": door(file.passphrase),
        "recovery": door(file.recovery),
        "failures": file.failures,
        "not_before": file.not_before,
        "born": file.born,
        "keyring": file.keyring,
    }


def _from_json(body: dict[str, Any]) -> KeyFile:
    def door(given: dict[str, Any]) -> Door:
        cost = Cost(**given["argon2id"]) if "argon2id" in given else None
        if cost and not (cost.at_least(FLOOR) and CEILING.at_least(cost)):
            raise ValueError
        salt, nonce, wrapped = (
            base64.b64decode(given[name], validate=True) for name in ("salt", "nonce", "wrapped")
        )
        return Door(salt, nonce, wrapped, cost)

    return KeyFile(
        str(uuid.UUID(body["vault_id"])),
        door(body["passphrase"]),
        door(body["recovery"]),
        int(body["failures"]),
        float(body["not_before"]),
        bool(body["born"]),
        bool(body["keyring"]),
    )
