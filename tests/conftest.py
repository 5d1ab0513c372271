"""What every room's tests may ask for: an empty home, and the full pack, built once."""

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from advisor.config import Home
from advisor.reference.build.full_build import BuildReport, build_full
from advisor.reference.pack.installation import current_pack, install
from advisor.reference.pack.reader import Pack

LONGEST = (  # files, the longest first: those that spread over the cores themselves, then the rest
    *("test_simulation.py", "test_frozen.py", "test_faults.py", "test_full_pack.py"),
    *("test_style.py", "test_accessibility.py", "test_interview.py", "test_kills.py"),
)
WITHOUT = "ADVISOR_OPENDATA n’est pas défini : ce test demande le référentiel complet"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, so that processes which share a whole run end together.

    Give those who need the full pack the time to have it built on a machine that does much else.
    """
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))
    for item in items:
        if "full_build" in getattr(item, "fixturenames", ()):  # one builds it, the others wait
            item.add_marker(pytest.mark.timeout(1800))


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
    """Return the full pack as one file and its report, signed by :func:`full_home`'s key.

    Tests spread over several processes build it once: the first one does, the others wait.
    """
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    base = tmp_path_factory.getbasetemp()
    folder = (base if alone else base.parent) / "full"
    folder.mkdir(exist_ok=True)
    file, kept = folder / "full.pack", folder / "report.pickle"
    with FileLock(folder / "lock"):
        if not kept.exists():
            home = Home(folder / "home").create()
            kept.write_bytes(pickle.dumps(build_full(opendata, file, home)))
            install(home, file)
    return file, pickle.loads(kept.read_bytes())  # noqa: S301 - written just above


@pytest.fixture(scope="session")
def full_pack_file(full_build: tuple[Path, BuildReport]) -> Path:
    """Return the full pack as one file."""
    return full_build[0]


@pytest.fixture(scope="session")
def full_home(full_pack_file: Path) -> Path:
    """Return a home where the full pack is installed; nobody writes cases in it."""
    return full_pack_file.parent / "home"


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
