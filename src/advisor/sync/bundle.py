"""The file that goes from hand to hand: a passphrase outside, authenticated chunks inside.

Layout: magic, version, cost of a guess, salt, nonce prefix, a check of the passphrase, a digest of
all that; then chunks of 64 KiB in AES-256-GCM, each bound to the header, to its place and to
whether it is the last. Bytes in, bytes out: knows no disk and nothing of what it holds.
"""

import hashlib
import json
import os
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from advisor.errors import BadDataError, RefusedError, WrongKeyError
from advisor.store.keys import FLOOR, MEBI, SHORTEST_PASSPHRASE, TUNED, Cost, stretch
from advisor.sync.wire import canonical

MAGIC = b"ADVSYNC\n"
VERSION = 1
CEILING = Cost(256 * MEBI, 12, 16)  # a hostile file cannot ask for more memory or time
CHUNK = 64 * 1024
TAG = 16
LARGEST_FILE = 256 * 1024 * 1024
LARGEST_CONTENT = 1024 * 1024 * 1024
_START = struct.Struct(">8sBIHB16s7s")
_MARK = 16
HEADER = _START.size + 2 * _MARK


def seal(content: Mapping[str, Any], phrase: str, cost: Cost = TUNED) -> bytes:
    """Return the bytes of a file; RefusedError when the phrase is too short or all is too big."""
    if len(phrase.strip()) < SHORTEST_PASSPHRASE:
        raise RefusedError(
            f"La phrase du fichier doit compter au moins {SHORTEST_PASSPHRASE} caractères.",
            "Quatre mots sans lien entre eux se retiennent bien et résistent longtemps.",
        )
    salt, prefix = os.urandom(16), os.urandom(7)
    start = _START.pack(MAGIC, VERSION, cost.memory_kib, cost.passes, cost.lanes, salt, prefix)
    key, check = _keys(phrase, salt, cost)
    header = start + check
    header += _digest(header)
    plain = zlib.compress(canonical(content).encode("ascii"), 6)
    cipher = AESGCM(key)
    count = max(1, -(-len(plain) // CHUNK))
    chunks = [
        cipher.encrypt(
            _nonce(prefix, n, last=n == count - 1), plain[n * CHUNK : (n + 1) * CHUNK], header
        )
        for n in range(count)
    ]
    whole = header + b"".join(chunks)
    if len(whole) > LARGEST_FILE:
        raise RefusedError("Il y a trop à écrire pour un seul fichier.", "Synchronisez d’abord.")
    return whole


def unseal(data: bytes, phrase: str) -> dict[str, Any]:
    """Return the content of a file's bytes.

    Raises BadDataError when it is no such file, changed, cut or of a newer version, and
    WrongKeyError when the phrase is not the one it was written with.
    """
    header, cost, salt, prefix = _header(data)
    key, check = _keys(phrase, salt, cost)
    if check != header[_START.size : _START.size + _MARK]:
        raise WrongKeyError(
            "Cette phrase n’ouvre pas ce fichier.",
            "Demandez la phrase à qui l’a écrit\u202f; vérifiez la touche Majuscules.",
        )
    cipher, parts = AESGCM(key), []
    try:
        for place, (chunk, last) in enumerate(_chunks(data[HEADER:])):
            parts.append(cipher.decrypt(_nonce(prefix, place, last=last), chunk, header))
    except InvalidTag:
        _damaged()
    return _content(b"".join(parts))


def looks_like(data: bytes) -> bool:
    """Tell whether bytes begin like such a file."""
    return data.startswith(MAGIC)


def _header(data: bytes) -> tuple[bytes, Cost, bytes, bytes]:
    if not data:
        raise BadDataError("Ce fichier est vide.", "Refaites-le sur le poste d’où il vient.")
    if not looks_like(data):
        raise BadDataError(
            "Ce fichier n’est pas un fichier d’échange.",
            "Choisissez un fichier écrit par «\u202fadvisor sync export\u202f» ou "
            "«\u202fadvisor sync rescue\u202f».",
        )
    header = data[:HEADER]
    if len(header) < HEADER:
        _damaged()
    _, version, memory, passes, lanes, salt, prefix = _START.unpack_from(header)
    if version > VERSION:
        raise_newer()
    cost = Cost(memory, passes, lanes)
    bounded = cost.at_least(FLOOR) and CEILING.at_least(cost) and 1 <= lanes <= CEILING.lanes
    if version < 1 or _digest(header[:-_MARK]) != header[-_MARK:] or not bounded:
        _damaged()
    return header, cost, salt, prefix


def raise_newer() -> NoReturn:
    """Raise the refusal of what a later version wrote."""
    raise BadDataError(
        "Ce fichier vient d’une version plus récente de l’application.",
        "Mettez l’application à jour sur ce poste, puis recommencez.",
    )


def _damaged() -> NoReturn:
    raise BadDataError(
        "Ce fichier est abîmé\u202f: il a été coupé ou modifié. Rien n’en a été pris.",
        "Copiez-le de nouveau, ou refaites-le sur le poste d’où il vient.",
    )


def _keys(phrase: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """Return the key of the chunks, and what tells a wrong phrase from a changed byte."""
    root = stretch(unicodedata.normalize("NFC", phrase), salt, cost)
    made = HKDF(SHA256(), 32 + _MARK, None, b"advisor/bundle/1").derive(root)
    return made[:32], made[32:]


def _digest(start: bytes) -> bytes:
    return hashlib.sha256(start).digest()[:_MARK]


def _nonce(prefix: bytes, place: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", place, last)


def _chunks(body: bytes) -> Iterator[tuple[bytes, bool]]:
    size = CHUNK + TAG
    for begin in range(0, len(body) or 1, size):
        yield body[begin : begin + size], begin + size >= len(body)


def _no_number(_text: str) -> NoReturn:
    raise ValueError


def _content(packed: bytes) -> dict[str, Any]:
    opener = zlib.decompressobj()
    try:
        plain = opener.decompress(packed, LARGEST_CONTENT)
        if not opener.eof or opener.unused_data:
            _damaged()
        content = json.loads(plain, parse_constant=_no_number)
    except (zlib.error, ValueError, RecursionError):
        _damaged()
    if not isinstance(content, dict) or type(content.get("format")) is not int:
        _damaged()
    if content["format"] > VERSION:
        raise_newer()
    return content
