"""Writes and reads frozen shapes as canonical JSON, strictly.

A missing or badly typed field is refused; an unknown one is kept in ``extra`` and sent back.
What reads and writes a shape is worked out once for each shape, not once for each message.
"""

import hashlib
import json
import math
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, NoReturn, TypeVar

from advisor.errors import BadDataError

EXTRA = "extra"
MARK_BITS = 44  # so that half a million marks add up within a signed 64-bit integer
Shape = TypeVar("Shape")
Reader = Callable[[Any], Any]
_PLAIN = {str, int, bool, type(None)}


def canonical(value: Any) -> str:
    """Return the one way to write a JSON value or a shape: sorted keys, no spaces, ASCII only."""
    return _encoder.encode(value)


def same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are the same; ``1``, ``1.0`` and ``true`` are three."""
    if type(one) in _PLAIN and type(other) in _PLAIN:
        return type(one) is type(other) and bool(one == other)
    return canonical(one) == canonical(other)


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of a JSON value or of a shape, in hexadecimal."""
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
    if is_dataclass(shape) or isinstance(shape, Enum):
        shape = _opened(shape)
    if isinstance(shape, Mapping):
        return {key: plain(value) for key, value in shape.items()}
    if isinstance(shape, tuple | list):
        return [plain(value) for value in shape]
    return shape


def encode(shape: Any) -> bytes:
    """Return the bytes of a message."""
    return canonical(shape).encode("ascii")


def decode(kind: type[Shape], data: bytes) -> Shape:
    """Return the message in ``data``; BadDataError when it is cut, garbled or of another shape."""
    try:
        value = json.loads(data, parse_constant=refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        refuse(kind.__name__)
    return read(kind, value)


def _finite(text: str) -> float:
    """Return a number; ``1e999`` is none, and could not be written again."""
    number = float(text)
    return number if math.isfinite(number) else refuse(text)


def read(kind: type[Shape], value: Any) -> Shape:
    """Return a shape from its JSON value; BadDataError names the first wrong part."""
    shape: Any = kind
    try:
        found: Shape = _reader(shape)(value)
    except _UnreadError as error:
        refuse(".".join((kind.__name__, *reversed(error.path))))
    return found


class _UnreadError(Exception):
    """A part that cannot be read; ``path`` names it, the innermost first."""

    def __init__(self, *path: str) -> None:
        super().__init__()
        self.path = list(path)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name != EXTRA)


def _opened(shape: Any) -> Any:
    """Return the JSON value of a shape, its parts still closed."""
    kind: Any = type(shape)
    return _opener(kind)(shape)


@cache
def _opener(kind: Any) -> Callable[[Any], Any]:
    """Return what opens the shapes of one type."""
    whole: Any = kind
    if is_dataclass(kind):
        names = _names(whole)
        values = attrgetter(*names, names[0])  # one more, so that it always gives a tuple
        if any(one.name == EXTRA for one in fields(whole)):
            return lambda shape: {**shape.extra, **dict(zip(names, values(shape), strict=False))}
        return lambda shape: dict(zip(names, values(shape), strict=False))
    if issubclass(kind, Enum):
        return attrgetter("value")
    if issubclass(kind, Mapping):
        return dict
    raise TypeError(kind.__name__)


_encoder = json.JSONEncoder(
    sort_keys=True,
    separators=(",", ":"),
    allow_nan=False,
    check_circular=False,
    default=_opened,
)


@cache
def _reader(kind: Any) -> Reader:
    """Return what reads one type of value."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return _as_it_is
    if origin in {types.UnionType, typing.Union}:
        return _maybe(next(one for one in arguments if one is not type(None)))
    if origin is tuple:
        return _several(arguments[0]) if arguments[-1] is Ellipsis else _row(arguments)
    if origin is not None:
        return _mapping(arguments[1])
    if is_dataclass(kind):
        return _dataclass(kind)
    return _member(kind) if issubclass(kind, Enum) else _single(kind)


def _as_it_is(value: Any) -> Any:
    return value


def _maybe(kind: Any) -> Reader:
    inner = _reader(kind)
    return lambda value: None if value is None else inner(value)


def _single(kind: type) -> Reader:
    def single(value: Any) -> Any:
        if type(value) is not kind:
            raise _UnreadError
        return value

    return single


def _several(kind: Any) -> Reader:
    inner = _reader(kind)

    def several(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _UnreadError
        return tuple([inner(one) for one in value])

    return several


def _row(kinds: tuple[Any, ...]) -> Reader:
    readers = [_reader(kind) for kind in kinds]

    def row(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(readers):
            raise _UnreadError
        return tuple(reader(one) for reader, one in zip(readers, value, strict=True))

    return row


def _mapping(kind: Any) -> Reader:
    inner = _reader(kind)

    def mapping(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _UnreadError
        return {key: _part(inner, one, key) for key, one in value.items()}

    return mapping if kind is not Any else _copied


def _copied(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _UnreadError
    return dict(value)


def _part(reader: Reader, value: Any, name: str) -> Any:
    try:
        return reader(value)
    except _UnreadError as error:
        error.path.append(name)
        raise


def _member(kind: type[Enum]) -> Reader:
    members = {one.value: one for one in kind}

    def member(value: Any) -> Enum:
        if type(value) is not str or value not in members:
            raise _UnreadError
        return members[value]

    return member


def _dataclass(kind: Any) -> Reader:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in _names(kind)}
    needed = [
        one.name
        for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING
    ]
    keeps = EXTRA in hints

    def whole(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _UnreadError
        given = {}
        for name, reader in readers.items():
            if name in value:
                given[name] = _part(reader, value[name], name)
            elif name in needed:
                raise _UnreadError(name)
        if keeps and len(given) < len(value):
            given[EXTRA] = {name: one for name, one in value.items() if name not in readers}
        return kind(**given)

    return whole
