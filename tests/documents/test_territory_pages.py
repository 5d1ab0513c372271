import json
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import territory_samples as samples
from pypdf import PdfReader

from advisor.documents.territory import make_territory_pdf, territory_bytes
from advisor.domain.paper.territory_content import Cell, TerritoryContent, from_json, to_json


def read(content: TerritoryContent) -> PdfReader:
    return PdfReader(BytesIO(territory_bytes(content)))


def flat(text: str) -> str:
    return " ".join(text.split())


def text_of(reader: PdfReader) -> str:
    return flat(" ".join(page.extract_text() for page in reader.pages))


@cache
def pages_of(name: str) -> PdfReader:
    content: TerritoryContent = getattr(samples, name)()
    return read(content)


@cache
def told_by(name: str) -> str:
    return text_of(pages_of(name))


@pytest.mark.parametrize("name", ["ordinary", "crowded", "bare"])
def test_a_diagnostic_is_six_to_ten_pages_whatever_it_holds(name: str) -> None:
    assert 6 <= len(pages_of(name).pages) <= 10


def test_the_summary_stands_on_the_first_page_with_the_warnings() -> None:
    content = samples.ordinary()
    first = flat(read(content).pages[0].extract_text())
    for said in (content.name, content.warnings[0], "En résumé", "9 531 habitants, 2023 [1]"):
        assert flat(said) in first
    for line in content.highlights:
        assert line.label in first
        assert flat(line.text) in first


def test_every_value_stands_with_its_year_and_the_number_of_its_source() -> None:
    content = samples.ordinary()
    text = told_by("ordinary")
    for group in content.groups:
        for row in group.rows:
            assert row.label in text
            for cell in (row.territory, row.departement, row.region, row.france):
                assert flat(said(cell)) in text
    for rank, source in enumerate(content.sources, start=1):
        assert f"[{rank}] {source}" in text


def said(cell: Cell) -> str:
    if cell.value is None:
        told = ", ".join(one for one in (cell.when, cell.reason) if one)
        return f"{cell.text} {told}"
    return f"{cell.text} {cell.year or 'année non dite'} [{cell.note}]"


def test_what_is_secret_or_missing_is_said_and_never_a_zero() -> None:
    content = samples.ordinary()
    text = told_by("ordinary")
    assert "non diffusé" in text
    assert "secret statistique" in text
    assert "non disponible" in text
    secret = replace(samples.chart(1), bars=(replace(samples.chart(1).bars[2], year=None),))
    alone = text_of(read(replace(content, comparisons=(secret,))))
    assert alone.count("non diffusé") > text.count("non diffusé") - 10


def test_each_chart_has_its_table_beside_it() -> None:
    content = samples.ordinary()
    text = told_by("ordinary")
    assert content.pyramid is not None
    assert content.dynamics is not None
    for chart in (*content.comparisons, content.pyramid, content.dynamics):
        assert flat(chart.title) in text
        assert flat(chart.remark) in text
        for bar in chart.bars:
            assert bar.label in text
            assert f"{bar.text} {bar.year or 'non dite'}" in text


def test_the_scenario_is_marked_wherever_it_is_shown() -> None:
    content = samples.ordinary()
    text = told_by("ordinary")
    assert text.lower().count("scénario, pas une prévision") >= 3
    assert "non officiel" in text.lower()
    assert content.scenario is not None
    for one in content.scenario.hypotheses:
        assert f"Hypothèse : {one}" in text
    for point in content.scenario.path:
        assert f"{point.label} : {point.text}" in text


def test_the_work_kept_is_told_by_function() -> None:
    text = told_by("ordinary")
    for told in (
        "maire de la commune centre",
        "Trois départs à la retraite",
        "médecin généraliste (5)",
        "Restitution",
        "Locaux trop petits",
        "Étudier une maison de santé",
        "Recenser les locaux libres",
        "intercommunalité",
    ):
        assert told in text


def test_the_maps_say_their_classes_act_and_scale_without_colour() -> None:
    text = told_by("ordinary")
    for told in (
        "Médecins, zonage de 2022",
        "zone d’intervention prioritaire (ZIP), 2 communes",
        "Arrêté de l’ARS Île-de-France du 30 mars 2022",
        "Insee, population municipale 2023",
        "5 km",
        "Maisons de santé (MSP), 1",
    ):
        assert told in text
    assert text.count("ZIP") > 4


def test_an_empty_section_says_so() -> None:
    text = told_by("bare")
    for told in (
        "Aucune carte",
        "Les communes de ce territoire ne sont pas dans ce référentiel",
        "il n’y a rien à comparer",
        "Aucun indicateur n’est disponible pour ce territoire",
        "La pyramide des âges n’est pas disponible",
        "Le scénario n’a pas été calculé",
        "Aucun participant n’est encore noté",
        "Recommandations : rien n’est encore noté",
        "Aucune source",
    ):
        assert told in text


def test_what_does_not_fit_on_ten_pages_is_counted_never_dropped_in_silence() -> None:
    content = samples.crowded()
    text = told_by("crowded")
    assert "autres lignes, dans le logiciel" in text
    assert "Et aussi : Commune numéro" in text
    for rank in (1, 200, 399):
        assert f"Commune numéro {rank} " in text
    for source in content.sources:
        assert source in text


def test_the_same_content_gives_the_same_bytes_also_after_being_kept() -> None:
    content = samples.ordinary()
    kept = from_json(json.loads(json.dumps(to_json(content))))
    assert kept == content
    assert territory_bytes(kept) == territory_bytes(content)


def test_the_document_has_a_language_a_title_and_bookmarks() -> None:
    reader = pages_of("ordinary")
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"
    assert reader.metadata is not None
    assert reader.metadata.title == samples.ordinary().title
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    for told in ("En résumé", "Le territoire sur la carte", "Les indicateurs", "Sources"):
        assert told in titles


def test_every_page_names_the_territory_and_its_number() -> None:
    reader = pages_of("ordinary")
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        text = flat(page.extract_text())
        assert "CC de Bièvre Est · 12/11/2025" in text
        assert f"{number} / {count}" in text


def test_making_a_diagnostic_leaves_only_it_in_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "nouveau" / "diagnostic.pdf"
    make_territory_pdf(samples.ordinary(), out)
    assert [one.name for one in out.parent.iterdir()] == ["diagnostic.pdf"]


def territory_reasons(content: TerritoryContent, reason: str) -> TerritoryContent:
    lost = Cell(None, "non disponible", reason=reason)
    groups = tuple(
        replace(group, rows=tuple(replace(row, territory=lost) for row in group.rows))
        for group in content.groups
    )
    return replace(content, groups=groups)


def test_the_reason_why_a_whole_territory_is_missing_is_told_once() -> None:
    reason = "les communes du territoire ne sont pas toutes tenues"
    text = text_of(read(territory_reasons(samples.ordinary(), reason)))
    assert text.count(reason) == 1
    assert f"« non disponible » quand {reason}" in text


def test_a_period_stands_where_the_year_would() -> None:
    usual = samples.ordinary()
    assert usual.dynamics is not None
    bars = tuple(replace(one, period="2018-2023") for one in usual.dynamics.bars)
    text = text_of(read(replace(usual, dynamics=replace(usual.dynamics, bars=bars))))
    assert "366 2018-2023" in text
    assert "391 2018-2023" in text


def test_a_level_without_a_name_has_no_column() -> None:
    text = text_of(read(replace(samples.ordinary(), departement_name="")))
    assert "Territoire Auvergne-Rhône-Alpes France" in text


@pytest.mark.parametrize("name", ["ordinary", "crowded", "bare"])
def test_no_page_is_empty_and_the_summary_has_its_own(name: str) -> None:
    texts = [flat(page.extract_text()) for page in pages_of(name).pages]
    assert all(len(one) > 150 for one in texts), [len(one) for one in texts]
    assert "Le territoire sur la carte" not in texts[0]
    assert texts[1].startswith("Le territoire sur la carte")


@pytest.mark.parametrize("count", [20, 25, 30, 35, 40])
def test_the_head_of_a_table_keeps_three_lines_under_it(count: int) -> None:
    """Wherever the table begins, its first page has three lines of it or more."""
    usual = samples.ordinary()
    lines = tuple(samples.commune(rank) for rank in range(1, count))
    heads = samples.ordinary().warnings * (count // 5)
    reader = read(replace(usual, communes=lines, warnings=heads, maps=usual.maps * (count // 10)))
    texts = [flat(page.extract_text()) for page in reader.pages]
    first = next(one for one in texts if "Commune Population Classe" in one)
    assert first.split("Commune Population Classe")[1].count("Commune numéro") >= 3
