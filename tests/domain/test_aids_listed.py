"""The catalogue holds every aid that the contract of the command line names, each once."""

from collections import Counter
from pathlib import Path

import pytest

from advisor.domain.aids.rules import Aid
from advisor.reference.files.aid_files import load_aids

DATA = Path(__file__).resolve().parents[2] / "data"
CATALOGUE = load_aids(DATA / "aids")

NAMED = {
    "2011–2012": (
        "option_demographie_2011 option_solidarite_territoriale_2011 derogation_parcours_soins "
        "contrat_incitatif_infirmier_2011 contrat_incitatif_mk_2012 contrat_incitatif_sf_2012"
    ),
    "Convention 2016": "caim cotram coscom cstm",
    "Convention 2024": (
        "aide_ponctuelle_zip aide_ponctuelle_zac aide_cabinet_secondaire_zip majoration_fmt_primo "
        "majoration_fmt_zip consultations_avancees_2024 docteur_junior_zip assistant_medical"
    ),
    "State, ARS": (
        "cesp ptmg ptma_2015 ptma_2026 cde medecin_adjoint cumul_emploi_retraite_zip "
        "exoneration_pdsa telemedecine_structure_2018 consultations_avancees_hdf_2018 "
        "crai_hdf_2025 assistant_partage_hdf_2018 pret_initiative_aisne_2014 "
        "cumul_emploi_retraite_2018 maitrise_stage_2018 ptmr_pias_2017 france_sante_2026 "
        "fir_hors_zone"
    ),
    "Collectivités": (
        "collectivite_installation collectivite_centre_sante collectivite_logement_interne "
        "collectivite_deplacement_interne collectivite_etudes collectivites_hors_zone"
    ),
    "Île-de-France": (
        "immobilier_idf_2018 immobilier_idf_2023 region_idf_professionnel region_idf_structure "
        "etude_faisabilite_msp_idf demarrage_msp_idf systeme_information_idf_2017"
    ),
    "Isère": (
        "isere_etudes isere_installation isere_immobilier isere_teleconsultation "
        "isere_maitre_stage isere_salariat"
    ),
    "Taxes": "zrr_44quindecies frr_44quindecies_a zfu_44octies_a qpv_2026 cfe_1464d",
    "Other professions": (
        "capii caii cami caccmk caimk cammk capisf caisf camsf caicd_2023 camcd_2023 capio caio "
        "camo cato"
    ),
    "Structures": "aci_msp",
    "Limits, not aids": "conventionnement_zone_surdotee",
}
IDS = tuple(name for names in NAMED.values() for name in names.split())
LIMITS = ("conventionnement_zone_surdotee",)


@pytest.mark.parametrize("name", IDS)
def test_each_aid_of_the_contract_is_in_the_catalogue_once(name: str) -> None:
    assert Counter(aid.id for aid in CATALOGUE)[name] == 1


def test_the_catalogue_holds_no_aid_that_the_contract_does_not_name() -> None:
    assert {aid.id for aid in CATALOGUE} - set(IDS) == set()


def test_only_the_limits_of_the_contract_are_limits() -> None:
    assert tuple(aid.id for aid in CATALOGUE if aid.is_limit) == LIMITS


@pytest.mark.parametrize("aid", CATALOGUE, ids=lambda aid: aid.id)
def test_each_aid_names_a_document_that_a_reader_can_look_for(aid: Aid) -> None:
    for source in (aid.source, *aid.other_sources):
        assert not source.document.endswith((".txt", ".md", ".pdf", ".yaml", ".csv"))
        assert source.document[0].isupper() or "." in source.document.split(",")[0]
    assert aid.source.locator
    assert aid.source.read_on is not None


def test_the_working_note_is_never_cited_without_its_paragraph() -> None:
    cited = [
        source
        for aid in CATALOGUE
        for source in (aid.source, *aid.other_sources)
        if source.document.startswith("Note de règles")
    ]
    assert cited
    assert all(source.locator.startswith("§") for source in cited)
