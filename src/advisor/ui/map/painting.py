"""Paints a scene into two pictures: what a layer colours, and the ink above it.

May run outside the main thread: images only. The ink (borders, names, marks) stays when the layer
changes, so that recolouring paints places and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygon

from advisor.domain.maps.layers import UNKNOWN, MapLayer, MapMark
from advisor.domain.zones.marks import Pattern
from advisor.ui.map.camera import Camera
from advisor.ui.map.patterns import border_pen, brush_of, ground_of, text_of
from advisor.ui.map.shapes import Shape, Shapes, cluster, make_polygons
from advisor.ui.map.symbols import draw_marks

SMALLEST_BORDER_PX = 7
MOST_ALONE = 6_000  # places drawn one by one; beyond, by département and class
SMALLEST_NAME_PX = 46
SMALLEST_LETTERS_PX = 26
MOST_NAMES = 400
NAMED_FROM = 1.5
LEAST_RADIUS_PX = 4
DOT_PX = 4
SMALLEST_WORDS_PX = 9


@dataclass(frozen=True, slots=True)
class Look:
    """What painting needs of the theme: a family of letters, sizes, colours, sharpness."""

    family: str
    small: int
    ground: str
    text: str
    accent: str
    border: str
    sharpness: float = 1.0


@dataclass(slots=True)
class Picture:
    """A painted part of the ground: the camera it was seen with, margin included."""

    camera: Camera
    fills: QImage
    ink: QImage


def blank(camera: Camera, look: Look) -> QImage:
    """Return a transparent picture of a camera's size."""
    size = QSize(round(camera.width * look.sharpness), round(camera.height * look.sharpness))
    made = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(look.sharpness)
    made.fill(Qt.GlobalColor.transparent)
    return made


def visible(shapes: Shapes, camera: Camera) -> list[Shape]:
    """Return the shapes that a camera sees, in their order."""
    left, bottom, right, top = camera.seen()
    west, south, east, north = shapes.scene.bounds
    if left <= west and bottom <= south and right >= east and top >= north:
        return shapes.places
    return [
        one
        for one in shapes.places
        if one.bounds[2] >= left
        and one.bounds[0] <= right
        and one.bounds[3] >= bottom
        and one.bounds[1] <= top
    ]


def paint_fills(shapes: Shapes, layer: MapLayer | None, camera: Camera, look: Look) -> QImage:
    """Return the places coloured by a layer, each with the pattern of its class."""
    made = blank(camera, look)
    painter = QPainter(made)
    seen = visible(shapes, camera)
    patterns = {one.key: one.pattern for one in layer.entries} if layer else {}
    keys = layer.keys if layer else {}
    pattern_of = {
        one.place.code: patterns.get(keys.get(one.place.code, UNKNOWN), Pattern.UNKNOWN)
        for one in seen
    }
    if shapes.scene.schematic:
        _fill_circles(painter, seen, pattern_of, camera)
    else:
        _fill_outlines(painter, seen, pattern_of, camera)
    if layer is not None and _bears_words(shapes, seen, camera):
        _letters(painter, seen, layer, camera, look)
    painter.end()
    return made


def paint_ink(shapes: Shapes, marks: Sequence[MapMark], camera: Camera, look: Look) -> QImage:
    """Return borders, names and marks, on nothing."""
    made = blank(camera, look)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    seen = visible(shapes, camera)
    transform = camera.transform()
    if not shapes.scene.schematic and _mean_size(seen, camera) >= SMALLEST_BORDER_PX:
        _commune_borders(painter, seen, camera)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    borders = [transform.map(path) for _, path in shapes.borders]
    for colour, width in ((QColor(255, 255, 255, 200), 3.4), (QColor(look.border), 1.6)):
        painter.setPen(QPen(colour, width))
        for path in borders:
            painter.drawPath(path)
    if _bears_words(shapes, seen, camera):
        _names(painter, seen, camera, look)
    draw_marks(painter, marks, camera, look)
    painter.end()
    return made


def _fill_outlines(
    painter: QPainter, seen: Sequence[Shape], pattern_of: Mapping[str, Pattern], camera: Camera
) -> None:
    is_crowded = len(seen) > MOST_ALONE
    groups: defaultdict[tuple[Pattern, str], list[Shape]] = defaultdict(list)
    for shape in seen:
        place = shape.place
        groups[pattern_of[place.code], place.departement if is_crowded else ""].append(shape)
    transform = camera.transform()
    still, _ = transform.inverted()
    painter.save()
    painter.setTransform(transform, combine=True)
    painter.setPen(Qt.PenStyle.NoPen)
    for (pattern, _), group in groups.items():
        brush = QBrush(brush_of(pattern))
        brush.setTransform(still)  # patterns keep their size whatever the zoom
        painter.setBrush(brush)
        if is_crowded:
            painter.drawPolygon(cluster(group))
        bare = [one for one in group if one.place.outline is None]
        _draw_all(painter, bare if is_crowded else group, camera)
    painter.restore()


def _draw_all(painter: QPainter, group: Sequence[Shape], camera: Camera) -> None:
    """Draw shapes in metres, the painter being set to a camera."""
    make_polygons(group)
    dot = DOT_PX / camera.scale
    polygon, path = painter.drawPolygon, painter.drawPath
    for shape in group:
        drawn = shape.drawn
        if isinstance(drawn, QPolygon):
            polygon(drawn)
        elif drawn is not None:
            path(drawn)
        else:
            painter.drawEllipse(QPointF(shape.place.x, shape.place.y), dot, dot)


def _fill_circles(
    painter: QPainter, seen: Iterable[Shape], pattern_of: Mapping[str, Pattern], camera: Camera
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(border_pen(1.4))
    for shape in seen:
        painter.setBrush(brush_of(pattern_of[shape.place.code]))
        radius = circle_px(shape, camera)
        painter.drawEllipse(camera.to_view(shape.place.x, shape.place.y), radius, radius)


def circle_px(shape: Shape, camera: Camera) -> float:
    """Return the radius of a place's circle in pixels, never too small to be hit."""
    return max(LEAST_RADIUS_PX, shape.radius * camera.scale)


def _commune_borders(painter: QPainter, seen: Sequence[Shape], camera: Camera) -> None:
    painter.save()
    painter.setTransform(camera.transform(), combine=True)
    pen = border_pen()
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _draw_all(painter, seen, camera)
    painter.restore()


def _bears_words(shapes: Shapes, seen: Sequence[Shape], camera: Camera) -> bool:
    """Tell whether some place may be large enough to bear words."""
    return shapes.scene.schematic or _mean_size(seen, camera) >= SMALLEST_WORDS_PX


def _mean_size(seen: Sequence[Shape], camera: Camera) -> float:
    some = seen[:: max(1, len(seen) // MOST_NAMES)]
    if not some:
        return 0
    return sum(one.bounds[2] - one.bounds[0] for one in some) / len(some) * camera.scale


def _room(shape: Shape, camera: Camera) -> QRectF:
    """Return the pixels around a place where words may stand."""
    if shape.radius:
        half = circle_px(shape, camera)
        centre = camera.to_view(shape.place.x, shape.place.y)
        return QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)
    west, south, east, north = shape.bounds
    return QRectF(camera.to_view(west, north), camera.to_view(east, south))


def _letters(
    painter: QPainter, seen: Sequence[Shape], layer: MapLayer, camera: Camera, look: Look
) -> None:
    """Write the letters of its class on each place large enough to bear them."""
    font = _font(look, 0.82, bold=True)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    measure = QFontMetricsF(font)
    entries = {one.key: one for one in layer.entries}
    written = 0
    for shape in reversed(seen):
        entry = entries.get(layer.key_of(shape.place.code))
        if entry is None or written >= MOST_NAMES:
            continue
        room = _room(shape, camera)
        across = measure.horizontalAdvance(entry.letters) + 6
        if room.width() < max(SMALLEST_LETTERS_PX, across) or room.height() < measure.height():
            continue
        centre = camera.to_view(shape.place.x, shape.place.y)
        named = not shape.radius and _is_named(shape, camera)
        box = QRectF(0, 0, across, measure.height())
        box.moveCenter(centre + QPointF(0, measure.height() * 0.55 if named else 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground_of(entry.pattern)))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor(text_of(entry.pattern)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, entry.letters)
        written += 1


def _is_named(shape: Shape, camera: Camera) -> bool:
    across = (shape.bounds[2] - shape.bounds[0]) * camera.scale
    return across >= SMALLEST_NAME_PX * NAMED_FROM


def _names(painter: QPainter, seen: Sequence[Shape], camera: Camera, look: Look) -> None:
    """Write the names of the places that have the room, the most peopled first."""
    font = _font(look, 0.88)
    painter.setFont(font)
    measure = QFontMetricsF(font)
    taken: list[QRectF] = []
    ranked = sorted(seen, key=lambda one: -(one.place.population or 0))
    for shape in ranked:
        if len(taken) >= MOST_NAMES:
            return
        room = _room(shape, camera)
        if room.width() < SMALLEST_NAME_PX * (1 if shape.radius else NAMED_FROM):
            continue
        box = QRectF(0, 0, measure.horizontalAdvance(shape.place.name) + 4, measure.height())
        centre = camera.to_view(shape.place.x, shape.place.y)
        down = room.height() / 2 + box.height() / 2 if shape.radius else -box.height() * 0.5
        box.moveCenter(centre + QPointF(0, down))
        if any(box.intersects(one) for one in taken):
            continue
        taken.append(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 205))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor("#1E1F21"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shape.place.name)


def _font(look: Look, size: float, *, bold: bool = False) -> QFont:
    made = QFont(look.family)
    made.setPixelSize(max(9, round(look.small * size)))
    made.setBold(bold)
    return made
