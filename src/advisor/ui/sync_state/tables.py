"""The lists of what leaves and of what came, in French words.

Places widgets only.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from advisor.domain.words.wording import number
from advisor.services.arrivals import Came
from advisor.ui import wording
from advisor.ui.pieces.basics import clear, column, frame, label, row
from advisor.ui.pieces.flow import Flow
from advisor.ui.sync_state.facts import SyncFacts
from advisor.ui.theme import Theme

LEAVES = ("Quand", "Quoi", "Pour", "Détail", "Par")
COMES = ("Quand", "Quoi", "Pour", "Ce qui est arrivé")
NOTHING_LEAVES = "Rien n’attend\u202f: la prochaine saisie s’affichera ici jusqu’à son envoi."
NOTHING_CAME = (
    "Rien n’est encore arrivé. Après une synchronisation, les fiches des autres postes de vos "
    "départements s’afficheront ici."
)


class LeavingPanel(QFrame):
    """What waits to be sent, by kind, then the newest entries."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Ce qui part")
        self.kinds = Flow(gap=theme.px(8))
        self.empty = label(NOTHING_LEAVES, "muted")
        self.heading = label("", "section")
        self.table = table_of(theme, LEAVES, "Saisies en attente d’envoi", wide=3)
        whole = column(self, theme, spacing=8)
        whole.addWidget(self.empty)
        whole.addLayout(self.kinds)
        whole.addWidget(self.heading)
        whole.addWidget(self.table, 1)
        whole.addStretch(0)  # without a table, the words stay at the top

    def show_facts(self, facts: SyncFacts) -> None:
        """Say what waits."""
        clear(self.kinds)
        for words, count in facts.kinds:
            chip = frame("well", f"{words}\u202f: {count}")
            line = row(chip, self.theme, margin=6, spacing=6)
            line.addWidget(label(number(count), "strong", wraps=False))
            line.addWidget(label(words, "small", wraps=False))
            self.kinds.addWidget(chip)
        self.empty.setVisible(not facts.lines)
        self.heading.setVisible(bool(facts.lines))
        self.table.setVisible(bool(facts.lines))
        shown = len(facts.lines)
        more = f" ({shown} sur {number(facts.total)})" if shown < facts.total else ""
        self.heading.setText(f"DERNIÈRES SAISIES EN ATTENTE{more}")
        rows = [
            (
                f"{wording.day(one.at.date())} {one.at:%H:%M}",
                one.what,
                one.about,
                one.detail,
                one.who,
            )
            for one in facts.lines
        ]
        fill(self.table, rows)


class CamePanel(QFrame):
    """The newest records received."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Ce qui est arrivé")
        self.empty = label(NOTHING_CAME, "muted")
        self.heading = label("DERNIÈRES FICHES REÇUES", "section")
        self.table = table_of(theme, COMES, "Fiches reçues du serveur central", wide=2)
        whole = column(self, theme, spacing=8)
        for piece in (self.empty, self.heading):
            whole.addWidget(piece)
        whole.addWidget(self.table, 1)
        whole.addStretch(0)

    def show_came(self, came: Sequence[Came]) -> None:
        """Say what came; the card above says what the last sync did."""
        for piece in (self.heading, self.table):
            piece.setVisible(bool(came))
        self.empty.setVisible(not came)
        fill(self.table, [_came(one) for one in came])


def _came(one: Came) -> tuple[str, ...]:
    at = one.at.astimezone() if one.at else None
    when = f"{wording.day(at.date())} {at:%H:%M}" if at else ""
    return when, wording.capital(one.what), one.about, one.life or "ajoutée ou modifiée"


def fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Show rows of words; each cell tells its words whole when pointed at."""
    table.setRowCount(len(rows))
    for at, cells in enumerate(rows):
        for across, words in enumerate(cells):
            item = QTableWidgetItem(words)
            item.setToolTip(words)
            table.setItem(at, across, item)


def table_of(theme: Theme, columns: Sequence[str], name: str, wide: int) -> QTableWidget:
    """Return a table to read, one of whose columns takes the room that is left."""
    made = QTableWidget(0, len(columns))
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(list(columns))
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    made.horizontalHeader().setDefaultAlignment(left)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(theme.px(34))
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    made.setShowGrid(False)
    made.setTabKeyNavigation(False)
    made.setMinimumHeight(theme.px(220))
    header = made.horizontalHeader()
    header.setMinimumSectionSize(theme.px(96))  # the wide one too, however large the text
    for at in range(len(columns)):
        header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
    return made
