"""The window itself: the door, then the shell; light or dark, larger or smaller, locked or not.

Must not know what a screen holds.
"""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMenu, QStackedWidget

from advisor.domain.cases.appointment import Interview
from advisor.services.all_services import Services
from advisor.ui.desk import Desk, News
from advisor.ui.hourly_copy import HourlyCopy
from advisor.ui.idle import IdleWatch
from advisor.ui.jobs import Jobs
from advisor.ui.opening.presenter import OpeningPresenter
from advisor.ui.settings import LOCK_CHOICES, Settings, keep_settings, read_settings
from advisor.ui.theme import Theme, system_mode, wear

if TYPE_CHECKING:
    from advisor.ui.shell import Shell

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
TITLE = "Conseil à l’installation"
DAY_SIZE = (1366, 768)
LAST_SAVE_S = 10.0


def open_with_system(path: Path) -> bool:
    """Open a file with the platform's own reader; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _load_ahead() -> None:
    """Load what stands behind the door, the first screen with it."""
    from advisor.ui import shell  # noqa: F401, PLC0415  (loading it is the point)
    from advisor.ui.home import presenter  # noqa: F401, PLC0415  (idem)


class Window(QMainWindow):
    """Holds the door and the shell; everything typed is saved before either leaves."""

    def __init__(
        self,
        services: Services,
        *,
        now: Callable[[], datetime] = datetime.now,
        show_file: Callable[[Path], bool] = open_with_system,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.resize(*DAY_SIZE)
        self.services = services
        self.now = now
        self.show_file = show_file
        self.settings = settings or read_settings(services.home)
        self.jobs = Jobs(self)
        self.jobs.broken.connect(self._say_broken)
        self.pages = QStackedWidget()
        self.setCentralWidget(self.pages)
        self.shell: Shell | None = None
        self._was_warned = False
        self.idle = IdleWatch(self.settings.lock_minutes, self)
        self.idle.gone.connect(self.lock)
        self.copies = HourlyCopy(services, self.jobs, self._say_no_copy, self)
        self._set_keys()
        self._dress()

    def begin(self) -> None:
        """Ask for what the door needs."""
        self.opening.begin()
        QTimer.singleShot(0, self, _load_ahead)  # while the key is worked out, or typed

    def lock(self) -> None:
        """Save, shut the database, and ask for the passphrase again; the page waits behind."""
        if self.shell is None or self.pages.currentWidget() is not self.shell:
            return
        self.idle.stop()
        self.copies.stop()
        self.shell.leave()
        self.jobs.stop_calls()
        self.jobs.store(self.services.lock, label="Verrouillage")
        self.opening.lock()
        self.pages.setCurrentWidget(self.opening.view)

    def change(self, settings: Settings) -> None:
        """Wear another size or mode, keep it for the next time, and come back where we were."""
        present = self.shell.present if self.shell else ""
        opened = self._interview_open()
        is_inside = self.shell is not None and self.pages.currentWidget() is self.shell
        if self.shell is not None:
            self.shell.leave()
        self.settings = settings
        self.idle.wait_for(settings.lock_minutes)
        is_kept = self._keep(settings)
        self._dress()
        if is_inside:
            self._enter()
            if self.shell is not None and opened is not None:
                self.shell.interview.open(opened.id)
            if self.shell is not None:
                self.shell.go(present or "home")
            if not is_kept:
                self.desk.news.fail(
                    "Ce réglage n’a pas pu être gardé\u202f: le disque refuse.",
                    "Il vaut jusqu’à la fermeture de la fenêtre.",
                )
        else:
            self.opening.begin()

    def _interview_open(self) -> Interview | None:
        if self.shell is None or "interview" not in self.shell.screens:
            return None
        return self.shell.interview.whole

    def _keep(self, settings: Settings) -> bool:
        try:
            keep_settings(self.services.home, settings)
        except OSError:
            return False
        return True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        """Save what was just typed before leaving."""
        if self.shell is not None and not self._all_saved(self.shell):
            event.ignore()
            return
        self.idle.stop()
        self.copies.stop()
        self.hide()  # a call under way ends at its next step, out of sight
        self.jobs.close()
        super().closeEvent(event)

    def _all_saved(self, shell: "Shell") -> bool:
        """Save, wait for the disk, and tell whether closing loses nothing (asked twice: close)."""
        shell.leave()
        until = time.monotonic() + LAST_SAVE_S
        while self.jobs.busy and time.monotonic() < until:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        if not shell.is_unsaved or self._was_warned:
            return True
        self._was_warned = True
        self.desk.news.fail(
            "La dernière saisie n’est pas encore enregistrée\u202f: la fenêtre reste ouverte.",
            "Libérez de la place sur le disque\u202f; fermer encore une fois l’abandonne.",
        )
        return False

    def come_forward(self) -> None:
        """Answer a second copy that was started."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        if self.shell is not None:
            self.desk.news.said.emit(
                "info", "L’application était déjà ouverte\u202f: voici sa fenêtre.", "", None
            )

    def _dress(self) -> None:
        mode = system_mode() if self.settings.mode == "system" else self.settings.mode
        theme = Theme(mode, self.settings.scale)
        self._empty()
        wear(theme)
        news = News(self)
        self.desk = Desk(
            self.services, self.jobs, news, theme, self.settings, self.now, self.show_file
        )
        self.opening = OpeningPresenter(self.desk)
        self.opening.ready.connect(self._enter)
        self.pages.addWidget(self.opening.view)

    def _empty(self) -> None:
        """Take every page away at once: dressing them again would cost more than making them."""
        while self.pages.count():
            old = self.pages.widget(0)
            if old is not None:
                self.pages.removeWidget(old)
                old.hide()
                old.deleteLater()
                QApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete)
        self.shell = None

    def _enter(self) -> None:
        from advisor.ui.shell import Shell  # noqa: PLC0415  (behind the door: see _load_ahead)

        if self.shell is None:
            self.shell = Shell(self.desk, self._actions())
            self.shell.display_asked.connect(self._show_display)
            self.shell.lock_asked.connect(self.lock)
            self.pages.addWidget(self.shell)
        self.pages.setCurrentWidget(self.shell)
        self.shell.refresh_foot()
        self.shell.go(self.shell.present or "home")
        self.idle.start()
        self.copies.start()

    def _actions(self) -> dict[str, Callable[[], object]]:
        return {
            "Verrouiller (Ctrl+L)": self.lock,
            "Agrandir le texte (Ctrl +)": lambda: self.change(self.settings.larger()),
            "Réduire le texte (Ctrl −)": lambda: self.change(self.settings.smaller()),
            "Passer du clair au sombre": lambda: self.change(self.settings.other_mode()),
        }

    def _say_no_copy(self, text: str, hint: str) -> None:
        self.desk.news.fail(text, hint)

    def _say_broken(self, _report: str) -> None:
        if self.shell is None:
            self.opening.view.wait(waiting=False)
            self.opening.view.say(
                "Une erreur inattendue s’est produite. Rien n’est perdu\u202f: fermez la fenêtre "
                "et ouvrez-la de nouveau\u202f; si cela recommence, prévenez le support."
            )

    def _set_keys(self) -> None:
        for keys, act in (
            (("Ctrl++", "Ctrl+="), lambda: self.change(self.settings.larger())),
            (("Ctrl+-",), lambda: self.change(self.settings.smaller())),
        ):
            for key in keys:
                made = QShortcut(QKeySequence(key), self)
                made.activated.connect(act)

    def _show_display(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Affichage")
        for scale in SCALES:
            self._offer(menu, f"Texte à {scale * 100:.0f} %", "scale", scale)
        menu.addSeparator()
        for mode, words in (("light", "Clair"), ("dark", "Sombre"), ("system", "Comme le système")):
            self._offer(menu, words, "mode", mode)
        menu.addSeparator()
        for minutes in LOCK_CHOICES:
            self._offer(menu, f"Verrouiller après {minutes} min", "lock_minutes", minutes)
        menu.addSeparator()
        menu.addAction("Dossier des fiches remises…").triggered.connect(self._ask_for_folder)
        if self.shell is not None:
            corner = self.shell.rail.mapToGlobal(QPoint(self.shell.rail.width(), self.height()))
            menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def _ask_for_folder(self, _checked: object = None) -> None:
        dialog = QFileDialog(self, "Dossier des fiches remises", str(self.desk.sheets_folder()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._changed_by_menu, "sheets"))
        dialog.open()

    def _offer(self, menu: QMenu, words: str, name: str, value: object) -> None:
        act = menu.addAction(words)
        act.setCheckable(True)
        act.setChecked(getattr(self.settings, name) == value)
        act.triggered.connect(partial(self._changed_by_menu, name, value))

    def _changed_by_menu(self, name: str, value: object, _checked: object = None) -> None:
        self.change(self.settings.with_value(name, value))
