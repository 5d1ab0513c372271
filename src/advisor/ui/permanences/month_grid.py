"""A month as a grid of days; those with a permanence are marked and counted.

Must not know any service.
"""

import calendar
from collections.abc import Collection, Mapping
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy

from advisor.domain.words.wording import counted, long_date
from advisor.ui import wording
from advisor.ui.icons import icon
from advisor.ui.pieces.basics import button, column, label, relook, row
from advisor.ui.theme import Theme

WEEK = ("lu", "ma", "me", "je", "ve", "sa", "di")
CELL = 34


class MonthGrid(QFrame):
    """Emits ``turned(first day of the month)`` and ``chosen(day)``."""

    turned = Signal(object)
    chosen = Signal(object)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Calendrier des permanences")
        self.theme = theme
        self.today = today
        self.month = today.replace(day=1)
        self.title = label("", "strong", wraps=False)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole = column(self, theme, margin=8, spacing=4)
        top = row(None, theme, spacing=4)
        top.addWidget(self._arrow("left", "Mois précédent", -1))
        top.addWidget(self.title, 1)
        top.addWidget(self._arrow("right", "Mois suivant", 1))
        whole.addLayout(top)
        self.cells = QGridLayout()
        self.cells.setSpacing(theme.px(2))
        for at, word in enumerate(WEEK):
            heading = label(word, "muted", wraps=False)
            heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.cells.addWidget(heading, 0, at)
        whole.addLayout(self.cells)
        self.days: list[QPushButton] = [self._day(at) for at in range(42)]

    def show_month(
        self, first: date, counts: Mapping[date, int], chosen: Collection[date] = ()
    ) -> None:
        """Show a month; ``counts`` says how many sessions each day holds."""
        self.month = first
        self.title.setText(wording.capital(wording.month(first)))
        weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
        shown = [day for week in weeks for day in week]
        for at, made in enumerate(self.days):
            made.setVisible(at < len(shown))
            if at < len(shown):
                self._dress(made, shown[at], counts.get(shown[at], 0), shown[at] in chosen)

    def _dress(self, made: QPushButton, day: date, count: int, is_chosen: bool) -> None:  # noqa: FBT001  asked by place
        made.setText(str(day.day))
        made.setProperty("day", day.isoformat())
        said = counted(count, "permanence") if count else "aucune permanence"
        today = ", aujourd’hui" if day == self.today else ""
        made.setAccessibleName(f"{long_date(day)}, {said}{today}")
        made.setToolTip(f"{said}{today}")
        look = "busy" if count else "free" if day.month == self.month.month else "other"
        relook(made, look=look, chosen="true" if is_chosen else "false", today=day == self.today)

    def _arrow(self, picture: str, name: str, by: int) -> QPushButton:
        made = button("", lambda: self._turn(by), "icon", name=name)
        side = self.theme.px(18)
        made.setIcon(icon(picture, self.theme.colour("text"), side))
        made.setIconSize(QSize(side, side))
        made.setToolTip(name)
        return made

    def _day(self, at: int) -> QPushButton:
        made = button("", None, "day", name="Jour")
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFixedHeight(self.theme.px(CELL))
        made.clicked.connect(lambda _checked: self._choose(made))
        self.cells.addWidget(made, 1 + at // 7, at % 7)
        return made

    def _choose(self, made: QPushButton) -> None:
        self.chosen.emit(date.fromisoformat(made.property("day")))

    def _turn(self, by: int) -> None:
        months = self.month.year * 12 + self.month.month - 1 + by
        self.turned.emit(date(months // 12, months % 12 + 1, 1))
