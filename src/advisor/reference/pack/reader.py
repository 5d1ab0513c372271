"""An opened reference pack: frozen public data, read by everybody, written by nobody.

What reads aids, maps and examples is loaded when they are first asked for: the window opens
without them.
"""

import json
import threading
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.domain.cases.people import Partner
from advisor.domain.indicator import Indicator
from advisor.domain.pack import PackInfo
from advisor.domain.places.outline import Outline
from advisor.domain.places.place import Commune, CommuneHit, Epci
from advisor.domain.structure import Structure
from advisor.domain.zones.resolution import zones_at
from advisor.domain.zones.zoning import Territory, ZonesAtPlace, Zoning
from advisor.errors import NotFoundError, PackError
from advisor.reference.names.search_index import NameIndex, load_index
from advisor.reference.pack.commune_rows import SELECT, commune_of
from advisor.reference.pack.database import DAMAGED, REINSTALL, PackDatabase
from advisor.reference.pack.outline_blobs import to_outline
from advisor.reference.pack.plain import from_plain
from advisor.reference.pack.writer import fold
from advisor.reference.pack.zone_reading import ZoneReader

if TYPE_CHECKING:
    from advisor.domain.aids.funding_rules import FundingScheme
    from advisor.domain.aids.ranking import Criterion
    from advisor.domain.aids.rules import Aid
    from advisor.domain.paper.steps import Step
    from advisor.domain.territories.example import Example
    from advisor.reference.pack.map_reading import MapReader

DATABASE = "reference.sqlite"
IN_FORCE = ("commune", "arrondissement")


class Pack:
    """Answers questions about places, zonings, aids, structures, partners and indicators.

    ``folder`` holds ``reference.sqlite``. Usable from several threads at once.
    """

    def __init__(self, folder: Path, info: PackInfo) -> None:
        self.info = info
        self._database = PackDatabase(folder / DATABASE)
        self._zones = ZoneReader(self._database)
        self._index: NameIndex | None = None
        self._aids: tuple[Aid, ...] | None = None
        self._lock = threading.Lock()

    @cached_property
    def map(self) -> "MapReader":
        """Return what reads the places of a map."""
        from advisor.reference.pack.map_reading import MapReader  # noqa: PLC0415  (see the top)

        return MapReader(self._database, self._zones)

    def close(self) -> None:
        """Close the database; the pack is not used afterwards."""
        self._database.close()

    def commune(self, code: str) -> Commune:
        """Return the place of an INSEE code, today's or former; raises NotFoundError."""
        row = self._database.one(f"{SELECT} WHERE c.code = ?", (code,))
        if row is None:
            row = self._database.one(
                f"{SELECT} JOIN former_code f ON f.commune = c.code WHERE f.code = ?", (code,)
            )
        if row is None:
            raise NotFoundError(
                f"Aucune commune ne porte le code {code[:60]} dans le paquet de référence.",
                "Cherchez-la par son nom : « advisor communes NOM ».",
            )
        return commune_of(row)

    def communes(self, *, departement: str | None = None, epci: str | None = None) -> list[Commune]:
        """Return the communes and arrondissements of today, by code."""
        wanted = [("c.departement", departement), ("c.epci_siren", epci)]
        asked = [(name, value) for name, value in wanted if value is not None]
        where = "".join(f" AND {name} = ?" for name, _ in asked)
        values = [*IN_FORCE, *(value for _, value in asked)]
        rows = self._database.rows(
            f"{SELECT} WHERE c.kind IN (?, ?){where} ORDER BY c.code", values
        )
        return [commune_of(row) for row in rows]

    def places(self) -> Iterable[Commune]:
        """Return every place held, former and delegated communes too, by code."""
        return [commune_of(row) for row in self._database.rows(f"{SELECT} ORDER BY c.code")]

    def parts(self, code: str) -> list[Commune]:
        """Return the places whose parent is ``code``: arrondissements, delegated, former."""
        rows = self._database.rows(f"{SELECT} WHERE c.parent = ? ORDER BY c.code", (code,))
        return [commune_of(row) for row in rows]

    def epci(self, siren: str) -> Epci:
        """Return an intercommunalité and its members; raises NotFoundError."""
        row = self._database.one(
            "SELECT siren, name, departement FROM epci WHERE siren = ?", (siren,)
        )
        if row is None:
            raise NotFoundError(
                f"Aucune intercommunalité ne porte le SIREN {siren[:60]} dans ce référentiel.",
                "Vérifiez les neuf chiffres du SIREN.",
            )
        members = self._database.rows(
            "SELECT code FROM commune WHERE epci_siren = ? AND kind = 'commune' ORDER BY code",
            (siren,),
        )
        return _epci(row, [code for (code,) in members])

    def epcis(self) -> list[Epci]:
        """Return every intercommunalité with its members, by SIREN."""
        members: dict[str, list[str]] = {}
        for siren, code in self._database.rows(
            "SELECT epci_siren, code FROM commune"
            " WHERE epci_siren <> '' AND kind = 'commune' ORDER BY code"
        ):
            members.setdefault(siren, []).append(code)
        rows = self._database.rows("SELECT siren, name, departement FROM epci ORDER BY siren")
        return [_epci(row, members.get(row[0], [])) for row in rows]

    def territories(
        self, *, commune: str | None = None, kind: str | None = None
    ) -> list[Territory]:
        """Return the units held (bassins de vie, QPV…), those of ``commune`` when it is given."""
        join = (
            " JOIN territory_member m ON m.kind = t.kind AND m.id = t.id"
            if commune is not None
            else ""
        )
        wanted = [("m.commune", commune), ("t.kind", kind)]
        asked = [(name, value) for name, value in wanted if value is not None]
        where = " WHERE " + " AND ".join(f"{name} = ?" for name, _ in asked) if asked else ""
        rows = self._database.rows(
            f"SELECT t.body FROM territory t{join}{where} ORDER BY t.kind, t.id",
            [value for _, value in asked],
        )
        return [from_plain(Territory, json.loads(body)) for (body,) in rows]

    def outline(self, code: str, kind: str = "commune") -> Outline | None:
        """Return the outline of a commune, departement or region; None when it is not held."""
        found = self._outlines("kind = ? AND code = ?", (kind, code))
        return found[0] if found else None

    def outlines(self, codes: Iterable[str] | None = None, kind: str = "commune") -> list[Outline]:
        """Return the outlines of these codes (None: all of that kind), by code."""
        if codes is None:
            return self._outlines("kind = ?", (kind,))
        found = (self.outline(code, kind) for code in sorted(set(codes)))
        return [one for one in found if one is not None]

    def _outlines(self, where: str, values: tuple[str, ...]) -> list[Outline]:
        rows = self._database.rows(
            "SELECT kind, code, frame, min_x, min_y, max_x, max_y, body FROM contour"
            f" WHERE {where} ORDER BY code",
            values,
        )
        return [to_outline(row[0], row[1], row[2], row[3:7], row[7]) for row in rows]

    def steps(self) -> "tuple[Step, ...]":
        """Return the countdown of steps of an installation, in the order of their files."""
        from advisor.domain.paper.steps import Step  # noqa: PLC0415  (idem)

        return tuple(from_plain(Step, json.loads(text)) for text in self._documents("step"))

    def examples(self) -> "tuple[Example, ...]":
        """Return the worked examples of territorial diagnostics, in the order of their files."""
        from advisor.domain.territories.example import Example  # noqa: PLC0415  (idem)

        return tuple(from_plain(Example, json.loads(text)) for text in self._documents("example"))

    def aids(self) -> "tuple[Aid, ...]":
        """Return the catalogue of aids, by id; read once for the life of the pack."""
        from advisor.domain.aids.document import from_json  # noqa: PLC0415  (idem)

        with self._lock:
            if self._aids is None:
                self._aids = tuple(from_json(text) for text in self._documents("aid"))
            return self._aids

    def funding_schemes(self) -> "tuple[FundingScheme, ...]":
        """Return the dated schemes that fund structures and premises, by id."""
        from advisor.domain.aids.funding_rules import scheme_from_json  # noqa: PLC0415  (idem)

        return tuple(scheme_from_json(text) for text in self._documents("funding"))

    def ranking_criteria(self) -> "tuple[Criterion, ...]":
        """Return the declared criteria that rank places, with their weights."""
        from advisor.domain.aids.ranking import criteria_from_json  # noqa: PLC0415  (idem)

        texts = self._documents("criteria")
        return criteria_from_json(texts[0]) if texts else ()

    def partners(
        self, *, departement: str | None = None, profession: str | None = None
    ) -> list[Partner]:
        """Return the contacts that serve a département and a profession (None: any)."""
        return [
            partner
            for partner in (from_plain(Partner, json.loads(t)) for t in self._documents("partner"))
            if (not departement or not partner.departements or departement in partner.departements)
            and (not profession or not partner.professions or profession in partner.professions)
        ]

    def structures(
        self,
        *,
        commune: str | None = None,
        departement: str | None = None,
        text: str | None = None,
        kind: str | None = None,
    ) -> list[Structure]:
        """Return the registry's structures; every word of ``text`` must be found."""
        wanted = [("commune", commune), ("departement", departement), ("kind", kind)]
        conditions = [f"{name} = ?" for name, value in wanted if value]
        values = [value for _, value in wanted if value]
        for word in fold(text or "").split():
            conditions.append("instr(words, ?) > 0")
            values.append(word)
        where = " WHERE " + " AND ".join(conditions) if conditions else ""
        rows = self._database.rows(f"SELECT body FROM structure{where} ORDER BY position", values)
        return [from_plain(Structure, json.loads(body)) for (body,) in rows]

    def indicators(
        self, territory_kind: str | None = None, territory: str | None = None
    ) -> list[Indicator]:
        """Return the indicators held, in the order of their files."""
        wanted = [("territory_kind", territory_kind), ("territory", territory)]
        asked = [(name, value) for name, value in wanted if value is not None]
        where = " WHERE " + " AND ".join(f"{name} = ?" for name, _ in asked) if asked else ""
        rows = self._database.rows(
            f"SELECT body FROM indicator{where} ORDER BY position", [value for _, value in asked]
        )
        return [from_plain(Indicator, json.loads(body)) for (body,) in rows]

    def search(
        self, text: str, *, departement: str | None = None, limit: int = 10
    ) -> list[CommuneHit]:
        """Return the places found as typed, best first; ``departement`` helps its own."""
        hits = self._names().search(text, departement, limit)
        return [CommuneHit(self.commune(hit.code), hit.was) for hit in hits]

    def zonings(self) -> tuple[Zoning, ...]:
        """Return the dated zonings with the lines of their acts (long lists: see ``zones_at``)."""
        return self._zones.whole()

    def zones_at(
        self, code: str, day: date, profession: str | None = None, qpv: str | None = None
    ) -> ZonesAtPlace:
        """Return the classes of a place on a day, and why the others are unknown."""
        place = self.commune(code)
        return zones_at(place, day, self._zones.at(place), profession, qpv)

    def zone_keys(self, departement: str | None = None) -> dict[str, tuple[object, ...]]:
        """Return, by INSEE code, what decides a place's classes beside its own name.

        Two places of a département with equal keys have the same classes on every day, so that
        ranking reads one of them for all. Places that no list names are absent: key ``()``.
        """
        return self._zones.keys(departement)

    def check(self) -> None:
        """Ask the pack what it is asked every day; raises PackError when it cannot answer."""
        counted = self._database.one("SELECT count(*) FROM commune WHERE kind = 'commune'")[0]
        if not counted or counted != self.info.counts.get("communes"):
            raise PackError(DAMAGED, REINSTALL)
        self._names()
        first = self._database.one("SELECT code FROM commune ORDER BY code LIMIT 1")[0]
        self.zones_at(first, self.info.built_at)

    def _names(self) -> NameIndex:
        with self._lock:
            if self._index is None:
                row = self._database.one("SELECT body FROM side_blob WHERE name = 'names'")
                if row is None:
                    raise PackError(DAMAGED, REINSTALL)
                self._index = load_index(row[0])
            return self._index

    def _documents(self, kind: str) -> list[str]:
        rows = self._database.rows(
            "SELECT body FROM document WHERE kind = ? ORDER BY position", (kind,)
        )
        return [body for (body,) in rows]


def _epci(row: tuple[str, str, str], members: list[str]) -> Epci:
    siren, name, departement = row
    return Epci(siren, name, departement, tuple(members))
