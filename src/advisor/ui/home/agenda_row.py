"""One appointment of the day: hour, person, what they look for, and where it stands.

Must not know any service.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from advisor.domain.cases.appointment import AppointmentStatus, Interview
from advisor.ui import wording
from advisor.ui.pieces.basics import button, column, label, row, shape
from advisor.ui.pieces.pressable import Pressable
from advisor.ui.theme import Theme

SHAPES = {
    AppointmentStatus.BOOKED: ("clock", "muted", "muted"),
    AppointmentStatus.WALK_IN: ("person", "accent", "muted"),
    AppointmentStatus.RECEIVED: ("check", "green", "settled"),
    AppointmentStatus.ABSENT: ("close", "brick", "brick"),
    AppointmentStatus.CANCELLED: ("close", "muted", "muted"),
}
NEXT = ("arrow", "accent", "strong")


def next_to_receive(agenda: Sequence[Interview]) -> str:
    """Return the first appointment that still waits, empty when there is none."""
    waiting = (met.id for met in agenda if met.status == AppointmentStatus.BOOKED)
    return next(waiting, "")


class AgendaRow(QFrame):
    """Emits ``received(interview)`` when it is their turn, ``opened`` or ``absent`` otherwise."""

    received = Signal(str)
    opened = Signal(str)
    absent = Signal(str)

    def __init__(self, theme: Theme, met: Interview, *, is_next: bool = False) -> None:
        super().__init__()
        self.met = met
        self.theme = theme
        person = met.professional
        profession = wording.choice_words("profession", person.profession)
        wish = met.slot.wished_commune
        about = " · ".join(part for part in (profession, wish, met.slot.reason) if part)
        status = wording.worded(wording.APPOINTMENT_STATUS, met.status)
        hour = wording.hour(met.slot.at) or "—"
        self.head = Pressable(
            f"Recevoir {hour}, {person.display_name}, {about}, {status}",
            "next" if is_next else "tile",
        )
        self._fill(hour, about, status, is_next=is_next)
        self.head.let_through()
        told = self.received if is_next else self.opened
        self.head.clicked.connect(lambda _checked: told.emit(met.id))
        whole = row(self, theme, spacing=6)
        whole.addWidget(self.head, 1)
        if met.status == AppointmentStatus.BOOKED:
            name = f"Noter {person.display_name} absent"
            whole.addWidget(button("Absent", lambda: self.absent.emit(met.id), name=name))

    def _fill(self, hour: str, about: str, status: str, *, is_next: bool) -> None:
        line = row(self.head, self.theme, margin=8, spacing=12)
        when = label(hour, "title", wraps=False)
        when.setFixedWidth(self.theme.px(62))
        line.addWidget(when)
        words = column(None, self.theme, spacing=0)
        words.addWidget(label(self.met.professional.display_name, "strong"))
        if about:
            words.addWidget(label(about, "muted"))
        line.addLayout(words, 1)
        picture, colour, role = NEXT if is_next else SHAPES[self.met.status]
        line.addWidget(shape(picture, self.theme, colour, 16))
        line.addWidget(label("Recevoir" if is_next else status, role, wraps=False))
