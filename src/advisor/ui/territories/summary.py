"""The synthesis: what to know first, key figures with their source, the territory's own map.

Places widgets only.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from advisor.domain.paper.territory_content import ScenarioLine, TerritoryContent
from advisor.domain.words.wording import NARROW
from advisor.ui.map.ground import Later
from advisor.ui.pieces.basics import clear, column, frame, label, row
from advisor.ui.pieces.folding import Folding
from advisor.ui.territories.facts import sourced
from advisor.ui.territories.own_map import OwnMap
from advisor.ui.territories.preview import distance
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
NO_FIGURE = (
    "Aucun chiffre clé de ce territoire n’est dans le référentiel\u202f: importez un tableau "
    "d’indicateurs officiel (section « Import »), il complétera le diagnostic."
)


class Summary(QWidget):
    """First page of a diagnostic."""

    def __init__(self, theme: Theme, later: Later) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Synthèse")
        self.warnings = column(None, theme, spacing=4)
        self.figures = QGridLayout()
        self.figures.setSpacing(theme.px(8))
        self.no_figure = label(NO_FIGURE, "muted")
        self.map = OwnMap(theme, later)
        self.sources = Folding(theme, "Sources")
        whole = column(self, theme, spacing=8)
        whole.addLayout(self.warnings)
        whole.addWidget(label("CHIFFRES CLÉS", "section"))
        whole.addLayout(self.figures)
        whole.addWidget(self.no_figure)
        whole.addWidget(self.map, 100)
        whole.addWidget(self.sources)
        whole.addStretch(1)

    def show_content(self, content: TerritoryContent) -> None:
        """Say a diagnostic."""
        self._warn(content)
        clear(self.figures)
        wells = [self._figure_of_people(content)]
        wells += [self._figure(one) for one in content.highlights]
        across = 1 if self.theme.scale > BIG_TEXT else 4 if len(wells) % 4 == 0 else 3
        for at in range(self.figures.columnCount()):
            self.figures.setColumnStretch(at, 0)
        for at, well in enumerate(wells):
            self.figures.addWidget(well, at // across, at % across)
            self.figures.setColumnStretch(at % across, 1)
        self.no_figure.setVisible(not any(one.value is not None for one in content.highlights))
        self.map.show_lines(content)
        self._show_sources(content)

    def _warn(self, content: TerritoryContent) -> None:
        clear(self.warnings)
        for words in content.warnings:
            box = frame("ask", words)
            line = row(box, self.theme, margin=8)
            line.addWidget(label(f"À savoir{NARROW}: {words}", "small", selectable=True))
            self.warnings.addWidget(box)

    def _figure_of_people(self, content: TerritoryContent) -> QWidget:
        cell = content.population
        shown = ScenarioLine("Population municipale", cell.text)
        said = sourced("Population", cell, content.sources).partition(". Source")[2]
        year = f" ({cell.year})" if cell.year else ""
        why = f"Source{said}" if said else cell.reason
        if cell.value is not None:
            why = f"{why} {distance(round(cell.value))}"
        return self._figure(ScenarioLine(shown.label, f"{cell.text}{year}", cell.value, why))

    def _figure(self, one: ScenarioLine) -> QWidget:
        box = frame("well", f"{one.label}{NARROW}: {one.text}")
        inside = column(box, self.theme, margin=8, spacing=1)
        inside.addWidget(label(one.label, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(label(one.text, "strong", selectable=True))
        if one.how:
            inside.addWidget(label(one.how, "small", selectable=True))
        inside.addStretch(1)
        return box

    def _show_sources(self, content: TerritoryContent) -> None:
        self.sources.rename(f"Sources et méthode ({len(content.sources)})")
        clear(self.sources.inside)
        for at, words in enumerate(content.sources, start=1):
            self.sources.inside.addWidget(label(f"[{at}] {words}", "small", selectable=True))
        for words in content.method:
            self.sources.inside.addWidget(label(words, "muted"))
