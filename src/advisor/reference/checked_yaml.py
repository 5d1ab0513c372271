"""Read a YAML file against a JSON schema; a fault is told in French with its file and line.

Knows YAML and schemas, with one more type, ``date``; not what the file is about.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from advisor.domain.french import THIN
from advisor.errors import BadDataError

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ROOT_LINE = 1


def _is_date(_checker: object, value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


_DATES = Draft202012Validator.TYPE_CHECKER.redefine("date", _is_date)
_Validator: type[Draft202012Validator] = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, type_checker=_DATES
)


class CheckedYaml:
    """The content of a file that follows its schema, and the line of each of its fields."""

    def __init__(self, file: Path, schema: Mapping[str, Any]) -> None:
        self.file = file
        self._node, content = _parsed(file)
        error = next(iter(_sorted(_Validator(schema).iter_errors(content))), None)
        if error is not None:
            raise BadDataError(_told(error), file=file, line=self.line(*error.absolute_path))
        self.content: dict[str, Any] = content

    def line(self, *path: str | int) -> int:
        """Return the line where the field at ``path`` is written, the nearest known otherwise."""
        node, line = self._node, ROOT_LINE
        for step in path:
            found = _child(node, step)
            if found is None:
                return line
            line, node = found
        return line


def _parsed(file: Path) -> tuple[Any, Any]:
    try:
        text = file.read_text(encoding="utf-8")
        return yaml.compose(text, Loader=LOADER), yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, C or Python
    except UnicodeDecodeError as error:
        raise BadDataError("ce fichier n’est pas en UTF-8", file=file) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else ROOT_LINE
        raise BadDataError("ce fichier n’est pas du YAML lisible", file=file, line=line) from error


def _sorted(errors: Iterable[ValidationError]) -> list[ValidationError]:
    return sorted(errors, key=lambda error: [str(step) for step in error.absolute_path])


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


def _told(error: ValidationError) -> str:
    if error.validator == "required":
        return f"il manque un champ obligatoire{THIN}: {error.message.split(chr(39))[1]}"
    if error.validator == "additionalProperties":
        return f"champ inconnu{THIN}: {', '.join(error.message.split(chr(39))[1::2])}"
    where = ".".join(str(step) for step in error.absolute_path)
    if not where:
        return "la forme du fichier n’est pas celle attendue"
    if error.validator == "enum":
        return f"« {error.instance} » n’est pas une valeur admise ({where})"
    return f"le champ « {where} » n’a pas la forme attendue"
