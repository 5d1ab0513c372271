"""Saves what was not sent from a home whose database may no longer open.

Works on a copy of the ciphered files: the home is left as it was found. First as any reader
would, whatever the version; then, when something is damaged, page by page.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from advisor.config import Home
from advisor.domain.cases.operation import Operation, OpState
from advisor.errors import NotFoundError, VaultError, WrongKeyError
from advisor.store.backups import KEYS
from advisor.store.cipher import opened
from advisor.store.doors import find_key
from advisor.store.enrolled import TIE
from advisor.store.failures import telling
from advisor.store.keys import read_key_file, unwrap_with_passphrase, unwrap_with_recovery
from advisor.store.raw_pages import Pages, read_pages
from advisor.store.surroundings import Surroundings
from advisor.store.synced import POSITION

COLUMNS = (
    *("seq", "device", "incarnation", "local_seq", "unit", "undoes", "entity", "entity_id"),
    *("interview", "operation", "fields", "actor", "organisation", "declared_at"),
    *("schema_version", "pack_version", "departement", "state", "verdict"),
)
BODY = tuple(name for name in COLUMNS if name not in {"seq", "state", "verdict"})
TEXTS = ("device", "incarnation", "unit", "entity", "entity_id", "declared_at", "departement")
Name = tuple[str, str, int]


@dataclass(slots=True)
class Salvaged:
    """What could be read: op bodies in their order, the place reached, the tie if any.

    ``unreadable`` counts the numbers of this device's journal found nowhere, ``lost`` are those
    between two entries saved; ``pages`` how many pages were damaged, 0 when all opened normally.
    """

    device: str = ""
    incarnation: str = ""
    local_seq: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)
    lost: list[Name] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    unreadable: int = 0
    pages: int = 0


def key_for_rescue(
    home: Home, passphrase: str | None, recovery_key: str | None, around: Surroundings
) -> bytearray:
    """Return the data key of a home, from the copy of its key file when its own is gone.

    Raises WrongKeyError, LockedOutError, or VaultError when no door was given or none is left.
    """
    try:
        return find_key(home, passphrase, recovery_key, around, keyring=True)
    except WrongKeyError:
        raise
    except VaultError:
        for kept in sorted(home.backups.glob(f"*{KEYS}"), reverse=True):
            try:
                file = read_key_file(kept)
            except VaultError:
                continue
            if recovery_key is not None:
                return unwrap_with_recovery(file, recovery_key)
            if passphrase is not None:
                return unwrap_with_passphrase(file, passphrase)
        raise


def salvage(home: Home, key: bytes) -> Salvaged:
    """Return all that was not sent and can still be read; NotFoundError when there is no file."""
    if not home.database.exists():
        raise NotFoundError(
            "Ce dossier n’a plus de base\u202f: il n’y a rien à sauver ici.",
            "Reprenez une sauvegarde\u202f: «\u202fadvisor vault restore FICHIER\u202f».",
        )
    with telling(), tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / home.database.name
        for name in (copy.name, f"{copy.name}-wal"):
            if (home.root / name).exists():
                shutil.copyfile(home.root / name, copy.with_name(name))
        pages = read_pages(copy, key)
        try:
            rows, found = _ordinary(copy, key)
        except (dbapi2.DatabaseError, ValueError, TypeError):
            rows, found = _page_by_page(pages)
            found.pages = max(1, len(pages.damaged))
    return _gathered(rows, found)


def _ordinary(copy: Path, key: bytes) -> tuple[list[dict[str, Any]], Salvaged]:
    """Read with the engine, naming columns one by one: a newer shape may have more."""
    found = Salvaged()
    with opened(copy, key) as connection:
        rows = [
            _read(dict(zip(COLUMNS, row, strict=True)))
            for row in connection.execute(f"SELECT {', '.join(COLUMNS)} FROM journal")
        ]
        who = connection.execute("SELECT id, incarnation, local_seq FROM device").fetchone()
        if who is not None:
            found.device, found.incarnation, found.local_seq = who
        for name, value in connection.execute("SELECT name, value FROM setting"):
            if name in {TIE, POSITION}:
                found.settings[name] = json.loads(value)
    return rows, found


def _page_by_page(pages: Pages) -> tuple[list[dict[str, Any]], Salvaged]:
    """Recognise rows by their shape: a journal line, this device, the tie."""
    found, rows, devices = Salvaged(), [], []
    for row in pages.rows():
        line = _journal_line(row)
        if line is not None:
            rows.append(line)
        elif [type(one) for one in row] == [str, str, int]:
            devices.append(row)
        elif len(row) == 2 and row[0] in {TIE, POSITION}:  # noqa: PLR2004  (name and value)
            found.settings[row[0]] = _json(row[1]) or {}
    writers = {(line["device"], line["incarnation"]) for line in rows}
    known = [one for one in devices if (one[0], one[1]) in writers]
    if known or len(devices) == 1:
        known = known or devices
        found.device, found.incarnation, found.local_seq = known[-1]
    elif rows:
        last = max(rows, key=lambda line: line["local_seq"])
        found.device, found.incarnation = last["device"], last["incarnation"]
    return rows, found


def _journal_line(row: tuple[Any, ...]) -> dict[str, Any] | None:
    if len(row) < len(COLUMNS):
        return None
    line = dict(zip(COLUMNS, row, strict=False))
    if line["seq"] is not None or not all(isinstance(line[name], str) for name in TEXTS):
        return None
    if line["operation"] not in set(Operation) or line["state"] not in set(OpState):
        return None
    try:
        return _read(line)
    except (ValueError, TypeError):
        return None


def _read(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line with its fields read; ValueError or TypeError when they cannot be."""
    fields = json.loads(line["fields"])
    if type(line["local_seq"]) is not int or not isinstance(fields, dict):
        raise ValueError
    return {**line, "fields": fields}


def _json(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError):
        return None


def _gathered(rows: Iterable[dict[str, Any]], found: Salvaged) -> Salvaged:
    """Keep what waits, one line for each name, and tell the numbers that are found nowhere."""
    held: dict[Name, dict[str, Any]] = {}
    for line in rows:
        name = (line["device"], line["incarnation"], line["local_seq"])
        if name not in held or line["operation"] == Operation.VOID:
            held[name] = line
    waiting = sorted(
        (name for name, line in held.items() if line["state"] == OpState.PENDING),
        key=lambda name: (name[:2] == (found.device, found.incarnation), name),
    )
    for number, name in enumerate(waiting):
        before = waiting[number - 1] if number else None
        if before is not None and before[:2] == name[:2]:
            gap = range(before[2] + 1, name[2])
            found.lost += [(*name[:2], n) for n in gap if (*name[:2], n) not in held]
        found.bodies.append({part: held[name][part] for part in BODY})
    mine = {n for device, inc, n in held if (device, inc) == (found.device, found.incarnation)}
    found.local_seq = max((found.local_seq, *mine))
    found.unreadable = sum(n not in mine for n in range(1, found.local_seq + 1))
    return found
