"""What a new diagnostic decides: which units are offered, what a choice gives, when it begins.

Knows the services and the chooser; places no widget.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from advisor.domain.maps.scopes import DEPARTEMENT, Scope
from advisor.domain.places.departement_names import DEPARTEMENT_NAMES
from advisor.domain.territories.code_list import read_codes
from advisor.domain.territories.territory import ChosenBy, Territory
from advisor.domain.words.wording import NARROW, counted, listed, number
from advisor.errors import AdvisorError, BadDataError, NotFoundError
from advisor.services.all_services import Services
from advisor.ui.desk import Desk
from advisor.ui.map.shapes import Shapes, shapes_of
from advisor.ui.territories.chooser import Chooser, Unit

LARGEST_LIST = 1_000_000
MOST_TOLD = 5
ELSEWHERE = "Vérifiez-les, ou installez le référentiel complet."


class Choosing(QObject):
    """Begins diagnostics; ``begun`` is called with the id of the one made."""

    def __init__(self, desk: Desk, view: Chooser, begun: Callable[[str], None]) -> None:
        super().__init__(view)
        self.desk, self.view = desk, view
        self._begun = begun
        self._asked = 0
        self._is_offered = False
        view.way_chosen.connect(self._show_way)
        for way, panel in view.units.items():
            panel.chosen.connect(lambda code, one=way: self.choose(one, code))
        view.map.scope_asked.connect(self._read_scene)
        view.map.changed.connect(self._choose_by_hand)
        view.codes.read.connect(self._read_codes)
        view.codes.file_chosen.connect(self._read_file)
        view.preview.accepted.connect(self.create)

    def begin(self) -> None:
        """Offer what a territory may be chosen among."""
        self.view.preview.begin()
        self.view.map.forget()
        self.view.codes.text.show_value("")
        self.view.codes.say("")
        self.view.show_way(ChosenBy.EPCI)
        if not self._is_offered:
            services = self.desk.services
            self.desk.jobs.read(lambda: _units(services), self._offer, label="Territoires")

    def _offer(self, found: dict[ChosenBy, list[Unit]]) -> None:
        self._is_offered = True
        for way, units in found.items():
            self.view.units[way].offer(units)

    def _show_way(self, way: ChosenBy) -> None:
        """Go on from the territory chosen another way: its communes on the map, or its codes."""
        chosen = self.view.preview.territory
        is_other = chosen is not None and bool(chosen.codes) and chosen.chosen_by is not way
        if way is ChosenBy.LIST and chosen is not None and is_other:
            self.view.codes.text.show_value("\n".join(chosen.codes))
        if way is not ChosenBy.HAND:
            return
        maps, departement, alone = self.desk.services.maps, self.desk.departement, ""
        if chosen is not None and is_other:
            self.view.map.forget(chosen.codes)
            departement = chosen.departement or departement
            held = {one.departement for one in chosen.communes}
            alone = f"{DEPARTEMENT}:{departement}" if len(held) == 1 else ""
        if self.view.map.scene is None or is_other:
            self.desk.jobs.read(
                lambda: (maps.scopes(), alone or maps.first_scope(departement)), self._offer_scopes
            )

    def _offer_scopes(self, found: tuple[Sequence[Scope], str]) -> None:
        self.view.map.offer_scopes(*found)
        self._read_scene(found[1])

    def _read_scene(self, key: str) -> None:
        maps = self.desk.services.maps

        def show(shapes: Shapes) -> None:
            if self.view.map.scope.value() == key:
                self.view.map.show_scene(shapes)

        self.desk.jobs.read(lambda: shapes_of(maps.scene(key)), show, label="Lecture de la carte")

    # --- what is chosen -----------------------------------------------------------------------

    def choose(self, way: ChosenBy, code: str) -> None:
        """Show what a unit would be."""
        territories = self.desk.services.territories
        find: dict[ChosenBy, Callable[[str], Territory]] = {
            ChosenBy.EPCI: territories.of_epci,
            ChosenBy.BASSIN: territories.of_bassin,
            ChosenBy.DEPARTEMENT: territories.of_departement,
        }
        self._preview(lambda: find[way](code))

    def _choose_by_hand(self, codes: Sequence[str]) -> None:
        territories = self.desk.services.territories
        if not codes:
            self._asked += 1
            self.view.preview.show_territory(None)
            return
        self._preview(lambda: territories.of_communes(codes, chosen_by=ChosenBy.HAND))

    def _read_codes(self, text: str) -> None:
        found = read_codes(text)
        lines = [f"ligne {line}, « {said} »" for line, said in found.rejected[:MOST_TOLD]]
        more = len(found.rejected) - len(lines)
        lines += [f"et {more} autres"] if more > 0 else []
        said = f"Pas un code de commune{NARROW}: {f'{NARROW}; '.join(lines)}." if lines else ""
        self.view.codes.say(said)
        if not found.codes:
            self._asked += 1
            self.view.preview.show_territory(None)
            return
        services = self.desk.services
        unknown: list[str] = []

        def find() -> Territory:
            known = _known(services, found.codes)
            unknown.extend(code for code in found.codes if code not in known)
            if not known:
                raise NotFoundError("Aucun de ces codes n’est dans ce référentiel.", ELSEWHERE)
            return services.territories.of_communes(known)

        self._preview(find, lambda: self.view.codes.say(f"{said} {_unknown(unknown)}".strip()))

    def _read_file(self, path: Path) -> None:
        self.desk.jobs.read(lambda: _text_of(path), self._take_text, label="Lecture du fichier")

    def _take_text(self, text: str) -> None:
        self.view.codes.text.show_value(text)
        self._read_codes(text)

    def _preview(
        self, find: Callable[[], Territory], found: Callable[[], None] = lambda: None
    ) -> None:
        self._asked += 1
        asked = self._asked

        def show(territory: Territory) -> None:
            if asked == self._asked:
                found()
                self.view.preview.show_territory(territory)

        def refuse(error: AdvisorError) -> None:
            if asked == self._asked:
                found()
                self.view.preview.show_territory(None, f"{error.message} {error.hint}".strip())

        self.desk.jobs.read(find, show, refuse, label="Lecture du territoire")

    def create(self) -> None:
        """Begin the diagnostic of the territory shown."""
        preview, cases = self.view.preview, self.desk.cases
        territory = preview.territory
        if territory is None:
            return
        name = preview.name.text().strip() or territory.name
        asked = {
            "request": preview.request.value(),
            "requested_by": preview.by.text().strip(),
            "requested_on": preview.on.value(),
        }
        self.desk.jobs.store(lambda: _create(cases, territory, name, asked), self._created)

    def _created(self, made: Any) -> None:
        self.desk.news.announce(made)
        self.desk.news.settle("Diagnostic commencé\u202f: tout y est enregistré pendant la saisie.")
        self._begun(made.id)


def _known(services: Services, codes: Sequence[str]) -> list[str]:
    """Return the codes that this reference has, in their order."""
    held = []
    for code in codes:
        with suppress(NotFoundError):
            services.reference.commune(code)
            held.append(code)
    return held


def _unknown(codes: Sequence[str]) -> str:
    """Return which codes of a list are left out, and how many; nothing when none is."""
    if not codes:
        return ""
    more = len(codes) - MOST_TOLD
    names = [*codes[:MOST_TOLD], *([counted(more, "autre")] if more > 0 else [])]
    left = "Laissé de côté, absent" if len(codes) == 1 else "Laissés de côté, absents"
    return f"{left} de ce référentiel{NARROW}: {listed(names)}."


def _create(cases: Any, territory: Territory, name: str, asked: dict[str, Any]) -> Any:
    made = cases.territories.create(territory, **asked)
    if name != territory.name:
        cases.territories.set(made.id, {"name": name})
    return made


def _units(services: Services) -> dict[ChosenBy, list[Unit]]:
    """Return everything that may be chosen by name, by name."""
    reference, territories = services.reference, services.territories
    examples = territories.examples()
    epcis = {
        one.siren: Unit(
            one.siren, one.name, _facts(one.departement, counted(len(one.members), "commune"))
        )
        for one in reference.epcis()
    }
    departements = {
        scope.code: Unit(scope.code, DEPARTEMENT_NAMES.get(scope.code, scope.code), scope.code)
        for scope in services.maps.scopes()
        if scope.kind == DEPARTEMENT
    }
    for one in examples:
        people = f"{number(one.population)} hab." if one.population else ""
        if one.kind is ChosenBy.EPCI:
            epcis[one.code] = Unit(one.code, one.name, _facts(one.departement, people, "exemple"))
        elif one.kind is ChosenBy.DEPARTEMENT:
            departements[one.code] = Unit(one.code, one.name, f"{one.code} · exemple")
    bassins = [Unit(code, name, _facts(_start(code))) for code, name in territories.bassins()]
    return {
        ChosenBy.EPCI: sorted(epcis.values(), key=lambda one: one.name),
        ChosenBy.BASSIN: sorted(bassins, key=lambda one: one.name),
        ChosenBy.DEPARTEMENT: sorted(departements.values(), key=lambda one: one.code),
    }


def _start(code: str) -> str:
    """Return the département that an INSEE code begins with."""
    return next((code[:size] for size in (2, 3) if code[:size] in DEPARTEMENT_NAMES), "")


def _facts(departement: str, *others: str) -> str:
    name = DEPARTEMENT_NAMES.get(departement, "")
    where = f"{name} ({departement})" if name else departement
    return " · ".join(part for part in (where, *others) if part)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_LIST:
            raise BadDataError(
                "ce fichier est trop gros pour une liste de communes.", file=path.name
            )
        data = path.read_bytes()
    except OSError as error:
        raise BadDataError("ce fichier ne peut pas être lu.", file=path.name) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
