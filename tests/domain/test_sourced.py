"""A source is told by the name its readers know and the lines looked at, never by a file."""

import pytest

from advisor.domain.paper.territory_values import unit_of
from advisor.domain.sourced import Source


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            Source("sros-ambulatoire-idf-2012.txt", "L880-1026"),
            "SROS ambulatoire Île-de-France 2012, lignes 880-1026",
        ),
        (Source("Protocole", "L266, L270"), "Protocole, lignes 266, 270"),
        (Source("Convention", "L918"), "Convention, ligne 918"),
        (Source("CGCT", "art. L1511-8"), "CGCT, art. L1511-8"),
        (Source("CPAM", "(table.csv, ligne 3)"), "CPAM (table.csv, ligne 3)"),
        (Source("Insee"), "Insee"),
    ],
)
def test_a_source_is_told_in_words(source: Source, told: str) -> None:
    assert source.told == told


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (0.94, "installations pour 1 cessation", " installation pour 1 cessation"),
        (2.7, "installations pour 1 cessation", " installations pour 1 cessation"),
        (1.0, "médecins", " médecin"),
        (77, "pour 100 000 habitants", " pour 100 000 habitants"),
        (26, "%", ""),
        (None, "médecins", ""),
    ],
)
def test_a_unit_agrees_with_its_value(value: float | None, unit: str, told: str) -> None:
    assert unit_of(value, unit) == told
