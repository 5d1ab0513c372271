"""Carrying by USB key: write what leaves, read what came, save everything not sent yet.

Must not know any service.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout

from advisor.services.sync_words import SHORTEST_PHRASE
from advisor.ui.pieces.basics import button, column, frame, label, relook, row, with_icon
from advisor.ui.pieces.fields import Line
from advisor.ui.pieces.file_dialogs import ask_where, ask_which
from advisor.ui.theme import Theme

KINDS = "Fichiers d’échange (*.advisor-sync);;Tous les fichiers (*)"
RESCUES = "Fichiers de secours (*.advisor-rescue);;Tous les fichiers (*)"
WRITING = (
    "Tout ce qui attend part dans un fichier chiffré. Portez-le à un poste en réseau ou au "
    "référent\u202f: le lire plusieurs fois, ou dans le désordre, ne double rien."
)
READING = (
    "Le fichier apporté d’un autre poste, ou la réponse du serveur central. Ce qui est déjà "
    "connu est reconnu."
)
RESCUING = (
    "Met à l’abri tout ce qui n’a pas encore été envoyé, avec une phrase secrète de votre "
    "choix. À faire avant de rendre ou de réparer l’ordinateur."
)
BLOCKS = (
    ("Écrire sur la clé", WRITING, "Écrire un fichier…", "document"),
    ("Lire une clé", READING, "Lire un fichier…", "import"),
    ("Copie de secours", RESCUING, "Écrire une copie de secours…", "lock"),
)
PHRASE_TOO_SHORT = (
    f"Tapez d’abord la phrase secrète du fichier, d’au moins {SHORTEST_PHRASE} caractères\u202f: "
    "qui le lira la demandera."
)
NO_PHRASE = "Tapez d’abord la phrase secrète du fichier, celle que son auteur a choisie."


class FilePanel(QFrame):
    """Emits ``write_asked`` and ``read_asked`` with (file, phrase).

    ``rescue_asked`` carries (file, phrase, this computer's own passphrase).
    """

    write_asked = Signal(object, str)
    read_asked = Signal(object, str)
    rescue_asked = Signal(object, str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Par clé USB")
        self.said = label("", "strong")
        self.said.hide()
        self.phrase = Line("Phrase secrète du fichier")
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.phrase.setPlaceholderText(f"au moins {SHORTEST_PHRASE} caractères")
        self.own = Line("Phrase secrète de cet ordinateur")
        self.own.setEchoMode(QLineEdit.EchoMode.Password)
        self.own.setPlaceholderText("celle de l’ouverture")
        acts = (self._ask_where, self._ask_which, self._ask_rescue)
        self.write, self.read, self.rescue = (
            with_icon(button(words, act), picture, theme)
            for (_, _, words, picture), act in zip(BLOCKS, acts, strict=True)
        )
        self._build()

    def _build(self) -> None:
        theme = self.theme
        whole = column(self, theme, spacing=10)
        whole.addWidget(self.said)
        whole.addLayout(self._named(self.phrase))
        acts = (self.write, self.read, self.rescue)
        widest = max(made.sizeHint().width() for made in acts)
        for block, made in zip(BLOCKS, acts, strict=True):
            made.setMinimumWidth(widest)
            own = self.own if made is self.rescue else None
            whole.addWidget(self._block(block, made, own))
        whole.addStretch(1)

    def _named(self, typed: Line) -> QVBoxLayout:
        line = column(None, self.theme, spacing=2)
        title = label(typed.accessibleName(), "small")
        title.setBuddy(typed)
        typed.setMaximumWidth(self.theme.px(520))
        line.addWidget(title)
        line.addWidget(typed)
        return line

    def _block(
        self, block: tuple[str, str, str, str], made: QPushButton, own: Line | None
    ) -> QFrame:
        card = frame("card", block[0])
        line = row(card, self.theme, margin=12, spacing=16)
        words = column(None, self.theme, spacing=2)
        words.addWidget(label(block[0], "strong"))
        words.addWidget(label(block[1], "small"))
        if own is not None:
            words.addSpacing(self.theme.px(4))
            beside = row(None, self.theme)
            beside.addLayout(self._named(own), 1)
            beside.addStretch(1)
            words.addLayout(beside)
        line.addLayout(words, 1)
        line.addWidget(made)
        return card

    def say(self, words: str, role: str = "strong") -> None:
        """Say what became of a file."""
        relook(self.said, role=role)
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def show_busy(self, *, busy: bool) -> None:
        """Let one file be worked on at a time."""
        for made in (self.write, self.read, self.rescue):
            made.setEnabled(not busy)

    def clear_phrase(self) -> None:
        """Forget the phrases once they have served."""
        self.phrase.clear()
        self.own.clear()

    def _ask_where(self) -> None:
        if self._has_phrase():
            ask_where(self, "Écrire ce qui part", "echange.advisor-sync", KINDS, self._write)

    def _ask_which(self) -> None:
        if self._has_phrase(1, NO_PHRASE):
            ask_which(self, "Lire un fichier d’échange", KINDS, self._read)

    def _ask_rescue(self) -> None:
        if self._has_phrase():
            ask_where(self, "Copie de secours", "secours.advisor-rescue", RESCUES, self._rescue)

    def _has_phrase(self, least: int = SHORTEST_PHRASE, missing: str = PHRASE_TOO_SHORT) -> bool:
        if len(self.phrase.text().strip()) >= least:
            return True
        self.say(missing, "brick")
        self.phrase.setFocus()
        return False

    def _write(self, file: Path) -> None:
        self.write_asked.emit(file, self.phrase.text())

    def _read(self, file: Path) -> None:
        self.read_asked.emit(file, self.phrase.text())

    def _rescue(self, file: Path) -> None:
        self.rescue_asked.emit(file, self.phrase.text(), self.own.text())
