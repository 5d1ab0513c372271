"""Prints a territorial diagnostic: freezes its content, then makes the pages from it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from advisor.domain.cases.people import Adviser
from advisor.domain.maps.layers import MapLayer, MapMark, MapScene
from advisor.domain.paper.map_content import MapContent
from advisor.domain.paper.territory_content import TerritoryContent
from advisor.domain.paper.territory_writing import Printing, write_content
from advisor.domain.territories.diagnosis import Diagnosis
from advisor.domain.territories.work import TerritoryWork
from advisor.services.map import MapService
from advisor.services.maps_out import MapsOut
from advisor.services.reference import Reference


class TerritoryDocuments:
    """Makes the pages of a diagnostic worked out on this reference."""

    def __init__(self, reference: Reference, maps: MapService | None = None) -> None:
        self._reference = reference
        self._maps = MapsOut(maps or MapService(reference))

    def content(
        self,
        diagnosis: Diagnosis,
        work: TerritoryWork | None = None,
        adviser: Adviser | None = None,
        day: date | None = None,
    ) -> TerritoryContent:
        """Return what the pages will say; the day is the diagnostic's own unless given."""
        printing = Printing(
            day or diagnosis.evidence.day,
            self._reference.info().version,
            adviser.name if adviser else "",
            adviser.organisation if adviser else "",
        )
        return replace(
            write_content(diagnosis, printing, work), maps=self._maps_of(diagnosis, printing.day)
        )

    def _maps_of(self, diagnosis: Diagnosis, day: date) -> tuple[MapContent, ...]:
        territory = diagnosis.territory
        return self._maps.territory_maps(
            territory.name, territory.communes, day, territory.departement
        )

    def ground(self, diagnosis: Diagnosis) -> tuple[MapScene, MapLayer, tuple[MapMark, ...]] | None:
        """Return the territory's own map for the window; None when no commune of it is held."""
        territory, day = diagnosis.territory, diagnosis.evidence.day
        return self._maps.territory_ground(territory.name, territory.communes, day)

    def print_diagnostic(
        self,
        diagnosis: Diagnosis,
        out: Path,
        work: TerritoryWork | None = None,
        adviser: Adviser | None = None,
    ) -> TerritoryContent:
        """Write the PDF at ``out``; returns the content it was made from."""
        from advisor.documents.territory import make_territory_pdf  # noqa: PLC0415  (loads page makers)

        content = self.content(diagnosis, work, adviser)
        make_territory_pdf(content, out)
        return content

    def export_map(self, diagnosis: Diagnosis, out: Path) -> MapContent:
        """Write the map of the territory at ``out``, one HTML file; returns what it shows."""
        territory = diagnosis.territory
        day, departement = diagnosis.evidence.day, territory.departement
        return self._maps.territory_web_map(
            out, territory.name, territory.communes, day, departement
        )
