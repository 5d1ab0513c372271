"""What stays on the glass of the map: the chosen place, the scale, and what the map is not.

Drawn at each paint, in little.
"""

from math import floor, log10
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from advisor.domain.words.french import THIN, number_text
from advisor.ui.map.camera import Camera
from advisor.ui.map.painting import circle_px
from advisor.ui.map.shapes import Shape
from advisor.ui.theme import Theme

if TYPE_CHECKING:
    from advisor.ui.map.ground import Ground

LONGEST_BAR_PX = 130
KILOMETRE = 1000
EDGE, APART, PADDING = 10.0, 12.0, 8.0
LEAST_STATEMENT, WIDEST_STATEMENT = 230, 460
WAITING = "Lecture de la carte…"


def draw_selection(painter: QPainter, shape: Shape | None, camera: Camera, theme: Theme) -> None:
    """Draw around the chosen place, light then dark, so that it shows on every ground."""
    if shape is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor("#FFFFFF"), 6.0), (QColor("#B3261E"), 3.0)):
        pen = QPen(colour, theme.px(width))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if shape.polygon is not None:
            painter.drawPolygon(camera.transform().map(QPolygonF(shape.polygon)))
        elif shape.path is not None:
            painter.drawPath(camera.transform().map(shape.path))
        else:
            radius = circle_px(shape, camera) + 2
            painter.drawEllipse(camera.to_view(shape.place.x, shape.place.y), radius, radius)
    painter.restore()


def draw_surround(painter: QPainter, ground: "Ground") -> None:
    """Draw the scale and, on a schematic map, the words that say so."""
    font = QFont(ground.font().family())
    font.setPixelSize(ground.theme.type_size("small"))
    painter.setFont(font)
    scale = _draw_scale(painter, ground, QFontMetricsF(font))
    if ground.shapes is not None and ground.shapes.scene.statement:
        _draw_statement(painter, ground, ground.shapes.scene.statement, scale)


def draw_waiting(painter: QPainter, ground: "Ground") -> None:
    """Say, in the middle of an empty ground, that it is being read."""
    font = QFont(ground.font().family())
    font.setPixelSize(ground.theme.type_size("body"))
    painter.setFont(font)
    measure = QFontMetricsF(font)
    box = QRectF(0, 0, measure.horizontalAdvance(WAITING) + 4 * PADDING, measure.height() * 2)
    box.moveCenter(QRectF(ground.rect()).center())
    _card(painter, ground, box)
    painter.setPen(ground.theme.qcolour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, WAITING)


def _draw_scale(painter: QPainter, ground: "Ground", measure: QFontMetricsF) -> QRectF:
    """Draw the scale in its corner; return the room it takes."""
    metres = LONGEST_BAR_PX / ground.camera.scale
    step = 10 ** floor(log10(max(metres, 1)))
    length = next(many * step for many in (5, 2, 1) if many * step <= metres)
    words = (
        f"{number_text(length / KILOMETRE)} km"
        if length >= KILOMETRE
        else f"{number_text(length)} m"
    )
    across = length * ground.camera.scale
    right, bottom = ground.width() - 12.0, ground.height() - 10.0
    box = QRectF(
        right - max(across, measure.horizontalAdvance(words)) - 8,
        bottom - measure.height() - 8,
        max(across, measure.horizontalAdvance(words)) + 14,
        measure.height() + 12,
    )
    _card(painter, ground, box)
    painter.setPen(QPen(ground.theme.qcolour("text"), 2))
    painter.drawLine(QPointF(right - across, bottom), QPointF(right, bottom))
    painter.drawText(
        QRectF(box.left(), box.top() + 1, box.width() - 7, measure.height()),
        Qt.AlignmentFlag.AlignRight,
        words,
    )
    return box


def _draw_statement(painter: QPainter, ground: "Ground", words: str, scale: QRectF) -> None:
    """Draw what the map is not, beside the scale, over it when there is little room beside."""
    beside = scale.left() - EDGE - APART - 2 * PADDING
    is_narrow = beside < ground.theme.px(LEAST_STATEMENT)
    across = ground.width() - 2 * EDGE - 2 * PADDING if is_narrow else beside
    room = QRectF(0, 0, min(across, ground.theme.px(WIDEST_STATEMENT)), ground.height())
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    size = painter.boundingRect(room, flags, words.replace(THIN, "\u00a0"))
    bottom = scale.top() - APART if is_narrow else ground.height() - EDGE
    box = QRectF(
        EDGE, bottom - size.height() - PADDING, size.width() + 2 * PADDING, size.height() + PADDING
    )
    _card(painter, ground, box)
    painter.setPen(ground.theme.qcolour("text"))
    inside = box.adjusted(PADDING, PADDING / 2, -PADDING, -PADDING / 2)
    painter.drawText(inside, flags, words)


def _card(painter: QPainter, ground: "Ground", box: QRectF) -> None:
    painter.setPen(QPen(ground.theme.qcolour("line"), 1))
    colour = ground.theme.qcolour("surface")
    colour.setAlpha(235)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 4, 4)
