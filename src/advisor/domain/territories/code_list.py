"""A list of communes as somebody pastes it: INSEE codes, one by line or parted by commas.

True on paper; whether a code exists is asked of the reference afterwards.
"""

import re
from dataclasses import dataclass

CODE = re.compile(r"\d{5}|2[AB]\d{3}", re.ASCII)
LONGEST = 30


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes read, in their order, once each; ``rejected`` holds (line from 1, what it says)."""

    codes: tuple[str, ...]
    rejected: tuple[tuple[int, str], ...] = ()


def read_codes(text: str) -> CodeList:
    """Return the INSEE codes of a text; the first word of each line of several columns counts.

    A line of codes alone gives them all, those badly typed told apart; the heading of a first line
    without figures is left out.
    """
    codes: dict[str, None] = {}
    rejected: list[tuple[int, str]] = []
    for line, said in enumerate(text.splitlines(), start=1):
        words = [one for one in re.split(r"[\s;,|]+", said.upper()) if one]
        words = [one.strip("\"'«»") for one in words]
        if not words or (line == 1 and not any(sign.isdigit() for sign in said)):
            continue
        good = [one for one in words if CODE.fullmatch(one)]
        if len(good) > 1 and not any(one.isalpha() for one in words):  # codes, some badly typed
            codes.update(dict.fromkeys(good))
            rejected += [(line, one[:LONGEST]) for one in words if one not in good]
        elif good and CODE.fullmatch(words[0]):
            codes.update(dict.fromkeys(good if len(good) == len(words) else good[:1]))
        else:
            rejected.append((line, said.strip()[:LONGEST]))
    return CodeList(tuple(codes), tuple(rejected))
