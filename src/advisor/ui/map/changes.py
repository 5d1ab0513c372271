"""What changed between two dates, in figures: counted where all is held, else as printed.

Must not know any service.
"""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from advisor.domain.maps.comparison import (
    NO_PRINTED,
    ClassFigures,
    Comparison,
    DateFigures,
    Move,
)
from advisor.domain.sourced import place_told
from advisor.domain.words.wording import NARROW, counted, number, short_date
from advisor.domain.zones.classes import label_of
from advisor.domain.zones.zoning import PrintedCount
from advisor.ui.map.patterns import Swatch
from advisor.ui.pieces.basics import clear, column, label
from advisor.ui.theme import Theme

MOST_MOVES = 12


class ChangesPanel(QWidget):
    """Says a comparison, from the moves of the places to the figures of each date."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Ce qui a changé entre les deux dates")
        self._inside: QVBoxLayout = column(self, theme, margin=10, spacing=4)

    def show_comparison(self, comparison: Comparison) -> None:
        """Say what changed."""
        clear(self._inside)
        self._say("CE QUI A CHANGÉ", "section")
        places = counted(comparison.places, "lieu", "lieux")
        self._say(
            f"{counted(comparison.known, 'lieu', 'lieux')} sur {places} de la carte "
            "ont une classe connue aux deux dates.",
            "muted",
        )
        for move in comparison.moves[:MOST_MOVES]:
            self._say(move_words(move), "strong")
        for at in (comparison.first, comparison.second):
            self._date(at)
        self._inside.addStretch(1)

    def _date(self, at: DateFigures) -> None:
        self._say(f"{short_date(at.day)} · {at.title}", "strong")
        self._say(f"{at.act} · {at.source}" if at.source else at.act, "muted")
        self._say(at.why, "caution" if not at.counted else "muted")
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for line, figures in enumerate(at.classes):
            grid.addWidget(Swatch(self.theme, figures.entry.pattern), line, 0)
            grid.addWidget(label(figures_words(figures), "small", selectable=True), line, 1)
        self._inside.addWidget(box)

    def _say(self, words: str, role: str) -> None:
        if words:
            self._inside.addWidget(label(words, role, selectable=True))


def figures_words(figures: ClassFigures) -> str:
    """Return the figures of a class in one sentence."""
    parts = []
    if figures.communes is not None:
        people = "" if figures.population is None else f", {number(figures.population)} hab."
        share = (
            f" ({number(round(figures.share, 1))}{NARROW}%)" if figures.share is not None else ""
        )
        parts.append(f"{counted(figures.communes, 'commune')}{people}{share}")
    if figures.printed is not None:
        parts.append(f"imprimé{NARROW}: {printed_words(figures.printed)}")
    if not parts:
        parts.append(NO_PRINTED)
    return f"{figures.entry.letters}{NARROW}: {f'{NARROW}; '.join(parts)}"


def printed_words(printed: PrintedCount) -> str:
    """Return what an act prints, with its line."""
    parts = []
    if printed.territories is not None:
        parts.append(counted(printed.territories, "territoire"))
    if printed.communes is not None:
        parts.append(counted(printed.communes, "commune"))
    if printed.quarters is not None:
        parts.append(counted(printed.quarters, "grand quartier", "grands quartiers"))
    if printed.population is not None:
        parts.append(f"{number(printed.population)} hab.")
    if printed.share is not None:
        parts.append(f"{number(printed.share)}{NARROW}% de la population")
    if printed.cap is not None:
        parts.append(f"plafond {number(printed.cap)}{NARROW}%")
    return f"{', '.join(parts)} ({place_told(printed.locator)})"


def move_words(move: Move) -> str:
    """Return « 12 lieux : zone fragile → ZIP »."""
    many = counted(move.places, "lieu", "lieux")
    return f"{many}{NARROW}: {label_of(move.before)} → {label_of(move.after)}"
