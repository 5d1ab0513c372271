"""One quiet language: colours, type and spaces from one file of tokens, light and dark.

Knows the tokens and Qt's style sheets; must not know any screen. Sizes are pixels at 100 %,
multiplied by the scale the reader chose (1.0 to 2.0).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from advisor.config import resources_folder
from advisor.domain.zones.marks import ZoneMark, mark_of

SMALLEST_SCALE = 1.0
LARGEST_SCALE = 2.0
SCALE_STEP = 0.25
LINEAR_LIMIT = 0.03928


@dataclass(frozen=True, slots=True)
class ZoneStyle:
    """How a zone class is drawn: its mark (letters, pattern, rank), ground and text colours."""

    mark: ZoneMark
    ground: str
    text: str


@cache
def tokens() -> Mapping[str, Any]:
    """Return the tokens as written in resources/theme/tokens.json."""
    path = resources_folder() / "theme" / "tokens.json"
    read: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


@cache
def zone_style(zone_class: str) -> ZoneStyle:
    """Return the drawing of a class; an unknown code gets the drawing of the unknown."""
    mark = mark_of(zone_class)
    return ZoneStyle(mark, **tokens()["zones"][mark.pattern.value])


def luminance(colour: str) -> float:
    """Return the relative luminance (0 to 1) of a « #RRGGBB » colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= LINEAR_LIMIT else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens for one mode (``light`` or ``dark``) at one scale (1.0 is 100 %)."""

    mode: str = "light"
    scale: float = 1.0

    def colour(self, name: str) -> str:
        """Return a colour of this mode as « #RRGGBB »."""
        return str(tokens()["colours"][self.mode][name])

    def qcolour(self, name: str) -> QColor:
        """Return a colour of this mode for painting."""
        return QColor(self.colour(name))

    def px(self, size: float) -> int:
        """Return a size of 100 % in pixels at this scale."""
        return round(size * self.scale)

    def type_size(self, name: str) -> int:
        """Return a type size (body, small, title, display) in pixels at this scale."""
        return self.px(tokens()["type"][name])

    def values(self) -> dict[str, str]:
        """Return everything the style sheet's template names."""
        spaces = {f"s{at}": self.px(space) for at, space in enumerate(tokens()["space"], start=1)}
        sizes = {name: self.type_size(name) for name in ("body", "small", "title", "display")}
        others = {
            "b1": self.px(5),
            "b0": self.px(5) - 1,
            "s3f": self.px(12) - 1,
            "s2f": self.px(8) - 1,
            "control": self.px(20),
            "row": self.px(28),
            "day": self.px(32),
            "bar": self.px(11),
            "r": self.px(5),
        }
        numbers = {key: str(value) for key, value in {**spaces, **sizes, **others}.items()}
        words = {
            "family": tokens()["type"]["family"],
            "mode": self.mode,
            "icons": (resources_folder() / "icons").as_posix(),
        }
        return {**tokens()["colours"][self.mode], **numbers, **words}

    def style_sheet(self) -> str:
        """Return Qt's style sheet for the whole application."""
        template = (resources_folder() / "theme" / "window.qss").read_text(encoding="utf-8")
        return Template(template).substitute(self.values())


def load_fonts() -> None:
    """Make the shipped fonts known to Qt; loading them twice is harmless."""
    for path in sorted((resources_folder() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def system_mode() -> str:
    """Return the mode the platform asks for."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def wear(theme: Theme) -> None:
    """Put the theme on the running application."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        sheet = theme.style_sheet()
        if app.styleSheet() != sheet:
            app.setStyle("Fusion")
            app.setStyleSheet(sheet)
