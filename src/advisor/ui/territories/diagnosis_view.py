"""One diagnostic open: who and how many, what can be handed over, and its sections.

Places widgets only.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QScrollArea, QStackedWidget, QWidget

from advisor.domain.words.wording import NARROW
from advisor.ui.map.ground import Later
from advisor.ui.pieces.basics import button, column, label, relook, row, scrolling, with_icon
from advisor.ui.pieces.flow import Flow
from advisor.ui.pieces.pressable import Lasting
from advisor.ui.territories.ages import Ages
from advisor.ui.territories.facts import Opened, origins, sourced
from advisor.ui.territories.import_view import ImportSection
from advisor.ui.territories.indicators import IndicatorsSection
from advisor.ui.territories.reading import ReadingSection
from advisor.ui.territories.scenario import ScenarioSection
from advisor.ui.territories.summary import Summary
from advisor.ui.territories.work_view import WorkSection
from advisor.ui.theme import Theme

SECTIONS = (
    ("summary", "1 Synthèse"),
    ("indicators", "2 Indicateurs"),
    ("ages", "3 Âges et flux"),
    ("scenario", "4 Scénario à 10 ans"),
    ("work", "5 Travail"),
    ("import", "6 Import"),
)
BIG_TEXT = 1.4
SHORT = {"Imprimer le diagnostic": "Imprimer", "Retirer de la liste": "Retirer"}
STATES = {"saved": "settled", "waiting": "brick"}


class DiagnosisView(QWidget):
    """Emits one signal for each thing that can be asked; sections tell their own."""

    left = Signal()
    printed = Signal()
    exported = Signal()
    copied = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, later: Later, today: date) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Diagnostic territorial")
        self.name = label("", "title", selectable=True)
        self.facts = label("", "small", selectable=True)
        self.saved = label("", "muted")
        self.saved.setAccessibleName("État de l’enregistrement")
        self.summary = Summary(theme, later)
        self.indicators = IndicatorsSection(theme)
        self.ages = Ages(theme)
        self.scenario = ScenarioSection(theme)
        self.reading = ReadingSection(theme)
        self.work = WorkSection(theme, today)
        self.bring = ImportSection(theme)
        self.stack = QStackedWidget()
        self.group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        self.pages: dict[str, QScrollArea] = {}
        self._build()

    def _build(self) -> None:
        theme = self.theme
        whole = column(self, theme, spacing=6)
        whole.setContentsMargins(*(theme.px(size) for size in (24, 10, 24, 8)))
        whole.addWidget(self._head())
        whole.addWidget(self.facts)
        self.facts.setHidden(self._is_big)  # the synthesis says it too
        whole.addWidget(self._tabs())
        scenario = QWidget()
        both = column(scenario, theme, spacing=18)
        both.addWidget(self.scenario)
        both.addWidget(self.reading)
        bodies = {
            "summary": self.summary, "indicators": self.indicators, "ages": self.ages,
            "scenario": scenario, "work": self.work, "import": self.bring,
        }  # fmt: skip
        for key, words in SECTIONS:
            body = QWidget()
            inside = column(body, theme)
            inside.setContentsMargins(*(theme.px(size) for size in (4, 4, 8, 4)))
            inside.addWidget(bodies[key])
            self.pages[key] = scrolling(body, words)
            self.pages[key].setProperty("focusring", True)
            self.stack.addWidget(self.pages[key])
        whole.addWidget(self.stack, 1)
        self.go("summary")

    def _head(self) -> QWidget:
        theme = self.theme
        made = QWidget()
        line = column(made, theme, spacing=4)
        title = row(None, theme)
        title.addWidget(self.name, 1)
        title.addWidget(self.saved)
        line.addLayout(title)
        acts = Lasting()
        flow = Flow(acts, theme.px(8))
        self.back = self._act("Tous les diagnostics", "left", self.left.emit)
        self.print = self._act("Imprimer le diagnostic", "print", self.printed.emit, "primary")
        self.print.setToolTip("Ctrl+P")
        self.export = self._act("Exporter la carte", "map", self.exported.emit)
        self.copy = self._act("Copier en diagnostic", "copy", self.copied.emit)
        self.remove = self._act("Retirer de la liste", "close", self.removed.emit)
        for piece in (self.back, self.print, self.export, self.copy, self.remove):
            flow.addWidget(piece)
        line.addWidget(acts)
        return made

    def _act(
        self, words: str, picture: str, act: Callable[[], object], role: str = ""
    ) -> QPushButton:
        colour = "accent_text" if role else "text"
        shown, small = (SHORT.get(words, words), "chip") if self._is_big else (words, "")
        return with_icon(button(shown, act, role or small, name=words), picture, self.theme, colour)

    @property
    def _is_big(self) -> bool:
        return self.theme.scale > BIG_TEXT

    def _tabs(self) -> QWidget:
        made = Lasting()
        made.setAccessibleName("Sections du diagnostic")
        flow = Flow(made, self.theme.px(6))
        for key, words in SECTIONS:
            shown = words.removesuffix(" à 10 ans") if self._is_big else words
            chip = button(shown, partial(self.go, key), "chip", name=words)
            chip.setCheckable(True)
            self.group.addButton(chip)
            self.chips[key] = chip
            flow.addWidget(chip)
        return made

    def go(self, key: str) -> None:
        """Show a section."""
        self.chips[key].setChecked(True)
        self.stack.setCurrentWidget(self.pages[key])

    @property
    def present(self) -> str:
        """Return the section shown."""
        return next(key for key, page in self.pages.items() if page is self.stack.currentWidget())

    def show_only_import(self) -> None:
        """Show the import alone: no diagnostic is open."""
        self._show_sections(())
        self.name.setText("Importer un tableau d’indicateurs")
        self.facts.setText(
            "Ce qui est accepté ici complète tous les diagnostics de ce poste, jamais le "
            "référentiel lui-même."
        )
        for piece in (self.print, self.export, self.copy, self.remove):
            piece.hide()
        self.saved.setText("")
        self.go("import")

    def show_opened(self, opened: Opened, *, is_new: bool) -> None:
        """Show a diagnostic, at its synthesis when it is another one."""
        content, is_mine = opened.content, opened.work is not None
        self._show_sections(tuple(key for key, _ in SECTIONS))
        self.name.setText(opened.work.name if opened.work else f"{content.name} (exemple)")
        people = sourced("Population", content.population, content.sources)
        self.facts.setText(f"{content.chosen} · {content.departement_name} · {people}")
        for piece, is_shown in (
            (self.print, True), (self.export, True), (self.copy, not is_mine),
            (self.remove, is_mine),
        ):  # fmt: skip
            piece.setVisible(is_shown)
        self.saved.setText("" if is_mine else f"exemple{NARROW}: lecture seule")
        self.summary.show_content(content)
        self.indicators.show_content(content)
        self.ages.show_content(content)
        self.show_scenario(opened)
        self.show_reading(opened)
        self.work.show_work(opened.work)
        if is_new:
            self.go("summary")
            for page in self.pages.values():
                page.verticalScrollBar().setValue(0)

    def show_scenario(self, opened: Opened) -> None:
        """Say the scenario of now."""
        block = opened.content.scenario
        self.scenario.show_origins(origins(opened.content))
        if block is not None:
            self.scenario.show_scenario(opened.diagnosis.scenario, block)

    def show_reading(self, opened: Opened) -> None:
        """Say the reading of 2012 of now."""
        block = opened.content.reading
        if block is not None:
            self.reading.show_reading(opened.diagnosis.reading.parameters, block)

    def show_saved(self, state: str, words: str) -> None:
        """Say whether what is typed is on disk."""
        relook(self.saved, role=STATES.get(state, "muted"))
        self.saved.setText(words)

    def _show_sections(self, keys: tuple[str, ...]) -> None:
        for key, chip in self.chips.items():
            chip.setVisible(key in keys)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        area = self.pages[self.present]
        first: QWidget = self.chips[self.present]
        if self.present == "indicators":
            return [first, self.indicators.table]
        if self.present == "import":
            return [self.bring.choose, area]
        return [first, area]
