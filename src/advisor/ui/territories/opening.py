"""Works a diagnostic out and writes it in French, outside the main thread.

Knows the services; touches no widget.
"""

from datetime import date

from advisor.domain.paper.territory_writing import Printing, write_content
from advisor.domain.territories.diagnosis import Diagnosis
from advisor.domain.territories.work import TerritoryWork
from advisor.services.all_services import Services
from advisor.services.territory_documents import TerritoryDocuments
from advisor.ui.map.shapes import shapes_of
from advisor.ui.territories.facts import Opened
from advisor.ui.territories.own_map import OwnGround


def of_work(services: Services, work: TerritoryWork, day: date) -> Opened:
    """Return a diagnostic kept, worked out today."""
    found = services.territories.compute(work, day)
    printing = Printing(day, services.reference.info().version)
    return Opened(found, write_content(found, printing, work), work)


def of_example(services: Services, example: str, day: date) -> Opened:
    """Return a worked example, worked out today."""
    territories = services.territories
    found = territories.diagnose(territories.of_example(example), day)
    printing = Printing(day, services.reference.info().version)
    return Opened(found, write_content(found, printing), None, example)


def ground_of(documents: TerritoryDocuments, diagnosis: Diagnosis) -> OwnGround | None:
    """Return what the map of a diagnostic is drawn from, None when no commune of it is held."""
    found = documents.ground(diagnosis)
    return OwnGround(shapes_of(found[0]), found[1], found[2]) if found is not None else None
