"""What ``data/`` holds, gathered into the content of a pack."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from advisor.domain.aids.document import to_json
from advisor.domain.aids.funding_rules import scheme_to_json
from advisor.domain.aids.ranking import criteria_to_json
from advisor.domain.pack import PackSource
from advisor.domain.places.place import Commune, Epci, PlaceKind
from advisor.reference.files.aid_files import load_aids
from advisor.reference.files.example_files import load_examples
from advisor.reference.files.funding_files import load_funding, load_ranking
from advisor.reference.files.indicator_files import load_indicators
from advisor.reference.files.outline_files import load_outlines
from advisor.reference.files.partner_files import load_partners
from advisor.reference.files.place_files import load_places
from advisor.reference.files.step_files import load_steps
from advisor.reference.files.structure_files import load_structures
from advisor.reference.files.zoning_files import load_zonings
from advisor.reference.names.search_index import build_index
from advisor.reference.pack.assembly import Identity
from advisor.reference.pack.data_hash import data_hash
from advisor.reference.pack.plain import to_plain
from advisor.reference.pack.writer import PackContent, compact

STARTER = "starter"
OLDEST = date(2012, 1, 1)
NAMES = "names"


def starter_content(folder: Path) -> tuple[PackContent, Identity]:
    """Return what the data folder holds and what names it; BadDataError on the first fault."""
    content = shipped_content(folder)
    content.blobs[NAMES] = build_index(content.communes)
    said = list(_said_of(content))
    days = [day for _, day in said if day is not None]
    identity = Identity(
        id=STARTER,
        day=max(days, default=OLDEST),
        sources=tuple(_sources(said)),
        data_hash=data_hash(folder),
    )
    return content, identity


def shipped_content(folder: Path) -> PackContent:
    """Return the content of the data folder, without search index."""
    places = load_places(folder)
    zonings = load_zonings(folder, places)
    return PackContent(
        communes=list(places),
        epcis=epcis_of(places),
        zonings=list(zonings),
        documents=_documents_of(folder),
        structures=list(load_structures(folder / "structures", places)),
        indicators=list(load_indicators(folder / "indicators")),
        contours=load_outlines(folder),
    )


def _documents_of(folder: Path) -> dict[str, list[tuple[str, str]]]:
    schemes = load_funding(folder / "funding")
    criteria = load_ranking(folder / "ranking.yaml")
    return {
        "aid": [(aid.id, to_json(aid)) for aid in load_aids(folder / "aids")],
        "criteria": [("ranking", criteria_to_json(criteria))],
        "example": [(one.id, compact(one)) for one in load_examples(folder / "diagnostics")],
        "funding": [(scheme.id, scheme_to_json(scheme)) for scheme in schemes],
        "partner": [(one.id, compact(one)) for one in load_partners(folder / "partners")],
        "step": [(step.id, compact(step)) for step in load_steps(folder / "steps")],
    }


def epcis_of(places: Iterable[Commune]) -> list[Epci]:
    """Return the intercommunalités that places name, with the département of most members."""
    found: dict[str, Epci] = {}
    for place in places:
        if place.epci_siren and place.kind is PlaceKind.COMMUNE:
            fresh = Epci(place.epci_siren, place.epci_name, place.departement)
            found.setdefault(place.epci_siren, fresh)
    return [found[siren] for siren in sorted(found)]


def _said_of(content: PackContent) -> Iterator[tuple[str, date | None]]:
    """Yield every document named in the content, with the day it speaks of."""
    everything: list[Any] = [to_plain(content.zonings), to_plain(content.structures)]
    everything += [to_plain(content.indicators)]
    everything += [json.loads(text) for texts in content.documents.values() for _, text in texts]
    yield from _named(everything)
    for place in content.communes:
        yield place.source, None


def _named(plain: Any) -> Iterator[tuple[str, date | None]]:
    if isinstance(plain, list):
        for item in plain:
            yield from _named(item)
    elif isinstance(plain, dict):
        if isinstance(plain.get("document"), str):
            read_on = plain.get("read_on")
            yield plain["document"], date.fromisoformat(read_on) if read_on else None
        for item in plain.values():
            yield from _named(item)


def _sources(said: Iterable[tuple[str, date | None]]) -> Iterator[PackSource]:
    newest: dict[str, date | None] = {}
    for document, day in said:
        known = newest.setdefault(document, day)
        if day is not None and (known is None or day > known):
            newest[document] = day
    for document in sorted(newest):
        if document:
            yield PackSource(document, document, day=newest[document])
