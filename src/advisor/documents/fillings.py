"""Fillings of zones and bars on paper: a ground and a pattern, so that they stay apart in grey.

Knows a canvas and the grounds of the theme; nothing of what is said.
"""

import json
from functools import cache
from typing import Any

from advisor.config import resources_folder
from advisor.documents import fonts
from advisor.documents.inks import BLACK, GREY, WHITE, Ink

Box = tuple[float, float, float, float]
LIGHT = (0.84, 0.9, 0.91)
DARK = (0.04, 0.2, 0.25)
STEPS = {"hachures_serrees": 3.0, "hachures_larges": 5.5, "points": 4.2, "inconnu": 4.0}
EDGE = 0.35


@cache
def ground(pattern: str) -> Ink:
    """Return the ground of a pattern, the same as in the window."""
    text = (resources_folder() / "theme" / "tokens.json").read_text(encoding="utf-8")
    code = json.loads(text)["zones"][pattern]["ground"].removeprefix("#")
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def fill(canvas: Any, path: Any, pattern: str, box: Box, *, even_odd: bool = False) -> None:
    """Fill a path with a pattern; ``box`` (left, bottom, right, top) holds the whole path."""
    rule = 0 if even_odd else 1
    canvas.setFillColorRGB(*ground(pattern))
    canvas.setStrokeColorRGB(*GREY)
    canvas.setLineWidth(EDGE)
    canvas.drawPath(path, stroke=1, fill=1, fillMode=rule)
    if pattern in STEPS:
        canvas.saveState()
        canvas.clipPath(path, stroke=1, fill=0, fillMode=rule)
        _marks(canvas, pattern, box)
        canvas.restoreState()


def rectangle(canvas: Any, pattern: str, box: Box) -> None:
    """Draw a rectangle filled with a pattern."""
    left, bottom, right, top = box
    path = canvas.beginPath()
    path.rect(left, bottom, right - left, top - bottom)
    fill(canvas, path, pattern, box)


def swatch(canvas: Any, pattern: str, letters: str, box: Box) -> None:
    """Draw the sample of a legend: the pattern with its letters."""
    rectangle(canvas, pattern, box)
    left, bottom, right, top = box
    label(canvas, letters, (left + right) / 2, (bottom + top) / 2, 7.2)


def label(canvas: Any, text: str, x: float, y: float, size: float) -> None:
    """Write a text centred on (x, y) over a white plate, readable on any pattern."""
    if not text:
        return
    wide = fonts.width(text, fonts.SEMIBOLD, size)
    canvas.setFillColorRGB(*WHITE)
    canvas.roundRect(x - wide / 2 - 1.2, y - size * 0.46, wide + 2.4, size * 0.94, 1, 0, 1)
    canvas.setFillColorRGB(*BLACK)
    canvas.setFont(fonts.SEMIBOLD, size)
    canvas.drawString(x - wide / 2, y - size * 0.3, text)


def _marks(canvas: Any, pattern: str, box: Box) -> None:
    left, bottom, right, top = box
    step = STEPS[pattern]
    if pattern == "inconnu":
        _dashes(canvas, box, step)
    elif pattern == "points":
        _dots(canvas, box, step)
    else:
        close = pattern == "hachures_serrees"
        canvas.setStrokeColorRGB(*(LIGHT if close else DARK))
        canvas.setLineWidth(0.7)
        tall = top - bottom
        path = canvas.beginPath()
        for rank in range(int((right - left + tall) / step) + 2):
            x = left - tall + rank * step
            path.moveTo(x, bottom)
            path.lineTo(x + tall, top)
        canvas.drawPath(path, stroke=1, fill=0)


def _dots(canvas: Any, box: Box, step: float) -> None:
    left, bottom, right, top = box
    canvas.setStrokeColorRGB(*DARK)
    canvas.setLineWidth(1.1)
    canvas.setLineCap(1)
    canvas.setDash(0.01, step)
    path = canvas.beginPath()
    for row in range(int((top - bottom) / step) + 2):
        y = bottom + row * step
        path.moveTo(left + (step / 2 if row % 2 else 0), y)
        path.lineTo(right, y)
    canvas.drawPath(path, stroke=1, fill=0)


def _dashes(canvas: Any, box: Box, step: float) -> None:
    left, bottom, right, top = box
    canvas.setStrokeColorRGB(*GREY)
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 2)
    path = canvas.beginPath()
    for row in range(int((top - bottom) / step) + 2):
        path.moveTo(left, bottom + row * step)
        path.lineTo(right, bottom + row * step)
    canvas.drawPath(path, stroke=1, fill=0)
