"""Reads a ciphered database page by page, without its engine, when it no longer opens.

Each page is deciphered by itself (AES-256-CBC, HMAC-SHA512, SQLCipher 4's layout) and the rows of
its leaves are read; a page whose seal is broken is left out and counted. Nothing is written.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, SALT, IV, SEAL = 4096, 16, 16, 64
USABLE = PAGE - IV - SEAL
FRAME_HEAD, WAL_HEAD = 24, 32
LEAF = 0x0D
INTS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
COUNT_AT, MOST_PAGES = 28, 10_000_000
HMAC_MASK, HMAC_ROUNDS = 0x3A, 2
LONGEST_ROW = 64 * 1024 * 1024
Row = tuple[Any, ...]


@dataclass(slots=True)
class Pages:
    """The pages that could be read, in clear, by number; ``damaged`` are those left out."""

    clear: dict[int, bytes] = field(default_factory=dict)
    damaged: set[int] = field(default_factory=set)

    def rows(self) -> Iterator[Row]:
        """Give the values of every row of every leaf that can be read."""
        for number in sorted(self.clear):
            page = self.clear[number]
            start = 100 if number == 1 else 0
            if page[start] != LEAF:
                continue
            for n in range(struct.unpack_from(">H", page, start + 3)[0]):
                try:
                    (place,) = struct.unpack_from(">H", page, start + 8 + 2 * n)
                    yield _values(self._payload(page, place))
                except (struct.error, IndexError, ValueError):
                    self.damaged.add(number)

    def _payload(self, page: bytes, place: int) -> bytes:
        size, place = _varint(page, place)
        _rowid, place = _varint(page, place)
        if size > LONGEST_ROW:
            raise ValueError
        here = _kept_here(size)
        data = page[place : place + here]
        if here == size:
            return data
        (following,) = struct.unpack_from(">I", page, place + here)
        while len(data) < size:
            if following not in self.clear:
                raise ValueError
            page = self.clear[following]
            (following,) = struct.unpack_from(">I", page)
            data += page[4:USABLE]
        return data[:size]


def read_pages(database: Path, key: bytes) -> Pages:
    """Return what can be deciphered of a database and of the log beside it."""
    raw = database.read_bytes() if database.exists() else b""
    opener = _Opener(key, raw[:SALT])
    found, sealed = Pages(), 0
    for number in range(1, len(raw) // PAGE + 1):
        page = raw[(number - 1) * PAGE : number * PAGE]
        if opener.is_sealed(page, number):
            found.clear[number] = opener.clear(page, number)
            sealed += 1
        else:
            found.damaged.add(number)
    if not sealed:  # the salt itself is gone: no seal can be checked, the pages still open
        for number in sorted(found.damaged):
            page = raw[(number - 1) * PAGE : number * PAGE]
            found.clear[number] = opener.clear(page, number)
    log = database.with_name(database.name + "-wal")
    for number, page in _frames(log.read_bytes() if log.exists() else b""):
        if opener.is_sealed(page, number) or not sealed:
            found.clear[number] = opener.clear(page, number)
            found.damaged.discard(number)
    if 1 in found.clear:  # its header says how many pages there should be
        (count,) = struct.unpack_from(">I", found.clear[1], COUNT_AT)
        missing = range(len(raw) // PAGE + 1, min(count, MOST_PAGES) + 1)
        found.damaged.update(n for n in missing if n not in found.clear)
    return found


class _Opener:
    """Checks and deciphers pages with one key."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = key
        masked = bytes(one ^ HMAC_MASK for one in salt)
        self._seal = hashlib.pbkdf2_hmac("sha512", key, masked, HMAC_ROUNDS, len(key))

    def is_sealed(self, page: bytes, number: int) -> bool:
        start = SALT if number == 1 else 0
        told = page[start : USABLE + IV] + struct.pack("<I", number)
        made = hmac.digest(self._seal, told, "sha512")
        return hmac.compare_digest(made, page[USABLE + IV : PAGE])

    def clear(self, page: bytes, number: int) -> bytes:
        start = SALT if number == 1 else 0
        mode = modes.CBC(page[USABLE : USABLE + IV])
        opener = Cipher(algorithms.AES(self._key), mode).decryptor()
        return bytes(start) + opener.update(page[start:USABLE]) + opener.finalize()


def _frames(log: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the pages of a log in their order, up to its last commit."""
    frames, last = [], 0
    salts = log[16:24]
    for place in range(WAL_HEAD, len(log) - FRAME_HEAD - PAGE + 1, FRAME_HEAD + PAGE):
        number, commit = struct.unpack_from(">II", log, place)
        if log[place + 8 : place + 16] != salts or not number:
            continue
        frames.append((number, log[place + FRAME_HEAD : place + FRAME_HEAD + PAGE]))
        last = len(frames) if commit else last
    yield from frames[:last]


def _kept_here(size: int) -> int:
    """Return how much of a row its own leaf holds; the rest is in overflow pages."""
    if size <= USABLE - 35:
        return size
    least = (USABLE - 12) * 32 // 255 - 23
    here = least + (size - least) % (USABLE - 4)
    return here if here <= USABLE - 35 else least


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = data[place + count]
        if count == 8:  # noqa: PLR2004  (the ninth byte carries eight bits)
            return (value << 8) | byte, place + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:  # noqa: PLR2004  (the high bit says that another byte follows)
            return value, place + count + 1
    raise ValueError


def _values(payload: bytes) -> Row:
    """Return the values of a row; ValueError when it is not one."""
    head, place = _varint(payload, 0)
    kinds: list[int] = []
    while place < head:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    values: list[Any] = []
    for kind in kinds:
        value, size = _value(payload, place, kind)
        values.append(value)
        place += size
    if place > len(payload):
        raise ValueError
    return tuple(values)


def _value(payload: bytes, place: int, kind: int) -> tuple[Any, int]:
    if kind in {0, 8, 9}:
        return {0: None, 8: 0, 9: 1}[kind], 0
    if kind in INTS:
        size = INTS[kind]
        return int.from_bytes(payload[place : place + size], "big", signed=True), size
    if kind == 7:  # noqa: PLR2004  (SQLite's serial type of a real)
        return struct.unpack_from(">d", payload, place)[0], 8
    size = (kind - 12) // 2
    if size < 0:
        raise ValueError
    data = payload[place : place + size]
    return (data.decode("utf-8") if kind % 2 else data), size
