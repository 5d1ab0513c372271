"""Reads a YAML file remembering on which line each value stands, and checks it by schema.

Part of the reference room: public data files; it must not know any profile nor any case.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from advisor.errors import BadDataError

FIX_IT = "Corrigez le fichier à cette ligne, puis recommencez."
TIMESTAMP = "tag:yaml.org,2002:timestamp"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TextDates(_Base):  # type: ignore[misc]
    """A safe loader that leaves dates as text, so that a schema can check them."""


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != TIMESTAMP]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """A document, the file it comes from and the line of each value by its path."""

    file: Path
    data: Mapping[str, Any]
    lines: Mapping[Path_, int]

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line (from 1) of a value, or of the nearest value that holds it."""
        place = tuple(path)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def refuse(self, message: str, path: Sequence[str | int] = ()) -> BadDataError:
        """Build the error that names the file and the line."""
        return BadDataError(message, FIX_IT, file=self.file, line=self.line_of(path))


def _walk(node: Any, path: Path_, lines: dict[Path_, int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, key.value)
            lines[inner] = key.start_mark.line + 1
            _walk(value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines)


def read_marked(file: Path) -> MarkedDocument:
    """Return the document of a YAML file; BadDataError names the line that cannot be read."""
    try:
        loader = _TextDates(file.read_text(encoding="utf-8"))
        try:
            node = loader.get_single_node()
            lines: dict[Path_, int] = {}
            if node is not None:
                _walk(node, (), lines)
            data = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise BadDataError("le fichier est illisible", FIX_IT, file=file, line=line) from None
    if not isinstance(data, Mapping):
        raise BadDataError("le fichier doit contenir des champs nommés", FIX_IT, file=file, line=1)
    return MarkedDocument(file, data, lines)


@cache
def _validator(schema: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def _extra(error: ValidationError) -> str:
    schema: Any = error.schema
    held: Any = error.instance
    return next(str(name) for name in held if name not in schema.get("properties", {}))


def _sentence(error: ValidationError) -> str:
    where = ".".join(str(part) for part in error.absolute_path) or "le fichier"
    held: Any = error.instance
    wanted: Any = error.validator_value
    if error.validator == "required":
        absent = [name for name in wanted if name not in held]
        return f"il manque «\u202f{absent[0]}\u202f» dans {where}"
    if error.validator == "additionalProperties":
        return f"champ inconnu «\u202f{_extra(error)}\u202f» dans {where}"
    if error.validator == "enum":
        choices = ", ".join(str(value) for value in wanted)
        return f"«\u202f{held}\u202f» n’est pas admis pour {where} (choix\u202f: {choices})"
    return f"«\u202f{held}\u202f» n’a pas la forme attendue pour {where}"


def check(document: MarkedDocument, schema: Path) -> None:
    """Check a document against a schema; BadDataError gives the first fault with its line."""
    errors = sorted(
        _validator(schema).iter_errors(document.data),
        key=lambda error: document.line_of(list(error.absolute_path)),
    )
    if not errors:
        return
    error = errors[0]
    path = list(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        path += [_extra(error)]
    raise document.refuse(_sentence(error), path)
