"""What a command gives back, and how it is written: JSON for scripts, French lines for people.

Knows standard output and nothing of what the answers mean.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.errors import AdvisorError, UsageError

REFUSED = 1
BADLY_WRITTEN = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON document of a command and the French lines that say the same to a person.

    ``status`` is the exit status: 1 for an answer that is itself a bad news (`vault check`).
    """

    data: Mapping[str, Any]
    lines: tuple[str, ...] = ()
    status: int = 0
    written: bool = False


def answer(
    data: Mapping[str, Any], lines: Iterable[str] = (), status: int = 0, *, written: bool = False
) -> Answer:
    """Build an :class:`Answer` from any iterable of lines; ``written`` if all was said before."""
    return Answer(data, tuple(lines), status, written)


def write_answer(given: Answer, *, wants_json: bool) -> int:
    """Write one answer on standard output and return its exit status."""
    if wants_json and not given.written:
        write_json(given.data)
    elif not wants_json:
        for line in given.lines:
            print(line)  # noqa: T201  (standard output is what this room is for)
    return given.status


def write_error(error: AdvisorError, *, wants_json: bool) -> int:
    """Write one failure: JSON on standard output, or a French sentence on standard error."""
    if wants_json:
        told = {"code": error.code, "message": error.message, "hint": error.hint}
        write_json({"error": told})
    else:
        print(error.message, file=sys.stderr)  # noqa: T201
        if error.hint:
            print(error.hint, file=sys.stderr)  # noqa: T201
    return BADLY_WRITTEN if isinstance(error, UsageError) else REFUSED


def write_json(data: Mapping[str, Any]) -> None:
    """Write one JSON document in UTF-8, accents readable."""
    print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))  # noqa: T201
