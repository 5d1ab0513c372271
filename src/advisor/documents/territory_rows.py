"""Tables that flow over pages: each line is a block, and its head stands again on a new page.

Knows widths and a canvas; nothing of what is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from advisor.documents import fonts
from advisor.documents.blocks import Block, Handwriting, Heading, Placed, Space, height_of
from advisor.documents.inks import GREY, PANEL, RULE, Sizes
from advisor.documents.text_lines import Paragraph, Run, paragraph

GUTTER = 6.0
ABOVE = 2.5
NOTES_FROM = 90.0  # points
TOGETHER = 3  # lines of a table that stay under its head
CONTINUED = 0.55  # of a page: beyond it, the next section begins on a page of its own


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, ``shares`` of the width each; ``head`` is drawn again after a break."""

    cells: tuple[tuple[Paragraph, ...], ...]
    shares: tuple[float, ...]
    head: "Row | None" = None
    is_head: bool = False

    def height(self, width: float) -> float:
        """Return the height in points."""
        tallest = 0.0
        for cell, share in zip(self.cells, self.shares, strict=True):
            room = width * share - GUTTER
            tallest = max(tallest, sum(one.height(room) for one in cell))
        return tallest + 2 * ABOVE

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the cells and the rule under them."""
        bottom = top - self.height(width)
        if self.is_head:
            canvas.setFillColorRGB(*PANEL)
            canvas.rect(left, bottom, width, top - bottom, stroke=0, fill=1)
        x = left
        for cell, share in zip(self.cells, self.shares, strict=True):
            y = top - ABOVE
            for one in cell:
                y -= one.draw(canvas, x + GUTTER / 2, y, width * share - GUTTER)
            x += width * share
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.5)
        canvas.line(left, bottom, left + width, bottom)


@dataclass(frozen=True, slots=True)
class Panel:
    """Paragraphs on a ground with a bar at the left: what must not be missed."""

    paragraphs: tuple[Paragraph, ...]
    ink: tuple[float, float, float]

    def height(self, width: float) -> float:
        """Return the height in points."""
        return sum(one.height(width - 18) for one in self.paragraphs) + 14

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the ground, the bar and the text."""
        tall = self.height(width) - 4
        canvas.setFillColorRGB(*PANEL)
        canvas.rect(left, top - tall, width, tall, stroke=0, fill=1)
        canvas.setFillColorRGB(*self.ink)
        canvas.rect(left, top - tall, 3, tall, stroke=0, fill=1)
        y = top - 4
        for one in self.paragraphs:
            y -= one.draw(canvas, left + 10, y, width - 18)


def head(words: Sequence[str], shares: tuple[float, ...], sizes: Sizes) -> Row:
    """Return the head of a table."""
    size = sizes.small * 0.92
    cells = tuple((paragraph(Run(one, fonts.SEMIBOLD, size, GREY)),) for one in words)
    return Row(cells, shares, is_head=True)


def lay(
    sections: Sequence[Sequence[Block]], width: float, room: float, continued: float = 0.0
) -> list[Placed]:
    """Place the sections on as many pages as they need.

    The first has its page alone. The others begin on a new one, unless the last left most of its
    own: ``continued`` is the share of a page up to which another section goes on there.
    Handwriting takes what is left of a page that nothing goes on with, when it is enough to write.
    """
    placed: list[Placed] = []
    page, offset = 0, 0.0
    for rank, section in enumerate(sections):
        if placed and (rank == 1 or offset > continued * room):
            page, offset = page + 1, 0.0
        for index, block in enumerate(section):
            if isinstance(block, Handwriting):
                left = room - offset - 1
                goes_on = 0 < rank < len(sections) - 1 and offset <= continued * room
                if index == len(section) - 1 and left > NOTES_FROM and not goes_on:
                    placed.append(Placed(replace(block, points=left), page, offset))
                    offset = room
                continue
            if offset and offset + _need(section, index, width) > room:
                page, offset = page + 1, 0.0
                repeated = block.head if isinstance(block, Row) else None
                if repeated is not None:
                    placed.append(Placed(repeated, page, 0.0))
                    offset = height_of(repeated, width)
            if not offset and isinstance(block, Space):
                continue
            placed.append(Placed(block, page, offset))
            offset += height_of(block, width)
    return placed


def _need(section: Sequence[Block], index: int, width: float) -> float:
    """Return the room of a block with what must stay under it."""
    need, rows = 0.0, 0
    for block in section[index:]:
        under = isinstance(block, Row) and not block.is_head
        if rows and not under:
            break
        need += height_of(block, width)
        rows += under
        if rows == TOGETHER or not (under or _leads(block)):
            break
        if under and not _leads(section[index]):
            break
    return need


def _leads(block: Block) -> bool:
    return isinstance(block, Heading) or (isinstance(block, Row) and block.is_head)
