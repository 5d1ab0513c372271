"""Where a profile would be best served: whose profile, then the places ranked, with reasons.

Must not know any service.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisor.domain.aids.ranking import RankedPlace
from advisor.domain.cases.profile import FIELDS
from advisor.domain.words.wording import counted, euros, number
from advisor.ui.pieces.basics import button, clear, column, label
from advisor.ui.pieces.commune_box import Ask, CommuneBox
from advisor.ui.pieces.fields import Choice
from advisor.ui.pieces.folding import Folding
from advisor.ui.pieces.pressable import Pressable
from advisor.ui.theme import Theme

ASKED = ("status", "sector", "exercise", "first_installation")
YES_NO = ((True, "oui"), (False, "non"))


class RankingPanel(QWidget):
    """Emits ``ranked(profile)``, ``chosen(code)`` and ``cleared()``."""

    ranked = Signal(object)
    chosen = Signal(str)
    cleared = Signal()

    def __init__(self, theme: Theme, ask: Ask) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Où mon profil serait-il le mieux servi\u202f?")
        self._of_interview: Mapping[str, Any] | None = None
        self._profession = ""
        inside: QVBoxLayout = column(self, theme, margin=10, spacing=5)
        inside.addWidget(label("OÙ MON PROFIL SERAIT-IL LE MIEUX SERVI\u202f?", "section"))
        self.whose = label("", "small")
        inside.addWidget(self.whose)
        self.form = QWidget()
        self._build_form(ask)
        inside.addWidget(self.form)
        self.go = button("Classer les lieux de la carte", self._ask_rank, "primary")
        inside.addWidget(self.go)
        self.said = label("", "muted")
        inside.addWidget(self.said)
        self.results = QWidget()
        self._lines: QVBoxLayout = column(self.results, theme, spacing=6)
        inside.addWidget(self.results)
        self.away = button("Effacer le classement", self.cleared.emit, "quiet")
        self.away.hide()
        inside.addWidget(self.away)
        inside.addStretch(1)

    def _build_form(self, ask: Ask) -> None:
        rows = column(self.form, self.theme, spacing=4)
        self.fields: dict[str, Choice] = {}
        for name in ASKED:
            field = FIELDS[name]
            choices = YES_NO if field.kind == "bool" else field.choices
            self.fields[name] = Choice(field.label, choices)
            rows.addWidget(label(field.label, "muted"))
            rows.addWidget(self.fields[name])
        rows.addWidget(label(FIELDS["home_commune"].label, "muted"))
        self.home = CommuneBox(FIELDS["home_commune"].label, self.theme, ask)
        rows.addWidget(self.home)

    def offer(self, profession: str, whose: str, profile: Mapping[str, Any] | None) -> None:
        """Say whose profile is ranked: the interview's in hand, or what is typed here."""
        self._profession, self._of_interview = profession, profile
        self.form.setVisible(profile is None)
        self.whose.setText(
            f"Profil de l’entretien en cours\u202f: {whose}."
            if profile is not None
            else "Aucun entretien en cours\u202f: dites l’essentiel du profil. Ce qui n’est pas "
            "dit reste à vérifier."
        )

    def profile(self) -> dict[str, Any]:
        """Return the profile to rank for, with what is known of it."""
        if self._of_interview is not None:
            return dict(self._of_interview)
        typed = {name: field.value() for name, field in self.fields.items()}
        typed["home_commune"] = self.home.value()
        known = {name: value for name, value in typed.items() if value is not None}
        return {"profession": self._profession, **known}

    def show_waiting(self, places: int) -> None:
        """Say that places are being ranked."""
        self.said.setText(f"Classement de {counted(places, 'lieu', 'lieux')}…")
        self.go.setEnabled(False)

    def show_nothing(self) -> None:
        """Forget what was ranked."""
        clear(self._lines)
        self.said.setText("")
        self.go.setEnabled(True)
        self.away.hide()

    def show_ranked(self, found: Sequence[RankedPlace], among: int) -> None:
        """Say the best places, in order, each with its reasons."""
        self.show_nothing()
        self.said.setText(
            f"Les {len(found)} premiers de {counted(among, 'lieu', 'lieux')}, numérotés sur la "
            "carte. Les critères et leurs poids sont les nôtres (data/ranking.yaml)."
            if found
            else "Aucun lieu à classer sur cette carte."
        )
        self.away.setVisible(bool(found))
        for rank, place in enumerate(found, start=1):
            self._add(rank, place)

    def _add(self, rank: int, place: RankedPlace) -> None:
        words = f"{rank}. {place.name} · {number(place.score)} sur 100"
        line = Pressable(f"{words}. {'. '.join(place.why)}")
        inside = column(line, self.theme, margin=6, spacing=2)
        inside.addWidget(label(words, "strong"))
        inside.addWidget(label(f"jusqu’à {euros(place.total_max)} d’aides chiffrées", "small"))
        line.let_through()
        line.clicked.connect(lambda _checked, code=place.code: self.chosen.emit(code))
        self._lines.addWidget(line)
        why = Folding(self.theme, f"Pourquoi {place.name}")
        for reason in place.why:
            why.inside.addWidget(label(reason, "small"))
        self._lines.addWidget(why)

    def _ask_rank(self) -> None:
        self.ranked.emit(self.profile())
