"""Text broken into lines and drawn: runs of one style, wrapped on ordinary spaces only.

Knows fonts and a canvas; nothing of what is said. Text is never markup: « <b> & » is drawn as is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
        return len(self.lines(width)) * self.step

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


def _wrap(runs: Sequence[Run], width: float) -> Iterator[Line]:
    line: list[Run] = []
    used = 0.0
    for word in _words(runs, width):
        if line and used + _extent(word, bare=True) > width:
            yield _join(line)
            line, used = [], 0.0
        line.extend(word)
        used += _extent(word)
    if line:
        yield _join(line)


def _extent(word: Sequence[Run], *, bare: bool = False) -> float:
    """Return the width of a word, ``bare`` without the space that ends it."""
    whole = sum(fonts.width(run.text, run.font, run.size) for run in word)
    last = word[-1]
    space = fonts.width(" ", last.font, last.size) if bare and last.text.endswith(" ") else 0.0
    return whole - space


def _words(runs: Sequence[Run], width: float) -> Iterator[list[Run]]:
    """Give words with the space after them; a word may cross runs."""
    word: list[Run] = []
    for run in runs:
        pieces = fonts.drawable(run.text).split(" ")
        for index, piece in enumerate(pieces):
            last = index == len(pieces) - 1
            text = piece if last else f"{piece} "
            if text:
                word.append(Run(text, run.font, run.size, run.ink))
            if not last and word:
                yield from _cut(word, width)
                word = []
    if word:
        yield from _cut(word, width)


def _cut(word: list[Run], width: float) -> Iterator[list[Run]]:
    """Cut a word that no line of this column could hold."""
    if _extent(word, bare=True) <= width:
        yield word
        return
    for run in word:
        piece = ""
        for character in run.text:
            if piece and fonts.width(piece + character, run.font, run.size) > width:
                yield [Run(piece, run.font, run.size, run.ink)]
                piece = ""
            piece += character
        yield [Run(piece, run.font, run.size, run.ink)]


def _join(line: list[Run]) -> Line:
    """Merge neighbours of one style, so that a line is selected and read as one text."""
    merged: list[Run] = []
    for run in line:
        if merged and (merged[-1].font, merged[-1].size, merged[-1].ink) == (
            run.font,
            run.size,
            run.ink,
        ):
            last = merged.pop()
            merged.append(Run(last.text + run.text, run.font, run.size, run.ink))
        else:
            merged.append(run)
    last = merged.pop()
    merged.append(Run(last.text.rstrip(" "), last.font, last.size, last.ink))
    return tuple(merged)
