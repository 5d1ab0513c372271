"""Brings an official table in: its columns matched, a dry run by line, then accepted or not.

Places widgets only.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from advisor.domain.words.wording import NARROW, counted, listed
from advisor.services.indicators import Dataset, Draft, Sample
from advisor.ui import wording
from advisor.ui.pieces.basics import button, clear, column, frame, label, relook, row, with_icon
from advisor.ui.pieces.file_dialogs import ask_which
from advisor.ui.sync_state.tables import fill, table_of
from advisor.ui.territories.matching import Matching
from advisor.ui.territories.tables import fit_height
from advisor.ui.theme import Theme

TABLES = "Tableaux (*.csv *.xlsx *.txt *.tsv);;Tous les fichiers (*)"
WHAT = (
    "Un tableau officiel (CSV ou XLSX)\u202f: une ligne par territoire, une colonne pour son code. "
    "Rien n’est changé avant que vous acceptiez."
)
SHOWN = 500


class ImportSection(QWidget):
    """Emits ``file_chosen(path)``, ``checked(mapping)``, ``accepted()`` and ``stopped()``.

    ``forgotten`` carries the id of a table to be taken away.
    """

    file_chosen = Signal(object)
    checked = Signal(object)
    accepted = Signal()
    stopped = Signal()
    forgotten = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Import d’un tableau d’indicateurs")
        self.choose = with_icon(
            button("Choisir un fichier…", self.ask_for_file, "primary"),
            "import", theme, "accent_text",
        )  # fmt: skip
        self.said = label("", "strong")
        self.matching = Matching(theme)
        self.matching.checked.connect(self.checked)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName("Lecture du tableau")
        self.stop = button("Arrêter la lecture", self.stopped.emit)
        self.verdict = label("", "strong")
        self.told = label("", "small", selectable=True)
        self.doubts = label("", "caution")
        self.lines = table_of(theme, ("Ligne", "Pourquoi elle est laissée"), "Lignes laissées", 1)
        self.accept = button("Accepter ce tableau", self.accepted.emit, "primary")
        self.datasets = column(None, theme, spacing=4)
        self._build()
        self.begin()

    def _build(self) -> None:
        theme = self.theme
        whole = column(self, theme, spacing=8)
        line = row(None, theme)
        line.addWidget(self.choose)
        line.addWidget(label(WHAT, "muted"), 1)
        whole.addLayout(line)
        whole.addWidget(self.said)
        whole.addWidget(self.matching)
        wait = row(None, theme)
        wait.addWidget(self.progress, 1)
        wait.addWidget(self.stop)
        whole.addLayout(wait)
        whole.addWidget(self.verdict)
        whole.addWidget(self.told)
        whole.addWidget(self.doubts)
        whole.addWidget(self.lines)
        foot = row(None, theme)
        foot.addWidget(self.accept)
        foot.addStretch(1)
        whole.addLayout(foot)
        whole.addWidget(label("TABLEAUX DÉJÀ IMPORTÉS SUR CE POSTE", "section"))
        whole.addLayout(self.datasets)
        whole.addStretch(1)

    def ask_for_file(self) -> None:
        """Ask which table is to be read."""
        ask_which(self, "Tableau d’indicateurs", TABLES, self.take_file)

    def take_file(self, path: Path) -> None:
        """Read this table."""
        self.file_chosen.emit(path)

    def begin(self) -> None:
        """Show nothing but the way to begin."""
        self.said.setText("")
        for piece in (self.said, self.matching):
            piece.hide()
        self.wait(waiting=False)
        self._show_report(shown=False)
        self._lead(self.choose)

    def _lead(self, first: QPushButton) -> None:
        """Make one button stand out: the next thing to do."""
        for one in (self.choose, self.matching.check, self.accept):
            relook(one, role="primary" if one is first else "")
        colour = "accent_text" if first is self.choose else "text"
        with_icon(self.choose, "import", self.theme, colour)

    def show_samples(self, name: str, samples: Sequence[Sample]) -> None:
        """Show the columns of a file, to be matched."""
        self.begin()
        self.said.setText(f"Fichier{NARROW}: {name}")
        self.said.show()
        self.matching.show_samples(samples)
        self.matching.show()
        self._lead(self.matching.check)

    def refuse(self, words: str) -> None:
        """Say why a file is no table; what was matched stays."""
        self.wait(waiting=False)
        self._show_report(shown=False)
        self.said.setText(words)
        self.said.show()

    def wait(self, *, waiting: bool, words: str = "") -> None:
        """Show that a table is being read, and let it be stopped."""
        self.progress.setVisible(waiting)
        self.progress.setFormat(words)
        self.stop.setVisible(waiting)
        self.matching.check.setEnabled(not waiting)

    def show_draft(self, draft: Draft) -> None:
        """Show what would be taken and, line by line, what would not."""
        self.wait(waiting=False)
        self._show_report(shown=True)
        left = len(draft.rejected)
        taken = counted(draft.accepted, "ligne serait prise", "lignes seraient prises")
        said = counted(left, "ligne laissée", "lignes laissées")
        self.verdict.setText(f"Essai{NARROW}: {taken} sur {draft.rows}, {said}. Rien n’est changé.")
        columns = [f"« {header} » → {words}" for header, words in draft.columns]
        years = ", ".join(str(one) for one in draft.years)
        parts = [listed(columns), f"années{NARROW}: {years}" if years else "",
                 f"source{NARROW}: {draft.source}" if draft.source else ""]  # fmt: skip
        self.told.setText(" · ".join(part for part in parts if part))
        self.told.setVisible(bool(self.told.text()))
        self.doubts.setText(" ".join(draft.remarks))
        self.doubts.setVisible(bool(draft.remarks))
        fill(self.lines, [(str(line), why) for line, why in draft.rejected[:SHOWN]])
        fit_height(self.lines, self.theme.px(300))
        self.lines.setVisible(bool(left))
        self.accept.setVisible(draft.accepted > 0)
        self.accept.setText(
            f"Accepter {counted(draft.accepted, 'ligne', 'lignes')}"
            + (f", laisser les {left} autres" if left else "")
        )
        self.accept.setAccessibleName(self.accept.text())
        self._lead(self.accept if draft.accepted else self.matching.check)

    def _show_report(self, *, shown: bool) -> None:
        for piece in (self.verdict, self.told, self.doubts, self.lines, self.accept):
            piece.setVisible(shown)

    def show_datasets(self, datasets: Sequence[Dataset]) -> None:
        """List the tables taken in, each with the way to take it away."""
        clear(self.datasets)
        if not datasets:
            self.datasets.addWidget(label("Aucun pour l’instant.", "muted"))
        for one in datasets:
            box = frame("well", one.file)
            line = row(box, self.theme, margin=8)
            words = (
                f"{one.file} · {counted(one.accepted, 'ligne')} · importé le "
                f"{wording.day(one.imported_on)} · source{NARROW}: {one.source}"
            )
            line.addWidget(label(words, "small", selectable=True), 1)
            line.addWidget(
                button(
                    "Retirer", partial(self.forgotten.emit, one.id), "quiet",
                    name=f"Retirer le tableau {one.file}",
                )
            )  # fmt: skip
            self.datasets.addWidget(box)
