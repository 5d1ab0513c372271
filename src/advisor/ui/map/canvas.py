"""The map under the hand: clicked, dragged, zoomed by the wheel, walked by keyboard.

Every answer to a hand is a signal; the ground does the showing.
"""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from advisor.domain.maps.layers import MapMark, MarkKind
from advisor.ui.map.ground import Ground, Later
from advisor.ui.map.shapes import REACH_PX, Shape
from advisor.ui.theme import Theme

WHEEL_STEP = 1.25
DRAG_PX = 4
KEY_PAN = 60
MOST_TOLD = 6
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class MapCanvas(Ground):
    """Emits ``chosen(code)`` when a place is pointed at, by a click or the arrows."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, later: Later) -> None:
        super().__init__(theme, later)
        self._grip: QPointF | None = None
        self._is_dragging = False
        self._pointed: tuple[MapMark, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Carte")
        self.setAccessibleDescription(
            "Flèches\u202f: commune voisine. Maj + flèches\u202f: déplacer. + et −\u202f: zoom. "
            "0\u202f: tout le territoire. La liste voisine dit les mêmes lieux."
        )

    def place_at(self, point: QPointF) -> Shape | None:
        """Return the place under a pixel; a mark leads to its own commune."""
        if self.shapes is None:
            return None
        mark = next((one for one in reversed(self.marks_at(point)) if one.commune), None)
        own = self.shapes.of(mark.commune) if mark else None
        x, y = self.camera.to_ground(point)
        return own or self.shapes.at(x, y, REACH_PX / self.camera.scale)

    def marks_at(self, point: QPointF) -> list[MapMark]:
        """Return the marks under a pixel."""
        reach = self.theme.px(REACH_PX) ** 2
        found = []
        for mark in self.marks:
            at = self.camera.to_view(mark.x, mark.y) - point
            if at.x() ** 2 + at.y() ** 2 <= reach:
                found.append(mark)
        return found

    def marks_of(self, code: str) -> tuple[MapMark, ...]:
        """Return the marks of a place to read with its card: those pointed at come first.

        Structures that were not pointed at are left to the card's own list.
        """
        first = tuple(one for one in self._pointed if one.commune == code)
        others = (one for one in self.marks if one.commune == code and one not in first)
        return (*first, *(one for one in others if one.kind is not MarkKind.STRUCTURE))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Take hold of the ground."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip, self._is_dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Drag the ground once the hand has really moved."""
        if self._grip is None:
            return
        moved = event.position() - self._grip
        if self._is_dragging or moved.manhattanLength() >= DRAG_PX:
            self._is_dragging = True
            self._grip = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Choose the place under a click that was no drag."""
        grip, self._grip = self._grip, None
        self.unsetCursor()
        if grip is None or self._is_dragging:
            return
        shape = self.place_at(event.position())
        if shape is not None:
            self._pointed = tuple(self.marks_at(event.position()))
            self.chosen.emit(shape.place.code)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's name
        """Zoom under the pointer, but only when the map was chosen: a page must still scroll."""
        if not self.hasFocus():
            event.ignore()
            return
        turns = event.angleDelta().y() / 120
        self.zoom(WHEEL_STEP**turns, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Walk from place to place, drag with Shift, zoom with + and −."""
        key = event.key()
        if key in ARROWS and self.shapes is not None:
            across, up = ARROWS[Qt.Key(key)]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.pan(-across * KEY_PAN, up * KEY_PAN)
            else:
                self.chosen.emit(self.shapes.towards(self.selected, across, up))
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(WHEEL_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / WHEEL_STEP)
        elif key in {Qt.Key.Key_0, Qt.Key.Key_Home}:
            self.show_whole()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell what stands under the pointer when it rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def told_at(self, point: QPointF) -> str:
        """Return what is under a pixel, in French lines."""
        lines = []
        shape = self.place_at(point)
        if shape is not None:
            told = self.layer.told(shape.place.code) if self.layer else ""
            lines = [f"{shape.place.name} ({shape.place.departement})", told]
        marks = self.marks_at(point)
        lines += [f"{one.label} · {one.words}" if one.words else one.label for one in marks]
        more = len(lines) - MOST_TOLD
        return "\n".join([*lines[:MOST_TOLD], *([f"et {more} autres"] if more > 0 else [])])
