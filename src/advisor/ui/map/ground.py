"""The ground of the map: painted once into pictures, then moved and zoomed from them.

Moving and zooming show the pictures at hand; a new pair is painted when the view has left them or
has come to rest. Must not know any service: ``later`` runs long paintings elsewhere.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from advisor.domain.maps.layers import MapLayer, MapMark
from advisor.ui.map.camera import Camera
from advisor.ui.map.painting import Look, Picture, paint_fills, paint_ink
from advisor.ui.map.shapes import Shapes
from advisor.ui.map.surround import draw_selection, draw_surround, draw_waiting
from advisor.ui.theme import Theme

Later = Callable[[Callable[[], Any], Callable[[Any], None]], object]
MOST_AT_ONCE = 3_000  # places painted in the main thread without being felt
MARGIN = 0.25
REST_MS = 90


class Ground(QWidget):
    """Shows a scene, one layer and marks; answers to no hand.

    Emits ``painted`` when new pictures have been seen.
    """

    painted = Signal()

    def __init__(self, theme: Theme, later: Later) -> None:
        super().__init__()
        self.theme = theme
        self._later = later
        self.shapes: Shapes | None = None
        self.layer: MapLayer | None = None
        self.marks: tuple[MapMark, ...] = ()
        self.selected = ""
        self.camera = Camera(0, 0, 1, 1, 1)
        self.picture: Picture | None = None
        self._whole_scale = 1.0
        self._under_way: Camera | None = None
        self._stale = False
        self._is_fresh = False
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self.repaint_ground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(260), theme.px(200))

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Ask for a good part of a small screen."""
        return QSize(self.theme.px(520), self.theme.px(240))

    # --- what is shown ------------------------------------------------------------------------

    def show_scene(self, shapes: Shapes, layer: MapLayer | None, marks: Sequence[MapMark]) -> None:
        """Show another territory, whole."""
        self.shapes, self.layer, self.marks = shapes, layer, tuple(marks)
        self.selected = ""
        self.picture = None
        self.show_whole()

    def show_layer(self, layer: MapLayer) -> None:
        """Colour the places by another layer."""
        self.layer = layer
        shapes, picture = self.shapes, self.picture
        if shapes is None or picture is None or self.is_large:
            self.repaint_ground()
            return
        picture.fills = paint_fills(shapes, layer, picture.camera, self.look())
        self.update()

    def show_marks(self, marks: Sequence[MapMark]) -> None:
        """Put other marks on top."""
        self.marks = tuple(marks)
        shapes, picture = self.shapes, self.picture
        if shapes is None or picture is None or self.is_large:
            self.repaint_ground()
            return
        picture.ink = paint_ink(shapes, self.marks, picture.camera, self.look())
        self.update()

    def select(self, code: str, *, centre: bool = False) -> None:
        """Mark a place; bring it into view when it is out of it, or in the middle if asked."""
        self.selected = code
        shape = self.shapes.of(code) if self.shapes and code else None
        if shape is not None:
            at = self.camera.to_view(shape.place.x, shape.place.y)
            room = QRectF(self.rect()).adjusted(20, 20, -20, -20)
            if centre or not room.contains(at):
                self._see(self.camera.centred(shape.place.x, shape.place.y))
            told = self.layer.told(code) if self.layer else ""
            self.setAccessibleName(f"Carte, {shape.place.name}, {told}")
        self.update()

    def show_whole(self) -> None:
        """Show the whole territory."""
        if self.shapes is not None:
            size = QSizeF(self.size())
            fitted = Camera.around(self.shapes.scene.bounds, size.width(), size.height())
            self._whole_scale = fitted.scale
            self.camera = fitted
            self.repaint_ground()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a point of the view, its middle by default."""
        around = at or QPointF(self.width() / 2, self.height() / 2)
        self._see(self.camera.zoomed(factor, around, self._whole_scale))

    def pan(self, across: float, down: float) -> None:
        """Drag the ground by pixels."""
        self._see(self.camera.panned(across, down))

    def look(self) -> Look:
        """Return what painting needs of the theme."""
        theme = self.theme
        return Look(
            self.font().family(),
            theme.type_size("small"),
            theme.colour("map"),
            theme.colour("text"),
            theme.colour("accent"),
            "#1E1F21",
            self.devicePixelRatioF(),
        )

    # --- painting -----------------------------------------------------------------------------

    @property
    def is_large(self) -> bool:
        """Tell whether the ground is too large to be painted in the main thread."""
        return self.shapes is not None and len(self.shapes.places) > MOST_AT_ONCE

    @property
    def is_settled(self) -> bool:
        """Tell whether the pictures at hand are those of the view."""
        return not self._rest.isActive() and self._under_way is None

    def _see(self, camera: Camera) -> None:
        self.camera = camera
        self._rest.start()
        if self.picture is not None and not self.is_large and not self._covers(self.picture):
            self.repaint_ground()
        self.update()

    def _covers(self, picture: Picture) -> bool:
        had, now = picture.camera.seen(), self.camera.seen()
        return (
            had[0] <= now[0] and had[1] <= now[1] and had[2] >= now[2] and had[3] >= now[3]
        ) or picture.camera.scale != self.camera.scale

    def repaint_ground(self) -> None:
        """Paint the pictures of what is seen, with a margin; a large ground elsewhere."""
        self._rest.stop()
        if self.shapes is None or self.width() < 2 or self.height() < 2:  # noqa: PLR2004  no room
            return
        wide = self.camera.widened(MARGIN)
        shapes, layer, marks, look = self.shapes, self.layer, self.marks, self.look()

        def paint() -> Picture:
            fills = paint_fills(shapes, layer, wide, look)
            return Picture(wide, fills, paint_ink(shapes, marks, wide, look))

        if not self.is_large:
            self.take(paint())
        elif self._under_way is None:
            self._under_way, self._stale = wide, False
            self._later(paint, self._take_late)
        else:
            self._stale = True

    def take(self, picture: Picture) -> None:
        """Show pictures painted elsewhere."""
        self.picture = picture
        self._is_fresh = True
        self.update()

    def _take_late(self, picture: Picture) -> None:
        self._under_way = None
        self.take(picture)
        if self._stale:
            self.repaint_ground()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Put the pictures where the ground is now, then what moves with the view."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.qcolour("map"))
        picture = self.picture
        if picture is not None:
            left, _, _, top = picture.camera.seen()
            scale = self.camera.scale / picture.camera.scale
            corner = self.camera.to_view(left, top)
            size = QSizeF(picture.camera.width * scale, picture.camera.height * scale)
            for image in (picture.fills, picture.ink):
                if scale == 1:
                    painter.drawImage(QPointF(round(corner.x()), round(corner.y())), image)
                else:
                    painter.drawImage(QRectF(corner, size), image, QRectF(image.rect()))
        if self.shapes is not None:
            draw_selection(painter, self.shapes.of(self.selected), self.camera, self.theme)
            draw_surround(painter, self)
        if picture is None:
            draw_waiting(painter, self)
        painter.end()
        if self._is_fresh:
            self._is_fresh = False
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Keep the same ground in the middle, or all of it."""
        super().resizeEvent(event)
        if self.shapes is None:
            return
        if self.picture is None or self.camera.scale == self._whole_scale:
            self.show_whole()
        else:
            self._see(self.camera.resized(QSizeF(self.size())))
