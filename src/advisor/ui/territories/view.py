"""The page of territories: the list, a new diagnostic, or the one that is open.

Places widgets only.
"""

from datetime import date

from PySide6.QtWidgets import QStackedWidget, QWidget

from advisor.ui.map.ground import Later
from advisor.ui.pieces.basics import column
from advisor.ui.territories.chooser import Chooser
from advisor.ui.territories.diagnosis_view import DiagnosisView
from advisor.ui.territories.library import Library
from advisor.ui.theme import Theme


class TerritoriesView(QWidget):
    """Holds the three pages."""

    def __init__(self, theme: Theme, later: Later, today: date) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Territoires")
        self.library = Library(theme)
        self.chooser = Chooser(theme, later, today)
        self.diagnosis = DiagnosisView(theme, later, today)
        self.stack = QStackedWidget()
        for page in (self.library, self.chooser, self.diagnosis):
            self.stack.addWidget(page)
        column(self, theme).addWidget(self.stack)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.stack.setCurrentWidget(page)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        page = self.stack.currentWidget()
        if isinstance(page, Library | Chooser | DiagnosisView):
            return page.areas()
        return []
