"""What the map decides: what to read when it is asked, what is chosen, what to rank.

Knows the services and the view; places no widget.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from advisor.domain.aids.ranking import RankedPlace, standings
from advisor.domain.maps.layers import MapMark, MapScene, MarkKind
from advisor.domain.maps.scopes import Scope
from advisor.domain.places.place import Commune
from advisor.domain.words.wording import NARROW, counted
from advisor.errors import AdvisorError
from advisor.services.aids import profile_of
from advisor.services.map import MapService
from advisor.services.map_card import PlaceCard
from advisor.services.map_marks import ranked_marks
from advisor.ui.desk import Desk
from advisor.ui.map.controls import MapAsked
from advisor.ui.map.handing import export_map
from advisor.ui.map.reading import Cases, Reading, read_cases, read_map
from advisor.ui.map.view import MapView

BEST = 20  # shown, numbered on the map
MOST_EQUAL = 2000  # read, so that equal ones are counted
NO_CHANGE = "Ces deux dates sont les mêmes\u202f: choisissez-en une autre pour comparer."


class MapPresenter(QObject):
    """One territory at a time; ``arrive`` with an INSEE code goes to that place."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view: MapView = MapView(desk.theme, desk.find_communes, desk.jobs.read, desk.today)
        super().__init__(self.view)
        self.reading: Reading | None = None
        self.cases = Cases()
        self.ranked: tuple[RankedPlace, ...] = ()
        self.chosen = ""
        self._asked: MapAsked | None = None
        self._towards = ""
        self._is_ready = False
        self._is_listed = True
        view = self.view
        view.controls.asked.connect(self.ask)
        view.controls.sought.connect(self.go_to)
        view.controls.rank_asked.connect(self.offer_ranking)
        view.controls.export_asked.connect(self.export)
        view.chosen.connect(self.choose)
        view.canvas.painted.connect(self._list_places, Qt.ConnectionType.QueuedConnection)
        view.card.prepare.connect(lambda code: desk.news.went.emit("commune", code))
        view.ranking.ranked.connect(self.rank)
        view.ranking.cleared.connect(self.forget_ranking)

    # --- the screen ---------------------------------------------------------------------------

    def arrive(self, target: str) -> None:
        """Show the map, at a place when its code is given, with the cases of now."""
        self._towards = target
        interview = self.desk.interview
        cases = self.desk.cases
        self.desk.jobs.store(lambda: read_cases(cases, interview), self._take_cases)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return self.view.areas()

    def leave(self) -> None:
        """Nothing is kept from here."""

    def _take_cases(self, cases: Cases) -> None:
        self.cases = cases
        whole = cases.interview
        self.view.card.whose = whole.professional.display_name if whole is not None else ""
        if self._is_ready:
            self.ask(self.view.controls.value())
            return
        maps, departement = self._maps, self.desk.departement
        self.desk.jobs.read(
            lambda: (maps.scopes(), maps.first_scope(departement)), self._begin, label="Carte"
        )

    def _begin(self, found: tuple[tuple[Scope, ...], str]) -> None:
        self._is_ready = True
        controls = self.view.controls
        controls.offer_scopes(*found)
        if self.cases.interview is not None:
            profession = self.cases.interview.professional.profession
            controls.profession.show_value(profession or controls.profession.value())
            controls.chips[MarkKind.CANDIDATE].setChecked(bool(self.cases.candidates))
        controls.tell()

    # --- what is asked ------------------------------------------------------------------------

    def ask(self, asked: MapAsked) -> None:
        """Read what the controls ask for, outside the main thread."""
        self._asked = asked
        maps, cases, today = self._maps, self.cases, self.desk.today
        known = self.reading.shapes if self.reading is not None else None
        if known is not None and known.scene.scope != asked.scope:
            known = None
        self.desk.jobs.read(
            lambda: read_map(maps, asked, known, cases, today),
            lambda reading: self._show(asked, reading),
            label="Lecture de la carte",
        )

    def _show(self, asked: MapAsked, reading: Reading) -> None:
        if asked != self._asked:
            return
        self.view.controls.offer_acts(reading.acts)
        if self.view.controls.value() != asked:  # no act of this profession has that date
            self.ask(self.view.controls.value())
            return
        before, self.reading = self.reading, reading
        is_other = before is None or before.shapes is not reading.shapes
        is_for_another = before is not None and before.asked.profession != asked.profession
        if is_other or is_for_another:
            self._forget_ranks()
        self._show_ground(reading, is_other=is_other)
        if reading.comparison is not None:
            self.view.show_comparison(reading.comparison)
        else:
            self.view.drop_panel(self.view.changes)
        if asked.compared == asked.day:
            self.desk.news.said.emit("ask", NO_CHANGE, "", None)
        wanted, is_new = self._towards or self.chosen, bool(self._towards)
        self._towards = ""
        if wanted and (is_new or reading.shapes.of(wanted) is not None):
            self._choose(wanted, centre=is_new, in_front=is_new)

    def _show_ground(self, reading: Reading, *, is_other: bool) -> None:
        view, scene = self.view, reading.shapes.scene
        marks = self._marks(reading)
        if is_other:
            self._is_listed = False
            view.canvas.show_scene(reading.shapes, reading.layer, marks)
            if not view.canvas.is_large:
                self._list_places()
        else:
            if view.canvas.layer is not reading.layer:
                view.canvas.show_layer(reading.layer)
                view.table.places.show_layer(reading.layer)
            if view.canvas.marks != marks:
                view.canvas.show_marks(marks)
        view.count.setText(
            f"{counted(len(scene.places), 'lieu', 'lieux')} · {scene.title} · {scene.pack}"
        )
        missing = [one.missing for one in reading.marks]
        view.legend.show_layer(scene, reading.layer, marks, missing)
        view.fit_legend()

    def _list_places(self) -> None:
        """List the places of a new territory once it is seen: the eye does not wait for it."""
        if not self._is_listed and self.reading is not None:
            self._is_listed = True
            self.view.table.show_places(self.reading.shapes.scene.places, self.reading.layer)
            self.view.table.select(self.chosen)

    def _marks(self, reading: Reading) -> tuple[MapMark, ...]:
        found = tuple(mark for one in reading.marks for mark in one.marks)
        return found + ranked_marks(reading.shapes.scene, self.ranked)

    # --- one place ----------------------------------------------------------------------------

    def go_to(self, place: Commune) -> None:
        """Show a commune found by its name, in its own territory when it is elsewhere."""
        reading = self.reading
        held = reading is not None and reading.shapes.of(place.code) is not None
        if held:
            self._choose(place.code, centre=True)
            return
        self._towards = place.code
        self.view.controls.scope.choose(self._maps.first_scope(place.departement))

    def choose(self, code: str) -> None:
        """Show a place on both sides, and its card."""
        self._choose(code)

    def _choose(self, code: str, *, centre: bool = False, in_front: bool = True) -> None:
        self.chosen = code
        self.view.select(code, centre=centre)
        asked, maps = self.view.controls.value(), self._maps

        def show(card: PlaceCard) -> None:
            if self.chosen == code:
                if self.view.is_scrolled and in_front:
                    words = f"{card.place.name}{NARROW}: {self._told(code)}. Sa fiche est plus bas."
                    self.desk.news.said.emit("info", words, "", None)
                self.view.show_card(card, self.view.canvas.marks_of(code), in_front=in_front)

        self.desk.jobs.read(
            lambda: maps.card(code, asked.profession, asked.day), show, label="Fiche de la commune"
        )

    def _told(self, code: str) -> str:
        return self.reading.layer.told(code) if self.reading is not None else ""

    def export(self) -> None:
        """Hand the territory shown over as one HTML file."""
        export_map(self.desk, self.view, self.view.controls.value(), self.cases)

    # --- where a profile is best served -------------------------------------------------------

    def offer_ranking(self) -> None:
        """Show whose profile would be ranked, and the way to begin."""
        interview = self.cases.interview
        profile = profile_of(interview) if interview is not None else None
        whose = interview.professional.display_name if interview is not None else ""
        self.view.ranking.offer(self.view.controls.profession.value(), whose, profile)
        self.view.show_panel(self.view.ranking)
        ranking = self.view.ranking
        (ranking.go if ranking.profile_of.is_open else ranking.profile_of.heading).setFocus()
        self.view.reveal_panel()

    def rank(self, profile: Mapping[str, Any]) -> None:
        """Rank the places of the map for a profile."""
        if self.reading is None:
            return
        scene = self.reading.shapes.scene
        codes = [place.code for place in scene.places]
        aids, today = self.desk.services.aids, self.desk.today
        self.view.ranking.show_waiting(len(codes))
        self.desk.jobs.read(
            lambda: tuple(aids.rank(profile, codes, today, MOST_EQUAL)),
            lambda found: self._show_ranked(scene, found),
            self._refuse_ranking,
            label="Classement des lieux",
        )

    def _show_ranked(self, scene: MapScene, found: tuple[RankedPlace, ...]) -> None:
        if self.reading is None or self.reading.shapes.scene is not scene:
            return
        self.ranked = found[:BEST]
        equal = sum(one.score == found[0].score for one in found) if found else 0
        self.view.ranking.show_ranked(self.ranked, len(scene.places), equal)
        self.view.table.show_ranks(standings(self.ranked))
        self._show_ground(self.reading, is_other=False)

    def _refuse_ranking(self, error: AdvisorError) -> None:
        self.view.ranking.show_nothing()
        self.desk.news.refuse(error)

    def forget_ranking(self) -> None:
        """Take the ranking off the map and the list."""
        self._forget_ranks()
        self.view.drop_panel(self.view.ranking)
        self.view.table.setFocus()
        if self.reading is not None:
            self._show_ground(self.reading, is_other=False)

    def _forget_ranks(self) -> None:
        self.ranked = ()
        self.view.ranking.show_nothing()
        self.view.table.show_ranks({})

    @property
    def _maps(self) -> MapService:
        return self.desk.services.maps
