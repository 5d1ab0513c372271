from pathlib import Path

import pytest

from advisor.config import data_folder
from advisor.domain.cases.profile_fields import FIELDS
from advisor.domain.paper.steps import countdown
from advisor.errors import BadDataError
from advisor.reference.files.step_files import load_steps

GOOD = """- id: un
  day: -30
  who: Ordre
  what: Faire
  source: {document: Guide, confidence: B, read_on: 2026-11-22}
"""


def test_the_shipped_steps_are_read_with_their_sources() -> None:
    steps = load_steps(data_folder() / "steps")
    assert len(steps) > 25
    assert all(one.source.document and one.source.read_on for one in steps)
    assert len({one.id for one in steps}) == len(steps)


def test_the_shipped_steps_name_only_known_professions_and_statuses() -> None:
    professions = {code for code, _ in FIELDS["profession"].choices}
    statuses = {code for code, _ in FIELDS["status"].choices}
    for one in load_steps(data_folder() / "steps"):
        assert set(one.professions) <= professions
        assert {*one.statuses, *one.not_statuses} <= statuses


@pytest.mark.parametrize("profession", [code for code, _ in FIELDS["profession"].choices])
def test_every_profession_has_a_countdown_from_before_to_after(profession: str) -> None:
    days = [
        one.day for one in countdown(load_steps(data_folder() / "steps"), profession, "remplacant")
    ]
    dated = [day for day in days if day is not None]
    assert min(dated) == -90
    assert max(dated) >= 30


def test_a_student_is_not_told_to_open_a_practice() -> None:
    kept = countdown(load_steps(data_folder() / "steps"), "medecin_generaliste", "etudiant")
    assert kept
    assert all(one.day is None for one in kept)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: un\n  who: Ordre\n", "il manque source, what"),
        (GOOD + GOOD, "écrite deux fois"),
        (GOOD.replace("-30", "bientôt"), "nombre de jours entier"),
        (GOOD + "  couleur: bleu\n", "champ inconnu couleur"),
        (GOOD.replace("confidence: B", "confidence: D"), "A, B ou C"),
        (GOOD.replace("document: Guide, ", ""), "document et confidence"),
        (GOOD + "  documents: diplôme\n", "liste de textes"),
        ("id: un\n", "liste de démarches"),
        ("- {id: un\n", "YAML lisible"),
        ("- un\n", "une démarche est attendue"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_line(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "casse.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadDataError, match=said) as refused:
        load_steps(tmp_path)
    assert refused.value.file.endswith("casse.yaml")
    assert refused.value.line
