"""Which of today's territories a written code names, by the commune movements of the pack."""

from dataclasses import dataclass

from advisor.domain.places.departement_names import DEPARTEMENT_NAMES
from advisor.domain.places.place import Commune, PlaceKind
from advisor.domain.places.region_names import REGION_NAMES
from advisor.domain.zones.zoning import TerritoryKind
from advisor.reference.pack.reader import Pack

TODAY = {PlaceKind.COMMUNE, PlaceKind.ARRONDISSEMENT}
DEEPEST = 6  # a former commune inside a former commune: never more than a few


@dataclass(frozen=True, slots=True)
class Known:
    """A territory of today. ``former`` is the name of the commune written, taken over since."""

    code: str
    name: str
    former: str = ""


class Geography:
    """The codes of one pack, read once for a whole table."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.starter = pack.info.is_starter
        self.places: dict[str, Commune] = {one.code: one for one in pack.places()}
        self._renamed = {
            code: one
            for one in self.places.values()
            if one.kind in TODAY
            for code in one.former_codes
        }
        self._others: dict[str, dict[str, str]] = {}

    def find(self, kind: str, code: str) -> Known | None:
        """Return the territory of today that a code names, None when the pack knows none."""
        if kind == "commune":
            return self._commune(code)
        name = self._names(kind).get(code)
        return None if name is None else Known(code, name)

    def today(self) -> list[Commune]:
        """Return the communes of today with what is needed to add them up."""
        return [one for one in self.places.values() if one.kind is PlaceKind.COMMUNE]

    def _commune(self, code: str) -> Known | None:
        place = self.places.get(code)
        if place is None:
            moved = self._renamed.get(code)
            return None if moved is None else Known(moved.code, moved.name)
        written = place
        for _ in range(DEEPEST):
            if place.kind in TODAY or place.parent is None:
                break
            place = self.places.get(place.parent, place)
        if place.kind not in TODAY:
            return None
        return Known(place.code, place.name, "" if place is written else written.name)

    def _names(self, kind: str) -> dict[str, str]:
        if kind not in self._others:
            self._others[kind] = self._listed(kind)
        return self._others[kind]

    def _listed(self, kind: str) -> dict[str, str]:
        if kind == "epci":
            return {
                **{
                    one.code: one.name for one in self._pack.examples() if len(one.code) > len("38")
                },
                **{one.siren: one.name for one in self._pack.epcis()},
            }
        if kind == "bassin_de_vie":
            held = self._pack.territories(kind=TerritoryKind.BASSIN_DE_VIE.value)
            return {one.id: one.name for one in held}
        fixed = {"departement": DEPARTEMENT_NAMES, "region": REGION_NAMES}
        return fixed.get(kind, {"FR": "France"})
