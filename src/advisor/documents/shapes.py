"""Signs drawn by hand: status discs, tick boxes, zone badges; each is also told by a word.

Knows a canvas; nothing of what is said. Everything reads in grey.
"""

from typing import Any

from advisor.documents import fonts
from advisor.documents.inks import BLACK, GREY, HANDWRITING, PETROL, WHITE, Ink

BADGE_WIDTH = 46.0
BADGE_HEIGHT = 27.0
LOW_BADGE = 20.0


def full_disc(canvas: Any, x: float, y: float, radius: float, ink: Ink) -> None:
    """Draw ● centred on (x, y): eligible."""
    canvas.setFillColorRGB(*ink)
    canvas.circle(x, y, radius, stroke=0, fill=1)


def half_disc(canvas: Any, x: float, y: float, radius: float, ink: Ink) -> None:
    """Draw ◐ centred on (x, y): to verify."""
    canvas.setFillColorRGB(*ink)
    canvas.setStrokeColorRGB(*ink)
    canvas.setLineWidth(1.1)
    path = canvas.beginPath()
    path.arc(x - radius, y - radius, x + radius, y + radius, 90, 180)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.circle(x, y, radius - 0.4, stroke=1, fill=0)


def empty_disc(canvas: Any, x: float, y: float, radius: float, ink: Ink) -> None:
    """Draw ○ centred on (x, y): not available."""
    canvas.setStrokeColorRGB(*ink)
    canvas.setLineWidth(1.1)
    canvas.circle(x, y, radius - 0.4, stroke=1, fill=0)


def tick_box(canvas: Any, x: float, y: float, side: float) -> None:
    """Draw an empty box to tick by hand, its lower left corner at (x, y)."""
    canvas.setStrokeColorRGB(*GREY)
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, side, side, stroke=1, fill=0)


def writing_lines(canvas: Any, left: float, top: float, width: float, height: float) -> None:
    """Rule an area for handwriting, a line each 7 mm."""
    step = 19.85
    canvas.setStrokeColorRGB(*HANDWRITING)
    canvas.setLineWidth(0.5)
    for index in range(1, int(height // step) + 1):
        y = top - index * step
        canvas.line(left, y, left + width, y)


def zone_badge(
    canvas: Any, left: float, top: float, letters: str, pattern: str, tall: float = BADGE_HEIGHT
) -> None:
    """Draw a class as letters on its pattern, from the most in need (plain) to none (empty)."""
    bottom = top - tall
    canvas.saveState()
    frame = canvas.beginPath()
    frame.roundRect(left, bottom, BADGE_WIDTH, tall, 3)
    canvas.clipPath(frame, stroke=0, fill=0)
    solid = pattern == "plein"
    canvas.setFillColorRGB(*(PETROL if solid else WHITE))
    canvas.rect(left, bottom, BADGE_WIDTH, tall, stroke=0, fill=1)
    _fill(canvas, left, bottom, pattern, tall)
    canvas.restoreState()
    canvas.setStrokeColorRGB(*PETROL)
    canvas.setLineWidth(0.9)
    if pattern == "inconnu":
        canvas.setDash(2.4, 2.0)
    canvas.roundRect(left, bottom, BADGE_WIDTH, tall, 3, stroke=1, fill=0)
    canvas.setDash()
    _letters(canvas, left, bottom + tall / 2, letters, solid=solid)


def _fill(canvas: Any, left: float, bottom: float, pattern: str, tall: float) -> None:
    canvas.setStrokeColorRGB(*PETROL)
    canvas.setFillColorRGB(*PETROL)
    if pattern in {"hachures_serrees", "hachures_larges"}:
        step = 3.2 if pattern == "hachures_serrees" else 6.4
        canvas.setLineWidth(0.9 if pattern == "hachures_serrees" else 0.7)
        start = left - tall
        while start < left + BADGE_WIDTH:
            canvas.line(start, bottom, start + tall, bottom + tall)
            start += step
    elif pattern == "points":
        for row in range(6):
            for column in range(10):
                x = left + 2 + column * 5 + (2.5 if row % 2 else 0)
                canvas.circle(x, bottom + 2.2 + row * 4.6, 0.6, stroke=0, fill=1)


def _letters(canvas: Any, left: float, middle: float, letters: str, *, solid: bool) -> None:
    size = 11.5
    extent = fonts.width(letters, fonts.BOLD, size)
    x = left + (BADGE_WIDTH - extent) / 2
    y = middle - size * 0.33
    if not solid:
        canvas.setFillColorRGB(*WHITE)
        canvas.roundRect(x - 3, y - 3, extent + 6, size + 2, 2, stroke=0, fill=1)
    canvas.setFillColorRGB(*(WHITE if solid else BLACK))
    canvas.setFont(fonts.BOLD, size)
    canvas.drawString(x, y, letters)
