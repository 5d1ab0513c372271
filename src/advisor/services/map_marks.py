"""What stands on top of a map: structures and quarters of the pack, sessions, candidate places.

A mark without a position of its own stands at the centre of its commune, and says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.domain.aids.ranking import RankedPlace, standings
from advisor.domain.cases.appointment import Permanence
from advisor.domain.maps.layers import MapMark, MapPlace, MapScene, MarkKind
from advisor.domain.maps.projection import metres
from advisor.domain.structure import Structure
from advisor.domain.words.wording import counted, number, short_date
from advisor.reference.pack.reader import Pack

MOST_NAMES = 6
NO_QUARTERS = (
    "Les quartiers prioritaires (QPV) ne sont pas dans ce référentiel\u202f: installez le "
    "référentiel complet pour les voir."
)


@dataclass(frozen=True, slots=True)
class MarkSet:
    """Marks of one kind; ``missing`` says in French what could not be placed, or is not held."""

    marks: tuple[MapMark, ...]
    missing: str = ""


def read_structures(pack: Pack, scene: MapScene) -> MarkSet:
    """Return the structures of the départements of a map."""
    centres = {place.code: place for place in scene.places}
    departements = {place.departement for place in scene.places}
    inside = [one for one in pack.structures() if one.departement in departements]
    marks = [_structure(one, centres, scene.frame) for one in inside]
    placed = tuple(mark for mark in marks if mark is not None)
    lost = len(inside) - len(placed)
    told = f"{counted(lost, 'structure')} sans commune connue, hors de la carte." if lost else ""
    if not inside:
        told = "Aucune structure de ce territoire n’est dans ce référentiel."
    return MarkSet(placed, told)


def read_quarters(pack: Pack, scene: MapScene) -> MarkSet:
    """Return one mark for each commune of the map that holds quartiers prioritaires."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    held = pack.territories(kind="qpv")
    if not held:
        return MarkSet((), NO_QUARTERS)
    for quarter in held:
        for member in quarter.members:
            names[member.commune].append(quarter.name)
    marks = [
        MapMark(
            MarkKind.QPV,
            f"qpv-{place.code}",
            place.x,
            place.y,
            f"{counted(len(names[place.code]), 'quartier prioritaire', 'quartiers prioritaires')}"
            f" à {place.name}",
            _listed(sorted(names[place.code])),
            place.code,
        )
        for place in scene.places
        if place.code in names
    ]
    told = "" if marks else "Aucun quartier prioritaire dans ce territoire."
    return MarkSet(tuple(marks), told)


def permanence_marks(
    scene: MapScene, located: Iterable[tuple[Permanence, str | None]], today: date
) -> MarkSet:
    """Return one mark for each commune where sessions are held; ``located`` gives its code."""
    places = {place.code: place for place in scene.places}
    departements = {place.departement for place in scene.places}
    held: defaultdict[str, list[Permanence]] = defaultdict(list)
    lost: list[str] = []
    for session, code in located:
        if code in places:
            held[code].append(session)
        elif session.departement in departements:
            lost.append(f"{session.place} ({session.departement})")
    marks = tuple(_sessions(places[code], held[code], today) for code in sorted(held))
    told = f"Non placées sur la carte\u202f: {_listed(sorted(set(lost)))}." if lost else ""
    if not marks and not lost:
        told = "Aucune permanence dans ce territoire."
    return MarkSet(marks, told)


def candidate_marks(scene: MapScene, codes: Sequence[str]) -> MarkSet:
    """Return the candidate places of an interview, numbered in their order."""
    places = {place.code: place for place in scene.places}
    marks = tuple(
        MapMark(
            MarkKind.CANDIDATE,
            f"lieu-{code}",
            places[code].x,
            places[code].y,
            f"Lieu {order} de l’entretien\u202f: {places[code].name}",
            commune=code,
            number=order,
        )
        for order, code in enumerate(codes, start=1)
        if code in places
    )
    if not codes:
        return MarkSet((), "Aucun entretien en cours avec des lieux à comparer.")
    lost = len(codes) - len(marks)
    told = f"{counted(lost, 'lieu', 'lieux')} de l’entretien hors de ce territoire." if lost else ""
    return MarkSet(marks, told)


def ranked_marks(scene: MapScene, ranked: Sequence[RankedPlace]) -> tuple[MapMark, ...]:
    """Return the places ranked for a profile, numbered from the best; equal ones share theirs."""
    places = {place.code: place for place in scene.places}
    ranks = standings(ranked)
    return tuple(
        MapMark(
            MarkKind.RANKED,
            f"rang-{one.code}",
            places[one.code].x,
            places[one.code].y,
            f"Rang {ranks[one.code]}\u202f: {one.name}",
            f"{number(one.score)} sur 100",
            one.code,
            number=ranks[one.code],
        )
        for one in ranked
        if one.code in places
    )


def _structure(one: Structure, centres: Mapping[str, MapPlace], frame: str) -> MapMark | None:
    place = centres.get(one.commune)
    where = "à sa position" if one.longitude is not None else "au centre de la commune"
    if one.longitude is not None and one.latitude is not None:
        x, y = metres(one.longitude, one.latitude, frame)
    elif place is not None:
        x, y = place.x, place.y
    else:
        return None
    return MapMark(
        MarkKind.STRUCTURE,
        one.id,
        x,
        y,
        one.name,
        f"{one.commune_name} ({one.departement}), {where}",
        one.commune,
        one.kind.value,
        told=_told(one),
    )


def _told(one: Structure) -> str:
    """Return the last state that a source gives of a structure, its day if printed, the source."""
    dated = [status for status in one.statuses if status.day is not None]
    last = max(dated, key=lambda status: status.day or date.min, default=None)
    status = last or next(iter(one.statuses), None)
    if status is None or not status.text:
        return f"source\u202f: {one.source.told}"
    day = f" au {short_date(status.day)}" if status.day else ""
    return f"{status.text}{day} (source\u202f: {status.source.told})"


def _sessions(place: MapPlace, sessions: Sequence[Permanence], today: date) -> MapMark:
    coming = sorted(one.day for one in sessions if one.day >= today)
    said = f"prochaine le {short_date(coming[0])}" if coming else "aucune à venir"
    return MapMark(
        MarkKind.PERMANENCE,
        f"permanence-{place.code}",
        place.x,
        place.y,
        f"{counted(len(sessions), 'permanence')} à {place.name}",
        said,
        place.code,
    )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    head = ", ".join(names[:MOST_NAMES])
    return f"{head} et {more} autres" if more > 0 else head
