"""The page that asks for the passphrase, or chooses it, shows the recovery key, asks who signs.

Places widgets only.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from advisor.ui.pieces.basics import button, column, frame, label, row, scrolling, with_icon
from advisor.ui.pieces.fields import Line
from advisor.ui.theme import Theme

CARD_WIDTH = 520


class OpeningView(QWidget):
    """Emits what was typed: ``opened``, ``rescued``, ``created``, ``key_kept``, ``signed``."""

    opened = Signal(str)
    rescued = Signal(str)
    created = Signal(str, str)
    key_kept = Signal()
    key_copied = Signal()
    key_printed = Signal()
    signed = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Ouverture")
        self.theme = theme
        body = QWidget()
        whole = column(body, theme, margin=24)
        self.card = frame("card", "Ouverture de la base chiffrée")
        self.card.setMaximumWidth(theme.px(CARD_WIDTH))
        inside = column(self.card, theme, margin=24, spacing=12)
        inside.addWidget(label("Conseil à l’installation", "display"))
        self.pages = QStackedLayout()
        for page in (self._open_page(), self._create_page(), self._key_page(), self._name_page()):
            self.pages.addWidget(page)
        inside.addLayout(self.pages)
        self.said = label("", "brick")
        self.said.setAccessibleName("Réponse")
        inside.addWidget(self.said)
        whole.addStretch(1)
        middle = row(None, theme)
        middle.addStretch(1)
        middle.addWidget(self.card, 100)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        column(self, theme).addWidget(scrolling(body, "Page d’ouverture"))

    def ask_passphrase(self, words: str) -> None:
        """Ask for the passphrase of the database that is there."""
        self.intro.setText(words)
        self._turn_to(0, self.passphrase)

    def ask_new_passphrase(self) -> None:
        """Ask for a new passphrase, twice."""
        self._turn_to(1, self.first)

    def show_key(self, key: str) -> None:
        """Show the recovery key, once."""
        self.key.setText(key)
        self._turn_to(2, self.kept)

    def ask_name(self) -> None:
        """Ask who signs."""
        self._turn_to(3, self.name)

    def say(self, words: str) -> None:
        """Say one sentence under the fields."""
        self.said.setText(words)

    def wait(self, *, waiting: bool) -> None:
        """Hold the buttons while the key is derived."""
        for piece in (self.open_button, self.create_button, self.rescue_button):
            piece.setDisabled(waiting)
        if waiting:
            self.said.setText("")

    def areas(self) -> list[QWidget]:
        """Return where F6 arrives."""
        return [(self.passphrase, self.first, self.kept, self.name)[self.pages.currentIndex()]]

    def _turn_to(self, page: int, field: QWidget) -> None:
        self.say("")
        for line in (self.passphrase, self.rescue, self.first, self.second):
            line.clear()
        self.pages.setCurrentIndex(page)
        field.setFocus()

    def _open_page(self) -> QFrame:
        self.intro = label("")
        self.passphrase = secret("Phrase secrète")
        self.passphrase.returnPressed.connect(self._open)
        self.open_button = with_icon(
            button("&Ouvrir", self._open, "primary"), "key", self.theme, "accent_text"
        )
        self.rescue = Line("Clé de secours")
        self.rescue.setPlaceholderText("XXXX-XXXX-XXXX-…")
        self.rescue_part = frame("plain", "Clé de secours")
        self.rescue_button = button("Ouvrir avec la clé", self._rescue)
        self.rescue.returnPressed.connect(self._rescue)
        inside = column(self.rescue_part, self.theme, spacing=4)
        inside.addWidget(_titled("Clé de secours de votre organisation", self.rescue))
        inside.addWidget(self.rescue)
        inside.addWidget(self.rescue_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.rescue_part.hide()
        forgotten = button(
            "Phrase oubliée\u202f: utiliser la clé de secours", self._show_rescue, "quiet"
        )
        return self._page(
            self.intro,
            _titled("&Phrase secrète", self.passphrase),
            self.passphrase,
            self.open_button,
            forgotten,
            self.rescue_part,
        )

    def _create_page(self) -> QFrame:
        self.first = secret("Nouvelle phrase secrète")
        self.second = secret("La même phrase, encore une fois")
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self._create)
        self.create_button = with_icon(
            button("&Créer la base chiffrée", self._create, "primary"),
            "lock",
            self.theme,
            "accent_text",
        )
        return self._page(
            label(
                "Première ouverture. Tout ce qui sera noté ici est chiffré par une phrase secrète "
                "que vous choisissez\u202f: quatre ou cinq mots qui se retiennent."
            ),
            _titled("&Phrase secrète", self.first),
            self.first,
            _titled("La &même, encore une fois", self.second),
            self.second,
            self.create_button,
        )

    def _key_page(self) -> QFrame:
        self.key = label("", "title", selectable=True)
        self.key.setAccessibleName("Clé de secours")
        self.kept = with_icon(
            button("C’est &fait, continuer", self.key_kept.emit, "primary"),
            "check",
            self.theme,
            "accent_text",
        )
        actions = frame()
        line = row(actions, self.theme)
        copy = button("&Copier", self.key_copied.emit)
        line.addWidget(with_icon(copy, "copy", self.theme))
        printing = button("&Imprimer", self.key_printed.emit)
        line.addWidget(with_icon(printing, "print", self.theme))
        line.addStretch(1)
        return self._page(
            label("La clé de secours", "title"),
            label(
                "Elle ouvre la base si la phrase est oubliée. Elle n’est montrée qu’une "
                "fois\u202f: imprimez-la ou recopiez-la, et confiez-la à votre organisation."
            ),
            self.key,
            actions,
            self.kept,
        )

    def _name_page(self) -> QFrame:
        self.name = Line("Votre nom")
        self.organisation = Line("Votre organisation")
        self.organisation.setPlaceholderText("URPS, ARS, CPAM, Ordre…")
        self.name.returnPressed.connect(self.organisation.setFocus)
        self.organisation.returnPressed.connect(self._sign)
        return self._page(
            label("Qui conseille\u202f?", "title"),
            label("Votre nom et votre organisation signent les notes et les fiches remises."),
            _titled("Votre &nom", self.name),
            self.name,
            _titled("Votre &organisation", self.organisation),
            self.organisation,
            button("&Commencer", self._sign, "primary"),
        )

    def _page(self, *pieces: QWidget) -> QFrame:
        made = frame()
        inside: QVBoxLayout = column(made, self.theme, spacing=8)
        for piece in pieces:
            inside.addWidget(piece)
        inside.addStretch(1)
        return made

    def _open(self) -> None:
        self.opened.emit(self.passphrase.text())

    def _rescue(self) -> None:
        self.rescued.emit(self.rescue.text().strip())

    def _show_rescue(self) -> None:
        self.rescue_part.show()
        self.rescue.setFocus()

    def _create(self) -> None:
        self.created.emit(self.first.text(), self.second.text())

    def _sign(self) -> None:
        self.signed.emit(self.name.text().strip(), self.organisation.text().strip())


def secret(name: str) -> QLineEdit:
    """Return a field that hides what is typed."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    return made


def _titled(words: str, field: QWidget) -> QLabel:
    made = QLabel(words)
    made.setProperty("role", "small")
    made.setBuddy(field)
    return made
