"""What is typed in a diagnostic: kept within a second, the scenario following at once.

Knows the services and the page; places no widget.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from advisor.domain.paper.territory_blocks import reading_block, scenario_block
from advisor.domain.territories.diagnosis import measured
from advisor.domain.territories.reading_2012 import Parameters, read
from advisor.domain.territories.scenario import Hypotheses
from advisor.ui.desk import Desk
from advisor.ui.interview.saving import Saving
from advisor.ui.territories.diagnosis_view import DiagnosisView
from advisor.ui.territories.facts import Opened
from advisor.ui.territories.parts import Draft
from advisor.ui.territories.work_writer import WorkWriter


class Editing(QObject):
    """Holds the diagnostic open.

    ``changed`` is called with it when its figures moved, ``reload`` with its id to read it again.
    """

    def __init__(
        self,
        desk: Desk,
        page: DiagnosisView,
        changed: Callable[[Opened], None],
        reload: Callable[[str], None],
    ) -> None:
        super().__init__(page)
        self.desk, self.page = desk, page
        self.saving = Saving(desk.jobs, desk.news, desk.now)
        self._changed, self._reload = changed, reload
        self.opened: Opened | None = None
        page.scenario.moved.connect(self.move)
        page.reading.changed.connect(self.read_again)
        page.work.request_edited.connect(self.edit)
        page.work.edited.connect(self.edit_part)
        page.work.removed.connect(self.remove_part)
        for piece in (page.reading, page.work):
            piece.misread.connect(lambda words: desk.news.said.emit("ask", words, "", None))

    def show(self, opened: Opened | None) -> None:
        """Hold another diagnostic, or none."""
        self.opened = opened

    @property
    def _kept(self) -> str:
        """Return the id of the diagnostic kept, empty for an example."""
        return self.opened.work.id if self.opened and self.opened.work else ""

    def move(self, hypotheses: Hypotheses) -> None:
        """Work the scenario out with other hypotheses, and keep them."""
        if self.opened is None:
            return
        made = self.opened.with_hypotheses(hypotheses)
        block = scenario_block(made.diagnosis.scenario)
        self._take(replace(made, content=replace(made.content, scenario=block)))
        self.page.show_scenario(self.opened)
        self._put("hypotheses", hypotheses)

    def read_again(self, parameters: Parameters) -> None:
        """Read the four indicators with other thresholds, and keep them."""
        if self.opened is None:
            return
        found = self.opened.diagnosis
        reading = read(measured(found.rows), parameters)
        block = reading_block(reading, found.rows)
        self._take(
            replace(
                self.opened,
                diagnosis=replace(found, reading=reading),
                content=replace(self.opened.content, reading=block),
            )
        )
        self.page.show_reading(self.opened)
        self._put("parameters", parameters)

    def edit(self, name: str, value: Any) -> None:
        """Keep one field of the request."""
        if name == "name" and not value:
            return
        if name == "name":
            self.page.name.setText(value)
        self._put(name, value if value is not None or name == "requested_on" else "")

    def edit_part(self, draft: Draft, name: str, value: Any) -> None:
        """Keep one field of a step, a participant, a note, a meeting or a measure."""
        kept = self._kept
        if not kept:
            return
        draft.values[name] = value
        draft.dirty[name] = value
        writer = WorkWriter(self.desk.cases, self.desk.today)
        self.saving.put(draft.key, lambda: writer.write(kept, draft), self._told)

    def remove_part(self, draft: Draft) -> None:
        """Take a line out; Ctrl+Z brings it back."""
        writer, kept = WorkWriter(self.desk.cases, self.desk.today), self._kept
        if kept:
            self.saving.write(lambda: writer.remove(draft), self._removed)

    def _removed(self, touched: object) -> None:
        self._reload(self._kept)
        if touched:
            self.desk.news.settle("Retiré.", "Ctrl+Z le remet.")

    def undo(self) -> None:
        """Take back the last thing saved."""
        kept, cases = self._kept, self.desk.cases
        if not kept:
            return
        self.saving.flush()
        self.saving.write(lambda: cases.territories.undo(kept), self._undone)

    def _undone(self, _touched: object) -> None:
        self._reload(self._kept)
        self.desk.news.said.emit("info", "Dernière saisie annulée.", "", None)

    def _take(self, opened: Opened) -> None:
        self.opened = opened
        self._changed(opened)

    def _put(self, name: str, value: Any) -> None:
        kept, cases = self._kept, self.desk.cases
        if kept:
            self.saving.put(name, lambda: cases.territories.set(kept, {name: value}), self._told)

    def _told(self, touched: object) -> None:
        self.page.work.warn(" ".join(getattr(touched, "warnings", ())))
