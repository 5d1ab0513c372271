"""What an import did, in place: how many came in, how many were there, and each line left out.

Must not know any service.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QTableWidget, QTableWidgetItem

from advisor.domain.words.wording import counted
from advisor.services.permanences import ImportReport
from advisor.ui.pieces.basics import button, column, label, row
from advisor.ui.theme import Theme


class ImportPanel(QFrame):
    """Emits ``closed`` when it has been read."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Compte rendu de l’import")
        self.title = label("", "title")
        self.words = label("")
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName("Lignes laissées de côté")
        self.table.setHorizontalHeaderLabels(["Ligne", "Raison"])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        whole = column(self, theme, margin=16, spacing=10)
        whole.addWidget(self.title)
        whole.addWidget(self.words)
        whole.addWidget(self.table, 1)
        line = row(None, theme)
        self.close_button = button("C’est &lu", self.closed.emit, "primary")
        line.addWidget(self.close_button)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addStretch(0)

    def show_report(self, name: str, report: ImportReport) -> None:
        """Say what the file brought in."""
        self.title.setText(f"Import de {name}")
        parts = [counted(report.added, "rendez-vous ajouté", "rendez-vous ajoutés")]
        if report.already:
            parts.append(counted(report.already, "était déjà là", "étaient déjà là"))
        if report.rejected:
            left = counted(len(report.rejected), "ligne laissée de côté", "lignes laissées de côté")
            parts.append(left)
        hint = (
            " Corrigez ces lignes et importez le fichier de nouveau\u202f: rien n’entre deux fois."
            if report.rejected
            else ""
        )
        self.words.setText(f"{', '.join(parts)}.{hint}")
        self.table.setVisible(bool(report.rejected))
        self.table.setRowCount(len(report.rejected))
        for at, rejection in enumerate(report.rejected):
            line, reason = rejection.line, rejection.reason
            self.table.setItem(at, 0, QTableWidgetItem(str(line)))
            self.table.setItem(at, 1, QTableWidgetItem(reason))
        self.table.resizeRowsToContents()
        self.close_button.setFocus()
