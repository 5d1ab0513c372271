"""One appointment of the day: hour, person, what they look for, and where it stands.

Must not know any service.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from advisor.domain.appointment import AppointmentStatus, Interview
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


def next_to_receive(agenda: Sequence[Interview]) -> str:
    """Return the first appointment that still waits, empty when there is none."""
    waiting = (met.id for met in agenda if met.status == AppointmentStatus.BOOKED)
    return next(waiting, "")


class AgendaRow(QFrame):
    """Emits ``opened(interview)`` and ``absent(interview)``."""

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
        line = row(self.head, theme, margin=8, spacing=12)
        when = label(hour, "title", wraps=False)
        when.setFixedWidth(theme.px(62))
        line.addWidget(when)
        words = column(None, theme, spacing=0)
        words.addWidget(label(person.display_name, "strong"))
        if about:
            words.addWidget(label(about, "muted"))
        line.addLayout(words, 1)
        picture, colour, role = ("arrow", "accent", "strong") if is_next else SHAPES[met.status]
        line.addWidget(shape(picture, theme, colour, 16))
        line.addWidget(label("Recevoir" if is_next else status, role, wraps=False))
        self.head.let_through()
        self.head.clicked.connect(lambda _checked: self.opened.emit(met.id))
        whole = row(self, theme, spacing=6)
        whole.addWidget(self.head, 1)
        if met.status == AppointmentStatus.BOOKED:
            name = f"Noter {person.display_name} absent"
            whole.addWidget(button("Absent", lambda: self.absent.emit(met.id), name=name))
