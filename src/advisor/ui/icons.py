"""Our own line icons, coloured for the theme; each always stands beside a word.

Knows resources/icons and Qt; must not know any screen.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from advisor.config import resources_folder

DRAWN_COLOUR = "#1E1F21"
SHARPNESS = 2


@cache
def _source(name: str) -> str:
    return (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def picture(name: str, colour: str, size: int) -> QPixmap:
    """Return the icon ``name`` in ``colour``, ``size`` logical pixels on each side."""
    drawn = _source(name).replace(DRAWN_COLOUR, colour)
    renderer = QSvgRenderer(QByteArray(drawn.encode()))
    pixmap = QPixmap(QSize(size, size) * SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(SHARPNESS)
    return pixmap


def icon(name: str, colour: str, size: int, checked: str | None = None) -> QIcon:
    """Return the icon for a button; ``checked`` is its colour when the button is down."""
    made = QIcon(picture(name, colour, size))
    if checked:
        on = picture(name, checked, size)
        made.addPixmap(on, QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(on, QIcon.Mode.Active, QIcon.State.On)
    return made
