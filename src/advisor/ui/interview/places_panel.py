"""Up to four candidate places side by side, and the box that adds one as it is typed.

Must not know any service.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from advisor.domain.places.place import Commune
from advisor.ui.interview.place_card import PlaceCard, PlaceSummary
from advisor.ui.pieces.basics import button, column, label, row, scrolling, with_icon
from advisor.ui.pieces.commune_box import Ask, CommuneBox
from advisor.ui.theme import Theme

MOST_PLACES = 4
WIDEST_CARD = 280


class PlacesPanel(QFrame):
    """Emits ``added(Commune)``, ``removed(place id)``, ``chosen(INSEE code)`` and ``mapped()``."""

    added = Signal(object)
    removed = Signal(str)
    chosen = Signal(str)
    mapped = Signal()

    def __init__(self, theme: Theme, ask: Ask) -> None:
        super().__init__()
        self.setAccessibleName("Lieux comparés")
        self.theme = theme
        self.cards: dict[str, PlaceCard] = {}
        self.box = CommuneBox("Ajouter un lieu", theme, ask, keeps=False)
        self.box.setPlaceholderText("Ajouter un lieu\u202f: commune, code postal…")
        self.box.chosen.connect(self._add)
        self.map = with_icon(
            button("Carte", self.mapped.emit, name="Voir ces lieux sur la carte"), "map", theme
        )
        self.empty = label(
            "Aucun lieu pour l’instant.\nTapez le nom d’une commune ci-dessus\u202f: sa zone, sa "
            "population, ses structures et les aides possibles s’affichent ici, "
            f"jusqu’à {MOST_PLACES} lieux côte à côte.",
            "muted",
        )
        self.remark = label("", "caution")
        self._line = row(None, theme, spacing=6)
        self._build()

    def _build(self) -> None:
        theme = self.theme
        top = row(None, theme, spacing=8)
        top.addWidget(label("LIEUX", "section", wraps=False))
        top.addWidget(self.box, 1)
        top.addWidget(self.map)
        whole = column(self, theme, spacing=8)
        whole.addLayout(top)
        whole.addWidget(self.empty)
        whole.addWidget(self.remark)
        cards = QWidget()
        cards.setLayout(self._line)
        self.area = scrolling(cards, "Cartes des lieux comparés")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(self.area, 1)

    def show_places(self, summaries: Sequence[PlaceSummary], chosen: str) -> None:
        """Show the cards in order; ``chosen`` is the INSEE code whose aids are shown."""
        wanted = {summary.id for summary in summaries}
        for gone in set(self.cards) - wanted:
            card = self.cards.pop(gone)
            self._line.removeWidget(card)
            card.hide()
            card.deleteLater()
        for at, summary in enumerate(summaries):
            card = self._card(summary)
            card.setChecked(summary.code == chosen)
            self._line.insertWidget(at, card, 1)
        self.empty.setVisible(not summaries)
        remarks = dict.fromkeys(one.remark for one in summaries if one.remark)
        self.remark.setText("\n".join(remarks))
        self.remark.setVisible(bool(remarks))
        full = len(summaries) >= MOST_PLACES
        self.box.setEnabled(not full)
        self.box.setPlaceholderText(
            "Quatre lieux\u202f: retirez-en un pour en ajouter un autre"
            if full
            else "Ajouter un lieu\u202f: commune, code postal…"
        )

    def first(self) -> QWidget:
        """Return where F6 arrives: the box, or the first card when there is no more room."""
        return self.box if self.box.isEnabled() else next(iter(self.cards.values()))

    def _card(self, summary: PlaceSummary) -> PlaceCard:
        card = self.cards.get(summary.id)
        if card is None:
            card = PlaceCard(self.theme, summary)
            card.setMaximumWidth(self.theme.px(WIDEST_CARD))
            card.removed.connect(self.removed)
            card.clicked.connect(lambda _checked, made=card: self._choose(made))
            self.cards[summary.id] = card
        elif card.summary != summary:
            card.show_summary(summary)
        return card

    def _choose(self, card: PlaceCard) -> None:
        for other in self.cards.values():
            other.setChecked(other is card)
        self.chosen.emit(card.summary.code)

    def _add(self, place: Commune) -> None:
        self.added.emit(place)
