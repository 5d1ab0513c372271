from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from advisor.config import Home
from advisor.domain.paper.sheet import SheetContent
from advisor.domain.paper.sheet_places import NO_SUPPLY
from advisor.errors import DiskFullError, NotFoundError, RefusedError
from advisor.services.all_services import Services
from advisor.services.documents import Documents
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
PROFILE = {
    "status": "remplacant",
    "sector": "1",
    "exercise": "groupe",
    "days_per_week": 4,
    "first_installation": True,
    "installation_date": "2027-03-01",
    "opposable_fees": True,
    "previous_aids": [],
}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = Services(
        Home(tmp_path / "home").create(),
        lambda: "quatre mots sans lien",
        Surroundings(now=lambda: NOON, cost=FLOOR),
    )
    made.cases.identity.sign_in("Camille Exemple", "URPS médecins")
    yield made
    made.close()


@pytest.fixture
def documents(services: Services) -> Documents:
    return Documents(
        services.cases, services.reference, services.aids, services.indicators, lambda: NOON
    )


@pytest.fixture
def interview(services: Services) -> str:
    permanence = services.cases.permanences.create(
        "77", DAY, "Hôtel de ville de Melun", time(9), time(17), partners=["URPS", "CPAM 77"]
    ).id
    booking = {
        "departement": "77",
        "date": DAY.isoformat(),
        "heure": "10:30",
        "nom": "Exemple <b>&",
        "prenom": "Claire",
        "profession": "medecin_generaliste",
        "telephone": "06 12 34 56 78",
        "motif": "première installation",
    }
    made = services.cases.interviews.new(booking, PROFILE, ["77379", "77014"]).id
    assert services.cases.interviews.get(made).permanence.id == permanence
    return made


def text_of(made: bytes) -> str:
    pages = PdfReader(BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_printing_writes_the_sheet_and_its_twin_and_keeps_what_they_say(
    services: Services, documents: Documents, interview: str, tmp_path: Path
) -> None:
    made = documents.print_sheet(interview, tmp_path / "synthese.pdf")
    assert made.sheet.read_bytes().startswith(b"%PDF-")
    assert made.twin == tmp_path / "synthese-accessible.pdf"
    assert made.twin.read_bytes().startswith(b"%PDF-")
    held = services.cases.interviews.get(interview)
    assert [one.id for one in held.documents] == [made.document]
    assert held.documents[0].pack_version == services.reference.info().version
    assert held.evaluation is not None
    assert [one["commune"] for one in held.evaluation["places"]] == ["77379", "77014"]
    assert {change.entity for change in made.changes} == {"document", "evaluation"}


def test_an_official_apl_brought_in_stands_on_the_sheet_with_its_year_and_source(
    documents: Documents, interview: str, services: Services, tmp_path: Path
) -> None:
    table = tmp_path / "apl.csv"
    table.write_text("CODGEO;APL\n77379;1,42\n", encoding="utf-8")
    mapping = {"territory": "CODGEO", "year": 2023, "source": "DREES, APL 2023",
               "columns": [{"column": "APL", "id": "apl_mg"}]}  # fmt: skip
    services.indicators.accept(services.indicators.read(table, mapping))
    content = documents.content(interview)
    told = {one.name: one.supply for one in content.places}
    assert "1,42 consultations par an et par habitant (2023)" in told["Provins"]
    assert told["Avon"] == NO_SUPPLY
    assert any("DREES, APL 2023" in note for note in content.notes)
    assert services.indicators.supply("77379", "infirmier") == []


def test_the_sheet_tells_the_person_the_places_the_zones_and_the_aids(
    documents: Documents, interview: str
) -> None:
    content = documents.content(interview)
    assert content.visitor.name == "Claire Exemple <b>&"
    assert content.visitor.profession == "Médecin généraliste, remplaçant"
    assert "installation le 01/03/2027" in content.visitor.project
    assert [(one.name, one.letters) for one in content.places] == [
        ("Provins", "ZIP"),
        ("Avon", "ZAC"),
    ]
    assert all(one.supply == NO_SUPPLY for one in content.places)
    assert "30 mars 2022" in content.acts[0]
    by_id = {one.id: one for one in (*content.eligible, *content.to_verify)}
    assert by_id["aide_ponctuelle_zip"].amount == "10\u202f000\u202f€"
    assert by_id["aide_ponctuelle_zip"].places == "pour Provins"
    assert by_id["aide_ponctuelle_zac"].places == "pour Avon"
    assert "caim" in {one.id for one in content.refused}
    assert content.meeting.adviser == "Camille Exemple"


def test_the_sheet_counts_the_steps_back_from_the_day_of_installation(
    documents: Documents, interview: str
) -> None:
    steps = documents.content(interview).steps
    assert (steps[0].mark, steps[0].by) == ("J−90", "01/12/2026")
    assert {one.by for one in steps if one.mark == "Jour J"} == {"01/03/2027"}
    assert any("URSSAF" in one.what for one in steps)


def test_every_number_of_the_sheet_points_to_a_source(documents: Documents, interview: str) -> None:
    content = documents.content(interview)
    numbers = {note.split("]")[0] + "]" for note in content.notes}
    for place in content.places:
        assert place.population.split("\u202f")[-1] in numbers
        assert place.act.split("\u202f")[-1] in numbers
    for aid in (*content.eligible, *content.to_verify):
        assert any(number in aid.reference for number in numbers)


def test_what_two_people_left_in_conflict_is_said_to_be_confirmed(
    services: Services, documents: Documents, interview: str
) -> None:
    from advisor.domain.paper.sheet_writing import write_sheet  # noqa: PLC0415 - beside its fixture

    facts = documents.facts(services.cases.interviews.get(interview))
    torn = frozenset({"sector", "installation_date", "booking.nom"})
    content = write_sheet(replace(facts, conflicts=torn))
    assert "Secteur 1 (à confirmer)" in content.visitor.project
    assert "nom à confirmer" in content.visitor.name
    assert all(step.by == "" for step in content.steps)


def test_a_visitor_of_whom_nothing_is_known_still_gets_a_sheet(
    services: Services, documents: Documents, tmp_path: Path
) -> None:
    made = services.cases.interviews.new({"departement": "77", "date": DAY.isoformat()}).id
    printed = documents.print_sheet(made, tmp_path / "vide.pdf")
    text = text_of(printed.sheet.read_bytes())
    assert "Sans nom" in text
    assert "Profession à préciser" in text
    assert "Aucun lieu n’est encore choisi" in text


def test_a_sheet_printed_again_is_the_same_to_the_byte_whatever_changed_since(
    services: Services, documents: Documents, interview: str, tmp_path: Path
) -> None:
    first = documents.print_sheet(interview, tmp_path / "une.pdf")
    services.cases.interviews.set(interview, {"sector": "2", "booking.nom": "Autre"})
    again = documents.reprint(interview, first.document, tmp_path / "deux.pdf")
    assert again.identical
    assert again.sheet.read_bytes() == first.sheet.read_bytes()
    assert first.twin is not None
    assert again.twin is not None
    assert again.twin.read_bytes() == first.twin.read_bytes()
    assert again.changes == []


def test_a_reprint_needs_neither_pack_nor_catalogue(
    services: Services, interview: str, documents: Documents, tmp_path: Path
) -> None:
    first = documents.print_sheet(interview, tmp_path / "une.pdf")
    kept = services.cases.interviews.get(interview).documents[0].content
    from advisor.documents.sheet import sheet_bytes  # noqa: PLC0415 - the maker alone

    assert sheet_bytes(SheetContent.from_json(kept)) == first.sheet.read_bytes()


def test_a_document_that_was_never_printed_is_refused_in_french(
    documents: Documents, interview: str, tmp_path: Path
) -> None:
    with pytest.raises(NotFoundError, match="n’a pas été imprimé"):
        documents.reprint(interview, "inconnu", tmp_path / "x.pdf")


def test_a_full_disk_leaves_neither_half_a_page_nor_a_document_in_the_interview(
    services: Services, documents: Documents, interview: str, tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource")
    folder = tmp_path / "papier"
    held = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, held[1]))
    try:
        with pytest.raises(DiskFullError, match="Le disque est plein"):
            documents.print_sheet(interview, folder / "synthese.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, held)
    assert list(folder.iterdir()) == []
    assert services.cases.interviews.get(interview).documents == ()


def test_without_the_second_maker_the_sheet_is_kept_and_the_reason_said(
    documents: Documents, interview: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys  # noqa: PLC0415 - only here

    monkeypatch.setitem(sys.modules, "typst", None)
    made = documents.print_sheet(interview, tmp_path / "synthese.pdf")
    assert made.sheet.exists()
    assert made.twin is None
    assert "la fiche ordinaire est gardée" in made.remark


def test_the_day_sheet_tells_the_day_on_one_page(
    documents: Documents, interview: str, tmp_path: Path
) -> None:
    made = documents.print_day(DAY, tmp_path / "journee.pdf", "77")
    reader = PdfReader(made)
    assert len(reader.pages) == 1
    text = text_of(made.read_bytes())
    for said in ("Dimanche 22 novembre 2026", "10 h 30", "Claire Exemple <b>&", "06 12 34 56 78"):
        assert said in text
    assert "Hôtel de ville de Melun" in text
    assert "de 9 h à 17 h, 1 rendez-vous" in text


def test_the_day_sheet_of_another_departement_is_empty_and_says_so(
    documents: Documents, interview: str, tmp_path: Path
) -> None:
    made = documents.print_day(DAY, tmp_path / "journee.pdf", "91")
    assert "Aucune permanence n’est ouverte ce jour-là." in text_of(made.read_bytes())


def test_a_folder_nobody_can_write_in_is_refused_and_nothing_is_kept(
    services: Services, documents: Documents, interview: str, tmp_path: Path
) -> None:
    (tmp_path / "occupe").write_text("fichier", encoding="utf-8")
    with pytest.raises(RefusedError, match="n’a pas pu être écrit"):
        documents.print_sheet(interview, tmp_path / "occupe" / "synthese.pdf")
    assert services.cases.interviews.get(interview).documents == ()


def test_four_real_places_and_the_whole_catalogue_stand_on_two_pages(
    services: Services, documents: Documents, interview: str, tmp_path: Path
) -> None:
    for code in ("77327", "77159"):
        services.cases.interviews.add_place(interview, code)
    content = documents.content(interview)
    assert len(content.places) == 4
    made = documents.print_sheet(interview, tmp_path / "synthese.pdf")
    assert len(PdfReader(made.sheet).pages) == 2
    text = text_of(made.sheet.read_bytes())
    for aid in (*content.eligible, *content.to_verify):
        assert " ".join(aid.title.split()) in text
    for aid in content.eligible:
        assert " ".join(aid.amount.split()) in text
    assert content.pack.version in text
