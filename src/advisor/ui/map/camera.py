"""What part of the flat frame is seen: a centre in metres and a scale in pixels per metre.

Knows nothing of what is drawn.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QTransform

from advisor.domain.maps.layers import Bounds

LARGEST_SCALE = 0.08  # 12 metres in a pixel
FARTHEST = 0.6  # of the scale that shows the whole territory


@dataclass(frozen=True, slots=True)
class Camera:
    """A centre (metres), a scale (pixels per metre) and the size of the view (pixels)."""

    x: float
    y: float
    scale: float
    width: float
    height: float

    @classmethod
    def around(cls, bounds: Bounds, width: float, height: float) -> "Camera":
        """Return the camera that shows bounds whole."""
        west, south, east, north = bounds
        across, up = max(east - west, 1), max(north - south, 1)
        scale = min(max(width, 1) / across, max(height, 1) / up)
        return cls((west + east) / 2, (south + north) / 2, scale, width, height)

    def transform(self) -> QTransform:
        """Return what takes metres to pixels of the view."""
        made = QTransform()
        made.translate(self.width / 2, self.height / 2)
        made.scale(self.scale, -self.scale)
        made.translate(-self.x, -self.y)
        return made

    def to_view(self, x: float, y: float) -> QPointF:
        """Return the pixel of a point in metres."""
        return QPointF(
            self.width / 2 + (x - self.x) * self.scale, self.height / 2 - (y - self.y) * self.scale
        )

    def to_ground(self, point: QPointF) -> tuple[float, float]:
        """Return the metres of a pixel."""
        return (
            self.x + (point.x() - self.width / 2) / self.scale,
            self.y - (point.y() - self.height / 2) / self.scale,
        )

    def seen(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of what is seen."""
        across, up = self.width / self.scale / 2, self.height / self.scale / 2
        return self.x - across, self.y - up, self.x + across, self.y + up

    def panned(self, across: float, down: float) -> "Camera":
        """Return the camera after the ground is dragged by pixels."""
        return replace(self, x=self.x - across / self.scale, y=self.y + down / self.scale)

    def zoomed(self, factor: float, at: QPointF, smallest: float) -> "Camera":
        """Return the camera after a zoom that keeps the ground under ``at`` in its place."""
        x, y = self.to_ground(at)
        scale = min(LARGEST_SCALE, max(smallest * FARTHEST, self.scale * factor))
        moved = replace(self, scale=scale)
        left, top = moved.to_ground(at)
        return replace(moved, x=moved.x + x - left, y=moved.y + y - top)

    def centred(self, x: float, y: float) -> "Camera":
        """Return the camera over a point."""
        return replace(self, x=x, y=y)

    def resized(self, size: QSizeF) -> "Camera":
        """Return the camera of a view of another size, over the same point."""
        return replace(self, width=size.width(), height=size.height())

    def widened(self, margin: float) -> "Camera":
        """Return the camera with a margin (share of the view) on each side."""
        return replace(
            self,
            width=round(self.width * (1 + 2 * margin)),
            height=round(self.height * (1 + 2 * margin)),
        )
