"""What is listed against what is printed: exactly the discrepancies known, no other."""

from advisor.domain.zones.counts import communes_listed, discrepancies, lines_counted

from .zone_answers import zoning, zonings

THIN = "\u202f"
OVER_THE_CAP = f"7,3{THIN}% de la population pour un plafond de 7{THIN}%"
KNOWN = {
    "medecins-2012-05-25": (
        f"zone déficitaire{THIN}: 27 territoires dans la liste, 29 dans le texte (ligne 3716)",
    ),
    "medecins-2015-03-01": (
        f"zone déficitaire{THIN}: {OVER_THE_CAP} (lignes 888-890)",
        f"zone fragile{THIN}: 73 territoires dans la liste, 74 dans le texte (lignes 892-894)",
    ),
}


def test_only_the_known_discrepancies_stand_between_the_lists_and_the_texts() -> None:
    found = {one.id: discrepancies(one) for one in zonings()}
    assert {name: gaps for name, gaps in found.items() if gaps} == KNOWN


def test_the_totals_of_march_2015_are_held_as_printed() -> None:
    totals = {c.zone_class: c for c in zoning("medecins-2015-03-01").printed if not c.departement}
    short, weak = totals["deficitaire"], totals["fragile"]
    assert (short.territories, short.communes, short.quarters) == (29, 258, 2)
    assert (short.population, short.share, short.cap) == (868_101, 7.3, 7)
    assert (weak.territories, weak.communes, weak.quarters) == (74, 401, 11)
    assert (weak.population, weak.share) == (2_709_011, 22.9)


def test_the_totals_of_the_other_professions_are_held_as_printed() -> None:
    printed = {
        (name, count.zone_class): (count.territories, count.communes)
        for name in (
            "infirmiers-2012-05-25",
            "masseurs-kinesitherapeutes-2012-07-17",
            "sages-femmes-2012-09-16",
        )
        for count in zoning(name).printed
        if not count.departement
    }
    assert printed["infirmiers-2012-05-25", "tres_sous_dotee"] == (5, 28)
    assert printed["infirmiers-2012-05-25", "sur_dotee"] == (12, 60)
    assert printed["masseurs-kinesitherapeutes-2012-07-17", "tres_sous_dotee"] == (5, 28)
    assert printed["masseurs-kinesitherapeutes-2012-07-17", "sous_dotee"] == (12, 80)
    assert printed["masseurs-kinesitherapeutes-2012-07-17", "sur_dotee"] == (0, None)
    assert printed["sages-femmes-2012-09-16", "sans_sage_femme"] == (3, 119)
    assert printed["sages-femmes-2012-09-16", "tres_sous_dotee"] == (4, 242)
    assert printed["sages-femmes-2012-09-16", "sous_dotee"] == (4, 172)


def test_no_unit_of_2012_or_2015_is_filled_beyond_what_is_printed() -> None:
    for one in zonings():
        for count in one.printed:
            if one.held and count.communes is not None:
                assert communes_listed(lines_counted(one, count)) < count.communes
