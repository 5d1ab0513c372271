"""What the door decides: create, open, refuse, show the recovery key once, ask who signs.

Knows the services; places no widget.
"""

import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from advisor.domain.cases.people import Adviser
from advisor.errors import AdvisorError
from advisor.ui.desk import Desk
from advisor.ui.opening.recovery_page import print_key
from advisor.ui.opening.view import OpeningView

LEAST_LENGTH = 12
UNATTENDED = "ADVISOR_PASSPHRASE_FILE"
LOCKED = "La fenêtre s’est verrouillée. Ce qui était tapé est enregistré et vous attend."
CLOSED = "La base est chiffrée\u202f: tapez la phrase secrète."


class OpeningPresenter(QObject):
    """Emits ``ready`` when the cases are open and somebody signs."""

    ready = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.view = OpeningView(desk.theme)
        self.view.opened.connect(self._open)
        self.view.rescued.connect(self._rescue)
        self.view.created.connect(self._create)
        self.view.key_kept.connect(self._ask_name)
        self.view.key_copied.connect(self._copy)
        self.view.key_printed.connect(self._print)
        self.view.signed.connect(self._sign)

    def begin(self) -> None:
        """Ask for what is needed; pass when unattended use or the keyring opens the door."""
        services = self.desk.services
        if services.is_open:
            self._ask_name()
        elif os.environ.get(UNATTENDED):
            self.desk.jobs.store(lambda: services.cases, self._unlocked, self._ask_with)
        elif services.is_new:
            self.view.ask_new_passphrase()
        else:
            self.view.ask_passphrase(CLOSED)
            self.desk.jobs.store(services.unlock, self._unlocked, lambda _error: None)

    def _ask_with(self, error: AdvisorError) -> None:
        if self.desk.services.is_new:
            self.view.ask_new_passphrase()
        else:
            self.view.ask_passphrase(CLOSED)
        self.view.say(f"{error.message} {error.hint}".strip())

    def lock(self) -> None:
        """Ask again after the window was locked."""
        self.view.ask_passphrase(LOCKED)

    def _open(self, passphrase: str) -> None:
        if not passphrase:
            self.view.say("Tapez la phrase secrète.")
            return
        self._unlock(passphrase, None)

    def _rescue(self, key: str) -> None:
        if not key:
            self.view.say("Tapez la clé de secours, telle qu’elle a été imprimée.")
            return
        self._unlock(None, key)

    def _create(self, first: str, second: str) -> None:
        if len(first) < LEAST_LENGTH:
            self.view.say(f"Trop court\u202f: choisissez au moins {LEAST_LENGTH} signes.")
        elif first != second:
            self.view.say("Les deux phrases sont différentes\u202f: tapez la même deux fois.")
        else:
            self._unlock(first, None)

    def _unlock(self, passphrase: str | None, recovery_key: str | None) -> None:
        self.view.wait(waiting=True)
        services = self.desk.services
        self.desk.jobs.store(
            lambda: services.unlock(passphrase, recovery_key=recovery_key),
            self._unlocked,
            self._refused,
            label="Ouverture de la base chiffrée",
        )

    def _unlocked(self, cases: object) -> None:
        self.view.wait(waiting=False)
        key = getattr(cases, "recovery_key", None)
        if key:
            self.view.show_key(key)
        else:
            self._ask_name()

    def _refused(self, error: AdvisorError) -> None:
        self.view.wait(waiting=False)
        self.view.say(f"{error.message} {error.hint}".strip())
        self.view.passphrase.selectAll()
        self.view.passphrase.setFocus()

    def _ask_name(self) -> None:
        self.desk.jobs.store(lambda: self.desk.cases.identity.me(), self._known)  # noqa: PLW0108  cases are looked up in the lane

    def _known(self, adviser: Adviser | None) -> None:
        if adviser is None or not adviser.name:
            self.view.ask_name()
        else:
            self.ready.emit()

    def _sign(self, name: str, organisation: str) -> None:
        if not name or not organisation:
            self.view.say("Il manque votre nom ou votre organisation.")
            return
        self.desk.jobs.store(
            lambda: self.desk.cases.identity.sign_in(name, organisation),
            lambda _adviser: self.ready.emit(),
            self._refused,
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.view.key.text())
        self.view.say(
            "Clé copiée\u202f: collez-la dans un endroit sûr, puis videz le presse-papiers."
        )

    def _print(self) -> None:
        self.view.say(print_key(self.view.key.text()))
