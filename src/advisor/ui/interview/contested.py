"""What people left in conflict about an interview: marked where it stands, with the way there.

Knows the services and the view; places no widget.
"""

from PySide6.QtCore import QObject

from advisor.domain.cases.disagreement import Disagreement
from advisor.ui.desk import Desk
from advisor.ui.interview.view import InterviewView

ABOUT_PERSON = "booking."


class Contested(QObject):
    """Reads the conflicts of the interview shown, and goes to compare one."""

    def __init__(self, desk: Desk, view: InterviewView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._found: list[Disagreement] = []
        view.form.confirmed.connect(self._confirm_field)
        view.notes.compared.connect(self._compare_note)
        view.confirm_asked.connect(self._compare_first)

    def look(self, interview: str) -> None:
        """Mark what is in conflict now."""
        cases = self._desk.cases
        self._desk.jobs.store(lambda: cases.disagreements.of_interview(interview), self._show)

    def _show(self, found: list[Disagreement]) -> None:
        self._found = found
        self._view.show_contested(found)

    def _confirm_field(self, name: str) -> None:
        kinds = {"professional"} if name.startswith(ABOUT_PERSON) else {"project"}
        bare = name.removeprefix(ABOUT_PERSON)
        self._go([one for one in self._found if one.entity in kinds and one.field == bare])

    def _compare_note(self, note: str) -> None:
        self._go([one for one in self._found if one.entity_id == note])

    def _compare_first(self) -> None:
        self._go(self._found)

    def _go(self, found: list[Disagreement]) -> None:
        if found:
            self._desk.news.went.emit("sync", found[0].id)
