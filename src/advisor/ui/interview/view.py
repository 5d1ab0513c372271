"""The interview's page: where each part stands, in three columns, two, or one.

Places widgets only; what they say is decided by the presenter.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QStackedLayout, QWidget

from advisor.domain.cases.appointment import Interview
from advisor.domain.cases.disagreement import Disagreement, conflict_words
from advisor.ui import wording
from advisor.ui.interview.aids_panel import AidsPanel
from advisor.ui.interview.follow_bar import FollowBar
from advisor.ui.interview.notes_panel import NotesPanel
from advisor.ui.interview.places_panel import PlacesPanel
from advisor.ui.interview.profile_form import ProfileForm
from advisor.ui.interview.waiting_room import WaitingRoom
from advisor.ui.pieces.basics import button, column, frame, label, row, scrolling, with_icon
from advisor.ui.pieces.commune_box import Ask
from advisor.ui.pieces.fields import Choice
from advisor.ui.theme import Theme

WIDE, MEDIUM = 980, 620
FORM_WIDTH, AIDS_WIDTH = 300, 370


class InterviewView(QWidget):
    """The whole screen; ``print_asked`` and ``status_set`` come from its heading.

    ``confirm_asked`` asks to compare what people left in conflict.
    """

    print_asked = Signal()
    status_set = Signal(object)
    confirm_asked = Signal()

    def __init__(self, theme: Theme, ask: Ask, aids: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Entretien")
        self.theme = theme
        self.form = ProfileForm(theme, ask, aids)
        self.places = PlacesPanel(theme, ask)
        self.aids = AidsPanel(theme)
        self.notes = NotesPanel(theme)
        self.follow = FollowBar(theme, ask)
        self.waiting = WaitingRoom(theme)
        self.torn = button("", self.confirm_asked.emit, "ask")
        self.torn.hide()
        self.name = label("", "title")
        self.facts = label("", "muted")
        self.status = Choice("Rendez-vous", tuple(wording.APPOINTMENT_STATUS.items()), None)
        self.status.setFixedWidth(theme.px(150))
        self.status.edited.connect(self.status_set)
        self.print = with_icon(
            button("Imprimer la fiche  Ctrl+P", self.print_asked.emit, "primary"),
            "print",
            theme,
            "accent_text",
        )
        self._columns = 0
        self._build()

    def _build(self) -> None:
        body = QWidget()
        whole = column(body, self.theme, spacing=10)
        edge = self.theme.px(16)
        whole.setContentsMargins(edge, self.theme.px(10), edge, self.theme.px(8))
        whole.addLayout(self._heading())
        self.grid = QGridLayout()
        self.grid.setSpacing(self.theme.px(10))
        whole.addLayout(self.grid, 1)
        foot = frame("card", "Notes et suites")
        inside = column(foot, self.theme, spacing=8)
        inside.setContentsMargins(*(self.theme.px(size) for size in (12, 8, 12, 8)))
        inside.addWidget(self.notes)
        inside.addWidget(self.follow)
        whole.addWidget(foot)
        self.area = scrolling(body, "Entretien en cours")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pages = QStackedLayout(self)
        self.pages.addWidget(self.waiting)
        self.pages.addWidget(self.area)
        self._arrange(3)

    def _heading(self) -> QGridLayout:
        line = QGridLayout()
        line.setHorizontalSpacing(self.theme.px(12))
        line.setVerticalSpacing(0)
        words = column(None, self.theme, spacing=0)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        line.addLayout(words, 0, 0)
        line.setColumnStretch(0, 1)
        self.side: QBoxLayout = row(None, self.theme, spacing=12)
        self.side.addWidget(self.torn)
        self.side.addWidget(self.status)
        self.side.addWidget(self.print)
        line.addLayout(self.side, 0, 1)
        return line

    def show_nobody(self) -> None:
        """Show who may be received."""
        self.pages.setCurrentIndex(0)

    def show_heading(self, whole: Interview) -> None:
        """Say who is received, for what, when and where."""
        self.pages.setCurrentIndex(1)
        profession = whole.profile.get("profession") or whole.professional.profession
        status = whole.profile.get("status")
        self.name.setText(whole.professional.display_name)
        parts = [
            wording.choice_words("profession", profession),
            wording.choice_words("status", status).lower(),
            wording.hour(whole.slot.at),
            f"{whole.permanence.place} ({whole.permanence.departement})",
            wording.day(whole.permanence.day),
            whole.professional.telephone,
        ]
        self.facts.setText(" · ".join(part for part in parts if part))
        self.status.show_value(whole.status.value)

    def show_contested(self, found: Sequence[Disagreement]) -> None:
        """Mark what people left in conflict, where it stands and in the heading."""
        values = {
            f"booking.{one.field}" if one.entity == "professional" else one.field: len(one.voices)
            for one in found
            if one.entity in {"project", "professional"}
        }
        notes = {one.entity_id: len(one.voices) for one in found if one.entity == "note"}
        self.form.show_contested(values)
        self.notes.show_contested(notes)
        words = f"{len(found)} à confirmer"
        self.torn.setText(words)
        self.torn.setAccessibleName(f"{words}, comparer les versions")
        self.torn.setToolTip(", ".join(conflict_words(one) for one in found))
        self.torn.setVisible(bool(found))

    def go_to_field(self, name: str) -> None:
        """Put the keyboard on a field of the form, or on the places when it is the zone."""
        if not self.form.ask_for(name):
            self.places.first().setFocus()
        self._reveal()

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through: form, places, aids, notes, follow-up."""
        if self.pages.currentIndex() == 0:
            return self.waiting.areas()
        return [
            self.form.first(),
            self.places.first(),
            self.aids.first(),
            self.notes.editor,
            self.follow.first(),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Choose how many columns fit at this width and text size."""
        super().resizeEvent(event)
        room = self.width() / self.theme.scale
        self._arrange(3 if room >= WIDE else 2 if room >= MEDIUM else 1)

    def _reveal(self) -> None:
        focus = self.focusWidget()
        if focus is not None:
            self.area.ensureWidgetVisible(focus)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        spots = {
            3: ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)),
            2: ((1, 0, 1, 1), (0, 0, 1, 2), (1, 1, 1, 1)),
            1: ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1)),
        }[columns]
        for panel, spot in zip((self.form, self.places, self.aids), spots, strict=True):
            self.grid.addWidget(panel, *spot)
        is_wide = columns == 3  # noqa: PLR2004  the drawing's three columns
        stretches = {3: (0, 1, 0), 2: (1, 1, 0), 1: (1, 0, 0)}[columns]
        self.side.setDirection(
            QBoxLayout.Direction.LeftToRight if columns > 1 else QBoxLayout.Direction.TopToBottom
        )
        for at, stretch in enumerate(stretches):
            self.grid.setColumnStretch(at, stretch)
        self._size(self.form, FORM_WIDTH, fixed=is_wide)
        self._size(self.aids, AIDS_WIDTH, fixed=is_wide)
        for panel, least in ((self.form, 420), (self.places, 250), (self.aids, 420)):
            panel.setMinimumHeight(0 if is_wide else self.theme.px(least))
        self.notes.setFixedHeight(self.theme.px(68 if is_wide else 180))

    def _size(self, panel: QWidget, width: int, *, fixed: bool) -> None:
        panel.setMinimumWidth(self.theme.px(width) if fixed else 0)
        panel.setMaximumWidth(self.theme.px(width) if fixed else 16_777_215)
