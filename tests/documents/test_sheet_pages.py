import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import sheet_samples as samples
from pypdf import PdfReader

from advisor.documents.sheet import make_sheet, sheet_bytes
from advisor.domain.paper.sheet import SheetContent, Strip
from advisor.errors import BadDataError


def read(content: SheetContent) -> PdfReader:
    return PdfReader(BytesIO(sheet_bytes(content)))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_sheet_says_every_aid_amount_act_and_the_version_of_the_pack() -> None:
    content = samples.ordinary()
    text = text_of(read(content))
    for aid in (*content.eligible, *content.to_verify, *content.refused):
        assert flat(aid.title) in text
    for aid in (*content.eligible, *content.to_verify):
        assert flat(aid.amount) in text
    for place in content.places:
        assert flat(place.name) in text
        assert flat(place.act) in text
        assert flat(place.population) in text
    assert flat(content.acts[0]) in text
    assert content.pack.version in text
    assert "Offre : non disponible dans ce référentiel" in text


def test_the_sheet_says_it_is_advice_and_replaces_no_step() -> None:
    text = text_of(read(samples.ordinary()))
    assert "Ce document est un conseil, il ne vaut pas décision." in text
    assert "ne se substitue pas aux démarches auprès de l’Ordre, de la CPAM et de l’URSSAF" in text


def test_the_sheet_holds_the_countdown_with_dates_and_documents() -> None:
    text = text_of(read(samples.ordinary()))
    for said in ("J−90", "01/12/2025", "Jour J", "J+60", "Documents : diplôme"):
        assert said in text


@pytest.mark.parametrize("name", ["ordinary", "crowded", "bare"])
def test_a_sheet_is_two_pages_even_with_four_places_and_sixty_aids(name: str) -> None:
    assert len(read(getattr(samples, name)()).pages) == 2


def test_a_list_too_long_counts_what_it_leaves_out_and_says_where_it_is_told() -> None:
    text = text_of(read(samples.crowded()))
    shown = set(re.findall(r"Aide éligible numéro \d+", text))
    left = re.search(r"et (\d+) autres aides : (.*?)\. Le détail est dans la fiche", text)
    assert left is not None
    named = set(re.findall(r"Aide éligible numéro \d+", left[2]))
    assert len(shown - named) + int(left[1]) == 25


def test_aids_left_out_of_a_full_page_are_still_named() -> None:
    usual = samples.ordinary()
    many = tuple(replace(samples.OPEN, id=f"v{n}", title=f"Prime {n}") for n in range(16))
    reader = read(replace(usual, to_verify=many))
    assert len(reader.pages) == 2
    text = text_of(reader)
    assert all(re.search(rf"Prime {n}\b", text) for n in range(16))


def test_a_third_page_is_made_only_when_nothing_else_can_be_shortened() -> None:
    usual = samples.ordinary()
    long = replace(usual, steps=usual.steps * 4)
    assert len(read(long).pages) >= 3
    assert text_of(read(long)).count("Jour J") == 4


def test_the_same_content_gives_the_same_bytes() -> None:
    assert sheet_bytes(samples.ordinary()) == sheet_bytes(samples.ordinary())


def test_content_kept_as_json_gives_the_same_bytes_years_later() -> None:
    for content in (samples.ordinary(), samples.crowded(), samples.bare()):
        kept = json.dumps(content.to_json(), sort_keys=True)
        again = SheetContent.from_json(json.loads(kept))
        assert again == content
        assert sheet_bytes(again) == sheet_bytes(content)


def test_content_from_a_newer_version_is_refused_politely() -> None:
    newer = {**samples.ordinary().to_json(), "schema_version": 99}
    with pytest.raises(BadDataError, match="version plus récente"):
        SheetContent.from_json(newer)


def test_content_with_a_part_missing_is_refused_in_french() -> None:
    broken = samples.ordinary().to_json()
    del broken["visitor"]
    with pytest.raises(BadDataError, match="ne se relit pas"):
        SheetContent.from_json(broken)


def test_the_document_has_a_language_a_title_and_bookmarks() -> None:
    reader = read(samples.ordinary())
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr-FR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not None
    assert reader.metadata is not None
    assert reader.metadata.title == "Fiche de synthèse de Claire Martin, 12 novembre 2025"
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert "Les aides sur lesquelles compter" in titles
    assert "Le compte à rebours" in titles
    assert titles[-1] == "Ce que cette fiche est, et n’est pas"


def test_every_font_is_embedded() -> None:
    for page in read(samples.ordinary()).pages:
        fonts = page["/Resources"]["/Font"]
        for name in fonts:
            descriptor = fonts[name].get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor
            assert "SourceSans" in descriptor["/FontName"]


def test_the_reading_order_is_the_order_of_the_eye() -> None:
    text = text_of(read(samples.ordinary()))
    said = (
        "FICHE DE SYNTHÈSE",
        "Dr Claire Martin",
        "En bref",
        "Vos lieux",
        "Provins",
        "Avon",
        "Les aides sur lesquelles compter",
        "À vérifier",
        "Pas disponibles, et pourquoi",
        "Le compte à rebours",
        "Vos contacts",
        "Ce document est un conseil",
    )
    place = 0
    for one in said:
        place = text.index(one, place)


def test_text_from_people_is_drawn_as_typed_never_read_as_markup() -> None:
    text = text_of(read(samples.crowded()))
    assert "<b>&amp; Fils</b>" in text


def test_a_character_the_font_lacks_leaves_a_mark_and_not_an_error() -> None:
    content = samples.ordinary()
    odd = replace(content, visitor=replace(content.visitor, name="Dr 李 Martin\x07"))
    assert "Dr ? Martin" in text_of(read(odd))


def test_no_answer_and_no_class_is_told_by_colour_alone() -> None:
    content = samples.ordinary()
    text = text_of(read(content))
    assert text.count("éligible") >= len(content.eligible)
    assert text.count("À vérifier :") >= len(content.to_verify)
    assert text.count(": non,") == len(content.refused)
    for place in content.places:
        assert place.letters in text
        assert place.zone in text


def test_each_class_of_the_samples_has_its_own_pattern() -> None:
    strips: list[Strip] = list(samples.crowded().places)
    assert {one.pattern for one in strips} == {"plein", "hachures_serrees", "inconnu"}


def test_making_a_sheet_leaves_only_the_sheet_in_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "nouveau" / "synthese.pdf"
    make_sheet(samples.ordinary(), out)
    assert [one.name for one in out.parent.iterdir()] == ["synthese.pdf"]
    assert out.read_bytes().startswith(b"%PDF-")
