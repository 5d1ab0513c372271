"""The layer of zones: which class an act gives to each place, for a profession, on a day.

True on paper; no database, no window. A class that is not known is never shown as « hors
zonage »: it has no key, and its reason is its words.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from advisor.domain.maps.layers import LayerKind, LegendEntry, MapLayer, MapScene
from advisor.domain.maps.legend import counted_entries
from advisor.domain.words.french import THIN, day_text
from advisor.domain.zones.classes import PROFESSION_NAMES, label_of
from advisor.domain.zones.marks import mark_of
from advisor.domain.zones.zoning import ZoneEntry, ZonesAtPlace

LAST_RANK = 9
FEW = 2


def zone_entry(zone_class: str) -> LegendEntry:
    """Return the legend's line of a class."""
    mark = mark_of(zone_class)
    return LegendEntry(zone_class, label_of(zone_class), mark.letters, mark.pattern, mark.rank)


def zone_layer(
    scene: MapScene, at: Mapping[str, ZonesAtPlace], profession: str, day: date
) -> MapLayer:
    """Return the layer of a profession's zones; ``at`` maps INSEE codes to what is known."""
    answers = {id(zones): zones for zones in at.values()}  # places named alike share theirs
    entries = {one: zones.class_for(profession) for one, zones in answers.items()}
    found = [entry for entry in entries.values() if entry is not None]
    classes = {one: entry.zone_class for one, entry in entries.items() if entry is not None}
    words = {one: _words(zones, profession) for one, zones in answers.items()}
    keys = {code: classes[id(zones)] for code, zones in at.items() if id(zones) in classes}
    shapes = sorted(
        (zone_entry(zone_class) for zone_class in set(keys.values())),
        key=lambda one: (LAST_RANK if one.rank is None else one.rank, one.label),
    )
    acts = tuple(dict.fromkeys(entry.legal_act for entry in found))
    days = [entry.valid_from for entry in found if entry.valid_from]
    return MapLayer(
        kind=LayerKind.ZONES,
        title=f"Zones des {PROFESSION_NAMES.get(profession, profession)} au {day_text(day)}",
        entries=counted_entries(shapes, scene.places, keys),
        keys=keys,
        words={code: words[id(zones)] for code, zones in at.items()},
        act=_act(acts),
        day=max(days, default=None),
        source=_source(found),
        notes=_notes(found, answers.values(), profession),
        profession=profession,
    )


def _words(zones: ZonesAtPlace, profession: str) -> str:
    entry = zones.class_for(profession)
    if entry is not None:
        return entry.label
    reason = zones.why_unknown(profession)
    return f"classe non connue{THIN}: {reason}" if reason else "classe non connue"


def _act(acts: tuple[str, ...]) -> str:
    if len(acts) <= FEW:
        return f"{THIN}; ".join(acts)
    return f"{len(acts)} actes régionaux{THIN}: ouvrez la fiche d’une commune pour lire le sien"


def _source(entries: Iterable[ZoneEntry]) -> str:
    found = dict.fromkeys(entry.source.name for entry in entries)
    return ", ".join(list(found)[:FEW])


def _notes(
    entries: Iterable[ZoneEntry], at: Iterable[ZonesAtPlace], profession: str
) -> tuple[str, ...]:
    """Return what all the classes of the map must be read with; else why there is none."""
    told = [set(entry.remarks) for entry in entries]
    if not told:
        return tuple(dict.fromkeys(zones.why_unknown(profession) for zones in at))[:FEW]
    shared = set.intersection(*told)
    return tuple(sorted(shared))
