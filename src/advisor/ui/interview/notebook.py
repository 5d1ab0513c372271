"""The note being written for each interview: created at its first letters, revised after.

Runs in the store lane; must not know any widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisor.domain.cases.appointment import Note


@dataclass(slots=True)
class Draft:
    """The present note of one interview: ``id`` once it exists in the database."""

    text: str = ""
    id: str = ""


class Notebook:
    """Holds one draft for each interview opened since the window was."""

    def __init__(self) -> None:
        self._drafts: dict[str, Draft] = {}

    def draft(self, interview: str) -> Draft:
        """Return the present note of an interview."""
        return self._drafts.setdefault(interview, Draft())

    def begin_another(self, interview: str) -> None:
        """Close the present note and begin a new one."""
        self._drafts[interview] = Draft()

    def write(self, cases: Any, interview: str, draft: Draft, text: str) -> object:
        """Put the text on disk; returns what was touched."""
        if draft.id:
            return cases.interviews.revise_note(draft.id, text)
        if not text.strip():
            return []
        touched = cases.interviews.note(interview, text)
        draft.id = touched.id
        return touched

    def earlier(self, interview: str, notes: Sequence[Note]) -> list[Note]:
        """Return the notes that are not the one being written."""
        return [note for note in notes if note.id != self.draft(interview).id]

    def settle(self, interview: str, notes: Sequence[Note]) -> str:
        """Take the database's word after an undo; returns the text to show."""
        draft = self.draft(interview)
        if draft.id:
            held = [note.text for note in notes if note.id == draft.id]
            self._drafts[interview] = Draft(held[0], draft.id) if held else Draft()
        return self.draft(interview).text
