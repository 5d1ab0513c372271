"""Colours and sizes of paper: one accent, amber to verify, brick refused, all legible in grey.

Knows numbers only.
"""

from dataclasses import dataclass

Ink = tuple[float, float, float]


def _ink(code: str) -> Ink:
    return (int(code[0:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:6], 16) / 255)


BLACK = _ink("1C1B19")
GREY = _ink("55524D")
RULE = _ink("CFCAC1")
HANDWRITING = _ink("DAD6CE")
PANEL = _ink("F4F1EA")
WHITE = _ink("FFFFFF")
PETROL = _ink("0F4C5C")
AMBER = _ink("8A5200")
BRICK = _ink("8F2A1C")

MM = 72 / 25.4
PAGE_WIDTH = 595.2756
PAGE_HEIGHT = 841.8898
MARGIN = 15 * MM
FOOTER = 20.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in points, from one scale between 1 and 0.9 so that text never gets too small."""

    scale: float = 1.0

    @property
    def body(self) -> float:
        """Text read by everybody."""
        return 9.4 * self.scale

    @property
    def small(self) -> float:
        """References and notes."""
        return 8.0 * self.scale

    @property
    def lead(self) -> float:
        """Titles of aids and names of places."""
        return 10.4 * self.scale

    @property
    def heading(self) -> float:
        """Titles of sections."""
        return 12.6 * self.scale

    @property
    def gap(self) -> float:
        """Space between blocks."""
        return 4.6 * self.scale
