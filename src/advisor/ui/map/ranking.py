"""Where a profile would be best served: whose profile, then the places ranked, with reasons.

Must not know any service.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from advisor.domain.aids.ranking import RankedPlace, standings
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
BIG_TEXT = 1.4
CRITERIA = "Critères et poids choisis pour cet outil, sans valeur officielle."


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
        self._is_waiting = False
        inside: QVBoxLayout = column(self, theme, margin=10, spacing=5)
        inside.addWidget(label("OÙ MON PROFIL SERAIT-IL LE MIEUX SERVI\u202f?", "section"))
        self.profile_of = Folding(theme, "Profil à classer", is_open=True)
        self.whose = label("", "small")
        self.form = QWidget()
        self._build_form(ask)
        self.go = button("Classer les lieux de la carte", self._ask_rank, "primary")
        for piece in (self.whose, self.form, self.go):
            self.profile_of.inside.addWidget(piece)
        inside.addWidget(self.profile_of)
        self.said = label("", "small")
        self.equal = label("", "caution")
        self.criteria = label(CRITERIA, "muted")
        for piece in (self.said, self.equal, self.criteria):
            piece.hide()
            inside.addWidget(piece)
        self.results = QWidget()
        self._lines: QVBoxLayout = column(self.results, theme, spacing=6)
        inside.addWidget(self.results)
        self.away = button("Effacer le classement", self.cleared.emit, "quiet")
        self.away.hide()
        inside.addWidget(self.away)
        inside.addStretch(1)

    def _build_form(self, ask: Ask) -> None:
        grid = QGridLayout(self.form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px(8))
        grid.setVerticalSpacing(self.theme.px(2))
        self.fields: dict[str, Choice] = {}
        across = 1 if self.theme.scale > BIG_TEXT else 2
        for at, name in enumerate(ASKED):
            field = FIELDS[name]
            choices = YES_NO if field.kind == "bool" else field.choices
            self.fields[name] = Choice(field.label, choices)
            line, side = 2 * (at // across), at % across
            grid.addWidget(label(field.label, "muted"), line, side)
            grid.addWidget(self.fields[name], line + 1, side)
            grid.setColumnStretch(side, 1)
        last = 2 * len(ASKED)
        self.home = CommuneBox(FIELDS["home_commune"].label, self.theme, ask)
        grid.addWidget(label(FIELDS["home_commune"].label, "muted"), last, 0, 1, across)
        grid.addWidget(self.home, last + 1, 0, 1, across)

    def offer(self, profession: str, whose: str, profile: Mapping[str, Any] | None) -> None:
        """Say whose profile is ranked: the interview's in hand, or what is typed here."""
        self._profession, self._of_interview = profession, profile
        self.form.setVisible(profile is None)
        self._fold_profile(is_ranked=bool(self._lines.count()))
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
        """Say that places are being ranked; the button keeps the keyboard and waits."""
        self._is_waiting = True
        self._say(self.said, f"Classement de {counted(places, 'lieu', 'lieux')}…")

    def show_nothing(self) -> None:
        """Forget what was ranked."""
        self._is_waiting = False
        clear(self._lines)
        self._say(self.said, "")
        self._say(self.equal, "")
        self.criteria.hide()
        self._fold_profile(is_ranked=False)
        self.away.hide()

    def show_ranked(self, found: Sequence[RankedPlace], among: int, equal: int) -> None:
        """Say the best places, in order, each with its reasons; ``equal`` share the first rank."""
        has_keyboard = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self.show_nothing()
        first = counted(len(found), "premier lieu", "premiers lieux")
        self._say(
            self.said,
            f"{first} sur {number(among)}, numérotés sur la carte."
            if found
            else "Aucun lieu à classer sur cette carte.",
        )
        self._say(self.equal, _equal_words(equal, len(found)))
        self.criteria.setVisible(bool(found))
        self.away.setVisible(bool(found))
        ranks = standings(found)
        lines = [self._add(ranks[place.code], place) for place in found]
        if lines and has_keyboard:
            lines[0].show()  # at once: the keyboard only goes to what is seen
            lines[0].setFocus()
        self._fold_profile(is_ranked=bool(found))

    def _fold_profile(self, *, is_ranked: bool) -> None:
        """Make room for what is ranked; without a ranking the profile needs no heading."""
        self.profile_of.heading.setVisible(is_ranked)
        self.profile_of.set_open(is_open=not is_ranked)

    def _say(self, piece: QWidget, words: str) -> None:
        piece.setProperty("text", words)
        piece.setVisible(bool(words))

    def _add(self, rank: int, place: RankedPlace) -> QWidget:
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
        return line

    def _ask_rank(self) -> None:
        if not self._is_waiting:
            self.ranked.emit(self.profile())


def _equal_words(equal: int, shown: int) -> str:
    """Return what to say of places that nothing tells apart; nothing when there is only one."""
    if equal <= 1:
        return ""
    many = f"{counted(equal, 'lieu', 'lieux')} à égalité en tête"
    if equal <= shown:
        return f"{many}\u202f: précisez le profil pour les départager."
    return (
        f"{many}, dont {shown} montrés par ordre alphabétique\u202f: précisez le profil "
        "(commune de résidence…) pour les départager."
    )
