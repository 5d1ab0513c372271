"""The rows of a diagnostic: each indicator of the territory beside département, région, France.

True on paper. A value is the printed one of the level; else worked out from its counts; else the
aggregate of the communes. Nothing held anywhere: no row, but for the indicators always asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.domain.territories.derived import derived, doctors
from advisor.domain.territories.evidence import Evidence, Level
from advisor.domain.territories.figures import NOT_HELD, Value, aggregate, missing, newest
from advisor.domain.territories.kinds import DOCTORS, IndicatorKind
from advisor.domain.territories.registry import registry_values

ALWAYS = (
    DOCTORS,
    "densite_mg_liberaux",
    "densite_generalistes_10000",
    "nombre_mep",
    "apl_mg",
    "densite_idel",
    "part_mg_55_ans_et_plus",
    "part_mg_plus_60_ans",
    "part_mg_65_ans_et_plus",
    "part_mg_secteur_2",
    "installations_mg",
    "cessations_mg",
    "ratio_installations_cessations_mg",
    "patients_par_mg",
    "part_sans_mtt",
    "part_ald_sans_mtt",
    "part_c2s",
    "indice_defavorisation",
    "naissances",
    "part_75_ans_et_plus",
    "temps_acces_mg",
    "passages_urgences",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator at the four levels; ``remarks`` tell years that differ and the like."""

    kind: IndicatorKind
    values: Mapping[Level, Value]
    remarks: tuple[str, ...] = ()

    @property
    def territory(self) -> Value:
        """Return the territory's own value."""
        return self.values[Level.TERRITORY]


def compare(evidence: Evidence) -> tuple[Row, ...]:
    """Return the rows of a diagnostic in the order of the declared indicators."""
    computed = registry_values(evidence)
    weights = evidence.weights()
    base = {
        level: {
            key: _base(evidence, level, kind, computed, weights)
            for key, kind in evidence.every_kind().items()
        }
        for level in Level
    }
    for held in base.values():
        held[DOCTORS] = doctors(held)
    rows = []
    for key, kind in evidence.every_kind().items():
        values = {level: derived(kind, base[level], evidence.people.get(level)) for level in Level}
        values = _same_year(evidence, kind, values)
        if key in ALWAYS or any(one.known or one.secret for one in values.values()):
            rows.append(Row(kind, values, tuple(_remarks(values))))
    return tuple(rows)


def _base(
    evidence: Evidence,
    level: Level,
    kind: IndicatorKind,
    computed: Mapping[str, Value],
    weights: Mapping[str, Mapping[str, float]],
) -> Value:
    printed = newest(evidence.at(level, kind.id))
    if printed is not None:
        return printed
    if level is not Level.TERRITORY:
        return missing(NOT_HELD, kind.unit)
    if kind.id in computed:
        return computed[kind.id]
    if not evidence.territory.whole:
        return missing("des communes du territoire manquent dans ce référentiel", kind.unit)
    names = {one.code: one.name for one in evidence.territory.communes}
    return aggregate(kind, evidence.of_commune(kind.id), names, weights)


def _same_year(
    evidence: Evidence, kind: IndicatorKind, values: Mapping[Level, Value]
) -> dict[Level, Value]:
    """Prefer, at the other levels, the year of the territory's own value when it is held."""
    year = values[Level.TERRITORY].year
    if year is None or not values[Level.TERRITORY].known:
        return dict(values)
    fresh = {level: newest(evidence.at(level, kind.id), year) for level in Level if level in values}
    return {
        level: value if level is Level.TERRITORY else fresh[level] or value
        for level, value in values.items()
    }


def _remarks(values: Mapping[Level, Value]) -> Sequence[str]:
    years = {one.year for one in values.values() if one.known and one.year is not None}
    said = ["années différentes"] if len(years) > 1 else []
    if any(one.known and one.year is None for one in values.values()):
        said.append("année non imprimée dans la source")
    return said
