"""One version of a field in conflict: its letter, who wrote it, where, when, and its words.

Must not know any service.
"""

from PySide6.QtWidgets import QFrame

from advisor.domain.cases.disagreement import Voice
from advisor.domain.words.word_changes import Pieces
from advisor.domain.words.wording import instant
from advisor.ui.pieces.basics import column, label
from advisor.ui.sync_state.marked_text import MarkedText
from advisor.ui.theme import Theme


def signed(voice: Voice) -> str:
    """Return « Camille Exemple, URPS »."""
    return ", ".join(part for part in (voice.author, voice.organisation) if part)


def written(voice: Voice) -> str:
    """Return « le 22/11/2026 à 10 h 42, sur ce poste »."""
    where = "sur ce poste" if voice.here else "sur un autre poste"
    return f"le {instant(voice.declared_at.astimezone())}, {where}"


class VersionCard(QFrame):
    """Says one version; ``side`` is A for the current one."""

    def __init__(self, theme: Theme, side: str) -> None:
        super().__init__()
        self.side = side
        self.setProperty("role", "well")
        self.head = label("", "strong")
        self.when = label("", "muted")
        self.text = MarkedText(theme, f"Version {side}")
        inside = column(self, theme, margin=10, spacing=2)
        inside.addWidget(self.head)
        inside.addWidget(self.when)
        inside.addWidget(self.text, 1)

    def show_voice(self, letter: str, voice: Voice, pieces: Pieces) -> None:
        """Show one version under its letter."""
        current = " · actuelle" if self.side == "A" else ""
        self.head.setText(f"{letter} · {signed(voice)}{current}")
        self.when.setText(written(voice))
        name = f"Version {letter}, {signed(voice)}, {written(voice)}"
        self.setAccessibleName(name)
        self.text.show_pieces(name, pieces, self.side)
