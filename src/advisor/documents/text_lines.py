"""Text broken into lines and drawn: runs of one style, wrapped on ordinary spaces only.

Knows fonts and a canvas; nothing of what is said. Text is never markup: « <b> & » is drawn as is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from advisor.documents import fonts
from advisor.documents.inks import BLACK, Ink

LEADING = 1.28


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face, size (points) and ink."""

    text: str
    font: str = fonts.REGULAR
    size: float = 9.4
    ink: Ink = BLACK


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs set one after the other in a column."""

    runs: tuple[Run, ...]
    leading: float = LEADING

    @property
    def step(self) -> float:
        """Return the height of one line, in points."""
        return max((run.size for run in self.runs), default=0.0) * self.leading

    def lines(self, width: float) -> list[Line]:
        """Return the lines that fit in ``width`` points."""
        return list(_lines(self.runs, width))

    def height(self, width: float) -> float:
        """Return the height in ``width`` points, zero without text."""
        return len(_lines(self.runs, width)) * self.step

    def draw(
        self, canvas: Any, left: float, top: float, width: float, *, align: str = "left"
    ) -> float:
        """Draw from ``top`` downwards; return the height used."""
        lines = self.lines(width)
        for index, line in enumerate(lines):
            base = top - index * self.step - self.step / self.leading * 0.98
            extent = sum(fonts.width(run.text, run.font, run.size) for run in line)
            start = left + (width - extent if align == "right" else 0)
            _draw_line(canvas, line, start, base)
        return len(lines) * self.step


def paragraph(*runs: Run, leading: float = LEADING) -> Paragraph:
    """Return a paragraph without its empty runs."""
    return Paragraph(tuple(run for run in runs if run.text), leading)


def _draw_line(canvas: Any, line: Line, left: float, base: float) -> None:
    text = canvas.beginText(left, base)
    for run in line:
        text.setFont(run.font, run.size)
        text.setFillColorRGB(*run.ink)
        text.textOut(run.text)
    canvas.drawText(text)


@lru_cache(maxsize=4_000)
def _lines(runs: tuple[Run, ...], width: float) -> tuple[Line, ...]:
    return tuple(_wrap(runs, width))


def forget_lines() -> None:
    """Forget the lines already cut."""
    _lines.cache_clear()
    _pieces.cache_clear()
    fonts.forget_widths()


Part = tuple[Run, str]


@dataclass(slots=True)
class _Word:
    """Parts that may not be separated, their width, and their width without the last space."""

    parts: list[Part]
    extent: float = 0.0
    bare: float = 0.0


@lru_cache(maxsize=4_000)
def _pieces(text: str, font: str) -> tuple[tuple[str, float, float, bool], ...]:
    """Cut a text at its spaces: piece, width at 1 point with and without its space, ends a word."""
    cut = fonts.drawable(text).split(" ")
    found = []
    for index, piece in enumerate(cut):
        ends = index < len(cut) - 1
        if piece or ends:
            bare = fonts.width(piece, font, 1)
            space = fonts.width(" ", font, 1) if ends else 0.0
            found.append((f"{piece} " if ends else piece, bare + space, bare, ends))
    return tuple(found)


def _wrap(runs: Sequence[Run], width: float) -> Iterator[Line]:
    line: list[Part] = []
    used = 0.0
    for word in _words(runs):
        for each in (word,) if word.bare <= width else _cut(word, width):
            if line and used + each.bare > width:
                yield _join(line)
                line, used = [], 0.0
            line.extend(each.parts)
            used += each.extent
    if line:
        yield _join(line)


def _words(runs: Sequence[Run]) -> Iterator[_Word]:
    """Give words with the space after them; a word may cross runs."""
    word = _Word([])
    for run in runs:
        for text, full, bare, ends in _pieces(run.text, run.font):
            word.parts.append((run, text))
            word.bare = word.extent + bare * run.size
            word.extent += full * run.size
            if ends:
                yield word
                word = _Word([])
    if word.parts:
        yield word


def _cut(word: _Word, width: float) -> Iterator[_Word]:
    """Cut a word that no line of this column could hold."""
    for run, text in word.parts:
        piece = ""
        for character in text:
            if piece and fonts.width(piece + character, run.font, run.size) > width:
                yield _piece(run, piece)
                piece = ""
            piece += character
        yield _piece(run, piece)


def _piece(run: Run, text: str) -> _Word:
    extent = fonts.width(text, run.font, run.size)
    return _Word([(run, text)], extent, extent)


def _join(line: Sequence[Part]) -> Line:
    """Put together the parts of one run, so that a line is selected and read as one text."""
    joined: list[Run] = []
    for run, parts in groupby(line, key=itemgetter(0)):
        text = "".join(text for _, text in parts)
        joined.append(Run(text, run.font, run.size, run.ink))
    last = joined.pop()
    joined.append(Run(last.text.rstrip(" "), last.font, last.size, last.ink))
    return tuple(joined)
