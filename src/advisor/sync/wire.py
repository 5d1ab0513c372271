"""Writes and reads frozen shapes as canonical JSON, strictly.

A missing or badly typed field is refused; an unknown one is kept in ``extra`` and sent back.
"""

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, NoReturn, TypeVar

from advisor.errors import BadDataError

EXTRA = "extra"
MARK_BITS = 44  # so that half a million marks add up within a signed 64-bit integer
Shape = TypeVar("Shape")


def canonical(value: Any) -> str:
    """Return the one way to write a JSON value: sorted keys, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are the same; ``1``, ``1.0`` and ``true`` are three."""
    return canonical(one) == canonical(other)


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of a JSON value, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode("ascii")).hexdigest()


def mark(value: Any) -> int:
    """Return a fingerprint short enough to be summed by a database."""
    return int(fingerprint(value), 16) >> (256 - MARK_BITS)


def refuse(where: str) -> NoReturn:
    """Raise BadDataError naming the part of a message that cannot be read."""
    raise BadDataError(
        f"Message de synchronisation illisible\u202f: «\u202f{where}\u202f».",
        "Rien n’est perdu. Relancez la synchronisation\u202f; si cela dure, prévenez le support.",
    )


def plain(shape: Any) -> Any:
    """Return the JSON value of a shape, what it did not understand included."""
    if is_dataclass(shape) and not isinstance(shape, type):
        whole = {one.name: plain(getattr(shape, one.name)) for one in fields(shape)}
        return {**whole.pop(EXTRA, {}), **whole}
    if isinstance(shape, Enum):
        return shape.value
    if isinstance(shape, Mapping):
        return {key: plain(value) for key, value in shape.items()}
    if isinstance(shape, tuple | list):
        return [plain(value) for value in shape]
    return shape


def encode(shape: Any) -> bytes:
    """Return the bytes of a message."""
    return canonical(plain(shape)).encode("ascii")


def decode(kind: type[Shape], data: bytes) -> Shape:
    """Return the message in ``data``; BadDataError when it is cut, garbled or of another shape."""
    try:
        value = json.loads(data, parse_constant=refuse)
    except (ValueError, RecursionError):
        refuse(kind.__name__)
    return read(kind, value)


def read(kind: type[Shape], value: Any) -> Shape:
    """Return a shape from its JSON value; BadDataError names the first wrong part."""
    found: Shape = _read(kind, value, kind.__name__)
    return found


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, value: Any, where: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    maybe = origin in {types.UnionType, typing.Union}
    if kind is Any or (maybe and value is None):
        return value
    if maybe:
        return _read(next(one for one in arguments if one is not type(None)), value, where)
    if origin is tuple:
        return _tuple(arguments, value, where)
    if origin is not None:
        return _mapping(arguments[1], value, where)
    if is_dataclass(kind):
        return _dataclass(kind, value, where)
    return _single(kind, value, where)


def _single(kind: type, value: Any, where: str) -> Any:
    if issubclass(kind, Enum):
        return _member(kind, value, where)
    if type(value) is not kind:
        refuse(where)
    return value


def _tuple(arguments: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        refuse(where)
    if arguments[-1] is Ellipsis:
        return tuple(_read(arguments[0], one, where) for one in value)
    if len(value) != len(arguments):
        refuse(where)
    return tuple(_read(kind, one, where) for kind, one in zip(arguments, value, strict=True))


def _mapping(inner: Any, value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        refuse(where)
    return {key: _read(inner, one, f"{where}.{key}") for key, one in value.items()}


def _member(kind: type[Enum], value: Any, where: str) -> Enum:
    if value not in [one.value for one in kind]:
        refuse(where)
    return kind(value)


def _dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        refuse(where)
    declared = {one.name: one for one in fields(kind) if one.name != EXTRA}
    given: dict[str, Any] = {}
    for name, one in declared.items():
        if name in value:
            given[name] = _read(_hints(kind)[name], value[name], f"{where}.{name}")
        elif one.default is MISSING and one.default_factory is MISSING:
            refuse(f"{where}.{name}")
    if EXTRA in _hints(kind):
        given[EXTRA] = {name: one for name, one in value.items() if name not in declared}
    return kind(**given)
