"""An import, in place: how far it is, then what came in, what was there, each line left out.

Must not know any service.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QTableWidget, QTableWidgetItem

from advisor.domain.words.wording import counted
from advisor.services.booking_import import ImportStage
from advisor.services.permanences import ImportReport
from advisor.ui.pieces.basics import button, column, label, row
from advisor.ui.theme import Theme


class ImportPanel(QFrame):
    """Emits ``closed`` when it has been read, ``stopped`` when the import is to end."""

    closed = Signal()
    stopped = Signal()

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
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        whole = column(self, theme, margin=16, spacing=10)
        whole.addWidget(self.title)
        whole.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Avancement de l’import")
        self.bar.setTextVisible(False)
        whole.addWidget(self.bar)
        whole.addWidget(self.table, 1)
        line = row(None, theme)
        self.close_button = button("C’est &lu", self.closed.emit, "primary")
        line.addWidget(self.close_button)
        self.stop = button("A&rrêter", self._stop)
        self.stop.setToolTip("Les rendez-vous déjà importés restent ; le reste attend le fichier.")
        line.addWidget(self.stop)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addStretch(0)

    def begin(self, name: str) -> None:
        """Show that a file is being brought in."""
        self.title.setText(f"Import de {name}")
        self.words.setText("Lecture du fichier…")
        self.bar.setRange(0, 0)
        self.table.hide()
        self.stop.setEnabled(True)
        self._turn(is_running=True)
        self.stop.setFocus()

    def show_stage(self, stage: ImportStage) -> None:
        """Say how far the import is."""
        self.bar.setRange(0, stage.total)
        self.bar.setValue(stage.done)
        if self.stop.isEnabled():
            self.words.setText(f"{stage.sentence}…")

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.words.setText("Arrêt après le lot en cours : rien de ce qui est importé n’est perdu…")
        self.stopped.emit()

    def _turn(self, *, is_running: bool) -> None:
        self.bar.setVisible(is_running)
        self.stop.setVisible(is_running)
        self.close_button.setVisible(not is_running)

    def show_refusal(self, text: str) -> None:
        """Say why nothing could be brought in, or why it ended before its end."""
        self._turn(is_running=False)
        self.table.hide()
        self.words.setText(text)
        self.close_button.setFocus()

    def show_report(self, name: str, report: ImportReport) -> None:
        """Say what the file brought in."""
        self._turn(is_running=False)
        self.title.setText(f"Import de {name}")
        parts = [counted(report.added, "rendez-vous ajouté", "rendez-vous ajoutés")]
        if report.already:
            parts.append(counted(report.already, "était déjà là", "étaient déjà là"))
        if report.cancelled:
            parts.append(counted(report.cancelled, "évènement annulé", "évènements annulés"))
        if report.rejected:
            left = counted(len(report.rejected), "ligne laissée de côté", "lignes laissées de côté")
            parts.append(left)
        hint = (
            " Corrigez ces lignes et importez le fichier de nouveau\u202f: rien n’entre deux fois."
            if report.rejected
            else ""
        )
        if report.waiting:
            rest = counted(report.waiting, "rendez-vous", "rendez-vous")
            hint = (
                f" Arrêté à votre demande : {rest} du fichier n’ont pas été repris. Importez-le "
                "de nouveau pour la suite : rien n’entre deux fois."
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
