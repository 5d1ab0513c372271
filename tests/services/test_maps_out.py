"""The maps that leave, made from the real starter pack by the real services."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from advisor.config import Home
from advisor.domain.cases.appointment import Permanence
from advisor.domain.paper.map_content import MapContent
from advisor.services.map import MapService
from advisor.services.maps_out import MapsOut
from advisor.services.reference import Reference

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 22)
DEUX_MORIN = "200072544"


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    """Return the starter reference of an empty home."""
    opened = Reference(Home(tmp_path_factory.mktemp("maps")).create())
    yield opened
    opened.close()


@pytest.fixture
def maps(reference: Reference) -> MapsOut:
    """Return the maps that leave this reference, on a known day."""
    return MapsOut(MapService(reference), lambda: NOW)


def shown(content: MapContent, theme: str, code: str) -> tuple[str, str]:
    """Return what a theme says of a commune: its letters and its words."""
    one = next(each for each in content.themes if each.title.startswith(theme))
    rank = next(at for at, place in enumerate(content.places) if place.code == code)
    return one.legend[one.classes[rank]].letters, one.texts[rank]


def test_the_map_of_the_region_says_the_zones_of_today_and_of_each_earlier_act(
    maps: MapsOut,
) -> None:
    content = maps.content("reg:11")
    titles = [one.title for one in content.themes]
    assert titles[0] == "Zones des médecins généralistes au 22/11/2026"
    for told in ("01/03/2015", "Zones des infirmiers au 25/05/2012", "Population", "Densité"):
        assert any(told in title for title in titles)
    assert shown(content, "Zones des médecins généralistes au 22/11/2026", "77379")[0] == "ZIP"
    assert shown(content, "Zones des médecins généralistes au 01/03/2015", "77379")[0] == "FRA"
    assert "30 mars 2022" in content.themes[0].act
    assert "30/03/2022" in content.themes[0].act


def test_a_class_that_is_not_known_is_never_shown_as_outside_the_zones(maps: MapsOut) -> None:
    content = maps.content("reg:11")
    letters, words = shown(content, "Zones des infirmiers au 25/05/2012", "77379")
    assert letters == "?"
    assert words.startswith("classe non connue")


def test_the_first_theme_is_the_profession_s_own(maps: MapsOut) -> None:
    content = maps.content("reg:11", profession="infirmier")
    assert content.themes[0].title.startswith("Zones des infirmiers")


def test_sessions_and_candidate_places_are_marked(maps: MapsOut, tmp_path: Path) -> None:
    session = Permanence("p1", "77", DAY, "Melun, mairie", time(9), time(12))
    out = tmp_path / "carte.html"
    content = maps.web_map(out, "reg:11", candidates=("77379", "77327"), sessions=(session,))
    layers = {one.title: one for one in content.layers}
    assert len(layers["Permanences d’aide à l’installation"].spots) == 1
    assert len(layers["Lieux envisagés"].spots) == 2
    opened = layers["Maisons de santé (MSP)"].spots
    paris = next(one for one in opened if one.name.startswith("MSP du 19e"))
    assert paris.lines[1].startswith("installée depuis octobre 2011 (source")
    assert all(one.lines[-1].count("source") == 1 for one in opened)
    page = out.read_text(encoding="utf-8")
    assert "Provins" in page
    assert content.notice in page
    assert len(page.encode()) < 3_000_000


def test_a_territory_gets_three_maps_of_one_theme(maps: MapsOut, reference: Reference) -> None:
    epci = reference.epci(DEUX_MORIN)
    communes = [reference.commune(code) for code in epci.members]
    situation, zones, people = maps.territory_maps(epci.name, communes, DAY)
    assert {len(one.themes) for one in (situation, zones, people)} == {1}
    assert situation.themes[0].legend[0].count.startswith("31 communes")
    assert len(zones.places) == len(people.places) == 31
    assert zones.themes[0].title == "Zones des médecins généralistes au 22/11/2026"


def test_a_territory_whose_communes_are_not_held_gets_its_departement_and_says_so(
    maps: MapsOut,
) -> None:
    zones, people = maps.territory_maps("Isère", (), DAY, "38")
    assert zones.places == people.places
    assert "ne sont pas dans ce référentiel" in zones.notice
    assert maps.territory_maps("Nulle part", (), DAY) == ()


def test_a_territory_of_one_commune_is_shown_among_its_neighbours_under_a_star(
    maps: MapsOut, reference: Reference
) -> None:
    beauchamp = reference.commune("95051")
    situation, zones, people = maps.territory_maps("Beauchamp", [beauchamp], DAY, "95")
    for one in (zones, people):
        west, south, east, north = one.extent
        assert east - west > 20_000
        assert north - south >= 14_000
        assert {"95051", "95219"} <= {place.code for place in one.places}
        assert one.layers[-1].title == "Beauchamp, le territoire étudié"
        assert [spot.name for spot in one.layers[-1].spots] == ["Beauchamp"]
        assert "autour du territoire" in one.notice
    assert situation.themes[0].legend[0].count.startswith("1 commune")


def test_a_city_is_drawn_by_its_arrondissements(maps: MapsOut, reference: Reference) -> None:
    paris = reference.commune("75056")
    situation, zones, _ = maps.territory_maps("Paris", [paris], DAY, "75")
    assert len(zones.places) == 20
    assert "ne sont pas dans ce référentiel" not in zones.notice
    assert situation.themes[0].legend[0].count.startswith("20 communes")
