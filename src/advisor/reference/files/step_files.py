"""Read the countdown of steps from ``data/steps/*.yaml``: dated, sourced, checked line by line.

Knows files and their shape; gives domain steps.
"""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from advisor.domain.paper.steps import Step
from advisor.domain.sourced import Confidence, Source
from advisor.errors import BadDataError

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REQUIRED = frozenset({"id", "who", "what", "source"})
KNOWN = REQUIRED | {
    "day",
    "documents",
    "professions",
    "statuses",
    "not_statuses",
    "to_verify",
}
SOURCE_KEYS = frozenset({"document", "locator", "read_on", "confidence"})


def load_steps(folder: Path) -> tuple[Step, ...]:
    """Return every step of the folder; BadDataError names the file and line of the first fault."""
    steps: list[Step] = []
    seen: set[str] = set()
    for file in sorted(folder.glob("*.yaml")):
        for line, entry in _entries(file):
            step = _step(file, line, entry)
            if step.id in seen:
                raise BadDataError(
                    f"la démarche « {step.id} » est écrite deux fois", file=file, line=line
                )
            seen.add(step.id)
            steps.append(step)
    return tuple(steps)


def _entries(file: Path) -> list[tuple[int, dict[str, Any]]]:
    text = file.read_text(encoding="utf-8")
    try:
        node = yaml.compose(text, Loader=LOADER)
        content = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, C or Python
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadDataError(
            "ce fichier n’est pas du YAML lisible", file=file, line=mark.line + 1 if mark else None
        ) from error
    if not isinstance(node, yaml.SequenceNode) or not isinstance(content, list):
        raise BadDataError("une liste de démarches est attendue", file=file, line=1)
    return [
        (item.start_mark.line + 1, entry) for item, entry in zip(node.value, content, strict=True)
    ]


def _step(file: Path, line: int, entry: Any) -> Step:
    if not isinstance(entry, dict):
        raise BadDataError("une démarche est attendue", file=file, line=line)
    if missing := REQUIRED - entry.keys():
        raise BadDataError(f"il manque {', '.join(sorted(missing))}", file=file, line=line)
    if unknown := entry.keys() - KNOWN:
        raise BadDataError(f"champ inconnu {', '.join(sorted(unknown))}", file=file, line=line)
    day = entry.get("day")
    if day is not None and (isinstance(day, bool) or not isinstance(day, int)):
        raise BadDataError("day est un nombre de jours entier", file=file, line=line)
    source, confidence = _source(file, line, entry["source"])
    return Step(
        id=str(entry["id"]),
        day=day,
        who=str(entry["who"]),
        what=str(entry["what"]),
        documents=_texts(file, line, entry, "documents"),
        professions=_texts(file, line, entry, "professions"),
        statuses=_texts(file, line, entry, "statuses"),
        source=source,
        confidence=confidence,
        to_verify=str(entry.get("to_verify", "")),
        not_statuses=_texts(file, line, entry, "not_statuses"),
    )


def _texts(file: Path, line: int, entry: dict[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadDataError(f"{key} est une liste de textes", file=file, line=line)
    return tuple(value)


def _source(file: Path, line: int, value: Any) -> tuple[Source, Confidence]:
    if not isinstance(value, dict) or not {"document", "confidence"} <= value.keys() <= SOURCE_KEYS:
        raise BadDataError("source veut document et confidence", file=file, line=line)
    if value["confidence"] not in {"A", "B", "C"}:
        raise BadDataError("confidence est A, B ou C", file=file, line=line)
    read_on = value.get("read_on")
    return (
        Source(
            document=str(value["document"]),
            locator=str(value.get("locator", "")),
            read_on=read_on if isinstance(read_on, date) else None,
        ),
        Confidence(value["confidence"]),
    )
