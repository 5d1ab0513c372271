"""What a sheet gives up to stay on two pages, in order: size, then words, then lists.

Knows numbers only. What can be counted on is told in full as long as possible; before an aid
that can be counted on is shortened, those to verify and those refused are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.documents.sheet_front import Told

ALL = 99
SHORTEST = 0.9
WRITING_ROOM = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is said, at which size: limits on lists, and room kept for handwriting.

    ``cards`` aids to count on are told by ``card``, ``briefs`` more in one line; ``opens`` aids to
    verify by ``told``; ``refused`` with their reason; the others are named, up to ``named``;
    ``contacts`` the visitor's own orientations first.
    """

    scale: float
    card: Told = Told.WHOLE
    told: Told = Told.WHOLE
    because: bool = True
    cards: int = ALL
    briefs: int = ALL
    opens: int = ALL
    refused: int = 8
    writing: float = WRITING_ROOM
    named: int = 14
    contacts: int = 6

    @property
    def tight(self) -> bool:
        """Tell whether everything that can be said once or in fewer words is."""
        return self.told is Told.LINE


def _plans() -> Iterator[Plan]:
    yield Plan(1.0)
    yield Plan(0.96, refused=6)
    yield Plan(0.96, because=False, told=Told.BRIEF, refused=5)
    yield Plan(0.94, because=False, told=Told.LINE, refused=4, writing=24)
    yield Plan(SHORTEST, because=False, told=Told.LINE, refused=4, writing=0)
    for opens, refused in ((20, 3), (16, 3), (13, 2), (10, 2), (8, 1), (6, 1), (4, 1), (3, 1)):
        yield Plan(SHORTEST, Told.BRIEF, Told.LINE, False, ALL, ALL, opens, refused, 0)
    for opens, named in ((6, 10), (5, 8), (4, 7), (3, 6)):
        yield Plan(SHORTEST, Told.BRIEF, Told.LINE, False, ALL, ALL, opens, 1, 0, named, 4)
    for cards, briefs in ((8, 16), (6, 14), (4, 12), (3, 10), (2, 8)):
        for opens in (6, 3):
            yield Plan(SHORTEST, Told.BRIEF, Told.LINE, False, cards, briefs, opens, 1, 0, 10, 4)
    for cards, briefs, opens, named in ((1, 8, 4, 8), (1, 6, 3, 4), (1, 4, 2, 2)):
        yield Plan(SHORTEST, Told.BRIEF, Told.LINE, False, cards, briefs, opens, 1, 0, named, 4)


PLANS = tuple(_plans())
