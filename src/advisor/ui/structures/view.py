"""The registry's page: search and filters over a list, and the identity card beside it.

Places widgets only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QWidget

from advisor.domain.structure import Structure
from advisor.domain.words.wording import counted
from advisor.ui import wording
from advisor.ui.pieces.basics import column, frame, label, row, scrolling
from advisor.ui.pieces.fields import Choice, Line
from advisor.ui.pieces.two_lines import TwoLines
from advisor.ui.structures.card import StructureCard
from advisor.ui.theme import Theme

KINDS = tuple(wording.STRUCTURE_KIND.items())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None and empty mean any."""

    text: str = ""
    kind: str | None = None
    departement: str | None = None
    programme: str | None = None


class StructuresView(QWidget):
    """Emits ``wanted(Wanted)`` as filters change and ``chosen(structure id)``."""

    wanted = Signal(object)
    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Structures")
        self.theme = theme
        self.search = Line("Chercher une structure")
        self.search.setPlaceholderText("Nom, commune, programme…")
        self.kind = Choice("Nature de structure", KINDS, "toutes les natures")
        self.departement = Choice("Département", (), "tous les départements")
        self.programme = Choice("Programme", (), "tous les programmes")
        self.count = label("", "muted")
        self.list = QListWidget()
        self.list.setAccessibleName("Structures trouvées")
        TwoLines(theme, self.list)
        self.list.currentRowChanged.connect(self._choose)
        self.card = StructureCard(theme)
        for piece in (self.search, self.kind, self.departement, self.programme):
            piece.edited.connect(lambda _value: self.wanted.emit(self.asked()))
        self._ids: list[str] = []
        self._build()

    def _build(self) -> None:
        theme = self.theme
        body = QWidget()
        whole = column(body, theme, spacing=10)
        whole.setContentsMargins(*(theme.px(size) for size in (24, 14, 24, 12)))
        whole.addWidget(label("Structures", "display"))
        filters = self._filters()
        whole.addLayout(filters)
        whole.addWidget(self.count)
        self.halves: QBoxLayout = row(None, theme, spacing=12)
        self.halves.addWidget(self.list, 5)
        right = frame("card", "Fiche de la structure")
        inside = column(right, theme, margin=2)
        inside.addWidget(scrolling(self.card, "Fiche de la structure"))
        self.halves.addWidget(right, 6)
        whole.addLayout(self.halves, 1)
        if theme.scale > 1.4:  # noqa: PLR2004  one column when the text is that large
            filters.setDirection(QBoxLayout.Direction.TopToBottom)
            self.halves.setDirection(QBoxLayout.Direction.TopToBottom)
            self.list.setMinimumHeight(theme.px(260))
            right.setMinimumHeight(theme.px(320))
        area = scrolling(body, "Registre des structures")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, theme).addWidget(area)

    def _filters(self) -> QBoxLayout:
        line: QBoxLayout = row(None, self.theme)
        for piece, share in (
            (self.search, 3),
            (self.kind, 2),
            (self.departement, 2),
            (self.programme, 3),
        ):
            line.addWidget(piece, share)
        return line

    def asked(self) -> Wanted:
        """Return what is looked for now."""
        return Wanted(
            self.search.text().strip(),
            self.kind.value(),
            self.departement.value(),
            self.programme.value(),
        )

    def offer_filters(
        self, departements: Sequence[tuple[str, str]], programmes: Sequence[tuple[str, str]]
    ) -> None:
        """Offer the départements and programmes that the registry holds."""
        for box, choices in ((self.departement, departements), (self.programme, programmes)):
            for code, words in choices:
                box.addItem(words, code)

    def show_found(self, found: Sequence[Structure], total: int) -> None:
        """List the structures found; ``total`` says how many there are in all."""
        self._ids = [one.id for one in found]
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            kind = wording.worded(wording.STRUCTURE_KIND, one.kind)
            words = f"{one.name}\n{kind} · {one.commune_name} ({one.departement})"
            self.list.addItem(QListWidgetItem(words))
        self.list.blockSignals(False)
        shown = f"\u202f; les {len(found)} premières sont listées" if len(found) < total else ""
        if total:
            self.count.setText(
                f"{counted(total, 'structure trouvée', 'structures trouvées')}{shown}."
            )
        else:
            self.count.setText(
                "Aucune structure ne répond\u202f: retirez un filtre ou essayez un autre nom."
            )
        if found:
            self.list.setCurrentRow(0)
        else:
            self.card.show_nothing()

    def choose(self, structure: str) -> None:
        """Select a structure of the list."""
        if structure in self._ids:
            self.list.setCurrentRow(self._ids.index(structure))

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.search, self.list]

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._ids):
            self.chosen.emit(self._ids[at])
