"""What every room's tests may ask for: an empty home, and the full pack, built once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.config import Home
from advisor.reference.build.full_build import BuildReport, build_full
from advisor.reference.pack.installation import current_pack, install
from advisor.reference.pack.reader import Pack

WITHOUT = "ADVISOR_OPENDATA n’est pas défini : ce test demande le référentiel complet"


@pytest.fixture(scope="session")
def opendata() -> Path:
    """Return the folder of official files; skips, counted, when it is not named."""
    named = os.environ.get("ADVISOR_OPENDATA", "")
    if not named:
        pytest.skip(WITHOUT)
    return Path(named)


@pytest.fixture(scope="session")
def full_build(
    opendata: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, BuildReport]:
    """Return the full pack as one file and its report, signed by :func:`full_home`'s key."""
    folder = tmp_path_factory.mktemp("full")
    report = build_full(opendata, folder / "full.pack", Home(folder / "home").create())
    return folder / "full.pack", report


@pytest.fixture(scope="session")
def full_pack_file(full_build: tuple[Path, BuildReport]) -> Path:
    """Return the full pack as one file."""
    return full_build[0]


@pytest.fixture(scope="session")
def full_home(full_pack_file: Path) -> Path:
    """Return a home where the full pack is installed; nobody writes cases in it."""
    home = Home(full_pack_file.parent / "home")
    install(home, full_pack_file)
    return home.root


@pytest.fixture(scope="session")
def full_pack(full_home: Path) -> Iterator[Pack]:
    """Return the full pack, opened."""
    pack = current_pack(Home(full_home))
    yield pack
    pack.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return an empty home, its folders made."""
    return Home(tmp_path / "home").create()


@pytest.fixture(scope="session")
def starter_pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pack]:
    """Return the starter pack, opened in a home of its own."""
    pack = current_pack(Home(tmp_path_factory.mktemp("starter")).create())
    yield pack
    pack.close()
