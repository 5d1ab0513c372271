"""The identity card of a structure: what it is, where, its dated statuses and their sources.

Must not know any service.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisor.domain.structure import DatedStatus, Structure
from advisor.domain.words.wording import NARROW, short_date
from advisor.ui import wording
from advisor.ui.pieces.basics import clear, column, frame, label
from advisor.ui.structures.programmes import programme_words
from advisor.ui.theme import Theme


class StructureCard(QWidget):
    """Says one structure at a time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Fiche d’identité")
        self._inside: QVBoxLayout = column(self, theme, margin=14, spacing=6)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what will be here."""
        clear(self._inside)
        self._say(
            "La fiche de la structure choisie s’affiche ici\u202f: nature, adresse, états datés et "
            "sources.",
            "muted",
        )
        self._inside.addStretch(1)

    def show_structure(self, one: Structure) -> None:
        """Say everything that is known of a structure."""
        clear(self._inside)
        self._say(one.name, "title")
        kind = wording.worded(wording.STRUCTURE_KIND, one.kind)
        self._say(f"{kind} · {one.commune_name} ({one.departement})", "strong")
        for words in (
            one.address,
            f"Téléphone{NARROW}: {one.phone}" if one.phone else "",
            f"Courriel{NARROW}: {one.email}" if one.email else "",
            f"FINESS {one.finess}" if one.finess else "",
            f"Professions{NARROW}: {_professions(one)}" if one.professions else "",
        ):
            self._say(words, "")
        self._say("POURQUOI ELLE EST AU REGISTRE", "section")
        self._say(programme_words(one.programme), "")
        self._say("ÉTATS DATÉS", "section")
        for status in one.statuses:
            self._inside.addWidget(self._status(status))
        if not one.statuses:
            self._say("Aucun état n’est donné par les sources.", "muted")
        self._say(one.note, "small")
        self._say("SOURCE", "section")
        self._say(
            f"{one.source.told} ({wording.worded(wording.CONFIDENCE, one.confidence)})", "muted"
        )
        self._inside.addStretch(1)

    def _status(self, status: DatedStatus) -> QWidget:
        made = frame("well", f"État\u202f: {status.text}")
        inside = column(made, self.theme, margin=8, spacing=2)
        when = f"au {short_date(status.day)}" if status.day else "date non précisée par la source"
        inside.addWidget(label(wording.capital(status.text)))
        inside.addWidget(label(f"{when} · {status.source.told}", "muted"))
        return made

    def _say(self, words: str, role: str) -> None:
        if words:
            self._inside.addWidget(label(words, role, selectable=True))


def _professions(one: Structure) -> str:
    return ", ".join(wording.choice_words("profession", code) for code in one.professions)
