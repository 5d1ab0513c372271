"""The card of one candidate place: zone for their profession, population, supply, distance.

Knows what a card says (``PlaceSummary``), made by the presenter; must not know any service.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from advisor.ui.pieces.basics import button, clear, column, label, row, rule, with_icon
from advisor.ui.pieces.pressable import Pressable
from advisor.ui.pieces.zone_badge import ZoneBadge
from advisor.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class PlaceSummary:
    """What a card says, in French sentences ready to read; ``zone_class`` empty when unknown."""

    id: str
    code: str
    name: str
    zone_class: str = ""
    zone_words: str = ""
    act: str = ""
    population: str = ""
    supply: str = ""
    structures: str = ""
    distance: str = ""
    aids: str = ""
    warning: str = ""
    remark: str = ""


class PlaceCard(Pressable):
    """A card that is chosen by a click or Enter; Delete takes the place away."""

    removed = Signal(str)

    def __init__(self, theme: Theme, summary: PlaceSummary) -> None:
        super().__init__(summary.name, "tile")
        self.theme = theme
        self.setCheckable(True)
        self.summary = summary
        self._inside: QVBoxLayout = column(self, theme, margin=8, spacing=3)
        self.show_summary(summary)

    def show_summary(self, summary: PlaceSummary) -> None:
        """Say everything the card knows, from top to bottom."""
        self.summary = summary
        clear(self._inside)
        self._add_title(summary)
        self._inside.addWidget(
            ZoneBadge(self.theme, summary.zone_class, summary.zone_words or "inconnue")
        )
        for words, role in (
            (summary.zone_words, "small"),
            (summary.act, "muted"),
            (summary.warning, "caution"),
        ):
            self._say(words, role)
        self._inside.addWidget(rule())
        for words in (summary.population, summary.structures, summary.distance):
            self._say(words, "small")
        self._say(summary.supply, "muted")
        self._inside.addStretch(1)
        self._inside.addWidget(rule())
        self._say(summary.aids, "strong")
        self.let_through()
        spoken = (summary.name, summary.zone_words, summary.population, summary.aids)
        self.setAccessibleName(", ".join(part for part in spoken if part))
        self.setAccessibleDescription("Entrée\u202f: voir ses aides. Suppr\u202f: retirer ce lieu.")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Take the place away with Delete."""
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.summary.id)
            return
        super().keyPressEvent(event)

    def _add_title(self, summary: PlaceSummary) -> None:
        line = row(None, self.theme, spacing=2)
        line.addWidget(label(summary.name, "strong"), 1)
        away = button(
            "",
            lambda: self.removed.emit(self.summary.id),
            "icon",
            name=f"Retirer {summary.name} de la comparaison",
        )
        away.setToolTip("Retirer ce lieu (Suppr)")
        away.setFixedWidth(self.theme.px(24))
        line.addWidget(with_icon(away, "close", self.theme, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        self._inside.addLayout(line)

    def _say(self, words: str, role: str) -> None:
        if words:
            self._inside.addWidget(label(words, role))
