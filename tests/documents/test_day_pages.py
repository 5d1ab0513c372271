import json
from dataclasses import replace
from io import BytesIO

import day_samples
import pytest
from pypdf import PdfReader

from advisor.documents.day_sheet import day_sheet_bytes
from advisor.domain.paper.day_content import DayContent


def read(content: DayContent) -> PdfReader:
    return PdfReader(BytesIO(day_sheet_bytes(content)))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("count", [0, 1, 3, 7, 12, 16, 20])
def test_one_day_is_one_page(count: int) -> None:
    assert len(read(day_samples.day(count)).pages) == 1


def test_each_appointment_shows_hour_name_reason_commune_phone_and_boxes() -> None:
    text = text_of(read(day_samples.day(3)))
    for said in ("9 h 30", "Visiteur numéro 1 <b>&", "première installation", "Provins"):
        assert said in text
    assert text.count("06 12 34 56 78") == 3
    assert text.count("à rappeler") == 3
    assert "URPS médecins, ARS DD 77, CPAM 77" in text


def test_a_day_without_appointment_says_so() -> None:
    assert "Aucun rendez-vous pour l’instant." in text_of(read(day_samples.day(0)))


def test_a_day_without_permanence_says_so() -> None:
    empty = replace(day_samples.day(0), sessions=())
    assert "Aucune permanence n’est ouverte ce jour-là." in text_of(read(empty))


def test_the_same_day_gives_the_same_bytes_after_being_kept_as_json() -> None:
    content = day_samples.day(7)
    again = DayContent.from_json(json.loads(json.dumps(content.to_json())))
    assert day_sheet_bytes(again) == day_sheet_bytes(content)


def test_the_day_sheet_warns_about_the_personal_data_it_holds() -> None:
    assert "données personnelles" in text_of(read(day_samples.day(1)))
