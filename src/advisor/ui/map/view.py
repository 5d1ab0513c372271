"""The page of the map: controls, the map and its legend, the list and the card beside it.

Places widgets only; what is chosen on one side is shown on the other.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from advisor.domain.maps.comparison import Comparison
from advisor.domain.maps.layers import MapMark
from advisor.services.map_card import PlaceCard
from advisor.ui.map.canvas import MapCanvas
from advisor.ui.map.card import MapCard
from advisor.ui.map.changes import ChangesPanel
from advisor.ui.map.controls import MapControls
from advisor.ui.map.ground import Later
from advisor.ui.map.legend import Legend
from advisor.ui.map.places_table import PlacesTable
from advisor.ui.map.ranking import RankingPanel
from advisor.ui.pieces.basics import button, column, frame, label, lay_out, row, scrolling
from advisor.ui.pieces.commune_box import Ask
from advisor.ui.pieces.flow import Flow
from advisor.ui.pieces.pressable import Lasting
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
ZOOM_STEP = 1.5
LEGEND_HEIGHT = 142  # title, two lines of classes, the act, what to know
MARKS_HEIGHT = 58  # two lines of marks more


class MapView(QWidget):
    """Emits ``chosen(code)`` whichever side a place is chosen on."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, ask: Ask, later: Later, today: date) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Carte")
        self.theme = theme
        self.controls = MapControls(theme, ask, today)
        self.canvas = MapCanvas(theme, later)
        self.legend = Legend(theme)
        self.table = PlacesTable(theme)
        self.count = label("", "muted")
        self.card = MapCard(theme)
        self.changes = ChangesPanel(theme)
        self.ranking = RankingPanel(theme, ask)
        self.panels = QStackedWidget()
        self.tabs: dict[QWidget, QPushButton] = {}
        self.tab_line = Lasting()
        self.areas_of: dict[QWidget, QScrollArea] = {}
        self.legend_area: QScrollArea | None = None
        self._build()
        self.canvas.chosen.connect(self.chosen)
        self.table.chosen.connect(self.chosen)
        self.ranking.chosen.connect(self.chosen)

    def _build(self) -> None:
        theme = self.theme
        body = QWidget()
        whole = column(body, theme, spacing=8)
        whole.setContentsMargins(*(theme.px(size) for size in (16, 10, 16, 8)))
        whole.addWidget(self.controls)
        halves: QBoxLayout = row(None, theme, spacing=12)
        halves.addLayout(self._left(), 64)
        halves.addLayout(self._right(), 36)
        whole.addLayout(halves, 1)
        for piece in (self.table, self.panels):  # they take the room there is, and ask for none
            piece.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            piece.setMinimumHeight(theme.px(150))
        if theme.scale > BIG_TEXT:  # one column when the text is that large
            halves.setDirection(QBoxLayout.Direction.TopToBottom)
            self.canvas.setMinimumHeight(theme.px(300))
            for piece, height in ((self.table, 220), (self.panels, 300)):  # the page scrolls
                piece.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
                piece.setFixedHeight(theme.px(height))
        self.area = scrolling(body, "Carte et liste")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, theme).addWidget(self.area)

    def _left(self) -> QBoxLayout:
        made = column(None, self.theme, spacing=6)
        self._zoom_buttons()
        made.addWidget(self.canvas, 1)
        if self.theme.scale > BIG_TEXT:  # the page scrolls, not the legend in it
            made.addWidget(self.legend)
            return made
        self.legend_area = scrolling(self.legend, "Légende de la carte")
        made.addWidget(self.legend_area)
        self.fit_legend()
        return made

    def fit_legend(self) -> None:
        """Give the legend the room of what it says; the map has the rest."""
        if self.legend_area is not None:
            height = LEGEND_HEIGHT + (MARKS_HEIGHT if self.legend.has_marks else 0)
            self.legend_area.setFixedHeight(self.theme.px(height))

    def _zoom_buttons(self) -> None:
        """Put the zoom on the glass of the map."""
        glass = column(self.canvas, self.theme, margin=8, spacing=4)
        for words, name, act in (
            ("+", "Agrandir la carte", lambda: self.canvas.zoom(ZOOM_STEP)),
            ("−", "Réduire la carte", lambda: self.canvas.zoom(1 / ZOOM_STEP)),
            ("Tout", "Montrer tout le territoire", self.canvas.show_whole),
        ):
            made = button(words, act, "chip", name=name)
            glass.addWidget(made, 0, Qt.AlignmentFlag.AlignRight)
        glass.addStretch(1)

    def _right(self) -> QBoxLayout:
        made = column(None, self.theme, spacing=6)
        made.addWidget(self.count)
        made.addWidget(self.table, 4)
        flow, group = Flow(self.tab_line, self.theme.px(6)), QButtonGroup(self)
        for panel, word, name in (
            (self.card, "Fiche", "Fiche de la commune choisie"),
            (self.changes, "Comparaison", "Comparaison des deux dates"),
            (self.ranking, "Classement", "Classement pour un profil"),
        ):
            area = scrolling(panel, name)
            self.areas_of[panel] = area
            self.panels.addWidget(area)
            tab = button(word, partial(self.show_panel, panel), "chip", name=name)
            tab.setCheckable(True)
            if panel is not self.card:
                tab.hide()
            group.addButton(tab)
            flow.addWidget(tab)
            self.tabs[panel] = tab
        self.tab_line.setAccessibleName("Ce qui se lit sous la liste")
        self.tab_line.hide()
        made.addWidget(self.tab_line)
        box = frame("card", "À propos du lieu")
        column(box, self.theme, margin=2).addWidget(self.panels)
        made.addWidget(box, 6)
        return made

    def show_panel(self, panel: QWidget) -> None:
        """Bring a panel to the front; the others opened since stay one click away."""
        self.tabs[panel].show()
        self.tabs[panel].setChecked(True)
        self._show_tabs()
        self.panels.setCurrentWidget(self.areas_of[panel])
        lay_out(self.areas_of[panel])

    def drop_panel(self, panel: QWidget) -> None:
        """Take away a panel that has nothing more to say."""
        if self.panels.currentWidget() is self.areas_of[panel]:
            self.show_panel(self.card)
        self.tabs[panel].hide()
        self._show_tabs()

    def _show_tabs(self) -> None:
        self.tab_line.setHidden(sum(not tab.isHidden() for tab in self.tabs.values()) <= 1)

    @property
    def is_scrolled(self) -> bool:
        """Tell whether the text is so large that the card is below the map, out of sight."""
        return self.theme.scale > BIG_TEXT

    def reveal_panel(self) -> None:
        """Scroll to the panel in front when the page is too long to show it."""
        body = self.area.widget()
        if self.is_scrolled and body is not None:
            lay_out(self.area)
            top = self.tab_line.mapTo(body, self.tab_line.rect().topLeft()).y()
            self.area.verticalScrollBar().setValue(top)

    def select(self, code: str, *, centre: bool = False) -> None:
        """Show a place as chosen, on the map and in the list."""
        self.canvas.select(code, centre=centre)
        self.table.select(code)

    def show_card(self, card: PlaceCard, marks: Sequence[MapMark] = (), *, in_front: bool) -> None:
        """Say what is known of the place chosen, in front or behind what is read now."""
        self.card.show_card(card, marks)
        if in_front:
            self.show_panel(self.card)
        lay_out(self.areas_of[self.card])
        self.areas_of[self.card].verticalScrollBar().setValue(0)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show what changed between two dates."""
        self.changes.show_comparison(comparison)
        self.show_panel(self.changes)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        panel = self.panels.currentWidget() or self.panels
        return [self.controls.scope, self.canvas, self.table, panel]
