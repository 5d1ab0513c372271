"""The map as vectors on a page: classes told by pattern and letters, legend, scale and source.

Knows the frozen content of a map; nothing of where it comes from. Readable in grey.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any

from advisor.documents import fillings, fonts
from advisor.documents.fillings import Box
from advisor.documents.inks import BLACK, BRICK, GREY, PANEL, RULE, WHITE, Sizes
from advisor.documents.map_signs import scale_bar, sign
from advisor.documents.text_lines import Paragraph, Run, paragraph
from advisor.domain.paper.map_content import (
    UNKNOWN_CLASS,
    MapContent,
    MapPlace,
    MapTheme,
    SpotLayer,
)

SMALLEST, LARGEST = 1.6, 16.0
SWATCH = (30.0, 12.0)
LINE = 15.0
COLUMNS = 2
PAD = 8.0
LETTERS, NAMES = 6.4, 6.0
BORDER = 1.1
FINEST = 0.6
TIGHTEST = 0.86  # of the small size: a longer legend is then cut


@dataclass(frozen=True)
class MapFigure:
    """One theme of a map with its title, legend, act, source and scale; ``tall`` in points.

    Circles follow the population where the content has no contours, which is said under the map.
    """

    content: MapContent
    sizes: Sizes
    tall: float

    @cached_property
    def _theme(self) -> MapTheme:
        return self.content.themes[0]

    @cached_property
    def _title(self) -> Paragraph:
        return paragraph(Run(self._theme.title, fonts.SEMIBOLD, self.sizes.lead))

    @cached_property
    def _notes(self) -> tuple[Paragraph, ...]:
        theme = self._theme
        source = f"Source\u202f: {theme.source}." if theme.source else ""
        told = (theme.act, source, *theme.remarks, self.content.notice)
        return tuple(
            paragraph(Run(one, fonts.REGULAR, self.sizes.small, GREY)) for one in told if one
        )

    def _rows(self) -> int:
        signs = len(self._theme.legend) + len(self.content.layers)
        return -(-signs // COLUMNS)

    def height(self, width: float) -> float:
        """Return the height in points."""
        notes = sum(one.height(width) for one in self._notes)
        return self._title.height(width) + self.tall + self._rows() * LINE + notes + 14

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the title, the map, its legend and where it comes from."""
        top -= self._title.draw(canvas, left, top, width) + 2
        self._map(canvas, (left, top - self.tall, left + width, top))
        top -= self.tall + 4
        self._legend(canvas, left, top, width)
        top -= self._rows() * LINE + 2
        for one in self._notes:
            top -= one.draw(canvas, left, top, width)

    def _legend(self, canvas: Any, left: float, top: float, width: float) -> None:
        rows, column = self._rows(), width / COLUMNS
        for rank, entry in enumerate(self._theme.legend):
            x, y = left + rank // rows * column, top - rank % rows * LINE
            box = (x, y - SWATCH[1], x + SWATCH[0], y)
            fillings.swatch(canvas, entry.pattern, entry.letters, box)
            self._told(canvas, x, y, column, (entry.label, entry.count))
        for rank, layer in enumerate(self.content.layers, start=len(self._theme.legend)):
            x, y = left + rank // rows * column, top - rank % rows * LINE
            sign(canvas, layer.shape, layer.letters, x + SWATCH[0] / 2, y - SWATCH[1] / 2)
            self._told(canvas, x, y, column, (layer.title, str(len(layer.spots))))

    def _told(self, canvas: Any, x: float, y: float, column: float, words: Iterable[str]) -> None:
        text = ", ".join(one for one in words if one)
        room = column - SWATCH[0] - 8
        least = self.sizes.small * TIGHTEST
        wide = fonts.width(text, fonts.REGULAR, self.sizes.small)
        size = self.sizes.small if wide <= room else max(self.sizes.small * room / wide, least)
        short = fonts.shortened(text, fonts.REGULAR, size, room)
        paragraph(Run(short, fonts.REGULAR, size)).draw(canvas, x + SWATCH[0] + 5, y - 1, column)

    def _map(self, canvas: Any, box: Box) -> None:
        view = _View(self.content, box)
        canvas.saveState()
        frame = canvas.beginPath()
        frame.rect(box[0], box[1], box[2] - box[0], box[3] - box[1])
        canvas.setFillColorRGB(*PANEL)
        canvas.drawPath(frame, stroke=0, fill=1)
        canvas.clipPath(frame, stroke=0, fill=0)
        if self.content.schematic:
            view.borders(canvas, filled=True)
        view.places(canvas, self._theme)
        if not self.content.schematic:
            view.borders(canvas, filled=False)
        view.words(canvas, self._theme)
        for layer in self.content.layers:
            view.spots(canvas, layer)
        scale_bar(canvas, box, view.scale)
        canvas.restoreState()
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.6)
        canvas.rect(box[0], box[1], box[2] - box[0], box[3] - box[1], stroke=1, fill=0)


class _View:
    """From metres to points of the page, the territory in the middle of its frame."""

    def __init__(self, content: MapContent, box: Box) -> None:
        west, south, east, north = content.bounds()
        room = (box[2] - box[0] - 2 * PAD, box[3] - box[1] - 2 * PAD)
        reach = (max(east - west, 1), max(north - south, 1))
        circles = 2 * LARGEST if content.schematic else 0.0
        self.scale = min((room[0] - circles) / reach[0], (room[1] - circles) / reach[1])
        self.content = content
        self._left = (box[0] + box[2]) / 2 - (west + east) / 2 * self.scale
        self._bottom = (box[1] + box[3]) / 2 - (south + north) / 2 * self.scale
        self._most = max((one.people or 0 for one in content.places), default=0) or 1

    def at(self, x: float, y: float) -> tuple[float, float]:
        return round(self._left + x * self.scale, 2), round(self._bottom + y * self.scale, 2)

    def radius(self, place: MapPlace) -> float:
        """Return a circle's radius: its surface follows the population, the largest is fixed."""
        return max(SMALLEST, LARGEST * sqrt((place.people or 0) / self._most))

    def box(self, places: Sequence[MapPlace]) -> Box:
        """Return what holds these places on the page."""
        rings = [ring for place in places for ring in place.rings]
        xs = [x for ring in rings for x in ring[0::2]] + [one.x for one in places]
        ys = [y for ring in rings for y in ring[1::2]] + [one.y for one in places]
        edge = 0.0 if rings else max(self.radius(one) for one in places)
        left, bottom = self.at(min(xs), min(ys))
        right, top = self.at(max(xs), max(ys))
        return left - edge, bottom - edge, right + edge, top + edge

    def borders(self, canvas: Any, *, filled: bool) -> None:
        canvas.setFillColorRGB(*WHITE)
        canvas.setStrokeColorRGB(*GREY)
        canvas.setLineWidth(BORDER)
        for one in self.content.backdrop:
            path = canvas.beginPath()
            self._trace(path, one.rings)
            canvas.drawPath(path, stroke=1, fill=int(filled), fillMode=0)

    def places(self, canvas: Any, theme: MapTheme) -> None:
        """Draw the classes one after the other, the largest circles below."""
        held: defaultdict[int, list[MapPlace]] = defaultdict(list)
        for place, line in zip(self.content.places, theme.classes, strict=True):
            held[line].append(place)
        for line, drawn in sorted(held.items()):
            pattern = "inconnu" if line == UNKNOWN_CLASS else theme.legend[line].pattern
            path = canvas.beginPath()
            for place in drawn:
                self._trace(path, place.rings)
                if not place.rings:
                    path.circle(*self.at(place.x, place.y), self.radius(place))
            contours = any(one.rings for one in drawn)
            fillings.fill(canvas, path, pattern, self.box(drawn), even_odd=contours)

    def words(self, canvas: Any, theme: MapTheme) -> None:
        """Write letters wherever a place is wide enough, and its name where nothing else is."""
        taken: list[Box] = []
        named: list[tuple[MapPlace, float, float]] = []
        for place, line in zip(self.content.places, theme.classes, strict=True):
            letters = "?" if line == UNKNOWN_CLASS else theme.legend[line].letters
            if not letters:
                continue
            left, bottom, right, top = self.box((place,))
            wide, tall = right - left, top - bottom
            if wide < fonts.width(letters, fonts.SEMIBOLD, LETTERS) + 4 or tall < LETTERS + 2:
                continue
            x, y = self.at(place.x, place.y)
            fillings.label(canvas, letters, x, y, LETTERS)
            taken.append(_plate(letters, x, y, LETTERS))
            least = 2 * LETTERS + (2 if place.rings else 14)
            if wide > fonts.width(place.name, fonts.SEMIBOLD, NAMES) and tall > least:
                named.append((place, x, y - LETTERS - 0.4))
        for place, x, y in named:
            plate = _plate(place.name, x, y, NAMES)
            if not any(_touch(plate, one) for one in taken):
                fillings.label(canvas, place.name, x, y, NAMES)
                taken.append(plate)

    def spots(self, canvas: Any, layer: SpotLayer) -> None:
        canvas.setFillColorRGB(*BRICK)
        for rank, spot in enumerate(layer.spots):
            x, y = self.at(spot.x, spot.y)
            sign(canvas, layer.shape, layer.letters, x + rank % 3, y - 9)
        canvas.setFillColorRGB(*BLACK)

    def _trace(self, path: Any, rings: Iterable[Sequence[int]]) -> None:
        """Follow the rings without the points too close to the last one to be seen."""
        for ring in rings:
            points = zip(ring[0::2], ring[1::2], strict=True)
            last = self.at(*next(points))
            path.moveTo(*last)
            for x, y in points:
                point = self.at(x, y)
                if abs(point[0] - last[0]) + abs(point[1] - last[1]) >= FINEST:
                    path.lineTo(*point)
                    last = point
            path.close()


def _plate(text: str, x: float, y: float, size: float) -> Box:
    """Return the box of a text centred on (x, y)."""
    half = fonts.width(text, fonts.SEMIBOLD, size) / 2 + 1
    return x - half, y - size * 0.42, x + half, y + size * 0.42


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
