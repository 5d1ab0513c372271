"""Labels, buttons, cards and rows, named for screen readers as they are made.

Knows the theme and Qt; must not know any screen nor any service.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from advisor.ui.icons import icon, picture
from advisor.ui.theme import Theme

SMALL_ICON = 18
AnyBox = TypeVar("AnyBox", bound=QBoxLayout)


def label(
    text: str = "", role: str = "", *, wraps: bool = True, selectable: bool = False
) -> QLabel:
    """Return a plain-text label; ``role`` names its look in the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def button(
    text: str, pressed: Callable[[], object] | None = None, role: str = "", *, name: str = ""
) -> QPushButton:
    """Return a button; « & » before a letter makes its Alt mnemonic."""
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    made.setAccessibleName(name or text.replace("&", ""))
    made.setAutoDefault(False)
    if pressed is not None:
        made.clicked.connect(lambda _checked: pressed())
    return made


def with_icon(made: QPushButton, name: str, theme: Theme, colour: str = "text") -> QPushButton:
    """Put a line icon before the button's words; returns the button."""
    size = theme.px(SMALL_ICON)
    drawn = icon(name, theme.colour(colour), size)
    drawn.addPixmap(picture(name, theme.colour("muted"), size), QIcon.Mode.Disabled)
    made.setIcon(drawn)
    made.setIconSize(QSize(size, size))
    return made


def shape(name: str, theme: Theme, colour: str = "text", size: int = SMALL_ICON) -> QLabel:
    """Return a small drawing that stands beside its word, never alone."""
    made = QLabel()
    side = theme.px(size)
    made.setPixmap(picture(name, theme.colour(colour), side))
    made.setFixedSize(side, side)
    return made


def frame(role: str = "plain", name: str = "") -> QFrame:
    """Return a frame; ``role`` names its look in the style sheet."""
    made = QFrame()
    made.setProperty("role", role)
    if name:
        made.setAccessibleName(name)
    return made


def column(parent: QWidget | None, theme: Theme, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """Return a vertical layout on ``parent`` with scaled margins."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _spaced(made, theme, margin, spacing)


def row(parent: QWidget | None, theme: Theme, margin: int = 0, spacing: int = 8) -> QHBoxLayout:
    """Return a horizontal layout on ``parent`` with scaled margins."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _spaced(made, theme, margin, spacing)


def _spaced(made: AnyBox, theme: Theme, margin: int, spacing: int) -> AnyBox:
    edge = theme.px(margin)
    made.setContentsMargins(edge, edge, edge, edge)
    made.setSpacing(theme.px(spacing))
    return made


def scrolling(body: QWidget, name: str) -> QScrollArea:
    """Return a scroll area around ``body``, reached by keyboard, named for screen readers."""
    area = QScrollArea()
    body.setObjectName("body")
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(name)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def lay_out(area: QScrollArea) -> None:
    """Give what was just put into a scroll area its room at once: never painted squeezed first."""
    body = area.widget()
    layout = body.layout() if body is not None else None
    if body is None or layout is None or not body.isVisible():
        return
    decided = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    for child in body.findChildren(QWidget):
        if not child.testAttribute(decided):
            child.show()
    layout.activate()
    QCoreApplication.sendEvent(area.viewport(), QEvent(QEvent.Type.LayoutRequest))


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let Qt delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        inner = item.layout()
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def rule() -> QFrame:
    """Return a thin line."""
    return frame("rule")


def growing(widget: QWidget) -> QWidget:
    """Let a widget take the room that is left; returns it."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return widget


def relook(widget: QWidget, **properties: object) -> None:
    """Change properties the style sheet looks at and draw the widget again."""
    changed = False
    for key, value in properties.items():
        if widget.property(key) != value:
            widget.setProperty(key, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
