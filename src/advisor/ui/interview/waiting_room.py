"""When nobody is being received: who may be, today, and how to begin.

Must not know any service.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from advisor.domain.cases.appointment import Interview
from advisor.ui import wording
from advisor.ui.pieces.basics import button, clear, column, label, row, scrolling, with_icon
from advisor.ui.pieces.pressable import Pressable
from advisor.ui.theme import Theme


class WaitingRoom(QFrame):
    """Emits ``received(interview id)`` and ``went(screen)``."""

    received = Signal(str)
    went = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Choisir qui recevoir")
        body = QWidget()
        whole = column(body, theme, margin=24, spacing=12)
        whole.addWidget(label("Entretien", "display"))
        self.words = label("")
        whole.addWidget(self.words)
        self.list: QVBoxLayout = column(None, theme, spacing=6)
        whole.addLayout(self.list)
        line = row(None, theme)
        self.start = with_icon(
            button("&Ouvrir les permanences", lambda: self.went.emit("permanences"), "primary"),
            "calendar",
            theme,
            "accent_text",
        )
        line.addWidget(self.start)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addStretch(1)
        column(self, theme).addWidget(scrolling(body, "Personnes à recevoir"))
        self.show_people([])

    def show_people(self, people: Sequence[Interview]) -> None:
        """List who may be received."""
        clear(self.list)
        self.words.setText(
            "Personne n’est en entretien. Choisissez qui vous recevez\u202f:"
            if people
            else "Personne n’est en entretien, et aucun rendez-vous n’est noté aujourd’hui. "
            "Ouvrez une permanence, puis recevez quelqu’un avec ou sans rendez-vous."
        )
        for one in people:
            self.list.addWidget(self._person(one))

    def areas(self) -> list[QWidget]:
        """Return where F6 arrives."""
        item = self.list.itemAt(0)
        first = item.widget() if item else None
        return [first or self.start]

    def _person(self, one: Interview) -> Pressable:
        parts = [
            wording.hour(one.slot.at) or "—",
            one.professional.display_name,
            wording.choice_words("profession", one.professional.profession),
            one.permanence.place,
            wording.worded(wording.APPOINTMENT_STATUS, one.status),
        ]
        made = Pressable(", ".join(part for part in parts if part), "tile")
        line = row(made, self.theme, margin=10, spacing=16)
        for at, part in enumerate(parts):
            line.addWidget(label(part, "strong" if at == 1 else "", wraps=False), int(at == 2))  # noqa: PLR2004  the profession takes the room
        made.let_through()
        made.clicked.connect(lambda _checked: self.received.emit(one.id))
        return made
