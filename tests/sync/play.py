"""Plays seeds of the simulation: one to see it again, or a range spread over the cores.

    .venv/bin/python tests/sync/play.py 1234                    (one seed, its trace on failure)
    .venv/bin/python tests/sync/play.py --first 1 --seeds 10000 --steps 100 --json FILE

With ``--json`` what was played is added up, seeds already in the file are not played again, and
a file made by another version of the code under test is begun anew.
"""

import argparse
import gc
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "src")]

from invariants import check  # noqa: E402 - found once the folders are named
from simulation import World, world  # noqa: E402
from stage import DEVICES, Stage  # noqa: E402

STEPS = 300
PLAYED_BY = ("play", "stage", "simulation", "writes", "invariants")
EACH_SAVE = 20  # seconds between two writes of the results
COLLECT_AFTER = 100_000  # new objects before a look for cycles: few are made


@dataclass(slots=True)
class Played:
    """What one seed gave; ``failure`` is empty when every promise held."""

    seed: int
    steps: int
    seconds: float = 0.0
    failure: str = ""
    trace: str = ""
    faults: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)


@contextmanager
def memory() -> Iterator[Path]:
    """Give a folder in memory when there is one: the simulation is about order, not disks."""
    shared = Path("/dev/shm")  # noqa: S108 - where Linux keeps memory files
    folder = Path(tempfile.mkdtemp(prefix="sim", dir=shared if shared.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def run(seed: int, stage: Stage, steps: int = STEPS) -> tuple[World, Counter[str]]:
    """Play one seed to its end; returns the world and the verdicts by kind, or raises."""
    with world(seed, stage) as made:
        try:
            for _ in range(steps):
                made.step()
            made.quiesce()
            return made, check(made)
        except BaseException:
            print(f"SEED {seed}; last steps:", *made.trace[-12:], sep="\n  ")
            print(f"To see it again: .venv/bin/python tests/sync/play.py {seed} --steps {steps}")
            raise


def play(seed: int, stage: Stage, steps: int) -> Played:
    """Play one seed; a failure is told, not raised."""
    began, played = time.perf_counter(), Played(seed, steps)
    try:
        made, played.verdicts = run(seed, stage, steps)
        played.faults = made.met
        played.trace = hashlib.sha256("\n".join(made.trace).encode()).hexdigest()
    except Exception as error:  # noqa: BLE001 - whatever it is, the seed is to be told
        played.failure = f"{getattr(error, 'promise', type(error).__name__)}: {error}"[:300]
    played.seconds = time.perf_counter() - began
    return played


def play_here(seeds: list[int], steps: int, told: Callable[[Played], None]) -> None:
    """Play seeds in this process, one after another."""
    gc.set_threshold(COLLECT_AFTER, 10, 10)
    with memory() as folder:
        stage = Stage(folder)
        for seed in seeds:
            told(play(seed, stage, steps))
        stage.close()


def play_all(
    seeds: list[int], steps: int, workers: int, told: Callable[[Played], None] | None = None
) -> list[Played]:
    """Play seeds over several processes, the next to whoever is free; tell each as it ends."""
    found = []
    with memory() as folder, get_context("spawn").Pool(workers, _open, (folder,)) as pool:
        for one in pool.imap_unordered(partial(_play_one, steps=steps), seeds):
            found.append(one)
            if told is not None:
                told(one)
    return sorted(found, key=lambda one: one.seed)


_STAGES: list[Stage] = []  # the one of this process of the pool


def _open(folder: Path) -> None:
    gc.set_threshold(COLLECT_AFTER, 10, 10)
    mine = folder / str(os.getpid())
    mine.mkdir()
    _STAGES.append(Stage(mine))


def _play_one(seed: int, steps: int) -> Played:
    return play(seed, _STAGES[0], steps)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def version() -> str:
    """Return what tells two versions of the code under test, or of what plays it, apart.

    That is every module of the program that a played seed loads, and these tests' own.
    """
    loaded = (one for name, one in sys.modules.items() if name.partition(".")[0] == "advisor")
    files = sorted(Path(one.__file__) for one in loaded if one.__file__)
    whole = hashlib.sha256()
    for file in [*files, *(HERE / f"{name}.py" for name in PLAYED_BY)]:
        whole.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return whole.hexdigest()[:16]


class Results:
    """What many seeds gave, added up in a file so that it can be played in pieces."""

    def __init__(self, file: Path, steps: int) -> None:
        self._file, self._saved = file, 0.0
        held = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        here = {"version": version(), "steps_per_seed": steps, "devices": len(DEVICES)}
        if any(held.get(name) != value for name, value in here.items()):
            held = {}
        self.held: dict[str, Any] = {**_fresh(), **here, **held}

    def left(self, seeds: list[int]) -> list[int]:
        """Return the seeds not yet played."""
        done = {seed for first, last in self.held["seed_ranges"] for seed in range(first, last + 1)}
        return [seed for seed in seeds if seed not in done]

    def add(self, played: Played) -> None:
        """Add what one seed gave, and write the file now and then."""
        held = self.held
        held["seeds"] += 1
        held["seed_ranges"] = _with(held["seed_ranges"], played.seed)
        held["total_steps"] += played.steps
        held["seconds"] = round(held["seconds"] + played.seconds, 1)
        held["steps_per_second"] = round(held["total_steps"] / max(held["seconds"], 0.1), 1)
        held["ops"] += sum(played.verdicts.values())
        for name, counted in (("faults", played.faults), ("verdicts", played.verdicts)):
            held[name] = dict(sorted((Counter(held[name]) + counted).items()))
        if played.failure:
            held["failures"].append({"seed": played.seed, "what": played.failure})
            broken = played.failure.partition(":")[0]
            held[broken if broken in held else "other"] += 1
        if time.monotonic() - self._saved > EACH_SAVE:
            self.save()

    def save(self) -> None:
        """Write the file whole."""
        self._saved = time.monotonic()
        self.held["date"] = datetime.now(UTC).strftime("%Y-%m-%d")
        half = self._file.with_suffix(".part")
        half.write_text(json.dumps(self.held, indent=2, ensure_ascii=False) + "\n", "utf-8")
        half.replace(self._file)


def _fresh() -> dict[str, Any]:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    counted = dict.fromkeys(
        ("seeds", "total_steps", "ops", "lost", "doubled", "diverged", "not_erased", "other"), 0
    )
    return {
        "what": "five devices and a central store, every fault drawn from the seed",
        "commit": commit,
        "machine": {"cores": os.cpu_count()},
        **counted,
        "seconds": 0.0,
        "seed_ranges": [],
        "faults": {},
        "verdicts": {},
        "failures": [],
    }


def _with(ranges: list[list[int]], seed: int) -> list[list[int]]:
    """Return ranges of seeds, the seed added, those that touch made one."""
    merged: list[list[int]] = []
    for first, last in sorted([*ranges, [seed, seed]]):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(last, merged[-1][1])
        else:
            merged.append([first, last])
    return merged


def main() -> int:
    """Play what the command line asks; returns 1 when a promise was broken."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("seed", nargs="?", type=int)
    asked.add_argument("--first", type=int, default=1)
    asked.add_argument("--seeds", type=int, default=200)
    asked.add_argument("--steps", type=int, default=STEPS)
    asked.add_argument("--workers", type=int, default=cores())
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    found: list[Played] = []
    if given.seed is not None:
        play_here([given.seed], given.steps, found.append)
        print(*found, sep="\n")
        return int(any(one.failure for one in found))
    seeds = list(range(given.first, given.first + given.seeds))
    results = Results(given.json, given.steps) if given.json else None
    if results is None:
        found = play_all(seeds, given.steps, given.workers)
    else:
        play_all(results.left(seeds), given.steps, given.workers, results.add)
        results.save()
        print(json.dumps(results.held, indent=2, ensure_ascii=False))
        return int(bool(results.held["failures"]))
    failed = [one for one in found if one.failure]
    print(f"{len(found)} seeds, {len(failed)} broken", *failed, sep="\n")
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main())
