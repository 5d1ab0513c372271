"""One slip of the finger, forgiven: which sorted keys begin with the text, one edit apart.

True on paper; no database, no window. An edit is a letter missing, added, replaced, or two
neighbours swapped. Everything is tried at a place only while some key begins as the text does
up to that place, so the cost hardly grows with the number of keys.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

SHORTEST = 4
HEAD = 6
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PAST_ANY_LETTER = "\x7f"


class SlipFinder:
    """Finds sorted ``keys`` one edit away from a text; made once, safe to share.

    ``heads`` are the first ``HEAD`` letters of every key, as ``heads_of`` gives them.
    """

    def __init__(self, keys: Sequence[str], heads: Iterable[str]) -> None:
        self._keys = keys
        self._whole = frozenset(keys)
        self._heads = frozenset(heads)

    def whole(self, typed: str) -> list[str]:
        """Return the keys that are ``typed`` but for one edit; none under four letters."""
        if len(typed) < SHORTEST:
            return []
        tried = {edited for place in range(len(typed) + 1) for edited in _edits(typed, place)}
        return sorted((tried & self._whole) - {typed})

    def starts(self, typed: str) -> list[str]:
        """Return the texts one edit from ``typed`` that some key begins with."""
        if len(typed) < SHORTEST:
            return []
        found: dict[str, None] = {}
        low, high = 0, len(self._keys)
        for place in range(len(typed)):
            found.update(dict.fromkeys(self._starts_at(typed, place, low, high)))
            low, high = span(self._keys, typed[: place + 1], low, high)
            if low == high:
                break
        found.pop(typed, None)
        return list(found)

    def _starts_at(self, typed: str, place: int, low: int, high: int) -> Iterator[str]:
        edits: AbstractSet[str] = set(_edits(typed, place))
        if place < HEAD:
            heads = self._heads
            edits = {one for one in edits if one[:HEAD] in heads or len(one) < HEAD}
        elif high - low <= len(edits):
            begun = {
                key[: len(typed) + more] for key in self._keys[low:high] for more in (-1, 0, 1)
            }
            yield from edits & begun
            return
        for edited in edits:
            first = bisect_left(self._keys, edited, low, high)
            if first < high and self._keys[first].startswith(edited):
                yield edited


def heads_of(keys: Iterable[str]) -> list[str]:
    """Return the different beginnings of the keys, sorted."""
    return sorted({key[:HEAD] for key in keys})


def span(keys: Sequence[str], start: str, low: int = 0, high: int | None = None) -> tuple[int, int]:
    """Return the positions [first, after) of the sorted ``keys`` that begin with ``start``."""
    end = len(keys) if high is None else high
    first = bisect_left(keys, start, low, end)
    if first == end or not keys[first].startswith(start):
        return first, first
    return first, bisect_left(keys, start + PAST_ANY_LETTER, first, end)


def _edits(typed: str, place: int) -> list[str]:
    """Return ``typed`` with every edit at this place."""
    begun, kept, rest = typed[:place], typed[place:], typed[place + 1 :]
    edits = [begun + letter + kept for letter in LETTERS]
    if kept:
        edits.extend([begun + letter + rest for letter in LETTERS])
        edits.append(begun + rest)
    if rest:
        edits.append(begun + rest[0] + kept[0] + rest[1:])
    return edits
