"""What is shown once the central store took this computer out: what is closed, what is safe.

Must not know any service.
"""

from PySide6.QtWidgets import QFrame

from advisor.ui.pieces.basics import column, label, row, shape
from advisor.ui.theme import Theme

TITLE = "Cet ordinateur a été retiré du serveur central"
WORDS = (
    "Le référent régional a retiré cet ordinateur, par exemple après un vol ou un changement de "
    "poste. Les entretiens y restent chiffrés et fermés\u202f: personne ne peut plus les lire ici."
)
SAFE = (
    "Ce qui avait été envoyé est au serveur central. Ce qui attendait encore reste dans la base "
    "chiffrée\u202f: une copie de secours, ci-dessous, le met à l’abri."
)
NEXT = (
    "Si c’est une erreur, demandez un nouveau code au référent régional et rattachez de nouveau "
    "cet ordinateur\u202f: tout se rouvre, et ce qui attendait part."
)


class LockedPage(QFrame):
    """Says it plainly; acts are elsewhere on the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "failed")
        self.setAccessibleName(TITLE)
        whole = column(self, theme, margin=16, spacing=8)
        head = row(None, theme)
        head.addWidget(shape("lock", theme, "brick", 24))
        head.addWidget(label(TITLE, "title"), 1)
        whole.addLayout(head)
        for words in (WORDS, SAFE, NEXT):
            whole.addWidget(label(words))
