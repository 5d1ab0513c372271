"""What the shipped lists answer, place by place and day by day."""

import json

import pytest

from .zone_answers import DOCTOR, MIDWIFE, NURSE, PHYSIO, ROOT, asked, class_of, places

CASES = json.loads((ROOT / "tests" / "cases" / "zones.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_worked_out_by_hand_gets_its_class(case: dict[str, str]) -> None:
    assert places()[case["commune"]].name == case["name"]
    assert class_of(case["commune"], case["profession"], case["date"]) == case["class"]


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("93006", "2012-05-24", "inconnu"),
        ("93006", "2012-05-25", "deficitaire"),
        ("77153", "2015-02-28", "deficitaire"),
        ("77153", "2015-03-01", "fragile"),
        ("92036", "2015-02-28", "deficitaire"),
        ("92036", "2015-03-01", "hors_zonage"),
        ("93048", "2015-02-28", "inconnu"),
        ("93048", "2018-02-28", "fragile"),
        ("93048", "2018-03-01", "inconnu"),
        ("91286", "2022-03-29", "inconnu"),
        ("91286", "2022-03-30", "ZIP"),
        ("75107", "2022-03-30", "HZ"),
        ("75119", "2026-02-01", "ZIP"),
        ("75118", "2026-02-01", "ZAC"),
    ],
)
def test_the_doctors_class_changes_on_the_day_of_the_act(
    code: str, day: str, expected: str
) -> None:
    assert class_of(code, DOCTOR, day) == expected
    assert class_of(code, "medecin_specialiste", day) == expected


@pytest.mark.parametrize(
    ("code", "profession", "day", "expected"),
    [
        ("91692", NURSE, "2012-05-24", "inconnu"),
        ("91692", NURSE, "2012-05-25", "tres_sous_dotee"),
        ("91692", NURSE, "2019-06-12", "tres_sous_dotee"),
        ("91692", NURSE, "2019-06-13", "inconnu"),
        ("77385", PHYSIO, "2012-07-16", "inconnu"),
        ("77385", PHYSIO, "2012-07-17", "tres_sous_dotee"),
        ("77385", PHYSIO, "2018-02-07", "tres_sous_dotee"),
        ("77385", PHYSIO, "2018-02-08", "inconnu"),
        ("77379", MIDWIFE, "2013-01-01", "sans_sage_femme"),
        ("77379", MIDWIFE, "2018-08-09", "sans_sage_femme"),
        ("77379", MIDWIFE, "2018-08-10", "inconnu"),
    ],
)
def test_the_other_professions_lists_hold_until_their_next_act(
    code: str, profession: str, day: str, expected: str
) -> None:
    assert class_of(code, profession, day) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("93014", "deficitaire"),  # Clichy-sous-Bois, printed « Clichy »
        ("93047", "deficitaire"),  # Montfermeil, in the same territory
        ("92024", "hors_zonage"),  # Clichy
        ("93070", "deficitaire"),  # Saint-Ouen-sur-Seine, printed « Saint-Ouen »
        ("95572", "fragile"),  # Saint-Ouen-l'Aumône
        ("94011", "fragile"),  # Bonneuil-sur-Marne
        ("95088", "deficitaire"),  # Bonneuil-en-France
        ("95268", "deficitaire"),  # Garges-lès-Gonesse
        ("93013", "fragile"),  # Le Bourget
        ("93030", "fragile"),  # Dugny
        ("94021", "fragile"),  # Chevilly-Larue
        ("94065", "fragile"),  # Rungis
        ("94001", "fragile"),  # Ablon-sur-Seine
        ("93039", "fragile"),  # L'Île-Saint-Denis
        ("78401", "fragile"),  # Meulan-en-Yvelines, printed « Meulan »
        ("95306", "fragile"),  # Herblay-sur-Seine, printed « Herblay »
        ("78255", "deficitaire"),  # Freneuse, printed « canton de Bonnières »
        ("77316", "fragile"),  # Moret-sur-Loing, today Moret-Loing-et-Orvanne
        ("91390", "deficitaire"),  # Méréville, today Le Mérévillois
        ("91228", "inconnu"),
        ("77131", "inconnu"),
        ("78646", "inconnu"),
        ("95197", "inconnu"),
        ("93063", "fragile"),
        ("94028", "hors_zonage"),
        ("75107", "hors_zonage"),
    ],
)
def test_the_names_of_the_list_of_2015_reach_the_right_commune(code: str, expected: str) -> None:
    assert class_of(code, DOCTOR, "2016-01-01") == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("93014", "deficitaire"),
        ("93047", "inconnu"),
        ("92024", "inconnu"),
        ("93059", "deficitaire"),
        ("93079", "deficitaire"),
        ("94021", "deficitaire"),
        ("94065", "deficitaire"),
        ("94054", "inconnu"),
        ("95268", "deficitaire"),
        ("95088", "inconnu"),
        ("91657", "deficitaire"),
        ("78335", "deficitaire"),
        ("78362", "inconnu"),
        ("78621", "fragile"),
        ("77168", "deficitaire"),
        ("77294", "deficitaire"),
        ("75118", "inconnu"),
    ],
)
def test_the_list_of_2012_is_not_the_one_of_2015(code: str, expected: str) -> None:
    assert class_of(code, DOCTOR, "2013-06-01") == expected


@pytest.mark.parametrize(
    ("code", "profession", "expected"),
    [
        ("91016", NURSE, "tres_dotee"),
        ("91511", NURSE, "tres_dotee"),
        ("77349", PHYSIO, "tres_dotee"),
        ("93062", PHYSIO, "sous_dotee"),
        ("93014", PHYSIO, "sous_dotee"),
        ("93001", PHYSIO, "tres_sous_dotee"),
    ],
)
def test_the_agencys_adaptations_count(code: str, profession: str, expected: str) -> None:
    assert class_of(code, profession, "2013-01-01") == expected


@pytest.mark.parametrize(
    ("code", "profession", "expected"),
    [
        ("77284", PHYSIO, "sous_dotee"),  # Meaux, on its own
        ("77288", PHYSIO, "inconnu"),  # Melun: « Melun-Nord hors Melun » leaves it out
        ("77143", PHYSIO, "inconnu"),  # Crégy-lès-Meaux: the communes of Meaux-Nord are not told
        ("94078", PHYSIO, "sous_dotee"),
        ("94077", NURSE, "sur_dotee"),
        ("95582", NURSE, "sur_dotee"),
        ("95241", NURSE, "sur_dotee"),
        ("93066", NURSE, "inconnu"),
        ("93066", MIDWIFE, "tres_sous_dotee"),
        ("94054", MIDWIFE, "sous_dotee"),
        ("91228", MIDWIFE, "sous_dotee"),
        ("95527", MIDWIFE, "sans_sage_femme"),
        ("77159", MIDWIFE, "inconnu"),
        ("77159", "chirurgien_dentiste", "inconnu"),
        ("77159", "orthophoniste", "inconnu"),
    ],
)
def test_a_unit_holds_the_commune_of_its_name_and_those_printed(
    code: str, profession: str, expected: str
) -> None:
    assert class_of(code, profession, "2013-01-01") == expected


@pytest.mark.parametrize(
    ("arrondissement", "quarters"),
    [
        ("75110", {"Canal Saint-Martin": "fragile"}),
        ("75117", {"Épinettes": "deficitaire"}),
        (
            "75118",
            {
                "Chapelle": "deficitaire",
                "Goutte d’Or": "fragile",
                "Clignancourt": "fragile",
                "Grandes Carrières": "fragile",
            },
        ),
        (
            "75119",
            {
                "Canal Saint-Denis": "fragile",
                "Bassin de la Villette": "fragile",
                "Buttes Chaumont": "fragile",
            },
        ),
        (
            "75120",
            {
                "Belleville": "fragile",
                "Saint-Fargeau": "fragile",
                "Père Lachaise": "fragile",
                "Charonne": "fragile",
            },
        ),
    ],
)
def test_a_grand_quartier_answers_for_a_part_of_its_arrondissement(
    arrondissement: str, quarters: dict[str, str]
) -> None:
    found = asked(arrondissement, "2016-01-01", DOCTOR)
    assert {entry.territory: entry.zone_class for entry in found.zones} == quarters
    assert all(entry.partial for entry in found.zones)
    reason = found.why_unknown(DOCTOR)
    assert all(name in reason for name in quarters)
    assert "hors zonage" in reason


def test_the_city_of_paris_sends_back_to_its_arrondissements() -> None:
    found = asked("75056", "2026-01-01", DOCTOR)
    assert len(found.zones) == 20
    assert all(entry.partial for entry in found.zones)
    assert "zone d’intervention prioritaire (ZIP) pour Paris 19e" in found.why_unknown(DOCTOR)


def test_the_missing_fragile_territory_is_said_where_hors_zonage_is_answered() -> None:
    outside = asked("94041", "2016-01-01", DOCTOR).class_for(DOCTOR)
    inside = asked("94054", "2016-01-01", DOCTOR).class_for(DOCTOR)
    assert outside is not None
    assert inside is not None
    assert any("73 territoires fragiles" in remark for remark in outside.remarks)
    assert not any("73 territoires" in remark for remark in inside.remarks)


def test_the_zoning_of_2022_says_that_a_recast_was_begun() -> None:
    entry = asked("91286", "2026-02-01", DOCTOR).class_for(DOCTOR)
    assert entry is not None
    assert entry.valid_to is None
    assert any("refonte" in remark and "2025" in remark for remark in entry.remarks)


def test_another_region_says_that_its_act_was_not_read() -> None:
    assert class_of("38185", DOCTOR, "2022-12-31") == "inconnu"
    entry = asked("38185", "2026-02-01", DOCTOR).class_for(DOCTOR)
    assert entry is not None
    assert entry.confidence == "C"
    assert "non lu" in entry.legal_act
    assert class_of("38185", NURSE, "2013-01-01") == "inconnu"


def test_each_line_says_where_it_was_read() -> None:
    entry = asked("77159", "2016-01-01", DOCTOR).class_for(DOCTOR)
    assert entry is not None
    assert str(entry.source) == "sros-ambulatoire-idf-2012.txt L918"
    assert entry.territory == "Donnemarie-Dontilly"
    assert str(entry.valid_from) == "2015-03-01"
    assert str(entry.valid_to) == "2018-02-28"


def test_a_specialist_reads_that_the_zoning_looks_at_general_practice() -> None:
    specialist = asked("77159", "2016-01-01", "medecin_specialiste").zones[0]
    generalist = asked("77159", "2016-01-01", DOCTOR).zones[0]
    assert any("médecine générale" in remark for remark in specialist.remarks)
    assert not any("médecine générale" in remark for remark in generalist.remarks)


def test_a_former_commune_answers_for_itself_then_with_the_one_that_took_it_over() -> None:
    assert class_of("93059", DOCTOR, "2016-01-01") == "deficitaire"
    assert class_of("93066", DOCTOR, "2016-01-01") == "fragile"
    today = asked("93059", "2026-01-01", DOCTOR).class_for(DOCTOR)
    assert today is not None
    assert today.zone_class == "ZIP"
    assert "Saint-Denis" in today.remarks[-1]
    assert "01/01/2025" in today.remarks[-1]


@pytest.mark.parametrize("code", ["77166", "77491", "77170", "77299"])
def test_what_a_commune_took_over_is_not_in_the_unit_named_after_it(code: str) -> None:
    assert class_of(code, DOCTOR, "2016-06-01") == "inconnu"
    assert class_of(code, DOCTOR, "2023-01-01") == class_of("77316", DOCTOR, "2023-01-01")


def test_every_place_gets_an_answer_or_a_reason_for_every_profession() -> None:
    for code in places():
        for day in ("2011-01-01", "2013-01-01", "2016-01-01", "2020-01-01", "2026-11-22"):
            found = asked(code, day)
            told = {entry.profession for entry in found.zones if not entry.scheme}
            told |= {gap.profession for gap in found.unknown if not gap.scheme}
            assert len(told) == 11
            assert all(gap.reason.endswith(".") for gap in found.unknown)
            assert all(f" {mark}" not in gap.reason for gap in found.unknown for mark in ":;!?")


def test_before_any_zoning_nothing_is_hors_zonage() -> None:
    for code in places():
        assert not asked(code, "2012-05-24").zones


def test_a_fiscal_list_not_held_is_said_and_its_end_too() -> None:
    reasons = {
        (gap.scheme, day): gap.reason
        for day in ("2024-06-30", "2024-07-01")
        for gap in asked("01060", day).unknown
        if gap.scheme
    }
    assert "à vérifier" in reasons["zrr", "2024-06-30"]
    assert "30/06/2024" in reasons["zrr", "2024-07-01"]
    assert "01/07/2024" in reasons["frr", "2024-06-30"]
    assert "à vérifier" in reasons["frr", "2024-07-01"]
