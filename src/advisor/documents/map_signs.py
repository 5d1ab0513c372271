"""Signs on top of a printed map: structures and places by shape and letters, and the scale bar.

Knows a canvas; nothing of what is said.
"""

from math import cos, pi, sin
from typing import Any

from advisor.documents import fonts
from advisor.documents.fillings import Box
from advisor.documents.inks import BLACK, BRICK, WHITE
from advisor.domain.words.french import number_text

REACH = 5.6
SHARE_OF_WIDTH = 0.22
STAR = 10


def sign(canvas: Any, shape: str, letters: str, x: float, y: float) -> None:
    """Draw a sign centred on (x, y): its shape and letters tell it without colour."""
    canvas.setFillColorRGB(*BRICK)
    canvas.setStrokeColorRGB(*WHITE)
    canvas.setLineWidth(0.6)
    if shape == "rond":
        canvas.circle(x, y, REACH, stroke=1, fill=1)
    else:
        path = canvas.beginPath()
        first, *others = _corners(shape)
        path.moveTo(x + first[0] * REACH, y + first[1] * REACH)
        for across, up in others:
            path.lineTo(x + across * REACH, y + up * REACH)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
    canvas.setFillColorRGB(*WHITE)
    size = 5.4 if len(letters) > 1 else 6.6
    canvas.setFont(fonts.BOLD, size)
    canvas.drawCentredString(x, y - size * 0.33, letters)


def _corners(shape: str) -> list[tuple[float, float]]:
    if shape == "losange":
        return [(0, 1.15), (1.15, 0), (0, -1.15), (-1.15, 0)]
    if shape == "triangle":
        return [(0, 1.2), (1.15, -0.8), (-1.15, -0.8)]
    if shape == "etoile":
        turns = [
            (pi / 2 + rank * 2 * pi / STAR, 1.3 if rank % 2 == 0 else 0.68) for rank in range(STAR)
        ]
        return [(cos(turn) * far, sin(turn) * far) for turn, far in turns]
    return [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]


def scale_bar(canvas: Any, box: Box, scale: float) -> None:
    """Draw a bar of a round length at the lower left; ``scale`` is points for one metre."""
    most = (box[2] - box[0]) * SHARE_OF_WIDTH / scale
    metres = next(
        one
        for power in range(6, -1, -1)
        for one in (5 * 10**power, 2 * 10**power, 10**power)
        if one <= most or one == 1
    )
    wide = metres * scale
    x, y = box[0] + 8, box[1] + 8
    told = f"{number_text(metres / 1000)}\u202fkm" if metres >= 1000 else f"{metres}\u202fm"  # noqa: PLR2004
    canvas.setFillColorRGB(*WHITE)
    canvas.rect(x - 4, y - 4, wide + 8, 17, stroke=0, fill=1)
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setLineWidth(0.9)
    path = canvas.beginPath()
    path.moveTo(x, y + 4)
    path.lineTo(x, y)
    path.lineTo(x + wide, y)
    path.lineTo(x + wide, y + 4)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setFillColorRGB(*BLACK)
    canvas.setFont(fonts.REGULAR, 7)
    canvas.drawCentredString(x + wide / 2, y + 3, told)
