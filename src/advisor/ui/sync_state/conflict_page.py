"""A field in conflict, side by side: two versions, what differs, and four choices.

Must not know any service.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from advisor.domain.cases.disagreement import Disagreement, Keep, conflict_words
from advisor.domain.words.word_changes import word_changes
from advisor.ui import wording
from advisor.ui.pieces.basics import button, clear, column, frame, label, relook, row
from advisor.ui.pieces.bring_to_view import bring_to_view
from advisor.ui.pieces.flow import Flow
from advisor.ui.sync_state.value_editor import ValueEditor
from advisor.ui.sync_state.version_card import VersionCard, signed
from advisor.ui.theme import Theme

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEGEND = (
    "Les mots soulignés ne sont que dans leur version. Rien ne sera perdu\u202f: chaque version "
    "reste dans l’historique."
)
ONE_ONLY = "Ce champ ne prend qu’une valeur\u202f: les garder toutes n’est pas possible."


class ConflictPage(QFrame):
    """Emits ``decided(conflict id, keep, voice id)`` and ``opened(interview)``."""

    decided = Signal(str, object, str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Désaccord")
        self.present: Disagreement | None = None
        self.other = 1
        self.title = label("", "title")
        self.words = label("", "muted")
        self.chips = Flow(gap=theme.px(6))
        self.sides = (VersionCard(theme, "A"), VersionCard(theme, "B"))
        self.legend = label(LEGEND, "muted")
        self.why = label(ONE_ONLY, "muted")
        self.keep_a = button("Garder A", partial(self._decide, Keep.CURRENT))
        self.keep_b = button("Garder B", partial(self._decide, Keep.OTHER))
        self.keep_both = button("Garder les deux", partial(self._decide, Keep.BOTH))
        self.combine = button("Combiner…", self._begin_combining)
        self.open = button("Voir l’entretien", self._open, "quiet")
        self.choices = QWidget()
        self.editor: ValueEditor | None = None
        self._choosing()
        self._build()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the four choices."""
        return self.keep_a, self.keep_b, self.keep_both, self.combine

    def _build(self) -> None:
        theme = self.theme
        whole = column(self, theme, spacing=8)
        whole.addWidget(self.title)
        whole.addWidget(self.words)
        whole.addLayout(self.chips)
        self.pair: QBoxLayout = row(None, theme, spacing=10)
        if theme.scale > 1.4:  # noqa: PLR2004  one under the other when the text is that large
            self.pair.setDirection(QBoxLayout.Direction.TopToBottom)
        for side in self.sides:
            self.pair.addWidget(side, 1)
        whole.addLayout(self.pair)
        whole.addWidget(self.legend)
        whole.addWidget(self.choices)
        whole.addWidget(self._combining())
        whole.addStretch(1)

    def _choosing(self) -> None:
        inside = column(self.choices, self.theme, spacing=8)
        line = Flow(gap=self.theme.px(8))
        for made in (*self.buttons, self.open):
            line.addWidget(made)
        inside.addLayout(line)
        inside.addWidget(self.why)

    def _combining(self) -> QWidget:
        self.together = frame("well", "Version combinée")
        inside = column(self.together, self.theme, margin=10, spacing=6)
        self.told = label("", "strong")
        inside.addWidget(self.told)
        self.place = column(None, self.theme)
        inside.addLayout(self.place)
        line = row(None, self.theme)
        self.take = button("Enregistrer cette version", self._take, "primary")
        self.give_up = button("Revenir aux versions", self._stop_combining)
        for made in (self.take, self.give_up):
            line.addWidget(made)
        line.addStretch(1)
        inside.addLayout(line)
        self.together.hide()
        return self.together

    def show_conflict(self, one: Disagreement) -> None:
        """Show one conflict, the current version against the second."""
        self.present, self.other = one, 1
        self.title.setText(one.title)
        self.words.setText(wording.capital(conflict_words(one)))
        self._offer_others(one)
        self._name_choices(one)
        self._stop_combining()
        self.open.setVisible(bool(one.interview))
        self._show_pair()

    def _offer_others(self, one: Disagreement) -> None:
        clear(self.chips)
        if len(one.voices) <= 2:  # noqa: PLR2004  with two versions there is nothing to choose
            return
        self.chips.addWidget(label("Comparer A avec\u202f:", "small", wraps=False))
        for at, voice in enumerate(one.voices[1:], start=1):
            made = button(f"{LETTERS[at]} · {signed(voice)}", partial(self._compare, at), "chip")
            made.setCheckable(True)
            made.setChecked(at == self.other)
            self.chips.addWidget(made)

    def _name_choices(self, one: Disagreement) -> None:
        many = len(one.voices)
        letter = LETTERS[self.other]
        for made, words in (
            (self.keep_a, self._life(one, 0) or "Garder A"),
            (self.keep_b, self._life(one, self.other) or f"Garder {letter}"),
            (self.keep_both, "Garder les deux" if many == 2 else f"Garder les {many}"),  # noqa: PLR2004
            (self.combine, "Combiner…" if one.can_keep_both else "Autre valeur…"),
        ):
            made.setText(words)
            made.setAccessibleName(words)
        self.keep_both.setVisible(not one.is_life)
        self.combine.setVisible(not one.is_life)
        self.keep_both.setEnabled(one.can_keep_both)
        self.combine.setEnabled(one.can_combine)
        self.why.setVisible(not one.can_keep_both and not one.is_life)

    def _life(self, one: Disagreement, at: int) -> str:
        return wording.capital(one.voices[at].words) if one.is_life else ""

    def _show_pair(self) -> None:
        one = self.present
        if one is None:
            return
        first, second = one.voices[0], one.voices[self.other]
        pieces = word_changes(first.words, second.words)
        for side, at, cut in zip(self.sides, (0, self.other), pieces, strict=True):
            side.show_voice(LETTERS[at], one.voices[at], cut)

    def _compare(self, at: int) -> None:
        self.other = at
        if self.present is not None:
            for place in range(1, self.chips.count()):
                item = self.chips.itemAt(place)
                made = item.widget() if item else None
                if isinstance(made, QPushButton):
                    made.setChecked(place == at)
            self._name_choices(self.present)
            self._show_pair()

    def _begin_combining(self) -> None:
        one = self.present
        if one is None:
            return
        clear(self.place)
        value: Any = one.both() if one.can_keep_both else one.current
        self.told.setText(
            "Écrivez la version qui remplacera les autres\u202f:"
            if one.can_keep_both
            else f"Choisissez une autre valeur pour\u202f: {one.label}"
        )
        self.editor = ValueEditor(self.theme, one.form, f"Version combinée, {one.label}", value)
        self.place.addWidget(self.editor)
        self._show_choices(shown=False)
        self.together.show()
        self.editor.take_keyboard()
        # Its place is known once the page is laid out again.
        QTimer.singleShot(0, self.together, partial(bring_to_view, self.together))

    def _show_choices(self, *, shown: bool) -> None:
        """Leave the room of the choices to the version being written, or give it back."""
        self.choices.setVisible(shown)
        self.legend.setVisible(shown)

    def _stop_combining(self) -> None:
        self.together.hide()
        self._show_choices(shown=True)
        self.editor = None
        clear(self.place)
        relook(self.combine, state="")

    def _take(self) -> None:
        if self.present is not None and self.editor is not None:
            self.decided.emit(self.present.id, self.editor.value(), "")

    def _decide(self, keep: Keep) -> None:
        if self.present is not None:
            voice = self.present.voices[self.other].id if keep is Keep.OTHER else ""
            self.decided.emit(self.present.id, keep, voice)

    def _open(self) -> None:
        if self.present is not None and self.present.interview:
            self.opened.emit(self.present.interview)
