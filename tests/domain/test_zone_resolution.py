"""The rules themselves, on small zonings made for them."""

from dataclasses import replace
from datetime import date

from advisor.domain.places.place import Commune, PlaceKind
from advisor.domain.sourced import Confidence, Period, Source
from advisor.domain.zones.resolution import codes_asked, zones_at
from advisor.domain.zones.zoning import Membership, Territory, TerritoryKind, ZoneLine, Zoning

SOURCE = Source("acte", "L1")
DOCTOR = "medecin_generaliste"
TOWN = Commune("93001", "Aubervilliers", "93", "11")
DAY = date(2024, 1, 1)


def unit(
    identifier: str, kind: TerritoryKind, *codes: str, partial: bool = False, complete: bool = True
) -> Territory:
    members = tuple(Membership(code, partial=partial) for code in codes)
    return Territory(identifier, kind, identifier, "93", members, complete=complete)


def line(
    zone_class: str, identifier: str, kind: TerritoryKind, *codes: str, partial: bool = False
) -> ZoneLine:
    return ZoneLine(unit(identifier, kind, *codes, partial=partial), zone_class, SOURCE)


def act(*lines: ZoneLine, first: date = date(2022, 1, 1), last: date | None = None) -> Zoning:
    return Zoning(
        id=f"essai-{first}",
        title="Essai",
        professions=(DOCTOR,),
        departements=("93",),
        legal_act="acte",
        period=Period(first, last),
        source=SOURCE,
        confidence=Confidence.OFFICIAL,
        lines=lines,
        why_unknown="Liste incomplète.",
        classes=("ZIP", "ZAC", "HZ"),
    )


QUARTER = line("ZIP", "QN09301", TerritoryKind.QPV, "93001", partial=True)
COMMUNE = line("ZAC", "93001", TerritoryKind.COMMUNE, "93001")
BASIN = line("HZ", "bassin", TerritoryKind.TVS, "93001")


def test_the_commune_wins_over_the_larger_unit() -> None:
    found = zones_at(TOWN, DAY, [act(BASIN, COMMUNE)], DOCTOR)
    assert [(entry.zone_class, entry.partial) for entry in found.zones] == [("ZAC", False)]


def test_the_larger_unit_answers_when_nothing_smaller_does() -> None:
    found = zones_at(TOWN, DAY, [act(BASIN)], DOCTOR)
    assert [entry.zone_class for entry in found.zones] == ["HZ"]


def test_a_quarter_of_another_class_is_an_extra_partial_entry() -> None:
    found = zones_at(TOWN, DAY, [act(BASIN, COMMUNE, QUARTER)], DOCTOR)
    assert [(e.zone_class, e.partial) for e in found.zones] == [("ZAC", False), ("ZIP", True)]
    entry = found.class_for(DOCTOR)
    assert entry is not None
    assert entry.zone_class == "ZAC"


def test_a_quarter_of_the_same_class_adds_nothing() -> None:
    same = replace(QUARTER, zone_class="ZAC")
    assert len(zones_at(TOWN, DAY, [act(COMMUNE, same)], DOCTOR).zones) == 1


def test_the_quarter_named_by_the_profile_answers_alone() -> None:
    found = zones_at(TOWN, DAY, [act(COMMUNE, QUARTER)], DOCTOR, qpv="qn09301")
    assert [(entry.zone_class, entry.partial) for entry in found.zones] == [("ZIP", False)]


def test_a_quarter_not_held_leaves_the_communes_class_and_says_so() -> None:
    found = zones_at(TOWN, DAY, [act(COMMUNE)], DOCTOR, qpv="QN09999")
    assert found.zones[0].zone_class == "ZAC"
    assert "QN09999" in found.zones[0].remarks[-1]


def test_hors_zonage_is_said_only_where_the_list_is_complete() -> None:
    incomplete = act()
    complete = replace(incomplete, complete_departements=("93",), default_class="HZ")
    elsewhere = replace(incomplete, complete_departements=("92",), default_class="HZ")
    assert zones_at(TOWN, DAY, [complete], DOCTOR).zones[0].zone_class == "HZ"
    assert zones_at(TOWN, DAY, [incomplete], DOCTOR).why_unknown(DOCTOR) == "Liste incomplète."
    assert zones_at(TOWN, DAY, [elsewhere], DOCTOR).why_unknown(DOCTOR) == "Liste incomplète."


def test_an_act_runs_until_the_eve_of_the_next_one() -> None:
    later = act(replace(COMMUNE, zone_class="ZIP"), first=date(2025, 6, 1))
    both = [later, act(COMMUNE)]
    before = zones_at(TOWN, date(2025, 5, 31), both, DOCTOR).zones[0]
    after = zones_at(TOWN, date(2025, 6, 1), both, DOCTOR).zones[0]
    assert (before.zone_class, before.valid_to) == ("ZAC", date(2025, 5, 31))
    assert (after.zone_class, after.valid_to) == ("ZIP", None)


def test_after_the_end_of_the_last_act_the_class_is_unknown_and_the_day_is_told() -> None:
    ended = act(COMMUNE, last=date(2023, 6, 30))
    assert "30/06/2023" in zones_at(TOWN, DAY, [ended], DOCTOR).why_unknown(DOCTOR)


def test_an_act_whose_list_is_not_held_ends_the_one_before() -> None:
    not_held = replace(act(first=date(2023, 1, 1)), held=False)
    found = zones_at(TOWN, DAY, [act(COMMUNE), not_held], DOCTOR)
    assert not found.zones
    assert found.why_unknown(DOCTOR) == "Liste incomplète."


def test_a_department_not_covered_is_unknown() -> None:
    far = replace(TOWN, code="38185", departement="38")
    assert "département 38" in zones_at(far, DAY, [act(COMMUNE)], DOCTOR).why_unknown(DOCTOR)


def former(ended: date) -> Commune:
    return Commune(
        "93059", "Ancienne", "93", "11", PlaceKind.DELEGATED, parent="93001", ended=ended
    )


def test_a_former_commune_named_by_the_act_answers_for_itself_even_afterwards() -> None:
    own = line("ZIP", "93059", TerritoryKind.COMMUNE, "93059")
    found = zones_at(former(date(2023, 1, 1)), DAY, [act(COMMUNE, own)], DOCTOR)
    assert found.zones[0].zone_class == "ZIP"
    assert codes_asked(former(date(2023, 1, 1))) == ("93059", "93001")


def test_a_former_commune_that_existed_and_was_left_out_is_hors_zonage() -> None:
    complete = replace(act(COMMUNE), complete_departements=("93",), default_class="HZ")
    assert zones_at(former(date(2023, 1, 1)), DAY, [complete], DOCTOR).zones[0].zone_class == "HZ"


def test_a_commune_that_had_ceased_before_the_act_takes_the_class_of_the_one_around_it() -> None:
    complete = replace(act(COMMUNE), complete_departements=("93",), default_class="HZ")
    entry = zones_at(former(date(2019, 1, 1)), DAY, [complete], DOCTOR).zones[0]
    assert entry.zone_class == "ZAC"
    assert "contient Ancienne depuis le 01/01/2019" in entry.remarks[-1]


def test_a_unit_of_unknown_composition_gives_nothing_to_what_its_commune_took_over() -> None:
    loose = ZoneLine(
        unit("canton", TerritoryKind.PSEUDO_CANTON, "93001", complete=False), "ZIP", SOURCE
    )
    found = zones_at(former(date(2019, 1, 1)), DAY, [act(loose)], DOCTOR)
    assert found.why_unknown(DOCTOR) == "Liste incomplète."


def test_an_arrondissement_takes_the_class_of_its_city_when_it_has_none() -> None:
    part = Commune("93801", "1er", "93", "11", PlaceKind.ARRONDISSEMENT, parent="93001")
    assert zones_at(part, DAY, [act(COMMUNE)], DOCTOR).zones[0].zone_class == "ZAC"


def test_fiscal_zonings_answer_beside_the_professions_and_not_for_one_of_them() -> None:
    fiscal = replace(act(replace(COMMUNE, zone_class="zrr")), professions=(), scheme="zrr")
    everyone = zones_at(TOWN, DAY, [fiscal])
    assert [(e.scheme, e.zone_class, e.profession) for e in everyone.zones] == [("zrr", "zrr", "")]
    assert not zones_at(TOWN, DAY, [fiscal], DOCTOR).zones
