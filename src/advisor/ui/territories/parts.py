"""Lists of records typed as they are said: participants, notes, meetings, recommendations.

A new line becomes a record at its first letters. Places widgets only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QWidget

from advisor.domain.territories.work import MEASURE_STATE_LABELS, MEETING_LABELS
from advisor.domain.words.wording import NARROW
from advisor.ui.pieces.basics import button, column, label, row, with_icon
from advisor.ui.pieces.fields import Choice, Line, day_line, number_line
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
ACROSS = 12


class Text(QPlainTextEdit):
    """Some lines of text; Tab goes on, Ctrl+Z with no letter to undo is left to the diagnostic."""

    edited = Signal(object)

    def __init__(self, name: str, theme: Theme, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(64))
        self.textChanged.connect(lambda: self.edited.emit(self.toPlainText()))
        self.installEventFilter(self)

    def value(self) -> str:
        """Return what is typed."""
        return self.toPlainText()

    def show_value(self, value: Any) -> None:
        """Show a text without telling anybody."""
        if (value or "") != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(value or "")
            self.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Keep Ctrl+Z for letters still to undo."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.document().isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


Editor = Text | Line | Choice


@dataclass(frozen=True, slots=True)
class Plan:
    """One field of a record: its name, its French words, how it is typed, its share of a line."""

    name: str
    words: str
    shape: str = "line"
    share: int = 4
    choices: tuple[tuple[Any, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ListPlan:
    """A list: the kind of its records, its title, what its button says, what it will hold."""

    kind: str
    title: str
    one: str
    add: str
    empty: str
    fields: tuple[Plan, ...]


@dataclass(slots=True, eq=False)
class Draft:
    """One line of a list; ``id`` once it is a record, ``dirty`` what is not on disk yet."""

    kind: str
    id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    dirty: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return what names this line while it is being saved."""
        return f"{self.kind} {id(self)}"


_STATES = tuple(MEASURE_STATE_LABELS.items())
PARTICIPANTS = ListPlan(
    "territory_participant", "PARTICIPANTS, PAR FONCTION", "Participant", "Ajouter une fonction",
    "Les fonctions qui prennent part au diagnostic, jamais des noms de personnes.",
    (Plan("function", "Fonction", share=6, hint="maire adjointe à la santé"),
     Plan("institution", "Institution", share=6, hint="mairie, CPAM, URPS…")),
)  # fmt: skip
NOTES = ListPlan(
    "territory_note", "NOTES QUALITATIVES, PAR THÈME", "Note", "Ajouter une note",
    "Ce que les entretiens disent, thème par thème. Aucune donnée de patient.",
    (Plan("theme", "Thème", share=4, hint="départs, locaux, accès…"),
     Plan("text", "Texte", "text", share=8)),
)  # fmt: skip
MEETINGS = ListPlan(
    "territory_meeting", "RÉUNIONS", "Réunion", "Ajouter une réunion",
    "Les réunions tenues ou prévues, avec leur objet et leur compte rendu.",
    (Plan("kind", "Nature", "choice", 3, tuple(MEETING_LABELS.items())),
     Plan("day", "Date", "day", 2), Plan("place", "Lieu", share=5),
     Plan("attendance", "Présents", "whole", 2), Plan("subject", "Objet", share=12),
     Plan("summary", "Compte rendu", "text", 12)),
)  # fmt: skip
RECOMMENDATIONS = ListPlan(
    "recommandation", "RECOMMANDATIONS", "Recommandation", "Ajouter une recommandation",
    "Ce que le diagnostic recommande, et qui pourrait le porter.",
    (Plan("text", "Recommandation", "text", 12), Plan("bearer", "Porteur, par fonction", share=8),
     Plan("state", "Avancement", "choice", 4, _STATES)),
)  # fmt: skip
ACTIONS = ListPlan(
    "action", "ACTIONS DÉCIDÉES", "Action", "Ajouter une action décidée",
    "Ce qui est décidé, par qui et pour quand.",
    (Plan("text", "Action", "text", 12), Plan("bearer", "Porteur, par fonction", share=5),
     Plan("due", "Échéance", "day", 3), Plan("state", "Avancement", "choice", 4, _STATES)),
)  # fmt: skip


def editor_of(plan: Plan, name: str, theme: Theme) -> Editor:
    """Return the widget that reads a field."""
    if plan.shape == "text":
        return Text(name, theme, plan.hint)
    if plan.shape == "choice":
        return Choice(name, plan.choices, None)
    if plan.shape == "day":
        return day_line(name)
    made = number_line(name, whole=True) if plan.shape == "whole" else Line(name)
    if plan.hint:
        made.setPlaceholderText(plan.hint)
    return made


class PartRow(QFrame):
    """One record; ``edited`` carries (draft, field, value), ``removed`` the draft."""

    edited = Signal(object, str, object)
    removed = Signal(object)
    misread = Signal(str)

    def __init__(self, theme: Theme, plan: ListPlan, draft: Draft, at: int, said: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.draft = draft
        self.fields: dict[str, Editor] = {}
        name = f"{plan.one} {at}"
        self.setAccessibleName(name)
        grid = QGridLayout(self)
        grid.setContentsMargins(*(theme.px(8),) * 4)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(2))
        across, line = 0, 0
        for one in plan.fields:
            share = ACROSS if theme.scale > BIG_TEXT else one.share
            if across + share > ACROSS:
                across, line = 0, line + 2
            editor = self._editor(one, f"{name}{NARROW}: {one.words.lower()}", theme)
            grid.addWidget(label(one.words, "muted"), line, across, 1, share)
            grid.addWidget(editor, line + 1, across, 1, share, Qt.AlignmentFlag.AlignTop)
            across += share
        foot = row(None, theme)
        foot.addWidget(label(said, "muted"), 1)
        foot.addWidget(
            button("Retirer", lambda: self.removed.emit(draft), "quiet", name=f"Retirer {name}")
        )
        grid.addLayout(foot, line + 2, 0, 1, ACROSS)
        for column_ in range(ACROSS):
            grid.setColumnStretch(column_, 1)

    def _editor(self, plan: Plan, name: str, theme: Theme) -> Editor:
        made = editor_of(plan, name, theme)
        made.show_value(self.draft.values.get(plan.name))
        made.edited.connect(lambda value: self.edited.emit(self.draft, plan.name, value))
        if isinstance(made, Line):
            made.misread.connect(self.misread)
        self.fields[plan.name] = made
        return made


class PartList(QWidget):
    """A titled list of records and the way to add one."""

    edited = Signal(object, str, object)
    removed = Signal(object)
    misread = Signal(str)

    def __init__(self, theme: Theme, plan: ListPlan) -> None:
        super().__init__()
        self.theme, self.plan = theme, plan
        self.setAccessibleName(plan.title.capitalize())
        self.rows: list[PartRow] = []
        self.defaults: Mapping[str, Any] = {}
        whole = column(self, theme, spacing=6)
        whole.addWidget(label(plan.title, "section"))
        self.empty = label(plan.empty, "muted")
        whole.addWidget(self.empty)
        self.inside = column(None, theme, spacing=6)
        whole.addLayout(self.inside)
        self.add = with_icon(button(plan.add, self.begin), "plus", theme)
        line = row(None, theme)
        line.addWidget(self.add)
        line.addStretch(1)
        whole.addLayout(line)

    def show_drafts(self, drafts: Sequence[tuple[Draft, str]]) -> None:
        """Show the records, each with what is said under it (who signed, when)."""
        for one in self.rows:
            one.hide()
            one.setParent(None)
            one.deleteLater()
        self.rows = []
        for draft, said in drafts:
            self._add(draft, said)
        self.empty.setVisible(not self.rows)

    def begin(self) -> None:
        """Open an empty line, the keyboard on its first field."""
        made = self._add(Draft(self.plan.kind, values=dict(self.defaults)), "")
        self.empty.hide()
        made.show()  # at once: the keyboard only goes to what is seen
        next(iter(made.fields.values())).setFocus()

    def _add(self, draft: Draft, said: str) -> PartRow:
        made = PartRow(self.theme, self.plan, draft, len(self.rows) + 1, said)
        made.edited.connect(self.edited)
        made.removed.connect(self.removed)
        made.misread.connect(self.misread)
        self.rows.append(made)
        self.inside.addWidget(made)
        return made
