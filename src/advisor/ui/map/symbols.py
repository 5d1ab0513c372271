"""The marks on top of the map: each kind has a shape and letters, colour is never alone.

Marks that would cover one another are drawn as one, with their number. Images only: may run
outside the main thread.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from advisor.domain.maps.layers import MapMark, MarkKind

if TYPE_CHECKING:
    from advisor.ui.map.camera import Camera
    from advisor.ui.map.painting import Look

HALF = 8
CELL = 15
LETTERS = {
    "msp": "M",
    "cds": "C",
    "cabinet_groupe": "G",
    "pole": "P",
    "cpts": "T",
    "dac": "D",
    "mmg": "N",
    "reseau": "R",
    "non_precise": "?",
}
KIND_LETTERS = {MarkKind.PERMANENCE: "P", MarkKind.QPV: "Q"}
INKS = {
    MarkKind.STRUCTURE: ("#FFFFFF", "#1E1F21"),
    MarkKind.PERMANENCE: ("#FDF0D5", "#5B3600"),
    MarkKind.QPV: ("#FAE6E1", "#7C2115"),
    MarkKind.CANDIDATE: ("#7E4B00", "#FFFFFF"),
    MarkKind.RANKED: ("#24603A", "#FFFFFF"),
}
ORDER = (
    MarkKind.QPV,
    MarkKind.STRUCTURE,
    MarkKind.PERMANENCE,
    MarkKind.RANKED,
    MarkKind.CANDIDATE,
)


def letters_of(mark: MapMark) -> str:
    """Return what is written in a mark: its number, else its letter."""
    if mark.number is not None:
        return str(mark.number)
    return KIND_LETTERS.get(mark.kind) or LETTERS.get(mark.sort, "?")


def draw_marks(painter: QPainter, marks: Sequence[MapMark], camera: "Camera", look: "Look") -> None:
    """Draw every mark seen, the candidates on top."""
    font = QFont(look.family)
    font.setPixelSize(max(9, round(look.small * 0.85)))
    font.setBold(True)
    painter.setFont(font)
    scale = look.small / 13
    for kind in ORDER:
        own = [mark for mark in marks if mark.kind is kind]
        for at, together in _together(own, camera):
            _draw(painter, kind, _said(together), at, HALF * scale)


def draw_symbol(painter: QPainter, kind: MarkKind, letters: str, box: QRectF) -> None:
    """Draw one symbol for the legend."""
    _draw(painter, kind, letters, box.center(), min(box.width(), box.height()) / 2 - 1)


def _said(together: Sequence[MapMark]) -> str:
    found = {letters_of(mark) for mark in together}
    return next(iter(found)) if len(together) == 1 else f"×{len(together)}"


def _together(
    marks: Iterable[MapMark], camera: "Camera"
) -> Iterable[tuple[QPointF, list[MapMark]]]:
    cells: dict[tuple[int, int], list[MapMark]] = {}
    for mark in marks:
        at = camera.to_view(mark.x, mark.y)
        if -CELL <= at.x() <= camera.width + CELL and -CELL <= at.y() <= camera.height + CELL:
            numbered = mark.number if mark.number is not None else 0
            cell = (round(at.x() / CELL), round(at.y() / CELL + numbered * 1000))
            cells.setdefault(cell, []).append(mark)
    for together in cells.values():
        yield camera.to_view(together[0].x, together[0].y), together


def _draw(painter: QPainter, kind: MarkKind, letters: str, at: QPointF, half: float) -> None:
    ground, text = INKS[kind]
    wide = half * (1.45 if len(letters) > 1 else 1)
    box = QRectF(at.x() - wide, at.y() - half, 2 * wide, 2 * half)
    painter.setPen(QPen(QColor(text if ground.startswith("#F") else "#FFFFFF"), 1.4))
    painter.setBrush(QColor(ground))
    if kind is MarkKind.STRUCTURE:
        painter.drawRect(box)
    elif kind is MarkKind.QPV:
        painter.drawRoundedRect(box, 2, 2)
    elif kind is MarkKind.PERMANENCE:
        far = half * 1.35
        corners = [QPointF(0, -far), QPointF(far, 0), QPointF(0, far), QPointF(-far, 0)]
        painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
    else:
        painter.drawEllipse(at, max(wide, half * 1.2), half * 1.2)
    painter.setPen(QColor(text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters)
