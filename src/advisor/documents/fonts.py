"""Source Sans, embedded: the one family of every page.

Knows the font files and how wide a text is.
"""

from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from advisor.config import resources_folder

REGULAR = "SourceSans-Regular"
ITALIC = "SourceSans-Italic"
SEMIBOLD = "SourceSans-Semibold"
BOLD = "SourceSans-Bold"
FILES = {REGULAR: "Regular", ITALIC: "It", SEMIBOLD: "Semibold", BOLD: "Bold"}


@cache
def register() -> None:
    """Register the four faces once for the life of the program."""
    for name, file in FILES.items():
        path = resources_folder() / "fonts" / f"SourceSansPro-{file}.ttf"
        pdfmetrics.registerFont(TTFont(name, str(path)))


@cache
def holds(character: str) -> bool:
    """Tell whether the family can draw this character."""
    register()
    return ord(character) in pdfmetrics.getFont(REGULAR).face.charToGlyph


def drawable(text: str) -> str:
    """Return the text with what the family lacks shown as « ? ».

    Tabs and line ends become spaces, the other control characters go.
    """
    kept = (char if char == " " or holds(char) else _instead(char) for char in text)
    return "".join(kept)


def _instead(char: str) -> str:
    if char in "\t\n\r\v\f":
        return " "
    return "" if char < " " else "?"


@lru_cache(maxsize=20_000)
def _unit_width(text: str, font: str) -> float:
    measured: float = pdfmetrics.stringWidth(text, font, 1000)
    return measured / 1000


def forget_widths() -> None:
    """Forget the words already measured."""
    _unit_width.cache_clear()


def width(text: str, font: str, size: float) -> float:
    """Return the width of a text in points."""
    return _unit_width(text, font) * size


def shortened(text: str, font: str, size: float, room: float) -> str:
    """Return the text, cut with « … » when it is wider than ``room`` points."""
    text = drawable(text)
    if width(text, font, size) <= room:
        return text
    while text and width(f"{text}…", font, size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
