"""The commune search of a pack: made once with the pack, loaded in memory when it opens.

Knows how the index travels as bytes (a line of JSON, then the columns one after the other);
how it answers is in ``name_index``. Equal communes give equal bytes.
"""

import json
import sys
from array import array
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from advisor.domain.places.place import Commune
from advisor.errors import PackError
from advisor.reference.names.name_answers import Hit
from advisor.reference.names.name_columns import Columns, lay_out
from advisor.reference.names.name_index import NameIndex

__all__ = ["Hit", "NameIndex", "build_index", "load_index"]

MARK = b"ADVISOR-NAMES-1\n"
TEXTS = ("codes", "departements", "old_names", "spelled", "keys", "numbers", "heads")
NUMBERS = ("old_places", "key_values", "number_values")


def build_index(communes: Iterable[Commune]) -> bytes:
    """Return the search index of these communes as bytes, for ``load_index``.

    Former and delegated communes become old names of the place that took them over when it is
    among ``communes``, else they answer for themselves.
    """
    columns = lay_out(communes)
    parts = {name: "\n".join(getattr(columns, name)).encode() for name in TEXTS}
    parts |= {name: _packed(getattr(columns, name)) for name in NUMBERS}
    head = {"sizes": {name: len(part) for name, part in parts.items()}}
    rest = {one.name: getattr(columns, one.name) for one in fields(columns)}
    head["plain"] = {name: value for name, value in rest.items() if name not in parts}
    line = json.dumps(head, ensure_ascii=True, separators=(",", ":"))
    return MARK + line.encode() + b"\n" + b"".join(parts.values())


def load_index(blob: bytes) -> NameIndex:
    """Return the index written by ``build_index``; PackError when the bytes are not one."""
    hint = "Réinstallez le référentiel, ou revenez au référentiel de départ."
    if not blob.startswith(MARK):
        raise PackError("L’index des communes de ce référentiel n’est pas lisible.", hint)
    try:
        columns = _unpacked(blob)
    except (ValueError, KeyError, TypeError) as damage:
        raise PackError("L’index des communes de ce référentiel est abîmé.", hint) from damage
    return NameIndex(columns)


def _unpacked(blob: bytes) -> Columns:
    """Return the columns held by the bytes; ValueError when they are cut short."""
    place = blob.index(b"\n", len(MARK)) + 1
    head = json.loads(blob[len(MARK) : place])
    if place + sum(head["sizes"].values()) != len(blob):
        raise ValueError(place)
    columns: dict[str, Any] = head["plain"]
    for name, size in head["sizes"].items():
        part = blob[place : place + size]
        place += size
        columns[name] = _numbers_of(part) if name in NUMBERS else _lines_of(part)
    return Columns(**columns)


def _packed(numbers: list[int]) -> bytes:
    return _little_endian(array("I", numbers)).tobytes()


def _numbers_of(part: bytes) -> list[int]:
    numbers = array("I")
    numbers.frombytes(part)
    return _little_endian(numbers).tolist()


def _little_endian(numbers: "array[int]") -> "array[int]":
    """Return the numbers as they travel, whatever the machine."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _lines_of(part: bytes) -> list[str]:
    return part.decode().split("\n") if part else []
