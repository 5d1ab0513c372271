"""What territories decide: which page, which diagnostic, what is worked out and kept.

Knows the services and the view; places no widget.
"""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisor.domain.cases.appointment import Changed
from advisor.domain.territories.example import Example
from advisor.domain.territories.work import TerritoryWork
from advisor.errors import AdvisorError
from advisor.ui.desk import Desk
from advisor.ui.pieces.keeping_focus import keeping_focus
from advisor.ui.territories.bringing import Bringing
from advisor.ui.territories.choosing import Choosing
from advisor.ui.territories.editing import Editing
from advisor.ui.territories.facts import EXAMPLE, OWN, Opened, example_entry, own_entry
from advisor.ui.territories.handing import export_map, print_diagnostic
from advisor.ui.territories.opening import ground_of, of_example, of_work
from advisor.ui.territories.own_map import OwnGround
from advisor.ui.territories.view import TerritoriesView

NEW, BRING_IN = "nouveau", "importer"


class TerritoriesPresenter(QObject):
    """One diagnostic at a time; ``arrive`` opens it by its identifier, or ``nouveau``."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view: TerritoriesView = TerritoriesView(desk.theme, desk.jobs.read, desk.today)
        super().__init__(self.view)
        self.opened: Opened | None = None
        self._wanted = ""
        self._works: list[TerritoryWork] = []
        self._examples: tuple[Example, ...] = ()
        self.choosing = Choosing(desk, self.view.chooser, self.open_own)
        self.bringing = Bringing(desk, self.view.diagnosis.bring, self._work_out_again)
        self.editing = Editing(desk, self.view.diagnosis, self._changed_here, self.open_own)
        self.saving = self.editing.saving
        self._listen()

    def _listen(self) -> None:
        library, chooser, page = self.view.library, self.view.chooser, self.view.diagnosis
        library.opened.connect(self.open)
        library.copied.connect(self.copy_example)
        library.begun.connect(self.begin)
        library.importing.connect(self.bring_in)
        chooser.given_up.connect(self.show_list)
        page.left.connect(self.show_list)
        page.printed.connect(self.print_sheet)
        page.exported.connect(self.export_map)
        page.copied.connect(lambda: self.copy_example(self.opened.example if self.opened else ""))
        page.removed.connect(self.remove)
        page.summary.map.opened.connect(lambda code: self.desk.news.went.emit("map", code))
        self.saving.stated.connect(page.show_saved)
        self.desk.news.changed.connect(self._on_changed)

    # --- the screen ---------------------------------------------------------------------------

    def arrive(self, target: str) -> None:
        """Show the list, or what ``target`` names."""
        if target == NEW:
            self.begin()
        elif target == BRING_IN:
            self.bring_in()
        elif target:
            self.open_own(target)
        self._read_list()

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return self.view.areas()

    def leave(self) -> None:
        """Save what waits."""
        self.saving.flush()

    def _read_list(self) -> None:
        cases, territories = self.desk.cases, self.desk.services.territories
        self.desk.jobs.store(
            lambda: list(cases.territories.list()), self._take_works, label="Diagnostics"
        )
        if not self._examples:
            self.desk.jobs.read(territories.examples, self._take_examples, label="Exemples")

    def _take_works(self, works: list[TerritoryWork]) -> None:
        self._works = works
        self._show_list()

    def _take_examples(self, examples: tuple[Example, ...]) -> None:
        self._examples = examples
        self._show_list()

    def _show_list(self) -> None:
        own = [own_entry(one) for one in self._works]
        self.view.library.show_entries([*own, *(example_entry(one) for one in self._examples)])

    def show_list(self) -> None:
        """Go back to the list, at the diagnostic left."""
        self.saving.flush()
        self.view.library.expect(self.opened.key if self.opened is not None else "")
        self._wanted = ""
        self.opened = None
        self.editing.show(None)
        self.view.show_page(self.view.library)
        self._read_list()
        self.view.library.list.setFocus()

    def begin(self) -> None:
        """Begin a new diagnostic."""
        self.saving.flush()
        self._wanted = ""
        self.view.show_page(self.view.chooser)
        self.choosing.begin()
        self.view.chooser.areas()[0].setFocus()

    def bring_in(self) -> None:
        """Import a table without any diagnostic open."""
        self._wanted = ""
        self.opened = None
        self.view.diagnosis.show_only_import()
        self.view.show_page(self.view.diagnosis)
        self.view.diagnosis.bring.choose.setFocus()
        self.bringing.read_datasets()

    # --- one diagnostic -----------------------------------------------------------------------

    def open(self, kind: str, key: str) -> None:
        """Open a diagnostic or an example."""
        self.saving.flush()
        if kind == OWN:
            self.open_own(key)
            return
        self._wanted = key
        services, today = self.desk.services, self.desk.today
        self.desk.jobs.read(
            lambda: of_example(services, key, today), self._show, label="Calcul du diagnostic"
        )

    def open_own(self, key: str) -> None:
        """Open a diagnostic kept."""
        self._wanted = key
        cases = self.desk.cases
        self.desk.jobs.store(
            lambda: cases.territories.get(key), self._work_out, self._lost, "Lecture du diagnostic"
        )

    def _lost(self, error: AdvisorError) -> None:
        self.desk.news.refuse(error)
        self.show_list()

    def _work_out(self, work: TerritoryWork) -> None:
        if work.id != self._wanted:
            return
        services, today = self.desk.services, self.desk.today
        self.desk.jobs.read(
            lambda: of_work(services, work, today), self._show, label="Calcul du diagnostic"
        )

    def _show(self, opened: Opened) -> None:
        if opened.key != self._wanted:
            return
        page = self.view.diagnosis
        is_new = self.opened is None or self.opened.key != opened.key
        self.opened = opened
        self.editing.show(opened)
        with keeping_focus(page):
            page.show_opened(opened, is_new=is_new)
        if self.view.stack.currentWidget() is not page:
            self.view.show_page(page)
        if is_new:
            page.chips["summary"].setFocus()
            self.bringing.read_datasets()
            self._read_ground(opened)

    def _read_ground(self, opened: Opened) -> None:
        """Draw the territory after its figures are read: they do not wait for it."""
        documents, own = self.desk.services.territory_documents, self.view.diagnosis.summary.map
        own.show_ground(None)

        def show(ground: OwnGround | None) -> None:
            if self.opened is not None and self.opened.key == opened.key:
                own.show_ground(ground)

        self.desk.jobs.read(
            lambda: ground_of(documents, opened.diagnosis), show, label="Carte du territoire"
        )

    def _changed_here(self, opened: Opened) -> None:
        self.opened = opened

    def _work_out_again(self) -> None:
        opened = self.opened
        if opened is not None:
            self.open(OWN if opened.work else EXAMPLE, opened.key)

    def _on_changed(self, changes: list[Changed]) -> None:
        if not any(one.entity.startswith("territory_") for one in changes):
            return
        if self.saving.is_telling:
            return
        opened = self.opened
        if opened is not None and opened.work is not None:
            self.open_own(opened.work.id)
        elif self.view.stack.currentWidget() is self.view.library:
            self._read_list()

    # --- what is asked ------------------------------------------------------------------------

    def copy_example(self, example: str) -> None:
        """Begin one's own diagnostic on the territory of an example."""
        services, cases = self.desk.services, self.desk.cases
        if not example:
            return

        def create(territory: Any) -> None:
            self.desk.jobs.store(lambda: cases.territories.create(territory), self._copied)

        self.desk.jobs.read(lambda: services.territories.of_example(example), create)

    def _copied(self, made: Any) -> None:
        self.desk.news.announce(made)
        self.desk.news.settle("Exemple copié\u202f: ce diagnostic est le vôtre.")
        self.open_own(made.id)

    def remove(self) -> None:
        """Take the diagnostic out of the list; it can be brought back at once."""
        opened, cases = self.opened, self.desk.cases
        if opened is None or opened.work is None:
            return
        key = opened.work.id
        self.saving.flush()

        def removed(touched: object) -> None:
            self.show_list()
            self.desk.news.announce(touched)
            back = ("Le remettre", lambda: self._bring_back(key))
            self.desk.news.settle("Diagnostic retiré de la liste.", "", back)

        self.desk.jobs.store(lambda: cases.territories.remove(key), removed)

    def _bring_back(self, key: str) -> None:
        cases = self.desk.cases
        self.desk.jobs.store(lambda: cases.territories.bring_back(key), self._brought_back)

    def _brought_back(self, touched: Any) -> None:
        self.desk.news.announce(touched)
        self.open_own(touched.id)

    def print_sheet(self) -> None:
        """Write the pages of the diagnostic open."""
        self.saving.flush()
        if self.opened is not None:
            print_diagnostic(self.desk, self.opened)

    def export_map(self) -> None:
        """Write the map of the diagnostic open."""
        if self.opened is not None:
            export_map(self.desk, self.opened)

    def undo(self) -> None:
        """Take back the last thing saved in the diagnostic open."""
        self.editing.undo()
