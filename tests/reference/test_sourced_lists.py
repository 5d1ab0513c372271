"""Structures, partners and indicators: as many as the sources print, each with its source."""

import re
from collections import Counter
from pathlib import Path

import pytest

from advisor.domain.structure import StructureKind
from advisor.errors import BadDataError
from advisor.reference.files.indicator_files import COLUMNS as INDICATOR_COLUMNS
from advisor.reference.files.indicator_files import load_indicators
from advisor.reference.files.partner_files import NOT_PRINTED, load_partners
from advisor.reference.files.place_files import load_places
from advisor.reference.files.structure_files import COLUMNS as STRUCTURE_COLUMNS
from advisor.reference.files.structure_files import load_structures

DATA = Path(__file__).resolve().parents[2] / "data"
PLACES = load_places(DATA)
STRUCTURES = load_structures(DATA / "structures", PLACES)
PARTNERS = load_partners(DATA / "partners")
INDICATORS = load_indicators(DATA / "indicators")
UNREADABLE = "statut illisible dans la source"


def of_programme(programme: str) -> list[str]:
    return [one.name for one in STRUCTURES if one.programme == programme]


def test_the_counts_the_protocol_prints_are_all_there() -> None:
    assert len(of_programme("immobilier_2018")) == 47
    assert len(of_programme("cabinet_fragilise_2018")) == 12
    assert len(of_programme("diagnostic_2018")) == 13
    assert len(of_programme("exercice_coordonne_2018")) == 3
    assert len(of_programme("plan_acces_soins_hdf_2018")) == 6
    assert len(of_programme("viabilite_cds_2012")) == 26


def test_the_47_projects_stand_in_the_eight_departements_as_printed() -> None:
    by_departement = Counter(
        one.departement for one in STRUCTURES if one.programme == "immobilier_2018"
    )
    assert by_departement == {
        "75": 5,
        "77": 5,
        "78": 10,
        "91": 7,
        "92": 7,
        "93": 4,
        "94": 3,
        "95": 6,
    }


def test_only_chaville_has_a_readable_status_among_the_47() -> None:
    readable = {
        one.name: one.statuses[0].text
        for one in STRUCTURES
        if one.programme == "immobilier_2018" and one.statuses[0].text != UNREADABLE
    }
    assert list(readable) == ["Chaville"]
    assert "septembre 2018" in readable["Chaville"]


def test_the_thirteen_diagnostics_carry_the_inhabitants_printed() -> None:
    notes = [one.note for one in STRUCTURES if one.programme == "diagnostic_2018"]
    assert all("habitants imprimés dans la source" in note for note in notes)
    assert sum("Sous le seuil" in note for note in notes) == 2


def test_a_source_that_contradicts_itself_shows_both_statuses() -> None:
    (forges,) = [one for one in STRUCTURES if one.id == "sros_2012_projet_forges_les_bains"]
    assert [status.stage for status in forges.statuses] == ["en_attente", "bloque"]
    assert "se contredit" in forges.note


def test_a_dated_status_keeps_its_day() -> None:
    days = {one.id: one.statuses[0].day for one in STRUCTURES}
    assert str(days["sros_2012_msp_coulommiers"]) == "2012-05-02"
    assert str(days["sros_2012_msp_drancy"]) == "2012-05-23"
    assert str(days["pta_2018_yvelines"]) == "2017-12-06"
    assert days["sros_2012_msp_breuillet"] is None


def test_every_status_says_where_it_was_read() -> None:
    for one in STRUCTURES:
        for status in one.statuses:
            assert re.search(r"L\d+", status.source.locator), one.id
            assert status.source.read_on is not None


def test_structures_without_a_commune_are_those_the_sources_do_not_place() -> None:
    nowhere = {one.id for one in STRUCTURES if not one.commune}
    assert nowhere == {
        "diagnostic_2018_communaute_de_communes_des_deux_morins",
        "pta_2018_seine_saint_denis",
        "sros_2012_projet_nangissienne",
        "sros_2012_projet_brie_des_morin",
        "sros_2012_projet_saint_quentin_en_yvelines",
        "sros_2012_msp_rurale_95",
    }


def test_every_departement_of_the_region_has_its_ars_cpam_and_order() -> None:
    for departement in ("75", "77", "78", "91", "92", "93", "94", "95"):
        here = {one.id for one in PARTNERS if departement in one.departements}
        assert {f"ars_dd_{departement}", f"cpam_{departement}"} <= here
        assert {f"ordre_medecins_{departement}", "urps_medecins_idf", "urssaf_idf"} <= here


def test_contacts_are_those_printed_and_the_others_say_that_none_is() -> None:
    by_id = {one.id: one for one in PARTNERS}
    correspondent = by_id["correspondant_installation_hdf"]
    assert correspondent.phone == "03 72 72 86 80"
    assert correspondent.email == "ars-hdf-referent-installation@ars.sante.fr"
    assert by_id["isere_sante"].email == "sante@isere.fr"
    assert by_id["femas_aura"].email == "coord.isere@femasaura.fr"
    for one in PARTNERS:
        printed = one.phone or one.email or one.website or one.address
        assert bool(printed) != (NOT_PRINTED in one.note), one.id
        assert one.role
        assert one.source


def test_the_eighteen_intercommunalites_of_isere_have_both_figures() -> None:
    for name in ("ratio_installations_cessations_mg", "part_mg_plus_60_ans"):
        found = [one for one in INDICATORS if one.id == name and one.territory_kind == "epci"]
        assert len(found) == 18
        assert {one.territory for one in found} <= {place.epci_siren for place in PLACES}


@pytest.mark.parametrize(
    ("name", "territory", "value"),
    [
        ("densite_mg_liberaux", "38", 79),
        ("densite_mg_liberaux", "FR", 77),
        ("population_protegee", "38", 1230357),
        ("part_ald", "38", 17.02),
        ("part_c2s", "38", 7.67),
        ("part_sans_mtt", "38", 11.82),
        ("part_ald_sans_mtt", "38", 4.4),
        ("nombre_mg_liberaux", "38", 1153),
        ("nombre_mep", "38", 93),
        ("age_moyen_mg", "38185", 53.9),
        ("ratio_installations_cessations_mg", "38", 0.94),
        ("ratio_installations_cessations_mg", "200018166", 0.9),
        ("densite_generalistes_10000", "11", 7.2),
        ("medecins_recus_permanences", "11", 508),
        ("densite_omnipraticiens_liberaux", "93", 69.8),
        ("nombre_msp", "32", 81),
        ("projets_msp", "32", 105),
    ],
)
def test_a_figure_is_the_one_printed(name: str, territory: str, value: float) -> None:
    (found,) = [one for one in INDICATORS if one.id == name and one.territory == territory]
    assert found.figure.value == value
    assert re.search(r"L\d+", found.figure.source.locator)


def test_a_year_that_is_not_printed_stays_empty_and_is_said() -> None:
    density = [one for one in INDICATORS if one.id == "densite_mg_liberaux"]
    assert [one.figure.year for one in density] == [None, None]
    assert all("année non imprimée" in one.definition for one in density)


STRUCTURE = {
    "id": "essai",
    "kind": "msp",
    "name": "MSP d’essai",
    "commune": "93066",
    "commune_name": "Saint-Denis",
    "departement": "93",
    "programme": "essai",
    "status": "ouverte",
    "stage": "ouvert",
    "document": "Document",
    "locator": "L1",
    "confidence": "A",
}
INDICATOR = {
    "id": "essai",
    "label": "Essai",
    "territory_kind": "region",
    "territory": "11",
    "territory_name": "Île-de-France",
    "value": "1.5",
    "unit": "%",
    "document": "Document",
    "locator": "L1",
}
PARTNER = """
- id: essai
  name: Essai
  organisation: ARS
  role: Essai
  departements: ["93"]
  phone: "01 02 03 04 05"
  source: {document: Document, locator: L1}
"""


def table(folder: Path, columns: tuple[str, ...], *lines: dict[str, str]) -> Path:
    text = [";".join(columns), *(";".join(one.get(c, "") for c in columns) for one in lines)]
    (folder / "essai.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"commune": "99999"}, "la commune 99999 n’est pas parmi les lieux livrés"),
        ({"departement": "77"}, "n’est pas dans le département 77"),
        ({"kind": "clinique"}, "« clinique » est inconnu"),
        ({"stage": "rêvé"}, "l’étape « rêvé » est inconnue"),
        ({"day": "2 mai 2012"}, "n’est pas une date"),
        ({"status": ""}, "la colonne « status » est vide"),
        ({"document": ""}, "la colonne « document » est vide"),
    ],
)
def test_a_broken_structure_is_refused_with_its_file_and_line(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    table(tmp_path, STRUCTURE_COLUMNS, STRUCTURE | change)
    with pytest.raises(BadDataError, match=said) as refusal:
        load_structures(tmp_path, PLACES)
    assert (Path(refusal.value.file).name, refusal.value.line) == ("essai.csv", 2)


def test_a_second_line_adds_a_status_and_may_not_change_what_the_place_is(tmp_path: Path) -> None:
    later = {"id": "essai", "status": "fermée", "stage": "fermeture"}
    later |= {"document": "Autre", "locator": "L2"}
    table(tmp_path, STRUCTURE_COLUMNS, STRUCTURE, later)
    (found,) = load_structures(tmp_path, PLACES)
    assert [status.text for status in found.statuses] == ["ouverte", "fermée"]
    assert found.kind is StructureKind.MSP
    table(tmp_path, STRUCTURE_COLUMNS, STRUCTURE, later | {"kind": "cds"})
    with pytest.raises(BadDataError, match="contredit la première ligne") as refusal:
        load_structures(tmp_path, PLACES)
    assert refusal.value.line == 3


def test_a_structure_told_in_two_files_is_refused(tmp_path: Path) -> None:
    table(tmp_path, STRUCTURE_COLUMNS, STRUCTURE)
    (tmp_path / "autre.csv").write_text((tmp_path / "essai.csv").read_text(), encoding="utf-8")
    with pytest.raises(BadDataError, match="déjà décrit dans autre"):
        load_structures(tmp_path, PLACES)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "douze"}, "« douze » n’est pas un nombre"),
        ({"value": "nan"}, "hors des bornes"),
        ({"year": "20"}, "« 20 » n’est pas une année"),
        ({"territory_kind": "pays"}, "le territoire « pays » est inconnu"),
        ({"unit": ""}, "la colonne « unit » est vide"),
        ({"locator": ""}, "la colonne « locator » est vide"),
    ],
)
def test_a_broken_indicator_is_refused_with_its_file_and_line(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    table(tmp_path, INDICATOR_COLUMNS, INDICATOR | change)
    with pytest.raises(BadDataError, match=said) as refusal:
        load_indicators(tmp_path)
    assert (Path(refusal.value.file).name, refusal.value.line) == ("essai.csv", 2)


def test_the_same_indicator_twice_for_one_territory_and_year_is_refused(tmp_path: Path) -> None:
    table(tmp_path, INDICATOR_COLUMNS, INDICATOR, INDICATOR | {"value": "2"})
    with pytest.raises(BadDataError, match=r"déjà écrit \(essai.csv, ligne 2\)") as refusal:
        load_indicators(tmp_path)
    assert refusal.value.line == 3


def test_a_figure_without_a_value_is_missing_and_not_zero(tmp_path: Path) -> None:
    table(tmp_path, INDICATOR_COLUMNS, INDICATOR | {"value": ""})
    (found,) = load_indicators(tmp_path)
    assert found.figure.value is None


@pytest.mark.parametrize(
    ("written", "replaced", "said"),
    [
        ("  role: Essai\n", "", "il manque role"),
        ("  role: Essai\n", "  role: Essai\n  fax: rien\n", "champ inconnu fax"),
        ('"01 02 03 04 05"', "102030405", "phone est un texte"),
        ('"01 02 03 04 05"', '"0102030405"', "phone s’écrit 0X XX XX XX XX"),
        ('phone: "01 02 03 04 05"', "email: quelqu’un", "email n’a pas la forme"),
        ('["93"]', "[93]", "departements est une liste de textes"),
        ('  phone: "01 02 03 04 05"\n', "", NOT_PRINTED),
        ("locator: L1", "page: L1", "source s’écrit"),
        ("role: Essai", "role: Essai\n  verified_on: hier", "verified_on est une date"),
    ],
)
def test_a_broken_partner_is_refused_with_its_file_and_line(
    tmp_path: Path, written: str, replaced: str, said: str
) -> None:
    file = tmp_path / "essai.yaml"
    file.write_text(PARTNER.replace(written, replaced), encoding="utf-8")
    with pytest.raises(BadDataError, match=re.escape(said)) as refusal:
        load_partners(tmp_path)
    assert Path(refusal.value.file).name == "essai.yaml"
    assert refusal.value.line in {1, 2}


def test_a_partner_written_twice_and_unreadable_yaml_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "essai.yaml"
    file.write_text(PARTNER + PARTNER, encoding="utf-8")
    with pytest.raises(BadDataError, match="écrit deux fois"):
        load_partners(tmp_path)
    file.write_text("id: essai", encoding="utf-8")
    with pytest.raises(BadDataError, match="une liste de partenaires est attendue"):
        load_partners(tmp_path)
    file.write_text("- {id: [", encoding="utf-8")
    with pytest.raises(BadDataError, match="pas du YAML lisible"):
        load_partners(tmp_path)


def test_an_empty_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadDataError, match="aucune structure"):
        load_structures(tmp_path, PLACES)
    with pytest.raises(BadDataError, match="aucun partenaire"):
        load_partners(tmp_path)
    with pytest.raises(BadDataError, match="aucun indicateur"):
        load_indicators(tmp_path)
