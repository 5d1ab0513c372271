"""Noting somebody: name, profession, how to call back, and the slot when it is a booking.

In place, never a dialog. Must not know any service.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from advisor.domain.cases.profile import FIELDS
from advisor.ui.pieces.basics import button, column, label, row, with_icon
from advisor.ui.pieces.fields import Choice, Line, hour_line, number_line
from advisor.ui.theme import Theme

DEFAULT_MINUTES = 30


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What was filled in; ``at`` is None for somebody who comes without an appointment."""

    person: Mapping[str, str]
    is_booked: bool
    at: time | None
    minutes: int
    reason: str


class PersonForm(QFrame):
    """Emits ``filled(NewPerson)`` and ``given_up``."""

    filled = Signal(object)
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Nouvelle personne")
        self.theme = theme
        self.is_booked = True
        self.title = label("", "title")
        self.nom = Line("Nom")
        self.prenom = Line("Prénom")
        self.profession = Choice("Profession", FIELDS["profession"].choices)
        self.telephone = Line("Téléphone")
        self.email = Line("Adresse électronique")
        self.at = hour_line("Heure du rendez-vous")
        self.minutes = number_line("Durée en minutes", whole=True)
        self.reason = Line("Motif")
        self.said = label("", "brick")
        self.said.hide()
        whole = column(self, theme, margin=14, spacing=8)
        whole.addWidget(self.title)
        whole.addLayout(self._grid())
        whole.addWidget(self.said)
        line = row(None, theme)
        keep = button("&Valider", self._fill, "primary")
        line.addWidget(with_icon(keep, "check", theme, "accent_text"))
        line.addWidget(button("Renon&cer", self.given_up.emit))
        line.addStretch(1)
        whole.addLayout(line)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        grid.setVerticalSpacing(self.theme.px(2))
        self.slot_parts = []
        spots = (
            ("Nom", self.nom, 0, 0),
            ("Prénom", self.prenom, 0, 1),
            ("Profession", self.profession, 0, 2),
            ("Téléphone", self.telephone, 2, 0),
            ("Courriel", self.email, 2, 1),
            ("Motif", self.reason, 2, 2),
            ("Heure", self.at, 4, 0),
            ("Durée (minutes)", self.minutes, 4, 1),
        )
        for words, piece, down, across in spots:
            title = label(words, "small")
            title.setBuddy(piece)
            grid.addWidget(title, down, across)
            grid.addWidget(piece, down + 1, across)
            grid.setColumnStretch(across, 1)
            if isinstance(piece, Line):
                piece.returnPressed.connect(self._fill)
            if down == 4:  # noqa: PLR2004  the row of the slot
                self.slot_parts += [title, piece]
        return grid

    def begin(self, *, is_booked: bool) -> None:
        """Start empty, for a booking or for somebody who is there."""
        self.is_booked = is_booked
        self.title.setText("Nouveau rendez-vous" if is_booked else "Quelqu’un sans rendez-vous")
        for piece in (self.nom, self.prenom, self.telephone, self.email, self.at, self.reason):
            piece.clear()
        self.profession.show_value(None)
        self.minutes.show_value(DEFAULT_MINUTES)
        for part in self.slot_parts:
            part.setVisible(is_booked)
        self.said.hide()
        self.nom.setFocus()

    def _fill(self) -> None:
        if self.is_booked and self.at.value() is None:
            self.said.setText("Il faut l’heure du rendez-vous, par exemple 9h30.")
            self.said.show()
            self.at.setFocus()
            return
        person = {
            "nom": self.nom.value() or "",
            "prenom": self.prenom.value() or "",
            "profession": self.profession.value() or "",
            "telephone": self.telephone.value() or "",
            "email": self.email.value() or "",
        }
        minutes = int(self.minutes.value() or DEFAULT_MINUTES)
        reason = self.reason.value() or ""
        self.filled.emit(NewPerson(person, self.is_booked, self.at.value(), minutes, reason))
