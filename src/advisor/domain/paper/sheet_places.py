"""A strip of the sheet for each place: class for the profession, act, figures, structures.

True on paper; no database, no page.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.domain.aids.aid import AidsForPlace
from advisor.domain.indicator import Indicator
from advisor.domain.paper.sheet import Strip
from advisor.domain.paper.sheet_notes import Notes
from advisor.domain.places.departement_names import DEPARTEMENT_NAMES
from advisor.domain.places.place import Commune
from advisor.domain.structure import Structure, StructureKind
from advisor.domain.words.wording import NARROW, counted, lowered, number, sentence, span
from advisor.domain.zones.marks import mark_of
from advisor.domain.zones.zoning import ZoneEntry, ZonesAtPlace

NO_SUPPLY = "Offre\u202f: non disponible dans ce référentiel"
NO_STRUCTURE = "Structures\u202f: aucune dans ce référentiel"
MOST_REMARKS = 2
SHOWN_KINDS = {
    StructureKind.MSP: ("maison de santé", "maisons de santé"),
    StructureKind.CDS: ("centre de santé", "centres de santé"),
    StructureKind.POLE: ("pôle de santé", "pôles de santé"),
    StructureKind.GROUP_PRACTICE: ("cabinet de groupe", "cabinets de groupe"),
    StructureKind.CPTS: ("CPTS", "CPTS"),
    StructureKind.MMG: ("maison médicale de garde", "maisons médicales de garde"),
}


@dataclass(frozen=True, slots=True)
class PlaceFinding:
    """What was found for one candidate place on the day of the sheet."""

    commune: Commune
    zones: ZonesAtPlace
    aids: AidsForPlace
    structures: tuple[Structure, ...] = ()
    supply: tuple[Indicator, ...] = ()


def departement_text(code: str) -> str:
    """Return « Seine-et-Marne (77) », the code alone when it has no name here."""
    name = DEPARTEMENT_NAMES.get(code, "")
    return f"{name.replace(chr(39), '’')} ({code})" if name else code


def strip_of(found: PlaceFinding, profession: str | None, notes: Notes) -> Strip:
    """Return the strip of one place for a profession code, None when it is not known yet."""
    entry = found.zones.class_for(profession) if profession else None
    mark = mark_of(entry.zone_class if entry else None)
    return Strip(
        code=found.commune.code,
        name=found.commune.name,
        departement=departement_text(found.commune.departement),
        letters=mark.letters,
        pattern=str(mark.pattern),
        zone=sentence(entry.label).removesuffix(".") if entry else "Zone inconnue",
        act=_act(entry, notes) if entry else _why_unknown(found, profession),
        population=_population(found.commune, notes),
        supply=_supply(found, notes),
        structures=_structures(found.structures, notes),
        remarks=tuple(_remarks(found, entry, profession))[:MOST_REMARKS],
    )


def strips_of(
    findings: Sequence[PlaceFinding], profession: str | None, notes: Notes
) -> tuple[tuple[Strip, ...], tuple[str, ...]]:
    """Return the strips, and apart from them the remarks that hold for all the places."""
    strips = [strip_of(found, profession, notes) for found in findings]
    if len(strips) < 2:  # noqa: PLR2004 - one place shares nothing
        return tuple(strips), ()
    shared = [one for one in strips[0].remarks if all(one in each.remarks for each in strips)]
    apart = [
        replace(each, remarks=tuple(one for one in each.remarks if one not in shared))
        for each in strips
    ]
    return tuple(apart), tuple(shared)


def _act(entry: ZoneEntry, notes: Notes) -> str:
    parts = (
        entry.legal_act,
        span(entry.valid_from, entry.valid_to),
        f"confiance {entry.confidence}",
    )
    text = ", ".join(part for part in parts if part)
    return f"{text}{NARROW}{notes.mark(entry.source, entry.source.read_on)}".strip()


def _why_unknown(found: PlaceFinding, profession: str | None) -> str:
    if not profession:
        return "La profession n’est pas encore connue."
    reason = found.zones.why_unknown(profession)
    return sentence(reason or "le zonage de cette profession n’est pas dans ce référentiel")


def _population(commune: Commune, notes: Notes) -> str:
    if commune.population is None:
        return "Population\u202f: non disponible dans ce référentiel"
    year = f" ({commune.population_year})" if commune.population_year else ""
    mark = notes.mark(commune.population_source or commune.source)
    return f"{number(commune.population)} habitants{year}{NARROW}{mark}".strip()


def _supply(found: PlaceFinding, notes: Notes) -> str:
    told = [_figure(one, notes) for one in found.supply[:2]]
    return f"Offre\u202f: {'; '.join(told)}" if told else NO_SUPPLY


def _figure(indicator: Indicator, notes: Notes) -> str:
    figure = indicator.figure
    year = f" ({figure.year})" if figure.year else ""
    if figure.secret:
        value = "non diffusé"
    elif figure.value is None:
        value = "non disponible"
    else:
        value = f"{number(figure.value)} {figure.unit}".strip()
    mark = notes.mark(figure.source)
    return f"{lowered(indicator.label)}, {value}{year}{NARROW}{mark}".strip()


def _structures(structures: tuple[Structure, ...], notes: Notes) -> str:
    counts = Counter(one.kind for one in structures if one.kind in SHOWN_KINDS)
    if not counts:
        return NO_STRUCTURE
    told = [counted(counts[kind], *words) for kind, words in SHOWN_KINDS.items() if counts[kind]]
    first = next(one for one in structures if one.kind in SHOWN_KINDS)
    return f"Au registre\u202f: {', '.join(told)}{NARROW}{notes.mark(first.source)}".strip()


def _remarks(found: PlaceFinding, entry: ZoneEntry | None, profession: str | None) -> Iterator[str]:
    for other in found.zones.zones:
        if other.profession == profession and other.partial and not other.scheme:
            yield f"Pour une partie seulement ({other.territory})\u202f: {lowered(other.label)}."
    if entry:
        if entry.unit not in {"commune", "arrondissement"}:
            yield f"Classe donnée à l’échelle «\u202f{entry.territory}\u202f»."
        yield from (sentence(remark) for remark in entry.remarks)
    for other in found.zones.zones:
        if other.scheme and not other.zone_class.startswith("hors"):
            dates = span(other.valid_from, other.valid_to)
            yield f"Fiscalité\u202f: {lowered(other.label)} {dates}."
