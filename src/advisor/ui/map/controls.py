"""What the map is asked: territory, layer, profession, date, comparison, marks.

Places widgets only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from advisor.domain.maps.layers import LayerKind, MarkKind
from advisor.domain.maps.scopes import Scope
from advisor.domain.words.wording import NARROW, short_date
from advisor.domain.zones.classes import PROFESSION_NAMES
from advisor.domain.zones.zoning import Zoning
from advisor.ui import wording
from advisor.ui.pieces.basics import button, column, label
from advisor.ui.pieces.commune_box import Ask, CommuneBox
from advisor.ui.pieces.fields import Choice
from advisor.ui.pieces.flow import Flow
from advisor.ui.pieces.pressable import Lasting
from advisor.ui.theme import Theme

LAYERS = (
    (LayerKind.ZONES, "Zones d’un zonage"),
    (LayerKind.POPULATION, "Population"),
    (LayerKind.DENSITY, "Densité du peuplement"),
    (LayerKind.SUPPLY, "Offre de soins"),
)
MARKS = (
    (MarkKind.STRUCTURE, "Structures"),
    (MarkKind.PERMANENCE, "Permanences"),
    (MarkKind.CANDIDATE, "Lieux de l’entretien"),
    (MarkKind.QPV, "QPV"),
)
PROFESSIONS = tuple(PROFESSION_NAMES.items())
BIG_TEXT = 1.4


@dataclass(frozen=True, slots=True)
class MapAsked:
    """What the controls ask; ``compared`` is the other date, None without comparison."""

    scope: str
    kind: LayerKind
    profession: str
    day: date
    compared: date | None
    marks: frozenset[MarkKind]
    sort: str | None


class MapControls(Lasting):
    """Emits ``asked(MapAsked)``, ``sought(commune)`` and ``rank_asked()``."""

    asked = Signal(object)
    sought = Signal(object)
    rank_asked = Signal()
    export_asked = Signal()

    def __init__(self, theme: Theme, ask: Ask, today: date) -> None:
        super().__init__()
        self.theme, self._today = theme, today
        self.setAccessibleName("Réglages de la carte")
        self.scope = Choice("Territoire", (), None)
        self.search = CommuneBox("Chercher une commune sur la carte", theme, ask, keeps=False)
        self.kind = Choice("Couche", LAYERS, None)
        self.profession = Choice("Profession", PROFESSIONS, None)
        self.day = Choice("Date du zonage", ((today, _today_words(today)),), None)
        self.compared = Choice("Comparer avec une autre date", (), "sans comparaison")
        self.sort = Choice(
            "Nature des structures", tuple(wording.STRUCTURE_KIND.items()), "toutes les structures"
        )
        self.chips: dict[MarkKind, QPushButton] = {}
        self._build()
        for piece in (self.scope, self.kind, self.profession, self.day, self.compared, self.sort):
            piece.edited.connect(lambda _value: self.tell())
        self.search.chosen.connect(self.sought)

    def _build(self) -> None:
        whole = column(self, self.theme, spacing=6)
        whole.addLayout(self._build_questions())
        whole.addWidget(self._build_marks())

    def _build_questions(self) -> QGridLayout:
        """Put each question after its name, on as few lines as the text allows."""
        grid = QGridLayout()
        grid.setVerticalSpacing(self.theme.px(6))
        grid.setHorizontalSpacing(self.theme.px(8))
        across = 2 if self.theme.scale > BIG_TEXT else 3
        pieces: tuple[tuple[str, QWidget], ...] = (
            ("Territoire", self.scope), ("Couche", self.kind), ("Aller à", self.search),
            ("Profession", self.profession), ("Date", self.day), ("Comparer", self.compared),
        )  # fmt: skip
        for at, (words, piece) in enumerate(pieces):
            line, side = at // across, 2 * (at % across)
            said = label(words, "muted", wraps=False)
            said.setBuddy(piece)
            grid.addWidget(said, line, side)
            grid.addWidget(piece, line, side + 1)
            grid.setColumnStretch(side + 1, 1)
        return grid

    def _build_marks(self) -> QWidget:
        marks = Lasting()
        flow = Flow(marks, self.theme.px(6))
        for kind, words in MARKS:
            self.chips[kind] = self._chip(words)
            flow.addWidget(self.chips[kind])
        self.sort.setMinimumWidth(self.theme.px(180))
        self.sort.hide()
        flow.addWidget(self.sort)
        flow.addWidget(
            button("Où mon profil serait-il le mieux servi\u202f?", self.rank_asked.emit, "quiet")
        )
        self.export = button("Exporter la carte (HTML)", self.export_asked.emit, "quiet")
        flow.addWidget(self.export)
        return marks

    def _chip(self, words: str) -> QPushButton:
        made = button(words, self.tell, "chip", name=f"Montrer{NARROW}: {words}")
        made.setCheckable(True)
        return made

    def value(self) -> MapAsked:
        """Return what is asked now."""
        marks = frozenset(kind for kind, chip in self.chips.items() if chip.isChecked())
        return MapAsked(
            self.scope.value(),
            LayerKind(self.kind.value()),
            self.profession.value(),
            self.day.value() or self._today,
            self.compared.value() if self.compares else None,
            marks,
            self.sort.value(),
        )

    @property
    def compares(self) -> bool:
        """Tell whether two dates may be compared: zones only."""
        return LayerKind(self.kind.value()) is LayerKind.ZONES

    def tell(self) -> None:
        """Enable what matters to the layer, and tell what is asked."""
        zones = self.compares
        self.day.setEnabled(zones)
        self.compared.setEnabled(zones)
        self.profession.setEnabled(zones or self.kind.value() == LayerKind.SUPPLY)
        self.sort.setVisible(self.chips[MarkKind.STRUCTURE].isChecked())
        self.asked.emit(self.value())

    def offer_scopes(self, scopes: Sequence[Scope], first: str) -> None:
        """Offer the territories held, and show the first one to look at."""
        self.scope.clear()
        for scope in scopes:
            self.scope.addItem(scope.words, scope.key)
        self.scope.show_value(first)

    def offer_acts(self, acts: Sequence[Zoning]) -> None:
        """Offer the dates of the acts of a profession, keeping those chosen when they stay."""
        kept, other = self.day.value(), self.compared.value()
        self.day.clear()
        self.compared.clear()
        self.day.addItem(_today_words(self._today), self._today)
        self.compared.addItem("sans comparaison", None)
        for act in acts:
            if act.period.first is not None:
                held = "" if act.held else ", liste non détenue"
                words = f"{short_date(act.period.first)}{held}"
                self.day.addItem(words, act.period.first)
                self.compared.addItem(f"avec {words}", act.period.first)
        self.day.show_value(kept)
        self.compared.show_value(other)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.scope]


def _today_words(today: date) -> str:
    return f"aujourd’hui, {short_date(today)}"
