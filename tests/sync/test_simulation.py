import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from invariants import check
from simulation import Template, world

SEEDS = int(os.environ.get("SIMULATION_SEEDS", "5"))
FIRST = int(os.environ.get("SIMULATION_FIRST", "1"))
STEPS = 300


@pytest.fixture(scope="session")
def memory() -> Iterator[Path]:
    """Return a folder in memory when there is one: the simulation is about order, not disks."""
    shared = Path("/dev/shm")  # noqa: S108 - where Linux keeps memory files
    folder = Path(tempfile.mkdtemp(prefix="sim", dir=shared if shared.is_dir() else None))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template(memory: Path) -> Template:
    return Template(memory)


def play(seed: int, memory: Path, template: Template, steps: int = STEPS) -> list[str]:
    with world(seed, memory / str(seed), template) as made:
        try:
            for _ in range(steps):
                made.step()
            made.quiesce()
            check(made)
        except BaseException:
            print(f"SEED {seed}; last steps:", *made.trace[-12:], sep="\n  ")
            raise
        return made.trace


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_five_devices_and_a_server_agree_after_any_misfortune(
    seed: int, memory: Path, template: Template
) -> None:
    assert len(play(seed, memory, template)) > STEPS


def test_the_same_seed_gives_the_same_trace(memory: Path, template: Template) -> None:
    assert play(7, memory, template, 80) == play(7, memory, template, 80)
    assert play(7, memory, template, 80) != play(8, memory, template, 80)


@pytest.mark.long
def test_many_more_seeds_agree(memory: Path, template: Template) -> None:
    """As many seeds as fit in four minutes."""
    until, seed = time.monotonic() + 250, 100_000
    while time.monotonic() < until:
        play(seed, memory, template)
        seed += 1
    assert seed > 100_005
