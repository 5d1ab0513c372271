"""Territories, aggregation and comparison, worked out by hand from the sources."""

from dataclasses import replace
from datetime import date

import pytest

from advisor.domain.indicator import Indicator
from advisor.domain.places.place import Commune
from advisor.domain.sourced import Confidence, Figure, Source
from advisor.domain.structure import Structure, StructureKind
from advisor.domain.territories.comparison import Row
from advisor.domain.territories.diagnosis import diagnose
from advisor.domain.territories.evidence import Evidence, Level, PlaceZone
from advisor.domain.territories.figures import Value
from advisor.domain.territories.kinds import KINDS, Rule
from advisor.domain.territories.territory import ChosenBy, Population, Territory

DAY = date(2026, 11, 22)
SOURCE = Source("essai", "L1")


def commune(code: str, people: int | None, year: int = 2023, departement: str = "77") -> Commune:
    return Commune(
        code, f"C{code}", departement, "11", population=people, population_year=year,
        population_source="Insee",
    )  # fmt: skip


def territory(*communes: Commune, whole: bool = True) -> Territory:
    return Territory("T", ChosenBy.LIST, communes, whole=whole, departement="77", region="11")


A, B = commune("77001", 6000), commune("77002", 4000)


def said(
    key: str, value: float | None, *, year: int | None = 2023, secret: bool = False, at: str = ""
) -> Indicator:
    figure = Figure(value, KINDS[key].unit, year, SOURCE, secret)
    return Indicator(key, KINDS[key].label, "commune", at, at, figure)


def row(key: str, found: Evidence) -> Row:
    made = diagnose(found).row(key)
    assert made is not None
    return made


def value(key: str, one: Indicator | None, other: Indicator | None, **more: Indicator) -> Value:
    communes = {
        code: [each for each in (mine, *more.values()) if each is not None]
        for code, mine in ((A.code, one), (B.code, other))
    }
    return row(key, Evidence(territory(A, B), DAY, communes)).territory


def test_counts_are_summed() -> None:
    key = "nombre_mg_liberaux"
    found = value(key, said(key, 5), said(key, 3))
    assert (found.value, found.year, found.source) == (8, 2023, "essai, ligne 1")


def test_a_mean_is_weighted_by_the_population() -> None:
    """6 000 inhabitants at 20 minutes and 4 000 at 10: (6000·20 + 4000·10) / 10000 = 16."""
    key = "temps_acces_mg"
    found = value(key, said(key, 20), said(key, 10))
    assert found.value == pytest.approx(16)
    assert "population municipale" in found.how


def test_a_share_of_doctors_is_weighted_by_doctors_never_by_inhabitants() -> None:
    """3 doctors at 0 % and 1 at 100 %: 25 %; without the number of doctors, nothing."""
    key = "part_mg_plus_60_ans"
    alone = value(key, said(key, 0), said(key, 100))
    assert alone.value is None
    assert "nombre de médecins généralistes" in alone.reason
    doctors = {
        A.code: [said(key, 0), said("nombre_mg_liberaux", 3)],
        B.code: [said(key, 100), said("nombre_mg_liberaux", 1)],
    }
    found = row(key, Evidence(territory(A, B), DAY, doctors)).territory
    assert found.value == pytest.approx(25)


def test_an_apl_without_its_own_population_says_which_one_weighs_it() -> None:
    found = value("apl_mg", said("apl_mg", 2), said("apl_mg", 4))
    assert found.value == pytest.approx(2.8)
    assert "faute de population standardisée" in found.how


def test_what_does_not_aggregate_is_missing_with_its_reason() -> None:
    key = "ratio_installations_cessations_mg"
    assert KINDS[key].rule is Rule.NONE
    found = value(key, said(key, 1.2), said(key, 0.8))
    assert found.value is None
    assert "ne s’agrège pas" in found.reason


def test_one_secret_commune_makes_the_sum_secret_and_never_zero() -> None:
    key = "nombre_mg_liberaux"
    found = value(key, said(key, 5), said(key, None, secret=True))
    assert (found.value, found.secret, found.reason) == (None, True, "non diffusé")


def test_one_missing_commune_makes_the_sum_missing_and_names_it() -> None:
    key = "nombre_mg_liberaux"
    found = value(key, said(key, 5), None)
    assert (found.value, found.secret) == (None, False)
    assert found.reason == "non disponible pour C77002"


def test_a_zero_is_a_figure() -> None:
    key = "nombre_mg_liberaux"
    assert value(key, said(key, 0), said(key, 0)).value == 0


def test_years_are_never_mixed() -> None:
    key = "nombre_mg_liberaux"
    apart = value(key, said(key, 5, year=2022), said(key, 3, year=2023))
    assert apart.value is None
    assert "les années ne se mélangent pas" in apart.reason
    communes = {
        A.code: [said(key, 5, year=2022), said(key, 6, year=2023)],
        B.code: [said(key, 3, year=2022)],
    }
    found = row(key, Evidence(territory(A, B), DAY, communes)).territory
    assert (found.value, found.year) == (8, 2022)


def test_a_density_is_worked_out_from_counts() -> None:
    """8 doctors for 10 000 inhabitants: 80 per 100 000, 8 per 10 000, 1 250 per doctor."""
    key = "nombre_mg_liberaux"
    communes = {A.code: [said(key, 5)], B.code: [said(key, 3)]}
    here = territory(A, B)
    people = {Level.TERRITORY: here.population()}
    found = Evidence(here, DAY, communes, people=people)
    assert row("densite_mg_liberaux", found).territory.value == pytest.approx(80)
    assert row("densite_generalistes_10000", found).territory.value == pytest.approx(8)
    assert row("habitants_par_mg", found).territory.value == pytest.approx(1250)


def test_a_density_on_the_population_of_another_year_says_so() -> None:
    key = "nombre_mg_liberaux"
    communes = {A.code: [said(key, 5, year=2021)], B.code: [said(key, 3, year=2021)]}
    people = {Level.TERRITORY: territory(A, B).population()}
    found = row("densite_mg_liberaux", Evidence(territory(A, B), DAY, communes, people=people))
    assert found.territory.year == 2021
    assert "numérateur de 2021, dénominateur de 2023" in found.territory.how


def test_a_printed_value_comes_before_a_worked_out_one() -> None:
    levels = {
        Level.DEPARTEMENT: [
            said("installations_mg", 366),
            said("cessations_mg", 391),
            said("ratio_installations_cessations_mg", 0.94),
        ]
    }
    key = "ratio_installations_cessations_mg"
    found = row(key, Evidence(territory(A, B), DAY, levels=levels))
    assert found.values[Level.DEPARTEMENT].value == 0.94


def test_the_ratio_of_the_deck_comes_out_of_its_counts() -> None:
    levels = {Level.DEPARTEMENT: [said("installations_mg", 366), said("cessations_mg", 391)]}
    key = "ratio_installations_cessations_mg"
    found = row(key, Evidence(territory(A, B), DAY, levels=levels)).values[Level.DEPARTEMENT]
    assert found.value is not None
    assert round(found.value, 2) == 0.94


def test_shares_by_age_come_out_of_the_age_groups() -> None:
    """2 + 3 + 1 + 2 + 1 + 1 = 10 doctors: 4 of 55 and over, 2 of 60 and over, 1 of 65."""
    counts = zip(
        ("mg_moins_40_ans", "mg_40_49_ans", "mg_50_54_ans", "mg_55_59_ans", "mg_60_64_ans",
         "mg_65_ans_et_plus"),
        (2, 3, 1, 2, 1, 1),
        strict=True,
    )  # fmt: skip
    found = Evidence(territory(A), DAY, {A.code: [said(key, count) for key, count in counts]})
    shares = ("part_mg_55_ans_et_plus", "part_mg_plus_60_ans", "part_mg_65_ans_et_plus")
    assert [row(key, found).territory.value for key in shares] == [40, 20, 10]
    assert next(label for label, _ in diagnose(found).pyramid) == "Moins de 40 ans"
    assert diagnose(found).scenario.doctors == 10


def test_levels_of_different_years_are_told() -> None:
    key = "part_c2s"
    levels = {Level.REGION: [said(key, 8, year=2021)], Level.FRANCE: [said(key, 9, year=None)]}
    found = row(key, Evidence(territory(A), DAY, {A.code: [said(key, 7)]}, levels))
    assert found.remarks == ("années différentes", "année non imprimée dans la source")


def test_the_same_year_is_preferred_at_the_other_levels() -> None:
    key = "part_c2s"
    levels = {Level.REGION: [said(key, 8, year=2025), said(key, 6, year=2023)]}
    found = row(key, Evidence(territory(A), DAY, {A.code: [said(key, 7)]}, levels))
    assert found.values[Level.REGION].value == 6
    assert found.remarks == ()


def test_a_figure_projected_for_a_year_to_come_is_not_observed() -> None:
    key = "population_75_ans_et_plus"
    levels = {Level.REGION: [said(key, 600_000, year=2000), said(key, 1_200_000, year=2030)]}
    found = row(key, Evidence(territory(A), DAY, levels=levels))
    assert found.values[Level.REGION].value == 600_000


def test_no_structure_known_is_not_zero() -> None:
    found = row("nombre_msp", _with_structures())
    assert found.territory.value == 1
    none = diagnose(Evidence(territory(A), DAY)).row("nombre_msp")
    assert none is None


def _with_structures() -> Evidence:
    one = Structure(
        "s", StructureKind.MSP, "MSP", A.code, A.name, "77", "finess", (), SOURCE,
        Confidence.OFFICIAL,
    )  # fmt: skip
    return Evidence(territory(A), DAY, structures=(one,))


def test_the_share_in_zip_is_of_inhabitants_and_needs_every_commune() -> None:
    """6 000 of 10 000 in ZIP: 60 %."""
    zones = {
        A.code: PlaceZone("ZIP", "ZIP", "arrêté", 2022),
        B.code: PlaceZone("ZAC", "ZAC", "arrêté", 2022),
    }
    found = row("part_population_zip", Evidence(territory(A, B), DAY, zones=zones))
    assert (found.territory.value, found.territory.year) == (60, 2022)
    partly = Evidence(territory(A, B), DAY, zones={A.code: zones[A.code]})
    assert diagnose(partly).row("part_population_zip") is None


def test_a_territory_not_wholly_held_adds_nothing_up() -> None:
    key = "nombre_mg_liberaux"
    found = row(key, Evidence(territory(A, whole=False), DAY, {A.code: [said(key, 5)]}))
    assert found.territory.value is None
    assert "manquent dans ce référentiel" in found.territory.reason


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (8_703, ("10\u202f000 du protocole", "environ 20\u202f000")),
        (9_999, ("10\u202f000 du protocole", "environ 20\u202f000")),
        (10_000, ()),
        (26_346, ()),
        (40_001, ("environ 20\u202f000",)),
    ],
)
def test_size_is_warned_of_and_never_refused(people: int, words: tuple[str, ...]) -> None:
    warnings = territory(commune("77001", people)).warnings()
    assert len(warnings) == len(words)
    assert all(word in text for word, text in zip(words, warnings, strict=True))


def test_populations_of_different_years_are_not_added() -> None:
    found = territory(A, commune("77003", 10, year=2019)).population()
    assert found == Population(None, reason="les populations connues sont d’années différentes")


def test_a_commune_without_population_is_named() -> None:
    found = territory(A, commune("77003", None)).population()
    assert found.reason == "population non disponible pour C77003"


def test_the_lines_of_one_file_are_told_together() -> None:
    key = "nombre_mg_liberaux"
    source = [Source("CPAM", f"(a.csv, ligne {line})") for line in (2, 3, 9)]
    figures = [replace(said(key, 1), figure=Figure(1, "médecins", 2023, one)) for one in source]
    follow = value(key, figures[0], figures[1])
    assert follow.source == "CPAM (a.csv, lignes 2 à 3)"
    apart = value(key, figures[0], figures[2])
    assert apart.source == "CPAM (a.csv, 2 lignes)"


def test_what_weighs_a_mean_is_told_in_french() -> None:
    key = "part_sans_mtt"
    people = {"three": said("population_protegee", 100)}
    found = value(key, said(key, 10), said(key, 20), **people)
    assert "population protégée par l’assurance maladie" in found.how


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("part_c2s", 126), ("part_c2s", -1), ("nombre_mg_liberaux", -2), ("apl_mg", -0.1)],
)
def test_what_an_indicator_cannot_be_is_told(key: str, wrong: float) -> None:
    assert KINDS[key].refusal(wrong)
    assert not KINDS[key].refusal(0)


def test_an_evolution_and_an_index_of_deprivation_may_be_negative() -> None:
    assert not KINDS["evolution_mg_3_ans"].refusal(-12)
    assert not KINDS["indice_defavorisation"].refusal(-0.8)


def test_two_departements_are_told_once() -> None:
    both = (A, commune("78001", 3000, departement="78"))
    told = Territory("T", ChosenBy.LIST, both, departement="77").warnings()
    assert sum("à cheval sur" in one.lower() for one in told) == 1
    said_before = "À cheval sur 77 et 78, comme dans la source."
    known = Territory("T", ChosenBy.LIST, both, departement="77", remarks=(said_before,))
    assert [one for one in known.warnings() if "cheval" in one] == [said_before]
