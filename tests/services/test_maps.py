"""Maps of the shipped reference: what is known, what is not, what changed, checked by hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from advisor.config import Home
from advisor.domain.maps.comparison import Comparison
from advisor.domain.maps.layers import UNKNOWN, LayerKind, MapScene, MarkKind
from advisor.domain.zones.marks import Pattern
from advisor.services.all_services import Services
from advisor.services.map import MapService
from advisor.services.reference import Reference

GP = "medecin_generaliste"
IN_2012, IN_2015, IN_2022 = date(2012, 5, 25), date(2015, 3, 1), date(2022, 3, 30)


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MapService]:
    reference = Reference(Home(Path(tmp_path_factory.mktemp("maps"))).create())
    yield MapService(reference)
    reference.close()


@pytest.fixture(scope="module")
def region(maps: MapService) -> MapScene:
    return maps.scene("reg:11")


def figures(comparison: Comparison, *, second: bool) -> dict[str, tuple[object, ...]]:
    at = comparison.second if second else comparison.first
    return {
        one.entry.key: (
            one.communes,
            one.population,
            one.printed.territories if one.printed else None,
            one.printed.communes if one.printed else None,
            one.printed.population if one.printed else None,
            one.printed.share if one.printed else None,
            one.printed.locator if one.printed else None,
        )
        for one in at.classes
    }


def test_the_starter_map_says_that_it_is_schematic(region: MapScene) -> None:
    assert region.schematic
    assert "schématique" in region.statement
    assert "départements dessinés à grands traits" in region.statement
    assert {one.code for one in region.borders} == {"75", "77", "78", "91", "92", "93", "94", "95"}
    assert all(place.outline is None for place in region.places)


def test_paris_is_shown_by_its_arrondissements_and_every_place_is_inside_the_map(
    region: MapScene,
) -> None:
    codes = {place.code for place in region.places}
    assert "75056" not in codes
    assert {f"751{at:02}" for at in range(1, 21)} <= codes
    west, south, east, north = region.bounds
    assert all(west < one.x < east and south < one.y < north for one in region.places)


def test_what_is_not_known_has_no_class_and_never_that_of_out_of_zone(
    maps: MapService, region: MapScene
) -> None:
    layer = maps.layer(region, LayerKind.ZONES, GP, IN_2015)
    assert layer.key_of("77379") == "fragile"  # Provins, named by the list of 2015 (L932)
    for code in ("77014", "78646"):  # Avon and Versailles: their units' communes are not printed
        assert layer.key_of(code) == UNKNOWN
        assert "classe non connue" in layer.told(code)
    unknown = layer.entry(UNKNOWN)
    assert unknown.pattern is Pattern.UNKNOWN
    assert "non connu" in unknown.label
    assert layer.entries[-1].key == UNKNOWN
    assert layer.key_of("92062") == "hors_zonage"  # Puteaux: the list of 92 is complete


def test_the_act_of_2018_is_offered_though_its_list_is_not_held(
    maps: MapService, region: MapScene
) -> None:
    acts = maps.acts(region, GP)
    assert [one.period.first for one in acts][:1] == [IN_2022]
    layer = maps.layer(region, LayerKind.ZONES, GP, date(2018, 3, 1))
    assert not layer.keys
    assert [one.key for one in layer.entries] == [UNKNOWN]
    assert "37" in " ".join(layer.notes)


def test_the_figures_of_the_region_are_the_printed_totals_with_their_line(
    maps: MapService, region: MapScene
) -> None:
    """SROS L3716, L888-894; note of rules §1.1: never a sum over the communes held."""
    early = maps.compare(region, GP, IN_2012, IN_2015)
    assert not early.first.counted
    assert not early.second.counted
    assert figures(early, second=False)["deficitaire"] == (
        None, None, 29, None, None, None, "L3716",
    )  # fmt: skip
    assert figures(early, second=True)["deficitaire"] == (
        None, None, 29, 258, 868_101, 7.3, "L888-890",
    )  # fmt: skip
    assert figures(early, second=True)["fragile"] == (
        None, None, 74, 401, 2_709_011, 22.9, "L892-894",
    )  # fmt: skip
    late = maps.compare(region, GP, IN_2015, IN_2022)
    told = figures(late, second=True)
    assert told["ZIP"][4:6] == (7_600_000, 62.4)
    assert told["ZAC"][4:6] == (4_100_000, 33.9)
    assert "rien n’est donc additionné" in late.second.why


def test_a_departement_listed_commune_by_commune_is_counted(maps: MapService) -> None:
    """SROS L968-1003: 92 has two communes fragiles; 94 has Orly, and seven territories of nine."""
    hauts_de_seine = maps.compare(maps.scene("dep:92"), GP, IN_2015, IN_2022)
    assert hauts_de_seine.first.counted
    counted = figures(hauts_de_seine, second=False)
    assert counted["deficitaire"][:3] == (0, 0, 0)
    assert counted["fragile"][0] == 2
    assert counted["hors_zonage"][0] == 34
    val_de_marne = maps.scene("dep:94")
    counted = figures(maps.compare(val_de_marne, GP, IN_2015, IN_2022), second=False)
    assert (counted["deficitaire"][0], counted["deficitaire"][2]) == (1, 1)
    assert counted["fragile"][0] == 9
    assert counted["fragile"][2] == 7
    orly = next(one for one in val_de_marne.places if one.code == "94054")
    assert counted["deficitaire"][1] == orly.population


def test_a_commune_absorbed_since_with_another_class_stops_the_counting(maps: MapService) -> None:
    """Pierrefitte-sur-Seine, déficitaire in 2015, is in Saint-Denis, fragile, since 2025."""
    comparison = maps.compare(maps.scene("dep:93"), GP, IN_2015, IN_2022)
    assert not comparison.first.counted
    assert "Pierrefitte-sur-Seine" in comparison.first.why
    told = figures(comparison, second=False)
    assert told["deficitaire"] == (None, None, 9, None, None, None, "L972")
    assert told["fragile"] == (None, None, 9, None, None, None, "L972")
    assert comparison.second.counted
    assert figures(comparison, second=True)["ZIP"][0] == 37


def test_what_changed_is_told_place_by_place(maps: MapService, region: MapScene) -> None:
    comparison = maps.compare(region, GP, IN_2015, IN_2022)
    layer = comparison.layer
    assert layer.key_of("77379") == "plus"  # Provins: fragile, then ZIP
    assert "zone fragile (2015) → zone d’intervention prioritaire (ZIP) (2022)" in layer.told(
        "77379"
    )
    assert layer.key_of("77014") == UNKNOWN
    assert sum(move.places for move in comparison.moves) == comparison.known
    assert comparison.known < comparison.places


def test_population_density_and_supply_say_what_they_are(
    maps: MapService, region: MapScene
) -> None:
    day = IN_2022
    people = maps.layer(region, LayerKind.POPULATION, GP, day)
    assert people.told("77379") == "11\u202f632 habitants"
    assert people.key_of("77379") == "10000"
    density = maps.layer(region, LayerKind.DENSITY, GP, day)
    assert density.key_of("93008") == "GC"
    supply = maps.layer(region, LayerKind.SUPPLY, GP, day)
    assert "69,8" in supply.told("93008")
    assert supply.key_of("77379") == UNKNOWN
    nothing = maps.layer(region, LayerKind.SUPPLY, "orthoptiste", day)
    assert not nothing.keys
    assert "n’est pas dans ce référentiel" in nothing.notes[0]


def test_structures_stand_in_their_commune_and_quarters_not_held_are_said(
    maps: MapService, region: MapScene
) -> None:
    held = maps.structures(region)
    assert {mark.kind for mark in held.marks} == {MarkKind.STRUCTURE}
    assert "sans commune connue" in held.missing
    assert "ne sont pas dans ce référentiel" in maps.quarters(region).missing


@pytest.mark.parametrize(
    ("place", "departement", "code"),
    [
        ("Melun, mairie", "77", "77288"),
        ("Bobigny", "93", "93008"),
        ("Salle des fêtes", "77", None),
        ("Melun", "93", None),
    ],
)
def test_a_session_is_placed_by_the_commune_it_names(
    maps: MapService, place: str, departement: str, code: str | None
) -> None:
    found = maps.locate(place, departement)
    assert (found.code if found else None) == code


def test_the_card_says_act_supply_structures_and_what_is_missing(maps: MapService) -> None:
    card = maps.card("77379", GP, IN_2022)
    entry = card.zones.class_for(GP)
    assert entry is not None
    assert (entry.zone_class, entry.legal_act) == (
        "ZIP",
        "Arrêté de l’ARS Île-de-France du 30 mars 2022",
    )
    assert card.supply == ""
    assert card.quarters is None


@pytest.mark.parametrize("day", [IN_2012, IN_2015, IN_2022, date(2026, 11, 22)])
@pytest.mark.parametrize("profession", [GP, "infirmier", "sage_femme"])
def test_each_place_has_the_class_it_has_when_asked_alone(
    maps: MapService, region: MapScene, profession: str, day: date
) -> None:
    """Places named alike share one reading: it must never change a class or its reason."""
    layer = maps.layer(region, LayerKind.ZONES, profession, day)
    for place in region.places:
        alone = maps.card(place.code, profession, day).zones
        entry = alone.class_for(profession)
        assert layer.key_of(place.code) == (entry.zone_class if entry else UNKNOWN)
        if entry is None:
            assert alone.why_unknown(profession) in layer.told(place.code)


def test_a_comparison_with_today_dates_the_act_and_not_the_day_it_is_read(
    maps: MapService,
) -> None:
    compared = maps.compare(maps.scene("dep:93"), GP, IN_2015, date(2026, 11, 22))
    assert compared.second.day == date(2026, 11, 22)
    assert compared.layer.day == IN_2022


def test_an_official_table_of_apl_brought_in_becomes_the_supply_of_doctors(tmp_path: Path) -> None:
    services = Services(Home(tmp_path / "home").create())
    table = tmp_path / "apl.csv"
    table.write_text("CODGEO;APL\n77379;1,42\n77014;3,1\n77288;4,8\n", encoding="utf-8")
    mapping = {
        "territory": "CODGEO", "kind": "commune", "year": 2023, "source": "DREES, APL 2023",
        "columns": [{"column": "APL", "id": "apl_mg"}],
    }  # fmt: skip
    before = services.maps.card("77379", GP, IN_2022).supply
    services.indicators.accept(services.indicators.read(table, mapping))
    scene = services.maps.scene("dep:77")
    layer = services.maps.layer(scene, LayerKind.SUPPLY, GP, IN_2022)
    assert [layer.key_of(code) for code in ("77379", "77014", "77288")] == ["<1,5", "2,5", "4,5"]
    assert layer.key_of("77131") == UNKNOWN
    assert (layer.source, "2023" in layer.title) == ("DREES, APL 2023", True)
    assert {one.key: one.places for one in layer.entries}["<1,5"] == 1
    said = services.maps.card("77379", GP, IN_2022).supply
    assert before == ""
    assert said.startswith("APL\u202f: 1,42 consultations par an et par habitant (2023)")
    assert "DREES, APL 2023" in said
    nurses = services.maps.layer(scene, LayerKind.SUPPLY, "infirmier", IN_2022)
    assert "APL" not in nurses.title
    services.close()
