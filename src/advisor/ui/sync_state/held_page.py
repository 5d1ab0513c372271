"""An entry the central store set aside: why, what was typed, a way to mend it and send it again.

Must not know any service.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from advisor.domain.cases.disagreement import OTHER_REASON, Held, TypedValue
from advisor.domain.words.wording import instant
from advisor.ui import wording
from advisor.ui.pieces.basics import button, clear, column, frame, label, row, shape
from advisor.ui.pieces.flow import Flow
from advisor.ui.sync_state.value_editor import ValueEditor
from advisor.ui.theme import Theme

KEPT = "Ce qui a été tapé reste ici, en entier, tant que personne n’en décide."


class HeldPage(QFrame):
    """Emits ``resent(entry, values)``, ``set_aside(entry, aside)`` and ``opened(interview)``.

    ``all_resent(entries)`` when those set aside for the same reason are to go again as they are.
    """

    resent = Signal(str, object)
    all_resent = Signal(object)
    set_aside = Signal(str, bool)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Saisie mise de côté")
        self.present: Held | None = None
        self.editors: dict[str, ValueEditor] = {}
        self.title = label("", "title")
        self.words = label("", "muted")
        self.reason = label(OTHER_REASON[0], "strong")
        self.advice = label(OTHER_REASON[1])
        self.kept = label(KEPT, "muted")
        self.resend = button("Renvoyer", self._resend, "primary")
        self.resend_all = button("Renvoyer tout", self._resend_all)
        self.alike: tuple[str, ...] = ()
        self.aside = button("Laisser de côté", self._leave)
        self.open = button("Voir l’entretien", self._open, "quiet")
        self.values = QGridLayout()
        self._build()

    def _build(self) -> None:
        theme = self.theme
        whole = column(self, theme, spacing=8)
        whole.addWidget(self.title)
        whole.addWidget(self.words)
        why = frame("ask", "Raison")
        line = row(why, theme, margin=10, spacing=8)
        line.addWidget(shape("warning", theme, "amber"))
        told = column(None, theme, spacing=2)
        told.addWidget(self.reason)
        told.addWidget(self.advice)
        line.addLayout(told, 1)
        whole.addWidget(why)
        self.values.setHorizontalSpacing(theme.px(12))
        self.values.setVerticalSpacing(theme.px(6))
        for at, stretch in enumerate((2, 4, 3)):
            self.values.setColumnStretch(at, stretch)
        whole.addLayout(self.values)
        choices = Flow(gap=theme.px(8))
        for made in (self.resend, self.resend_all, self.aside, self.open):
            choices.addWidget(made)
        whole.addLayout(choices)
        whole.addWidget(self.kept)
        whole.addStretch(1)

    def show_held(self, one: Held, alike: Sequence[str] = ()) -> None:
        """Show one entry set aside; ``alike`` are those that wait for its reason, itself too."""
        self.present = one
        self.alike = tuple(alike)
        self.resend_all.setText(f"Renvoyer les {len(self.alike)} de même raison")
        self.resend_all.setVisible(len(self.alike) > 1 and one.can_resend and not one.aside)
        self.title.setText(one.title)
        signed = f"tapée par {one.author} le {instant(one.declared_at.astimezone())}"
        self.words.setText(f"{wording.capital(one.what)} · {signed}")
        self.reason.setText(one.reason)
        self.advice.setText(one.advice)
        self._show_values(one)
        self.resend.setVisible(one.can_resend)
        self.kept.setVisible(not one.gone)
        self.open.setVisible(bool(one.interview))
        self._name_choices()

    def _show_values(self, one: Held) -> None:
        clear(self.values)
        self.editors = {}
        heads = ("CHAMP", "CE QUI A ÉTÉ TAPÉ", "SUR LA FICHE AUJOURD’HUI")
        for at, words in enumerate(heads if one.values else ()):
            self.values.addWidget(label(words, "section"), 0, at)
        for line, typed in enumerate(one.values, start=1):
            self.values.addWidget(label(wording.capital(typed.label)), line, 0)
            self.values.addWidget(self._editor(typed), line, 1)
            self.values.addWidget(label(typed.now_words, "small", selectable=True), line, 2)

    def _editor(self, typed: TypedValue) -> ValueEditor:
        name = f"{typed.label}, ce qui a été tapé"
        made = ValueEditor(self.theme, typed.form, name, typed.value, typed.words)
        made.edited.connect(self._name_choices)
        self.editors[typed.name] = made
        return made

    def mended(self) -> dict[str, Any]:
        """Return the values that differ from what was typed first."""
        if self.present is None:
            return {}
        firsts = {typed.name: typed.value for typed in self.present.values}
        typed = {name: one.value() for name, one in self.editors.items() if one.is_typed}
        return {name: value for name, value in typed.items() if value != firsts[name]}

    def _name_choices(self) -> None:
        one = self.present
        words = "Renvoyer corrigé" if self.mended() else "Renvoyer tel quel"
        self.resend.setText(words)
        self.resend.setAccessibleName(words)
        back = "Remettre à décider" if one is not None and one.aside else "Laisser de côté"
        self.aside.setText(back)
        self.aside.setAccessibleName(back)

    def _resend(self) -> None:
        if self.present is not None:
            self.resent.emit(self.present.id, self.mended())

    def _resend_all(self) -> None:
        self.all_resent.emit(self.alike)

    def _leave(self) -> None:
        if self.present is not None:
            self.set_aside.emit(self.present.id, not self.present.aside)

    def _open(self) -> None:
        if self.present is not None and self.present.interview:
            self.opened.emit(self.present.interview)
