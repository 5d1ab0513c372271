import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from play import Played, Results, cores, memory, play, play_all
from stage import Stage

from advisor.sync.server.database import Central

SEEDS = int(os.environ.get("SIMULATION_SEEDS", "200"))
FIRST = int(os.environ.get("SIMULATION_FIRST", "1"))
MANY = int(os.environ.get("SIMULATION_MANY", "10000"))
STEPS = 300
LONG_STEPS = 200  # of each of the many
ON_POSTGRES = range(1, 6)
RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results" / "sync_simulation.json"
SECONDS = 3600  # for a machine that does many other things


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with memory() as folder:
        made = Stage(folder)
        yield made
        made.close()


def told(broken: list[Played]) -> str:
    lines = [
        f".venv/bin/python tests/sync/play.py {one.seed} --steps {one.steps}" for one in broken
    ]
    return "\n".join([*(f"seed {one.seed}: {one.failure}" for one in broken), *lines])


@pytest.mark.timeout(SECONDS)
def test_five_devices_and_a_server_agree_after_any_misfortune() -> None:
    found = play_all(list(range(FIRST, FIRST + SEEDS)), STEPS, cores())
    broken = [one for one in found if one.failure]
    assert not broken, told(broken)
    assert len(found) == SEEDS
    faults = sum((one.faults for one in found), start=found[0].faults.__class__())
    missing = EVERY_FAULT - faults.keys()
    assert not missing or SEEDS < 20, f"never met: {missing}"


EVERY_FAULT = {
    *("lost question", "lost answer", "duplicated question", "late", "cut answer"),
    *("page of an intermediary", "crash of a device", "crash of the server", "restart"),
    *("restart server", "restore", "clone", "revoke", "scope", "prune", "replay"),
    *("unknown schema", "typing meanwhile", "keep copy"),
}


@pytest.mark.timeout(SECONDS)
def test_they_agree_with_the_server_on_postgresql_too(tmp_path: Path, postgres: Central) -> None:
    stage = Stage(tmp_path, postgres)
    broken = [one for seed in ON_POSTGRES if (one := play(seed, stage, 150)).failure]
    for seat in stage.seats:
        seat.vault.close()
    assert not broken, told(broken)


@pytest.mark.timeout(SECONDS)
def test_the_same_seed_gives_the_same_trace(stage: Stage) -> None:
    once = play(7, stage, 80)
    assert once.failure == ""
    assert once.trace == play(7, stage, 80).trace
    assert once.trace != play(8, stage, 80).trace
    script = Path(__file__).with_name("play.py")
    again = subprocess.run(
        [sys.executable, script, "7", "--steps", "80"],
        env={**os.environ, "PYTHONHASHSEED": "12345"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert once.trace in again.stdout


def test_results_are_added_up_in_pieces_and_never_twice(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    for seeds in ([1, 2], [4], [3]):
        results = Results(file, 10)
        for seed in results.left(seeds):
            results.add(Played(seed, 10, 0.1))
        results.save()
    assert Results(file, 10).left([1, 2, 3, 4, 5]) == [5]
    held = json.loads(file.read_text(encoding="utf-8"))
    assert (held["seeds"], held["total_steps"], held["seed_ranges"]) == (4, 40, [[1, 4]])
    assert Results(file, 20).left([1]) == [1]


@pytest.mark.long
@pytest.mark.timeout(36_000)
def test_ten_thousand_seeds_agree() -> None:
    """In pieces if need be: what the same version already played is kept in the results."""
    script = Path(__file__).with_name("play.py")
    asked = [
        "--first",
        "1",
        "--seeds",
        str(MANY),
        "--steps",
        str(LONG_STEPS),
        "--json",
        str(RESULTS),
    ]
    done = subprocess.run([sys.executable, script, *asked], check=False)
    assert done.returncode == 0
