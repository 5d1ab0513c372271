"""What an adviser can do with the reference pack: search, look up, install, build.

A façade over one opened pack: the window and the command line ask here and never open files.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.config import Home
from advisor.domain.cases.people import Partner
from advisor.domain.indicator import Indicator
from advisor.domain.pack import PackInfo
from advisor.domain.places.place import Commune, CommuneHit, Epci
from advisor.domain.structure import Structure
from advisor.domain.zones.zoning import Territory, ZonesAtPlace, Zoning
from advisor.errors import NotFoundError
from advisor.reference.pack import installation
from advisor.reference.pack.reader import Pack

if TYPE_CHECKING:
    from advisor.domain.aids.rules import Aid
    from advisor.domain.territories.example import Example
    from advisor.reference.build.build_ledger import BuildReport
    from advisor.reference.official.fetch import FetchReport

Progress = Callable[[str], None]


class Reference:
    """One home's reference: opened at the first question, shared by every service."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._pack: Pack | None = None
        self._former: list[Pack] = []  # somebody may be reading them still

    @property
    def pack(self) -> Pack:
        """Return the opened pack; the starter pack when none is installed."""
        if self._pack is None:
            self._pack = installation.current_pack(self._home)
        return self._pack

    def close(self) -> None:
        """Close the pack; the next question opens the current one again."""
        for pack in (*self._former, self._pack):
            if pack is not None:
                pack.close()
        self._pack, self._former = None, []

    def info(self) -> PackInfo:
        """Return the identity card of the pack in use."""
        return self.pack.info

    def search(
        self, text: str, departement: str | None = None, limit: int = 10
    ) -> list[CommuneHit]:
        """Return the communes that answer what was typed, best first."""
        return self.pack.search(text, departement=departement, limit=limit)

    def commune(self, code: str) -> Commune:
        """Return the place of an INSEE code; raises NotFoundError."""
        return self.pack.commune(code)

    def communes(self, *, departement: str | None = None, epci: str | None = None) -> list[Commune]:
        """Return today's communes and arrondissements."""
        return self.pack.communes(departement=departement, epci=epci)

    def codes_of_departement(self, departement: str) -> list[str]:
        """Return the codes of a département's places; raises NotFoundError when none is held."""
        codes = [place.code for place in self.pack.communes(departement=departement)]
        if not codes:
            raise NotFoundError(
                f"Aucune commune du département « {departement} » dans ce référentiel.",
                "Écrivez le numéro du département, par exemple 77.",
            )
        return codes

    def codes_of_epci(self, siren: str) -> list[str]:
        """Return the codes of an intercommunalité's members; raises NotFoundError."""
        return list(self.pack.epci(siren).members)

    def epci(self, siren: str) -> Epci:
        """Return an intercommunalité; raises NotFoundError."""
        return self.pack.epci(siren)

    def epcis(self) -> list[Epci]:
        """Return every intercommunalité held."""
        return self.pack.epcis()

    def territories(
        self, *, commune: str | None = None, kind: str | None = None
    ) -> list[Territory]:
        """Return the units held (bassins de vie, QPV…), those of ``commune`` when it is given."""
        return self.pack.territories(commune=commune, kind=kind)

    def examples(self) -> "tuple[Example, ...]":
        """Return the worked examples of territorial diagnostics."""
        return self.pack.examples()

    def zonings(self) -> tuple[Zoning, ...]:
        """Return every dated zoning held."""
        return self.pack.zonings()

    def aids(self) -> "tuple[Aid, ...]":
        """Return the catalogue of aids."""
        return self.pack.aids()

    def zones_at(
        self, code: str, day: date, profession: str | None = None, qpv: str | None = None
    ) -> ZonesAtPlace:
        """Return every class of a place on a day, and why the others are unknown."""
        return self.pack.zones_at(code, day, profession, qpv)

    def structures(
        self,
        *,
        commune: str | None = None,
        departement: str | None = None,
        text: str | None = None,
        kind: str | None = None,
    ) -> list[Structure]:
        """Return the registry's structures."""
        return self.pack.structures(commune=commune, departement=departement, text=text, kind=kind)

    def partners(
        self, *, departement: str | None = None, profession: str | None = None
    ) -> list[Partner]:
        """Return the functional contacts that serve a département and a profession."""
        return self.pack.partners(departement=departement, profession=profession)

    def indicators(
        self, territory_kind: str | None = None, territory: str | None = None
    ) -> list[Indicator]:
        """Return the indicators held for a territory."""
        return self.pack.indicators(territory_kind, territory)

    def install(self, file: Path) -> PackInfo:
        """Install a pack file, then work with it; raises PackError and keeps the old one."""
        made = installation.install(self._home, file)
        if self._pack is not None:
            self._former.append(self._pack)
        self._pack = None
        return made

    def verify(self, file: Path) -> PackInfo:
        """Check a pack file's signature and hashes, installing nothing."""
        return installation.verify(file, self._home)

    def trust(self, public_key: str | Path) -> str:
        """Accept a publisher's packs from now on; returns the key's fingerprint."""
        return installation.trust(self._home, public_key)

    def build(
        self,
        sources: Path,
        out: Path,
        key: Path | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> "BuildReport":
        """Build the full pack at ``out`` from a folder of official files; installs nothing."""
        from advisor.reference.build.full_build import build_full  # noqa: PLC0415  (loads spreadsheets)

        return build_full(sources, out, self._home, key, progress)

    def fetch(self, folder: Path, progress: Callable[[str], None] | None = None) -> "FetchReport":
        """Download the official files into ``folder``; returns the fate of each."""
        from advisor.reference.official.fetch import fetch  # noqa: PLC0415  (loads the network library)

        return fetch(folder, progress=progress)
