"""The synthesis: what to know first, key figures with their source, communes of the territory.

Places widgets only.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from advisor.domain.paper.territory_content import ScenarioLine, TerritoryContent
from advisor.domain.words.wording import NARROW, counted
from advisor.ui.pieces.basics import clear, column, frame, label, row
from advisor.ui.pieces.folding import Folding
from advisor.ui.sync_state.tables import fill, table_of
from advisor.ui.territories.facts import sourced
from advisor.ui.territories.tables import fit_height
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
COMMUNES = ("Commune", "Habitants", "Zone des médecins", "Structures")
NO_FIGURE = (
    "Aucun chiffre clé de ce territoire n’est dans le référentiel\u202f: importez un tableau "
    "d’indicateurs officiel (section « Import »), il complétera le diagnostic."
)


class Summary(QWidget):
    """First page of a diagnostic."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Synthèse")
        self.warnings = column(None, theme, spacing=4)
        self.figures = QGridLayout()
        self.figures.setSpacing(theme.px(8))
        self.communes = table_of(theme, COMMUNES, "Communes du territoire", wide=0)
        self.count = label("", "section")
        self.no_figure = label(NO_FIGURE, "muted")
        self.no_commune = label("", "muted")
        self.sources = Folding(theme, "Sources")
        left, right = column(None, theme, spacing=8), column(None, theme, spacing=6)
        left.addLayout(self.warnings)
        left.addWidget(label("CHIFFRES CLÉS", "section"))
        left.addLayout(self.figures)
        left.addWidget(self.no_figure)
        left.addStretch(1)
        for piece in (self.count, self.no_commune, self.communes):
            right.addWidget(piece)
        right.addStretch(1)
        halves: QBoxLayout = row(None, theme, spacing=20)
        halves.addLayout(left, 5)
        halves.addLayout(right, 4)
        if theme.scale > BIG_TEXT:
            halves.setDirection(QBoxLayout.Direction.TopToBottom)
        whole = column(self, theme, spacing=10)
        whole.addLayout(halves)
        whole.addWidget(self.sources)
        whole.addStretch(1)

    def show_content(self, content: TerritoryContent) -> None:
        """Say a diagnostic."""
        self._warn(content)
        clear(self.figures)
        wells = [self._figure_of_people(content)]
        wells += [self._figure(one) for one in content.highlights]
        across = 1 if self.theme.scale > BIG_TEXT else 2
        for at, well in enumerate(wells):
            self.figures.addWidget(well, at // across, at % across)
            self.figures.setColumnStretch(at % across, 1)
        self.no_figure.setVisible(not any(one.value is not None for one in content.highlights))
        lines = [
            (one.name, one.population, one.letters or one.zone, one.structures)
            for one in content.communes
        ]
        year = f" ({content.population.year})" if content.population.year else ""
        self.communes.setHorizontalHeaderLabels([COMMUNES[0], f"Habitants{year}", *COMMUNES[2:]])
        words = counted(len(lines), "commune tenue", "communes tenues")
        self.count.setText(f"COMMUNES{NARROW}: {words.upper()}")
        self.no_commune.setText(
            "Le référentiel installé ne tient pas les communes de ce territoire."
        )
        self.no_commune.setVisible(not lines)
        self.communes.setVisible(bool(lines))
        fill(self.communes, lines)
        fit_height(self.communes, self.theme.px(420))
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
