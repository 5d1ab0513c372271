"""Opening a permanence: where, when, who is present, and whether it comes back every month.

In place, never a dialog. Must not know any service.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from advisor.ui.permanences.partner_chips import PartnerChips
from advisor.ui.pieces.basics import button, column, label, row, with_icon
from advisor.ui.pieces.fields import Line, day_line, hour_line, number_line
from advisor.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class NewSession:
    """What was filled in; ``months`` is how many more months it comes back."""

    departement: str
    day: date
    place: str
    starts: time | None
    ends: time | None
    months: int
    partners: Sequence[str]


class SessionForm(QFrame):
    """Emits ``filled(NewSession)`` and ``given_up``."""

    filled = Signal(object)
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Nouvelle permanence")
        self.departement = Line("Département")
        self.departement.setPlaceholderText("77")
        self.day = day_line("Jour de la permanence")
        self.place = Line("Lieu de la permanence")
        self.place.setPlaceholderText("Melun, maison départementale…")
        self.starts = hour_line("Heure de début")
        self.ends = hour_line("Heure de fin")
        self.months = number_line("Nombre de mois suivants", whole=True)
        self.months.setPlaceholderText("0")
        self.partners = PartnerChips(theme)
        self.said = label("", "brick")
        self.said.hide()
        whole = column(self, theme, margin=16, spacing=10)
        whole.addWidget(label("Nouvelle permanence", "title"))
        whole.addLayout(self._grid(theme))
        whole.addWidget(label("Institutions présentes", "small"))
        whole.addWidget(self.partners)
        whole.addWidget(self.said)
        line = row(None, theme)
        create = button("&Créer la permanence", self._fill, "primary")
        line.addWidget(with_icon(create, "check", theme, "accent_text"))
        line.addWidget(button("&Renoncer", self.given_up.emit))
        line.addStretch(1)
        whole.addLayout(line)
        whole.addStretch(1)

    def _grid(self, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(2))
        spots = (
            ("Département", self.departement, 0, 0),
            ("Jour", self.day, 0, 1),
            ("Lieu", self.place, 0, 2),
            ("De", self.starts, 2, 0),
            ("À", self.ends, 2, 1),
            ("Revient chaque mois pendant (mois suivants)", self.months, 2, 2),
        )
        for words, piece, down, across in spots:
            title = label(words, "small")
            title.setBuddy(piece)
            grid.addWidget(title, down, across)
            grid.addWidget(piece, down + 1, across)
            piece.returnPressed.connect(self._fill)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 4)
        return grid

    def begin(self, departement: str, day: date) -> None:
        """Start with what is already known."""
        self.departement.show_value(departement or None)
        self.day.show_value(day)
        self.say("")
        self.begin_at().setFocus()

    def begin_at(self) -> Line:
        """Return the first field that is still empty."""
        return self.place if self.departement.value() else self.departement

    def say(self, words: str) -> None:
        """Say what is missing."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _fill(self) -> None:
        day = self.day.value()
        departement = self.departement.value() or ""
        place = self.place.value() or ""
        if not departement or day is None or not place:
            self.say("Il faut au moins le département, le jour et le lieu.")
            return
        self.say("")
        new = NewSession(
            departement,
            day,
            place,
            self.starts.value(),
            self.ends.value(),
            int(self.months.value() or 0),
            self.partners.chosen(),
        )
        self.filled.emit(new)
