"""What differs between two French texts, word by word.

True on paper; no database, no window. Spaces and kinds of apostrophes never count as a change.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 3000  # beyond, whole sentences are compared: comparing words would take seconds
_WORD = re.compile(r"\s*(?:[^\W_]+(?:-[^\W_]+)*['’]?|[^\w\s]+|_+)")
_SENTENCE = re.compile(r"\s*[^.!?\n]*[.!?\n]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``shared`` when the other text says it too, at the same place."""

    text: str
    shared: bool


Pieces = tuple[Piece, ...]


def word_changes(left: str, right: str) -> tuple[Pieces, Pieces]:
    """Return both texts cut where they differ; joined again, the pieces give each text back."""
    cut = _words if max(_size(left), _size(right)) <= MOST_WORDS else _sentences
    ours, theirs = cut(left), cut(right)
    marks = ([False] * len(ours), [False] * len(theirs))
    for here, there, length in _shared(ours, theirs):
        marks[0][here : here + length] = [True] * length
        marks[1][there : there + length] = [True] * length
    return _joined(ours, marks[0]), _joined(theirs, marks[1])


def only_here(pieces: Pieces) -> str:
    """Return what the other text does not say, for who listens to the screen."""
    return ", ".join(one.text.strip() for one in pieces if not one.shared and one.text.strip())


def _size(text: str) -> int:
    return text.count(" ") + text.count("\n") + 1


def _words(text: str) -> list[str]:
    return _cut(_WORD, text)


def _sentences(text: str) -> list[str]:
    return _cut(_SENTENCE, text)


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    found = [match.group() for match in pattern.finditer(text) if match.group()]
    rest = text[sum(map(len, found)) :]
    return [*found, rest] if rest else found


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give the runs found in both: begins here, begins there, length."""
    mine, other = [_bare(one) for one in ours], [_bare(one) for one in theirs]
    least = min(len(mine), len(other))
    start = next((at for at in range(least) if mine[at] != other[at]), least)
    end = 0
    while end < least - start and mine[-1 - end] == other[-1 - end]:
        end += 1
    yield 0, 0, start
    middle = mine[start : len(mine) - end], other[start : len(other) - end]
    for run in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
        yield start + run.a, start + run.b, run.size
    yield len(mine) - end, len(other) - end, end


def _bare(word: str) -> str:
    return unicodedata.normalize("NFC", word.strip()).replace("'", "’")


def _joined(words: Sequence[str], marks: Sequence[bool]) -> Pieces:
    """Gather neighbours of the same mark; the space before a change is not part of it."""
    pieces: list[Piece] = []
    for word, shared in zip(words, marks, strict=True):
        space = word[: len(word) - len(word.lstrip())]
        for text, is_shared in ((space, shared or not _runs_on(pieces)), (word.lstrip(), shared)):
            if not text:
                continue
            if pieces and pieces[-1].shared == is_shared:
                pieces[-1] = Piece(pieces[-1].text + text, is_shared)
            else:
                pieces.append(Piece(text, is_shared))
    return tuple(pieces)


def _runs_on(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and not pieces[-1].shared
