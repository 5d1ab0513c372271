"""The work kept around a diagnostic: request, steps, participants, notes, meetings, decisions.

Everything is saved as it is typed. Places widgets only.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisor.domain.territories.work import (
    Measure,
    MeasureState,
    MeetingKind,
    TerritoryNote,
    TerritoryWork,
)
from advisor.domain.words.wording import NARROW
from advisor.ui import wording
from advisor.ui.pieces.basics import column, label
from advisor.ui.territories.parts import (
    ACTIONS,
    MEETINGS,
    NOTES,
    PARTICIPANTS,
    RECOMMENDATIONS,
    Draft,
    PartList,
)
from advisor.ui.territories.steps import RequestForm, StepsForm
from advisor.ui.theme import Theme

READ_ONLY = (
    "Un exemple ne se modifie pas\u202f: « Copier en diagnostic » commence le vôtre sur ce "
    "territoire, avec ses étapes, ses notes et ses réunions."
)
PLANS = (PARTICIPANTS, NOTES, MEETINGS, RECOMMENDATIONS, ACTIONS)
Drafts = list[tuple[Draft, str]]


class WorkSection(QWidget):
    """Emits ``request_edited(field, value)``, ``edited(draft, field, value)``.

    ``removed`` carries the draft of a line to be taken out.
    """

    request_edited = Signal(str, object)
    edited = Signal(object, str, object)
    removed = Signal(object)
    misread = Signal(str)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Travail")
        self.read_only = label(READ_ONLY, "muted")
        self.warning = label("", "amber")
        self.warning.hide()
        self.request = RequestForm(theme)
        self.steps = StepsForm(theme)
        self.lists = {one.kind: PartList(theme, one) for one in PLANS}
        self.lists["territory_meeting"].defaults = {"kind": MeetingKind.LAUNCH, "day": today}
        self.lists["recommandation"].defaults = {"state": MeasureState.PROPOSED}
        self.lists["action"].defaults = {"state": MeasureState.DECIDED}
        whole = column(self, theme, spacing=14)
        whole.addWidget(self.read_only)
        whole.addWidget(self.warning)
        self.pieces: tuple[QWidget, ...] = (self.request, self.steps, *self.lists.values())
        for piece in self.pieces:
            whole.addWidget(piece)
        whole.addStretch(1)
        self.request.edited.connect(self.request_edited)
        self.request.misread.connect(self.misread)
        self.steps.edited.connect(self.edited)
        self.steps.misread.connect(self.misread)
        for one in self.lists.values():
            one.edited.connect(self.edited)
            one.misread.connect(self.misread)
            one.removed.connect(self.removed)

    def show_work(self, work: TerritoryWork | None) -> None:
        """Show the work kept, or that there is none."""
        self.read_only.setVisible(work is None)
        self.warn("")
        for piece in self.pieces:
            piece.setVisible(work is not None)
        if work is None:
            return
        self.request.show_work(work)
        self.steps.show_steps(work.steps)
        for kind, drafts in _drafts(work).items():
            self.lists[kind].show_drafts(drafts)

    def warn(self, words: str) -> None:
        """Say a remark on what was typed (a text that looks like a NIR)."""
        self.warning.setText(words)
        self.warning.setVisible(bool(words))


def _drafts(work: TerritoryWork) -> dict[str, Drafts]:
    notes = [one for notes in work.notes_by_theme().values() for one in notes]
    return {
        "territory_participant": [
            (_draft("territory_participant", one, ("function", "institution")), "")
            for one in work.participants
        ],
        "territory_note": [
            (_draft("territory_note", one, ("theme", "text")), _signed(one)) for one in notes
        ],
        "territory_meeting": [
            (
                _draft(
                    "territory_meeting",
                    one,
                    ("kind", "day", "place", "attendance", "subject", "summary"),
                ),
                "",
            )
            for one in work.meetings
        ],
        "recommandation": _measures("recommandation", work.recommendations, work),
        "action": _measures("action", work.actions, work),
    }


def _measures(kind: str, measures: Sequence[Measure], work: TerritoryWork) -> Drafts:
    advice = {one.id: one.text for one in work.recommendations}
    found = []
    for one in measures:
        followed = advice.get(one.follows or "", "")
        said = f"Suit la recommandation{NARROW}: {followed}" if followed else ""
        found.append((_draft(kind, one, ("text", "bearer", "due", "state")), said))
    return found


def _draft(kind: str, record: object, names: Sequence[str]) -> Draft:
    values = {name: getattr(record, name) for name in names}
    return Draft(kind, getattr(record, "id", ""), values)


def _signed(note: TerritoryNote) -> str:
    at = note.at.astimezone()
    signed = ", ".join(part for part in (note.author, note.organisation) if part)
    return f"{wording.day(at.date())} {at:%H:%M} · {signed}"
