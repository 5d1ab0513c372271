"""Tying this computer to a central store: its address and a one-time code, explained.

Must not know any service.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from advisor.domain.words.wording import NARROW, listed
from advisor.services.sync_state import Enrolment
from advisor.ui.pieces.basics import button, column, label, relook, row
from advisor.ui.pieces.fields import Line
from advisor.ui.pieces.file_dialogs import ask_which
from advisor.ui.theme import Theme

EXPLAINED = (
    "Le référent régional donne l’adresse du serveur central et un code qui ne sert qu’une fois. "
    "Le code dit à quelle institution et à quels départements cet ordinateur a droit. Ce qui a "
    "déjà été tapé ici partira à la première synchronisation."
)
CERTIFICATE = "Certificat remis par le support…"
CERTIFICATES = "Certificats (*.pem *.crt *.cer);;Tous les fichiers (*)"
MISSING = "Il faut l’adresse et le code."
TIED = (
    "Cet ordinateur est rattaché. Pour changer de serveur central, demandez au référent régional "
    "de retirer cet ordinateur, puis rattachez-le avec un nouveau code."
)


class EnrolmentForm(QFrame):
    """Emits ``enrol_asked(address, code, authority)``; the last is a file, or None."""

    enrol_asked = Signal(str, str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setProperty("role", "card")
        self.setAccessibleName("Rattachement au serveur central")
        self.words = label(EXPLAINED)
        self.facts = label("", "muted")
        self.address = Line("Adresse du serveur central")
        self.address.setPlaceholderText("https://central.exemple.fr")
        self.code = Line("Code à usage unique")
        self.code.setPlaceholderText("par exemple A1B2C-D3E4F-G5H6J-K7M8N")
        self.authority: Path | None = None
        self.certificate = button(CERTIFICATE, self._ask_certificate, "quiet")
        self.said = label("", "brick")
        self.go = button("Rattacher", self._ask, "primary")
        self.fields = QFrame()
        self._build()
        for line in (self.address, self.code):
            line.returnPressed.connect(self._ask)

    def _build(self) -> None:
        theme = self.theme
        whole = column(self, theme, margin=14, spacing=8)
        whole.addWidget(label("Rattachement au serveur central", "title"))
        whole.addWidget(self.words)
        whole.addWidget(self.facts)
        inside = column(self.fields, theme, spacing=4)
        for line in (self.address, self.code):
            title = label(line.accessibleName(), "small")
            title.setBuddy(line)
            line.setMaximumWidth(theme.px(460))
            inside.addWidget(title)
            inside.addWidget(line)
        beside = row(None, theme)
        beside.addWidget(self.certificate)
        beside.addStretch(1)
        inside.addLayout(beside)
        inside.addWidget(self.said)
        act = row(None, theme)
        act.addWidget(self.go)
        act.addStretch(1)
        inside.addLayout(act)
        whole.addWidget(self.fields)
        whole.addStretch(1)

    def show_tie(self, tie: Enrolment | None, *, locked: bool = False) -> None:
        """Say whether the computer is tied; the form stands when it can be."""
        is_open = tie is None or locked
        self.fields.setVisible(is_open)
        self.words.setText(EXPLAINED if is_open else TIED)
        self.facts.setVisible(tie is not None)
        if tie is not None:
            self.facts.setText(
                f"Adresse{NARROW}: {tie.central} · institution{NARROW}: {tie.organisation} · "
                f"départements{NARROW}: {listed(tie.departements)} · depuis le "
                f"{tie.since.astimezone():%d/%m/%Y}"
            )

    def show_waiting(self) -> None:
        """Show that the central store is being asked."""
        self.go.setEnabled(False)
        self._say("Appel du serveur central…", "muted")

    def show_done(self) -> None:
        """Empty the form once the computer is tied."""
        self.go.setEnabled(True)
        self.address.clear()
        self.code.clear()
        self._believe(None)
        self._say("", "muted")

    def refuse(self, text: str, hint: str = "") -> None:
        """Say why the computer could not be tied, and what to do."""
        self.go.setEnabled(True)
        self._say(f"{text} {hint}".strip(), "brick")

    def _ask(self) -> None:
        address, code = self.address.text().strip(), self.code.text().strip()
        if not address or not code:
            self.refuse(MISSING)
            (self.address if not address else self.code).setFocus()
            return
        self.enrol_asked.emit(address, code, self.authority)

    def _ask_certificate(self) -> None:
        ask_which(self, "Certificat de l’autorité à croire", CERTIFICATES, self._believe)

    def _believe(self, file: Path | None) -> None:
        self.authority = file
        words = f"Certificat\u202f: {file.name}" if file else CERTIFICATE
        self.certificate.setText(words)
        self.certificate.setAccessibleName(words)

    def _say(self, words: str, role: str) -> None:
        relook(self.said, role=role)
        self.said.setText(words)
