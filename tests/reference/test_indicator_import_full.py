"""Imported tables on the full pack: départements, régions and France added up from communes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from advisor.config import Home
from advisor.services.indicators import Indicators
from advisor.services.reference import Reference
from advisor.services.territories import Territories

DAY = date(2026, 11, 22)
MAPPING = {
    "territory": "CODGEO",
    "year": 2023,
    "source": "essai",
    "columns": {"MG": "nombre_mg_liberaux", "TPS": "temps_acces_mg"},
}


@pytest.fixture
def reference(full_home: Path) -> Iterator[Reference]:
    made = Reference(Home(full_home))
    yield made
    made.close()


@pytest.fixture
def shelf(tmp_path: Path, reference: Reference) -> Iterator[Indicators]:
    made = Indicators(Home(tmp_path / "home"), reference)
    yield made
    made.close()


def test_a_table_of_all_communes_gives_departement_region_and_france(
    reference: Reference, shelf: Indicators, tmp_path: Path
) -> None:
    """Two doctors and ten minutes everywhere: twice as many doctors as communes, ten minutes."""
    communes = [one.code for one in reference.communes() if not one.parent]
    body = "".join(f"{code};2;10\n" for code in communes)
    file = tmp_path / "france.csv"
    file.write_text("CODGEO;MG;TPS\n" + body, encoding="utf-8")
    draft = shelf.read(file, MAPPING, today=DAY)
    assert (draft.accepted, draft.rejected) == (len(communes), ())
    shelf.accept(draft)
    territories = Territories(reference, shelf)
    found = territories.diagnose(territories.of_epci("200077014"), DAY)
    doctors, journey = found.row("nombre_mg_liberaux"), found.row("temps_acces_mg")
    assert doctors is not None
    assert journey is not None
    assert doctors.territory.value == 60
    isere = [one for one in reference.communes(departement="38") if one.population]
    there = list(doctors.values.values())
    assert there[1].value == 2 * 512
    assert "1 autre valeur pour la même année" in there[1].how  # the deck prints 1 153
    assert there[2].value == 2 * _inhabited(reference, "84")
    assert [one.value for one in journey.values.values()] == pytest.approx([10] * 4)
    assert len(isere) == 512


def _inhabited(reference: Reference, region: str) -> int:
    places = reference.communes()
    return sum(one.region == region and bool(one.population) and not one.parent for one in places)


def test_a_bassin_de_vie_is_a_territory(reference: Reference, shelf: Indicators) -> None:
    territories = Territories(reference, shelf)
    ((code, name),) = territories.bassins("77379")
    found = territories.of_bassin(code)
    assert (found.name, found.code) == (name, code)
    assert "77379" in found.codes
    assert found.population().people


def test_every_epci_of_isere_is_whole_with_its_communes(
    reference: Reference, shelf: Indicators
) -> None:
    territories = Territories(reference, shelf)
    for example in territories.examples():
        found = territories.of_example(example.id)
        if example.kind.value == "epci":
            assert found.whole, example.name
            people = found.population().people
            assert people == example.population, example.name


def test_a_departement_studied_in_a_source_is_whole_with_its_communes(
    reference: Reference, shelf: Indicators
) -> None:
    territories = Territories(reference, shelf)
    found = territories.diagnose(territories.of_example("isere"), DAY)
    assert found.territory.whole
    assert len(found.territory.communes) == 512
    assert (found.population.people or 0) > 1_200_000
    told = found.row("installations_mg")
    assert told is not None
    assert told.territory.value == 366
