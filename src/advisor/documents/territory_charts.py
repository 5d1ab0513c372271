"""Charts of the territorial diagnostic: bars and a path, each with its table beside it.

Knows the frozen bars and a canvas. Bars differ by pattern, never by colour alone; what is missing
is a dashed place with its words, never a bar of zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.documents import fillings, fonts
from advisor.documents.inks import BLACK, GREY, PETROL, RULE, Sizes
from advisor.documents.text_lines import Paragraph, Run, paragraph
from advisor.domain.paper.territory_content import Bar, BarChart

PATTERNS = ("plein", "hachures_serrees", "hachures_larges", "points")
BAR, GAP = 11.0, 5.0
CHART = 0.6
LABEL = 0.36
HEAD = 14.0
COLUMN = 0.42
PATH_TALL = 118.0
END = 34.0
SLACK = 3.0


@dataclass(frozen=True, slots=True)
class BarsFigure:
    """Bars one under the other, at their right the table of the same values with their year.

    ``grouped`` gives one pattern to all (age groups), else each bar has its own.
    """

    chart: BarChart
    sizes: Sizes
    grouped: bool = False
    upwards: bool = False

    def _title(self) -> Paragraph:
        return paragraph(
            Run(self.chart.title, fonts.SEMIBOLD, self.sizes.body),
            Run(f"  {self.chart.unit}", fonts.REGULAR, self.sizes.small, GREY),
        )

    def _remark(self) -> Paragraph:
        return paragraph(Run(self.chart.remark, fonts.REGULAR, self.sizes.small, GREY))

    def _bars(self) -> Sequence[Bar]:
        return tuple(reversed(self.chart.bars)) if self.upwards else self.chart.bars

    def _step(self, width: float) -> float:
        """Return the height of a line: that of the longest label of the bars or of the table."""
        rooms = (width * CHART * LABEL - SLACK, width * (1 - CHART) * COLUMN - SLACK)
        labels = [_small(one.label, self.sizes) for one in self.chart.bars]
        most = max((one.height(room) for one in labels for room in rooms), default=0.0)
        return max(BAR + GAP, most + SLACK)

    def height(self, width: float) -> float:
        """Return the height in points."""
        rows = len(self.chart.bars) * self._step(width)
        words = self._title().height(width) + self._remark().height(width)
        return words + HEAD + rows + 10

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the title, the bars, the table and the remark."""
        top -= self._title().draw(canvas, left, top, width) + 2
        self._heads(canvas, left, top, width)
        top -= HEAD
        chart = width * CHART
        most = max((one.value or 0 for one in self.chart.bars), default=0) or 1
        step = self._step(width)
        for rank, one in enumerate(self._bars()):
            y = top - rank * step
            pattern = PATTERNS[1] if self.grouped else PATTERNS[rank % len(PATTERNS)]
            _bar(canvas, (left, y, chart), one, pattern, most, self.sizes)
            _line(canvas, (left + chart, y, width - chart), one, self.sizes)
        top -= len(self.chart.bars) * step + 2
        self._remark().draw(canvas, left, top, width)

    def _heads(self, canvas: Any, left: float, top: float, width: float) -> None:
        start = left + width * CHART
        room = width - width * CHART
        for text, share in (("", 0.0), ("Valeur", 0.44), ("Année", 0.82)):
            said = paragraph(Run(text, fonts.SEMIBOLD, self.sizes.small, GREY))
            said.draw(canvas, start + room * share, top, room)
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.5)
        canvas.line(start, top - HEAD + 2, left + width, top - HEAD + 2)


def _bar(
    canvas: Any,
    place: tuple[float, float, float],
    one: Bar,
    pattern: str,
    most: float,
    sizes: Sizes,
) -> None:
    left, top, width = place
    label = width * LABEL
    _small(one.label, sizes).draw(canvas, left, top, label - SLACK)
    start, room = left + label, width - label - END
    if one.value is None:
        canvas.setDash(2, 2)
        canvas.setStrokeColorRGB(*GREY)
        canvas.setLineWidth(0.6)
        canvas.rect(start, top - BAR, room * 0.5, BAR, stroke=1, fill=0)
        canvas.setDash()
        said = paragraph(Run(one.text, fonts.ITALIC, sizes.small * 0.94, GREY))
        said.draw(canvas, start + 4, top - 0.5, room)
        return
    extent = max(room * max(one.value, 0) / most, 0.6)
    fillings.rectangle(canvas, pattern, (start, top - BAR, start + extent, top))


def _line(canvas: Any, place: tuple[float, float, float], one: Bar, sizes: Sizes) -> None:
    left, top, width = place
    year = one.when or ("non dite" if one.value is not None else "–")
    for text, share, room in ((one.label, 0.0, COLUMN), (one.text, 0.44, 0.36), (year, 0.82, 0.2)):
        _small(text, sizes).draw(canvas, left + width * share, top, width * room - SLACK)


def _small(text: str, sizes: Sizes) -> Paragraph:
    return paragraph(Run(text, fonts.REGULAR, sizes.small))


@dataclass(frozen=True, slots=True)
class PathFigure:
    """A number year after year as a line with its points, the table of the same numbers beside."""

    title: str
    path: tuple[Bar, ...]
    sizes: Sizes

    def _title(self) -> Paragraph:
        return paragraph(Run(self.title, fonts.SEMIBOLD, self.sizes.body))

    def height(self, width: float) -> float:
        """Return the height in points."""
        rows = -(-len(self.path) // 2) * self.sizes.small * 1.4 + HEAD
        return self._title().height(width) + max(PATH_TALL, rows) + 22

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the axes, the line, each value over its point, the table."""
        top -= self._title().draw(canvas, left, top, width) + 10
        chart = width * CHART
        points = tuple(self._points(left + 6, top - PATH_TALL, chart - 24))
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.6)
        canvas.line(left, top - PATH_TALL, left + chart - 12, top - PATH_TALL)
        canvas.setStrokeColorRGB(*PETROL)
        canvas.setLineWidth(1.6)
        line = canvas.beginPath()
        for rank, (x, y, _) in enumerate(points):
            (line.lineTo if rank else line.moveTo)(x, y)
        canvas.drawPath(line, stroke=1, fill=0)
        every = 1 if len(points) < 8 else 2  # noqa: PLR2004  (labels would touch each other)
        for rank, (x, y, one) in enumerate(points):
            canvas.setFillColorRGB(*PETROL)
            canvas.circle(x, y, 2, stroke=0, fill=1)
            if rank % every == 0:
                self._words(canvas, x, y + 5, one.text)
                self._words(canvas, x, top - PATH_TALL - 9, one.label)
        self._table(canvas, left + chart, top, width - chart)

    def _points(
        self, left: float, bottom: float, width: float
    ) -> Iterator[tuple[float, float, Bar]]:
        drawn = [(rank, one) for rank, one in enumerate(self.path) if one.value is not None]
        most = max((one.value or 0 for _, one in drawn), default=0) or 1
        step = width / max(len(self.path) - 1, 1)
        for rank, one in drawn:
            yield left + rank * step, bottom + (PATH_TALL - 16) * (one.value or 0) / most, one

    def _words(self, canvas: Any, x: float, y: float, text: str) -> None:
        canvas.setFillColorRGB(*BLACK)
        canvas.setFont(fonts.REGULAR, self.sizes.small * 0.9)
        canvas.drawCentredString(x, y, fonts.drawable(text))

    def _table(self, canvas: Any, left: float, top: float, width: float) -> None:
        half = -(-len(self.path) // 2)
        step = self.sizes.small * 1.4
        for rank, one in enumerate(self.path):
            x = left + rank // half * width / 2
            told = paragraph(
                Run(f"{one.label}\u202f: ", fonts.REGULAR, self.sizes.small, GREY),
                Run(one.text, fonts.SEMIBOLD, self.sizes.small),
            )
            told.draw(canvas, x, top - rank % half * step, width / 2 - SLACK)
