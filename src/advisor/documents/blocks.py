"""Blocks that stand one under the other, and how they are spread over pages.

Knows heights and a canvas; nothing of what is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from advisor.documents import fonts
from advisor.documents.inks import BLACK, GREY, RULE, Ink, Sizes
from advisor.documents.shapes import writing_lines
from advisor.documents.text_lines import Paragraph, Run, forget_lines, paragraph


class Block(Protocol):
    """Something with a height in a column, drawn from its top downwards; a value, hashable."""

    def __hash__(self) -> int: ...

    def height(self, width: float) -> float:
        """Return the height in points."""
        ...

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw inside ``height(width)``."""
        ...


@dataclass(frozen=True, slots=True)
class Space:
    """Nothing, of a given height."""

    points: float

    def height(self, width: float) -> float:  # noqa: ARG002 - the same in any column
        """Return the height in points."""
        return self.points

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Leave blank."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section, ``aside`` at its right; it is a bookmark and stays with its text."""

    text: str
    sizes: Sizes
    aside: str = ""
    ink: Ink = BLACK

    def height(self, width: float) -> float:  # noqa: ARG002 - one line in any column
        """Return the height in points."""
        return self.sizes.heading * 1.95

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the title, its rule, and set the bookmark."""
        size = self.sizes.heading
        canvas.bookmarkHorizontal(self.text, 0, top)
        canvas.addOutlineEntry(self.text, self.text, level=0)
        line = top - size * 0.25
        title = paragraph(Run(self.text, fonts.SEMIBOLD, size, self.ink), leading=1.15)
        title.draw(canvas, left, line, width * 0.7)
        aside = paragraph(Run(self.aside, fonts.SEMIBOLD, self.sizes.body, GREY), leading=1.15)
        aside.draw(canvas, left + width * 0.4, line - size * 0.22, width * 0.6, align="right")
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.7)
        canvas.line(left, top - size * 1.6, left + width, top - size * 1.6)


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs one under the other."""

    paragraphs: tuple[Paragraph, ...]
    after: float = 3.0
    indent: float = 0.0

    def height(self, width: float) -> float:
        """Return the height in points."""
        return sum(one.height(width - self.indent) for one in self.paragraphs) + self.after

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw each paragraph."""
        for one in self.paragraphs:
            top -= one.draw(canvas, left + self.indent, top, width - self.indent)


@dataclass(frozen=True, slots=True)
class Handwriting:
    """A ruled area that takes the room left on its page."""

    label: str
    sizes: Sizes
    points: float = 0.0

    def height(self, width: float) -> float:  # noqa: ARG002 - the same in any column
        """Return the height in points."""
        return self.points

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the label and the lines."""
        label = paragraph(Run(self.label, fonts.ITALIC, self.sizes.small, GREY))
        label.draw(canvas, left, top - 4, width)
        writing_lines(canvas, left, top, width, self.points - 2)


@dataclass(frozen=True, slots=True)
class Placed:
    """A block at its page (from 0) and its distance from the top of the page's column."""

    block: Block
    page: int
    offset: float


@lru_cache(maxsize=2_000)
def height_of(block: Block, width: float) -> float:
    """Return the height of a block; blocks are values, so that it is measured once."""
    return block.height(width)


def forget() -> None:
    """Forget what was measured: no text of a visitor stays in memory after its page."""
    height_of.cache_clear()
    forget_lines()


def total(blocks: Sequence[Block], width: float) -> float:
    """Return the height of all the blocks, one under the other."""
    return sum(height_of(block, width) for block in blocks)


def stack(blocks: Sequence[Block], page: int, width: float) -> list[Placed]:
    """Place all the blocks on one page."""
    placed: list[Placed] = []
    offset = 0.0
    for block in blocks:
        placed.append(Placed(block, page, offset))
        offset += height_of(block, width)
    return placed


def flow(blocks: Sequence[Block], width: float, room: float) -> list[Placed]:
    """Place the blocks on as many pages as needed; a heading goes with the block after it."""
    placed: list[Placed] = []
    page, offset = 0, 0.0
    for index, block in enumerate(blocks):
        need = height_of(block, width)
        if isinstance(block, Heading) and index + 1 < len(blocks):
            need += height_of(blocks[index + 1], width)
        if offset and offset + need > room:
            page, offset = page + 1, 0.0
        placed.append(Placed(block, page, offset))
        offset += height_of(block, width)
    return placed
