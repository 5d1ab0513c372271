"""Permanences' page: the month and its sessions on the left, the chosen one on the right.

Places widgets only.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from advisor.domain.cases.appointment import Permanence
from advisor.domain.words.wording import DAYS
from advisor.ui import wording
from advisor.ui.permanences.import_panel import ImportPanel
from advisor.ui.permanences.month_grid import MonthGrid
from advisor.ui.permanences.session_form import SessionForm
from advisor.ui.permanences.session_panel import SessionPanel
from advisor.ui.pieces.basics import button, clear, column, frame, label, row, scrolling, with_icon
from advisor.ui.pieces.fields import Choice
from advisor.ui.pieces.pressable import Pressable
from advisor.ui.theme import Theme

LEFT_WIDTH = 330
NOTHING, SESSION, FORM, REPORT = range(4)
FILES = "Rendez-vous (*.csv *.ics *.txt)"


class PermanencesView(QWidget):
    """Emits ``chosen(permanence)``, ``filtered(département)`` and ``file_chosen(path)``."""

    chosen = Signal(str)
    filtered = Signal(object)
    file_chosen = Signal(str)
    creating = Signal()

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Permanences")
        self.theme = theme
        self.departement = Choice("Département", (), "tous les départements")
        self.departement.edited.connect(self.filtered)
        self.month = MonthGrid(theme, today)
        self.session = SessionPanel(theme, today)
        self.form = SessionForm(theme)
        self.report = ImportPanel(theme)
        self.right = QStackedWidget()
        self.rows: dict[str, Pressable] = {}
        self._build()

    def _build(self) -> None:
        theme = self.theme
        body = QWidget()
        whole = column(body, theme, spacing=10)
        whole.setContentsMargins(*(theme.px(size) for size in (24, 14, 24, 12)))
        whole.addLayout(self._heading())
        halves: QBoxLayout = row(None, theme, spacing=12)
        left = QWidget()
        side = column(left, theme, spacing=8)
        side.addWidget(self.departement)
        side.addWidget(self.month)
        inner = QWidget()
        self.list: QVBoxLayout = column(inner, theme, spacing=4)
        side.addWidget(scrolling(inner, "Permanences du mois"), 1)
        halves.addWidget(left)
        halves.addWidget(self.right, 1)
        whole.addLayout(halves, 1)
        for page in (self._nothing(), self.session, self.form, self.report):
            self.right.addWidget(page)
        if theme.scale > 1.4:  # noqa: PLR2004  one column when the text is that large
            halves.setDirection(QBoxLayout.Direction.TopToBottom)
            self.right.setMinimumHeight(theme.px(420))
            left.setMinimumHeight(theme.px(440))
        else:
            left.setFixedWidth(theme.px(LEFT_WIDTH))
        self.area = scrolling(body, "Permanences")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, theme).addWidget(self.area)

    def _heading(self) -> QBoxLayout:
        line: QBoxLayout = row(None, self.theme)
        line.addWidget(label("Permanences", "display"), 1)
        bring = button("Imp&orter des rendez-vous", self.ask_for_file)
        line.addWidget(with_icon(bring, "import", self.theme))
        create = button("Nouvelle per&manence", self.creating.emit, "primary")
        line.addWidget(with_icon(create, "plus", self.theme, "accent_text"))
        if self.theme.scale > 1.4:  # noqa: PLR2004  idem
            line.setDirection(QBoxLayout.Direction.TopToBottom)
        return line

    def _nothing(self) -> QWidget:
        made = frame("card", "Aucune permanence choisie")
        inside = column(made, self.theme, margin=24, spacing=10)
        inside.addWidget(label("Aucune permanence choisie", "title"))
        inside.addWidget(
            label(
                "La permanence choisie s’affiche ici\u202f: qui est présent, qui vient, à quelle "
                "heure. Créez-en une avec «\u202fNouvelle permanence\u202f», ou importez le "
                "fichier des réservations\u202f: les journées qui manquent s’ouvrent d’elles-mêmes."
            )
        )
        inside.addStretch(1)
        return made

    def ask_for_file(self) -> None:
        """Let a bookings file be chosen, beside the page."""
        dialog = QFileDialog(self, "Choisir le fichier des réservations", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.file_chosen)
        dialog.open()

    def offer_departements(self, codes: Sequence[str]) -> None:
        """Offer the départements that have sessions."""
        present = self.departement.value()
        self.departement.clear()
        self.departement.addItem("tous les départements", None)
        for code in codes:
            self.departement.addItem(f"Département {code}", code)
        self.departement.show_value(present)

    def show_sessions(self, sessions: Sequence[Permanence], chosen: str) -> None:
        """List the sessions of the month."""
        clear(self.list)
        self.rows = {}
        if not sessions:
            self.list.addWidget(
                label("Aucune permanence ce mois-ci. Les flèches changent de mois.", "muted")
            )
        for one in sessions:
            self.rows[one.id] = self._row(one)
            self.rows[one.id].setChecked(one.id == chosen)
            self.list.addWidget(self.rows[one.id])
        self.list.addStretch(1)

    def show_page(self, page: int) -> None:
        """Turn the right side to the session, the form, the report, or nothing."""
        self.right.setCurrentIndex(page)
        QTimer.singleShot(0, self, self._bring_right_to_view)

    def _bring_right_to_view(self) -> None:
        """On one column, what was just opened stands under the calendar: go there."""
        if self.right.currentIndex() in {FORM, REPORT} or self.session.is_filling:
            self.area.verticalScrollBar().setValue(self.right.y())

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through: what is being filled in or read, the list, the session."""
        first: QWidget = next(iter(self.rows.values()), self.departement)
        page = self.right.currentIndex()
        if page == FORM:
            return [self.form.begin_at(), first]
        if page == REPORT:
            return [self.report.close_button, first]
        if page == NOTHING:
            return [first]
        present = self.session.first()
        return [present, first] if self.session.is_filling else [first, present]

    def _row(self, one: Permanence) -> Pressable:
        hours = wording.hour(one.starts)
        words = f"{DAYS[one.day.weekday()]} {one.day.day}"
        made = Pressable(f"{words}, {one.place}, {one.departement}", "tile")
        made.setCheckable(True)
        line = row(made, self.theme, margin=8, spacing=8)
        when = label(words, "strong", wraps=False)
        when.setFixedWidth(self.theme.px(92))
        line.addWidget(when)
        line.addWidget(label(f"{one.place} ({one.departement})"), 1)
        line.addWidget(label(hours, "muted", wraps=False))
        made.let_through()
        made.clicked.connect(lambda _checked: self.chosen.emit(one.id))
        return made
