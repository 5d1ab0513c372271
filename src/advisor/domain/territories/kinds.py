"""The indicators of a territorial diagnostic: label, unit, and how communes add up to a territory.

True on paper. Rules: a count is summed; a share, a density or an index is the mean weighted by
what it is a share of; the rest is never aggregated and is missing with its reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from advisor.domain.words.wording import lowered


class Rule(StrEnum):
    """How the values of communes make the value of a territory."""

    SUM = "somme"
    MEAN = "moyenne"
    NONE = "aucune"


class Group(StrEnum):
    """The titles under which indicators are read."""

    OFFER = "offre"
    AGES = "ages"
    SECTOR = "secteur"
    DYNAMICS = "dynamique"
    PATIENTS = "patientele"
    PEOPLE = "population"
    RECOURSE = "recours"
    STRUCTURES = "structures"
    ZONES = "zonage"
    OTHER = "autres"


GROUP_TITLES = {
    Group.OFFER: "Offre de soins",
    Group.AGES: "Âge des médecins",
    Group.SECTOR: "Secteurs d’exercice",
    Group.DYNAMICS: "Installations et départs",
    Group.PATIENTS: "Patientèle et médecin traitant",
    Group.PEOPLE: "Population et besoins",
    Group.RECOURSE: "Recours et accès",
    Group.STRUCTURES: "Structures",
    Group.ZONES: "Zonage des médecins",
    Group.OTHER: "Autres indicateurs",
}


@dataclass(frozen=True, slots=True)
class IndicatorKind:
    """One indicator. ``weight`` is the indicator that weighs its mean (``population`` or a count).

    ``whole`` and ``part`` give, for a density or a share, the counts it is derived from.
    """

    id: str
    label: str
    unit: str
    group: Group
    rule: Rule
    weight: str = "population"
    part: str = ""
    whole: str = ""
    scale: float = 0.0

    @property
    def rule_text(self) -> str:
        """Return the French sentence that says how it is aggregated."""
        if self.rule is Rule.SUM:
            return "somme des communes"
        if self.rule is Rule.MEAN:
            return f"moyenne pondérée ({weight_words(self.weight)})"
        return "ne s’agrège pas"

    def refusal(self, value: float) -> str:
        """Return why a value cannot be this indicator's, in French; empty when it can."""
        if self.unit == "%" and self.id.startswith("part_") and not 0 <= value <= WHOLE:
            return "une part va de 0 à 100\u202f%"
        if value < 0 and self.id in KINDS and self.id not in MAY_BE_NEGATIVE:
            return "il ne peut pas être négatif"
        return ""


WHOLE = 100.0
MAY_BE_NEGATIVE = {"evolution_mg_3_ans", "indice_defavorisation"}
WEIGHT_WORDS = {
    "population": "population municipale",
    "population_standardisee": "population standardisée",
    "nombre_mg_liberaux": "nombre de médecins généralistes",
}
PER_100K = "pour 100\u202f000 habitants"
PER_10K = "pour 10\u202f000 habitants"
DOCTORS = "nombre_mg_liberaux"


def _counts(group: Group, unit: str, named: Mapping[str, str]) -> Iterable[IndicatorKind]:
    for name, label in named.items():
        yield IndicatorKind(name, label, unit, group, Rule.SUM)


def _profession(key: str, plural: str, of_plural: str) -> Iterable[IndicatorKind]:
    count = f"nombre_{key}"
    yield IndicatorKind(count, plural, "professionnels", Group.OFFER, Rule.SUM)
    label = f"Densité {of_plural}"
    yield IndicatorKind(
        f"densite_{key}", label, PER_100K, Group.OFFER, Rule.MEAN, "population", count,
        "population", 1e5,
    )  # fmt: skip
    yield IndicatorKind(
        f"densite_{key}_10000", label, PER_10K, Group.OFFER, Rule.MEAN, "population", count,
        "population", 1e4,
    )  # fmt: skip


def _mean(
    name: str, label: str, unit: str, group: Group, weight: str = "population"
) -> IndicatorKind:
    return IndicatorKind(name, label, unit, group, Rule.MEAN, weight)


def _share(name: str, label: str, group: Group, part: str, whole: str = DOCTORS) -> IndicatorKind:
    return IndicatorKind(name, label, "%", group, Rule.MEAN, whole, part, whole, 100.0)


APL = "consultations par an et par habitant"
AGE_GROUPS = {
    "mg_moins_40_ans": "Moins de 40 ans",
    "mg_40_49_ans": "40 à 49 ans",
    "mg_50_54_ans": "50 à 54 ans",
    "mg_55_59_ans": "55 à 59 ans",
    "mg_60_64_ans": "60 à 64 ans",
    "mg_65_ans_et_plus": "65 ans et plus",
}
OLDER = {  # share of doctors from an age on, and the age groups that make it
    "part_mg_55_ans_et_plus": (55, ("mg_55_59_ans", "mg_60_64_ans", "mg_65_ans_et_plus")),
    "part_mg_plus_60_ans": (60, ("mg_60_64_ans", "mg_65_ans_et_plus")),
    "part_mg_65_ans_et_plus": (65, ("mg_65_ans_et_plus",)),
}

_DECLARED: tuple[IndicatorKind, ...] = (
    IndicatorKind(DOCTORS, "Médecins généralistes libéraux", "médecins", Group.OFFER, Rule.SUM),
    IndicatorKind(
        "densite_mg_liberaux", "Densité de médecins généralistes libéraux", PER_100K, Group.OFFER,
        Rule.MEAN, "population", DOCTORS, "population", 1e5,
    ),
    IndicatorKind(
        "densite_generalistes_10000", "Densité de médecins généralistes", PER_10K, Group.OFFER,
        Rule.MEAN, "population", DOCTORS, "population", 1e4,
    ),
    *_counts(Group.OFFER, "médecins", {
        "nombre_mep": "Médecins à exercice particulier (MEP)",
        "nombre_specialistes": "Médecins spécialistes libéraux",
    }),
    _share("part_mep", "Part des médecins à exercice particulier", Group.OFFER, "nombre_mep"),
    _mean("apl_mg", "APL aux médecins généralistes", APL, Group.OFFER, "population_standardisee"),
    _mean("apl_mg_65", "APL aux médecins généralistes de 65 ans ou moins", APL, Group.OFFER,
          "population_standardisee"),
    _mean("apl_mg_62", "APL aux médecins généralistes de 62 ans ou moins", APL, Group.OFFER,
          "population_standardisee"),
    _mean("apl_mg_60", "APL aux médecins généralistes de 60 ans ou moins", APL, Group.OFFER,
          "population_standardisee"),
    *_profession("idel", "Infirmiers libéraux", "d’infirmiers libéraux"),
    *_profession("sages_femmes", "Sages-femmes libérales", "de sages-femmes"),
    *_profession("chirurgiens_dentistes", "Chirurgiens-dentistes", "de chirurgiens-dentistes"),
    *_profession("masseurs_kinesitherapeutes", "Masseurs-kinésithérapeutes",
                 "de masseurs-kinésithérapeutes"),
    *_profession("orthophonistes", "Orthophonistes", "d’orthophonistes"),
    *_profession("pedicures_podologues", "Pédicures-podologues", "de pédicures-podologues"),
    *_profession("orthoptistes", "Orthoptistes", "d’orthoptistes"),
    *_profession("officines", "Officines de pharmacie", "d’officines"),
    _mean("densite_omnipraticiens_liberaux", "Densité d’omnipraticiens libéraux", PER_100K,
          Group.OFFER),
    _mean("densite_medecins_activite_reguliere", "Densité de médecins en activité régulière",
          PER_100K, Group.OFFER),
    _mean("densite_infirmiers_liberaux", "Densité d’infirmiers libéraux (source de 2012)",
          PER_100K, Group.OFFER),
    _mean("densite_chirurgiens_dentistes_liberaux",
          "Densité de chirurgiens-dentistes libéraux (source de 2012)", PER_100K, Group.OFFER),
    _mean("part_mep_omnipraticiens", "Part des MEP parmi les omnipraticiens", "%", Group.OFFER,
          "nombre_omnipraticiens"),
    _mean("age_moyen_mg", "Âge moyen des médecins généralistes", "ans", Group.AGES, DOCTORS),
    *_counts(Group.AGES, "médecins", {
        key: f"Médecins généralistes, {label[0].lower()}{label[1:]}"
        for key, label in AGE_GROUPS.items()
    }),
    _mean("part_mg_55_ans_et_plus", "Médecins généralistes de 55 ans et plus", "%", Group.AGES,
          DOCTORS),
    _mean("part_mg_plus_60_ans", "Médecins généralistes de plus de 60 ans", "%", Group.AGES,
          DOCTORS),
    _mean("part_mg_65_ans_et_plus", "Médecins généralistes de 65 ans et plus", "%", Group.AGES,
          DOCTORS),
    *_counts(Group.SECTOR, "médecins", {
        "nombre_mg_secteur_1": "Médecins généralistes en secteur 1",
        "nombre_mg_secteur_2": "Médecins généralistes en secteur 2",
    }),
    _share("part_mg_secteur_1", "Part des généralistes en secteur 1", Group.SECTOR,
           "nombre_mg_secteur_1"),
    _share("part_mg_secteur_2", "Part des généralistes en secteur 2", Group.SECTOR,
           "nombre_mg_secteur_2"),
    _mean("part_secteur_2", "Médecins en secteur 2", "%", Group.SECTOR, "nombre_medecins"),
    IndicatorKind("installations_mg", "Installations de médecins généralistes", "installations",
                  Group.DYNAMICS, Rule.SUM),
    IndicatorKind("cessations_mg", "Cessations de médecins généralistes", "cessations",
                  Group.DYNAMICS, Rule.SUM),
    IndicatorKind("ratio_installations_cessations_mg",
                  "Installations pour une cessation, médecins généralistes",
                  "installations pour 1 cessation", Group.DYNAMICS, Rule.NONE,
                  part="installations_mg", whole="cessations_mg", scale=1.0),
    _mean("evolution_mg_3_ans", "Évolution des généralistes sur trois ans", "%", Group.DYNAMICS,
          DOCTORS),
    _mean("patients_par_mg", "Patients par médecin généraliste", "patients", Group.PATIENTS,
          DOCTORS),
    IndicatorKind("habitants_par_mg", "Habitants par médecin généraliste", "habitants",
                  Group.PATIENTS, Rule.NONE, part="population", whole=DOCTORS, scale=1.0),
    _mean("actes_par_mg", "Actes par médecin généraliste", "actes", Group.PATIENTS, DOCTORS),
    _mean("part_sans_mtt", "Assurés sans médecin traitant", "%", Group.PATIENTS,
          "population_protegee"),
    _mean("part_ald", "Assurés en affection de longue durée", "%", Group.PATIENTS,
          "population_protegee"),
    _mean("part_ald_sans_mtt", "Assurés en ALD sans médecin traitant", "%", Group.PATIENTS,
          "population_protegee"),
    _mean("part_c2s", "Assurés à la complémentaire santé solidaire", "%", Group.PATIENTS,
          "population_protegee"),
    IndicatorKind("population_protegee", "Population protégée par l’assurance maladie",
                  "personnes", Group.PEOPLE, Rule.SUM),
    IndicatorKind("population_standardisee", "Population standardisée", "habitants", Group.PEOPLE,
                  Rule.SUM),
    IndicatorKind("population_totale", "Population totale", "habitants", Group.PEOPLE, Rule.SUM),
    IndicatorKind("naissances", "Naissances domiciliées", "naissances", Group.PEOPLE, Rule.SUM),
    IndicatorKind("population_75_ans_et_plus", "Habitants de 75 ans et plus", "habitants",
                  Group.PEOPLE, Rule.SUM),
    _share("part_75_ans_et_plus", "Part des habitants de 75 ans et plus", Group.PEOPLE,
           "population_75_ans_et_plus", "population"),
    _mean("indice_defavorisation", "Indice de défavorisation", "indice", Group.PEOPLE),
    _mean("idh", "Indicateur de développement humain", "indice", Group.PEOPLE),
    _mean("temps_acces_mg", "Trajet vers un médecin généraliste", "minutes", Group.RECOURSE),
    _mean("temps_acces_urgences", "Trajet vers un service d’urgences", "minutes", Group.RECOURSE),
    IndicatorKind("passages_urgences", "Passages aux urgences", "passages", Group.RECOURSE,
                  Rule.SUM),
    *_counts(Group.STRUCTURES, "structures", {
        "nombre_msp": "Maisons de santé pluriprofessionnelles (MSP)",
        "nombre_cds": "Centres de santé",
        "nombre_cpts": "CPTS",
        "nombre_cabinets_groupe": "Cabinets de groupe connus",
        "nombre_mmg": "Maisons médicales de garde",
    }),
    _mean("part_population_zip", "Population en zone d’intervention prioritaire", "%",
          Group.ZONES),
    _mean("part_population_zac", "Population en zone d’action complémentaire", "%", Group.ZONES),
)  # fmt: skip

KINDS: Mapping[str, IndicatorKind] = {one.id: one for one in _DECLARED}


def weight_words(name: str) -> str:
    """Return what weighs a mean, in French."""
    known = KINDS.get(name)
    return WEIGHT_WORDS.get(name) or (lowered(known.label) if known else name)
