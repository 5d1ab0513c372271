"""What every room's tests may ask for: the full pack, built once from the official files."""

import os
from pathlib import Path

import pytest

from advisor.config import Home
from advisor.reference.full_build import build_full
from advisor.reference.installation import install

WITHOUT = "ADVISOR_OPENDATA n’est pas défini : ce test demande le référentiel complet"


@pytest.fixture(scope="session")
def opendata() -> Path:
    """Return the folder of official files; skips, counted, when it is not named."""
    named = os.environ.get("ADVISOR_OPENDATA", "")
    if not named:
        pytest.skip(WITHOUT)
    return Path(named)


@pytest.fixture(scope="session")
def full_pack_file(opendata: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the full pack as one file, signed by the key of :func:`full_home`'s home."""
    folder = tmp_path_factory.mktemp("full")
    build_full(opendata, folder / "full.pack", Home(folder / "home").create())
    return folder / "full.pack"


@pytest.fixture(scope="session")
def full_home(full_pack_file: Path) -> Path:
    """Return a home where the full pack is installed; nobody writes cases in it."""
    home = Home(full_pack_file.parent / "home")
    install(home, full_pack_file)
    return home.root
