"""Case services on a real ciphered home, with three communes that have names."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisor.config import Home
from advisor.errors import NotFoundError
from advisor.services.cases import Cases
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import open_vault

COMMUNES = {
    "77288": "Melun",
    "77186": "Fontainebleau",
    "77284": "Meaux",
    "77305": "Montereau-Fault-Yonne",
    "77379": "Provins",
}


def name_of(code: str) -> str:
    if code not in COMMUNES:
        raise NotFoundError(f"Aucune commune ne porte le code {code}.")
    return COMMUNES[code]


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[Cases]:
    started = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
    ticks = iter(range(1, 1_000_000))
    around = Surroundings(
        now=lambda: started + timedelta(seconds=next(ticks)),
        cost=FLOOR,
    )
    vault = open_vault(Home(tmp_path / "home"), "quatre mots sans lien", around=around)
    opened = Cases(vault, pack_version=lambda: "pack-2026", name_of=name_of)
    opened.identity.sign_in("Camille Exemple", "URPS")
    yield opened
    opened.close()


@pytest.fixture
def interview(cases: Cases) -> str:
    booking = {
        "departement": "77",
        "date": "2026-03-10",
        "heure": "09:30",
        "nom": "Exemple",
        "prenom": "Alix",
        "profession": "médecin généraliste",
    }
    return cases.interviews.new(booking, {"sector": "1"}, ["77288"]).id
