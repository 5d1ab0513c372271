"""Which class applies at this place, for this profession, on this day.

True on paper; no database, no window. A quarter wins over the commune or arrondissement, which
wins over the larger units; « hors zonage » is said only where a list is complete; everything else
is unknown, with a reason a visitor understands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from advisor.domain.places.place import Commune, PlaceKind
from advisor.domain.words.french import THIN, day_text, listed
from advisor.domain.zones.classes import PROFESSION_NAMES, SCHEME_NAMES, label_of
from advisor.domain.zones.lines import (
    lines_of,
    lines_of_container,
    names_quarter,
    partial_lines,
    quarter_line,
    whole_line,
)
from advisor.domain.zones.zoning import (
    TerritoryKind,
    UnknownZone,
    ZoneEntry,
    ZoneLine,
    ZonesAtPlace,
    Zoning,
)


@dataclass(frozen=True, slots=True)
class _Question:
    place: Commune
    day: date
    qpv: str | None
    profession: str = ""
    scheme: str = ""

    @property
    def subject(self) -> str:
        if self.scheme:
            return SCHEME_NAMES.get(self.scheme, self.scheme.upper())
        return PROFESSION_NAMES.get(self.profession, self.profession)


_Answer = tuple[tuple[ZoneEntry, ...], tuple[UnknownZone, ...]]


def codes_asked(place: Commune) -> tuple[str, ...]:
    """Return the INSEE codes whose lines ``zones_at`` needs to answer for a place."""
    return (place.code, place.parent) if place.parent else (place.code,)


def zones_at(
    place: Commune,
    day: date,
    zonings: Iterable[Zoning],
    profession: str | None = None,
    qpv: str | None = None,
) -> ZonesAtPlace:
    """Return the classes of ``place`` on ``day``, and why the others are unknown.

    ``zonings`` may hold only the lines that name one of ``codes_asked(place)``. Without
    ``profession`` every profession answers, and the fiscal zonings too; ``qpv`` is the quarter
    (code or name) the professional named.
    """
    covering = [zoning for zoning in zonings if _covers(zoning, place)]
    questions = [_Question(place, day, qpv, code) for code in _asked(profession)]
    if profession is None:
        schemes = sorted({zoning.scheme for zoning in covering if zoning.scheme})
        questions += [_Question(place, day, qpv, scheme=scheme) for scheme in schemes]
    answers = [_answer(question, _concerned(question, covering)) for question in questions]
    return ZonesAtPlace(
        commune=place.code,
        day=day,
        zones=tuple(entry for entries, _ in answers for entry in entries),
        unknown=tuple(gap for _, gaps in answers for gap in gaps),
    )


def _asked(profession: str | None) -> tuple[str, ...]:
    return tuple(PROFESSION_NAMES) if profession is None else (profession,)


def _covers(zoning: Zoning, place: Commune) -> bool:
    return not zoning.departements or place.departement in zoning.departements


def _concerned(question: _Question, zonings: list[Zoning]) -> list[Zoning]:
    if question.scheme:
        found = [zoning for zoning in zonings if zoning.scheme == question.scheme]
    else:
        found = [z for z in zonings if not z.scheme and question.profession in z.professions]
    return sorted(found, key=lambda zoning: zoning.period.first or date.min)


def _answer(question: _Question, zonings: list[Zoning]) -> _Answer:
    begun = [z for z in zonings if (z.period.first or date.min) <= question.day]
    if not begun:
        return _unknown(question, _nothing_yet(question, zonings))
    zoning = begun[-1]
    last = zoning.period.last
    if last is not None and last < question.day:
        return _unknown(question, _ended(question, last))
    if not zoning.held:
        return _unknown(question, zoning.why_unknown)
    following = zonings[len(begun)].period.first if len(begun) < len(zonings) else None
    return _from_zoning(question, _with_end(zoning, following))


def _with_end(zoning: Zoning, following: date | None) -> Zoning:
    if following is None or (zoning.period.last and zoning.period.last < following):
        return zoning
    return replace(zoning, period=replace(zoning.period, last=following - timedelta(days=1)))


def _from_zoning(question: _Question, zoning: Zoning) -> _Answer:
    place = question.place
    own = lines_of(zoning, place.code)
    named = quarter_line(own, question.qpv)
    if named is not None:
        return (_entry(question, zoning, named),), ()
    whole = whole_line(own) or _of_its_city(zoning, place)
    others = [ln for ln in partial_lines(own) if whole is None or ln.zone_class != whole.zone_class]
    parts = tuple(_entry(question, zoning, line, partial=True) for line in others)
    if whole is not None:
        return (_entry(question, zoning, whole), *parts), ()
    if parts:
        return parts, (_gap(question, _by_parts(question, zoning, parts)),)
    return _without_line(question, zoning)


def _of_its_city(zoning: Zoning, place: Commune) -> ZoneLine | None:
    if place.kind is not PlaceKind.ARRONDISSEMENT or not place.parent:
        return None
    return whole_line(lines_of_container(zoning, place.parent))


def _without_line(question: _Question, zoning: Zoning) -> _Answer:
    default = _default_entry(question, zoning)
    if default is not None and _existed(question.place, zoning):
        return (default,), ()
    inherited = _inherited(question, zoning)
    if inherited is not None:
        return (inherited,), ()
    return ((default,), ()) if default is not None else _unknown(question, zoning.why_unknown)


def _existed(place: Commune, zoning: Zoning) -> bool:
    return place.ended is None or zoning.period.first is None or zoning.period.first < place.ended


def _default_entry(question: _Question, zoning: Zoning) -> ZoneEntry | None:
    place = question.place
    if zoning.default_class is None or place.departement not in zoning.complete_departements:
        return None
    arrondissement = place.kind is PlaceKind.ARRONDISSEMENT
    return ZoneEntry(
        profession=question.profession,
        zoning=zoning.id,
        zone_class=zoning.default_class,
        label=label_of(zoning.default_class),
        territory=place.name,
        unit=TerritoryKind.ARRONDISSEMENT if arrondissement else TerritoryKind.COMMUNE,
        partial=False,
        valid_from=zoning.period.first,
        valid_to=zoning.period.last,
        legal_act=zoning.legal_act,
        source=zoning.source,
        confidence=zoning.confidence,
        scheme=zoning.scheme,
        territory_code=place.code,
        remarks=zoning.remarks_for(question.profession) + zoning.default_remarks,
    )


def _inherited(question: _Question, zoning: Zoning) -> ZoneEntry | None:
    place = question.place
    if place.parent is None:
        return None
    line = whole_line(lines_of_container(zoning, place.parent))
    if line is None:
        return None
    since = f" depuis le {day_text(place.ended)}" if place.ended else ""
    said = f"C’est la classe de « {line.territory.name} », qui contient {place.name}{since}."
    entry = _entry(question, zoning, line)
    return replace(entry, remarks=(*entry.remarks, said))


def _entry(
    question: _Question, zoning: Zoning, line: ZoneLine, *, partial: bool = False
) -> ZoneEntry:
    remarks = zoning.remarks_for(question.profession)
    remarks += (line.remark,) if line.remark else ()
    if question.qpv and "ZIP" in zoning.classes and not names_quarter(line.territory, question.qpv):
        remarks += (
            f"La classe propre au quartier « {question.qpv} » n’est pas dans ce référentiel.",
        )
    return ZoneEntry(
        profession=question.profession,
        zoning=zoning.id,
        zone_class=line.zone_class,
        label=label_of(line.zone_class),
        territory=line.territory.name,
        unit=line.territory.kind,
        partial=partial,
        valid_from=zoning.period.first,
        valid_to=zoning.period.last,
        legal_act=zoning.legal_act,
        source=line.source,
        confidence=zoning.confidence,
        scheme=zoning.scheme,
        territory_code=line.territory.id,
        remarks=remarks,
    )


def _by_parts(question: _Question, zoning: Zoning, parts: tuple[ZoneEntry, ...]) -> str:
    named: dict[str, list[str]] = {}
    for part in parts:
        named.setdefault(part.label, []).append(part.territory)
    told = f"{THIN}; ".join(f"{label} pour {listed(names, 'et')}" for label, names in named.items())
    rest = ""
    if zoning.default_class and question.place.departement in zoning.complete_departements:
        rest = f" Ce qui n’est pas cité est {label_of(zoning.default_class)}."
    return f"La classe dépend de la partie de la commune{THIN}: {told}.{rest}"


def _gap(question: _Question, reason: str) -> UnknownZone:
    return UnknownZone(question.profession, reason, question.scheme)


def _unknown(question: _Question, reason: str) -> _Answer:
    return (), (_gap(question, reason),)


def _nothing_yet(question: _Question, zonings: list[Zoning]) -> str:
    first = zonings[0].period.first if zonings else None
    if first is None:
        return (
            f"Aucun zonage ({question.subject}) n’est contenu dans ce référentiel pour le "
            f"département {question.place.departement}. Demander la classe à l’agence régionale "
            "de santé."
        )
    if question.scheme:
        return f"Ce référentiel ne connaît ce classement qu’à partir du {day_text(first)}."
    return (
        f"Le premier zonage ({question.subject}) de ce référentiel commence le "
        f"{day_text(first)}{THIN}: la classe au {day_text(question.day)} n’est pas connue."
    )


def _ended(question: _Question, last: date) -> str:
    if question.scheme:
        return f"Ce classement a pris fin le {day_text(last)}."
    return (
        f"Le zonage ({question.subject}) de ce référentiel s’arrête le {day_text(last)}{THIN}; "
        "le suivant n’y est pas. Demander la classe à l’agence régionale de santé."
    )
