"""Territorial records say their kinds, fields and values in French, like the others."""

import pytest

from advisor.domain.cases.field_words import Shape, field_words, form_of, kind_words, value_words


def test_the_records_of_a_diagnostic_are_named() -> None:
    kinds = ("diagnostic", "step", "participant", "note", "meeting", "measure")
    assert "saisie" not in {kind_words(f"territory_{one}") for one in kinds}
    assert kind_words("territory_diagnostic", 2) == "diagnostics territoriaux"


@pytest.mark.parametrize(
    ("entity", "name", "value", "said"),
    [
        ("territory_step", "state", "en_cours", "en cours"),
        ("territory_step", "due", "2026-12-01", "01/12/2026"),
        ("territory_meeting", "kind", "restitution", "Restitution"),
        ("territory_measure", "state", "decidee", "décidée"),
        ("territory_diagnostic", "chosen_by", "epci", "intercommunalité"),
        ("territory_diagnostic", "hypotheses", {"pace": 1.2}, "rythme d’installation\u202f: 1.2"),
    ],
)
def test_their_values_are_said_as_a_reader_sees_them(
    entity: str, name: str, value: object, said: str
) -> None:
    assert value_words(entity, name, value) == said


def test_a_field_means_what_its_record_means() -> None:
    assert field_words("territory_meeting", "kind") == "nature"
    assert field_words("outcome", "kind") == "issue"
    assert field_words("territory_step", "note") == "remarque"
    assert form_of("territory_note", "text", "a", "b").shape is Shape.TEXT
    assert form_of("territory_meeting", "attendance", 3, 4).shape is Shape.WHOLE
    assert form_of("territory_measure", "follows", "x", "y").shape is Shape.KEPT
