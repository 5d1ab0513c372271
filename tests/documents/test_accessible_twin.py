import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import sheet_samples as samples
from pypdf import PdfReader

from advisor.documents.accessible import make_accessible_twin, twin_bytes, twin_path
from advisor.domain.paper.sheet import SheetContent
from advisor.errors import RefusedError


def text_of(made: bytes) -> str:
    pages = PdfReader(BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_twin_is_tagged_titled_and_in_french() -> None:
    reader = PdfReader(BytesIO(twin_bytes(samples.ordinary())))
    root = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("fr")
    assert reader.metadata is not None
    assert reader.metadata.title == samples.ordinary().title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_the_twin_says_all_that_the_sheet_says() -> None:
    content = samples.ordinary()
    text = text_of(twin_bytes(content))
    for aid in (*content.eligible, *content.to_verify):
        assert flat(aid.title) in text
        assert flat(aid.amount) in text
    for notice in content.notices:
        assert flat(notice) in text
    assert flat(content.acts[0]) in text
    assert content.pack.version in text


def test_the_twin_shortens_no_list() -> None:
    content = samples.crowded()
    text = text_of(twin_bytes(content))
    for aid in (*content.eligible, *content.to_verify, *content.refused):
        assert aid.title in text


def test_the_twin_of_an_almost_empty_interview_is_made() -> None:
    assert "Aucun lieu n’est encore choisi." in text_of(twin_bytes(samples.bare()))


def test_the_same_content_gives_the_same_twin() -> None:
    assert twin_bytes(samples.ordinary()) == twin_bytes(
        SheetContent.from_json(samples.ordinary().to_json())
    )


def test_what_people_typed_is_never_read_as_markup() -> None:
    content = samples.crowded()
    assert "<b>&amp; Fils</b>" in text_of(twin_bytes(content))
    hostile = SheetContent.from_json(
        {**content.to_json(), "outside": ['#panic("non") $x$ *gras* \\ @ref <a>']}
    )
    assert '#panic("non") $x$ *gras* \\ @ref <a>' in text_of(twin_bytes(hostile))


def test_the_twin_stands_beside_the_sheet(tmp_path: Path) -> None:
    out = twin_path(tmp_path / "synthese.pdf")
    make_accessible_twin(samples.ordinary(), out)
    assert out.name == "synthese-accessible.pdf"
    assert out.stat().st_size > 0


def test_a_computer_without_the_second_maker_says_so_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(RefusedError, match="la fiche ordinaire est gardée"):
        twin_bytes(samples.ordinary())


def test_a_name_the_fonts_cannot_draw_still_gets_its_twin() -> None:
    content = samples.ordinary()
    visitor = replace(content.visitor, name="Zoé 😀 مرحبا \x00Durand\tMarie")
    text = text_of(twin_bytes(replace(content, visitor=visitor)))
    assert "Zoé ? ?????" in text
    assert "Durand Marie" in text
