"""Real homes and a real server through a relay that misbehaves: one run for each seed.

.venv/bin/python tests/sync/faults.py 1234                      (one seed, its trace on failure)
.venv/bin/python tests/sync/faults.py --first 1 --runs 1000 --json FILE [--postgres URL]
"""

import argparse
import gc
import json
import random
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "src")]

from fault_proxy import SILENT, Fault, FaultProxy, drawn  # noqa: E402 - once folders are named
from invariants import BrokenError  # noqa: E402
from keeper import Keeper  # noqa: E402
from play import memory  # noqa: E402
from setting import SCOPES, Acknowledged, Office, Setting, Typist, identifiers_of  # noqa: E402
from tally import Tally  # noqa: E402

from advisor.errors import AdvisorError, LockedError  # noqa: E402
from advisor.sync.client import Patience  # noqa: E402

MADE_BY = ("faults", "fault_proxy", "setting", "keeper", "writes", "invariants", "tally")
WHAT = "real homes and a real server, in processes of their own, through a relay that misbehaves"
CALM = Patience(connect=20, read=30, total=60, tries=3, first_pause=0.01, longest_pause=5)
HASTE = Patience(connect=0.3, read=0.12, total=0.3, tries=3, first_pause=0.01, longest_pause=5)


class Bench:
    """What all the runs of one process share: the homes, the relays, who starts servers."""

    def __init__(self, folder: Path, postgres: str = "") -> None:
        self.setting = Setting(folder, SCOPES, postgres)
        self.setting.warm()
        self.keeper = Keeper(self.setting.central)  # before any thread
        self.proxies = (FaultProxy(), FaultProxy(tls=True))

    def close(self) -> None:
        for proxy in self.proxies:
            proxy.close()
        self.keeper.close()


class Run:
    """Steps drawn from one seed, then a sound network, then the promises."""

    def __init__(self, seed: int, bench: Bench) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a test, not a secret
        self.setting, self.keeper = bench.setting, bench.keeper
        self.proxy = bench.proxies[seed % 2]
        self.typist = Typist(self.rng, "v")
        self.told: dict[str, list[Acknowledged]] = {}
        self.trace = [f"seed {seed}"]
        self.steps = self.rng.randrange(15, 31)
        self.syncs: Counter[str] = Counter()
        self.typed = False

    def play(self) -> Counter[str]:
        """Return the verdicts by kind; raises when a promise is broken."""
        self.setting.put_back()
        server, address = self.keeper.start()
        try:
            self.proxy.begin(address)
            for office in self.setting.laptops:  # begin with something that all of them hold
                self.typist.open_one(office.vault)
                office.sync(address)
            for _ in range(self.steps):
                self.step()
            self.proxy.play([])
            self.setting.settle(self.proxy.url, self.proxy.authority)
            return self.setting.check(self.told)
        finally:
            self.keeper.end(server)
            self.setting.rest()

    def step(self) -> None:
        office = self.rng.choice(self.setting.laptops)
        if self.rng.random() < 0.6:
            self.write(office)
        else:
            self.sync(office)

    def write(self, office: Office) -> None:
        lines = self.typist.acknowledge(office.vault)
        self.told.setdefault(office.id, []).extend(lines)
        self.trace.append(f"{office.id} writes {[line.operation for line in lines]}")

    def sync(self, office: Office) -> None:
        script = self.script()
        self.typed = False
        silent = any(one.kind in SILENT for one in script)
        self.proxy.play(script)
        met = [f"{one.kind} {one.share:.3f}" for one in script]
        try:
            report = office.sync(
                self.proxy.url,
                self.proxy.authority,
                HASTE if silent else CALM,
                lambda _stage: self.meanwhile(office),
            )
            self.nothing_left(office)
            found = f"sent {report.sent} received {report.received} digest {report.digest_ok}"
            self.syncs["done"] += 1
        except LockedError:
            raise
        except AdvisorError as error:
            found = f"{type(error).__name__} {error.message}"
            self.syncs[error.message] += 1
        self.trace.append(f"{office.id} syncs through {met}: {found}")

    def script(self) -> list[Fault]:
        """Draw what happens to the requests of one sync: nothing, or a few faults in a row."""
        script = []
        while self.rng.random() < 0.65:
            fault = drawn(self.rng, tls=bool(self.proxy.authority))
            if fault.kind not in SILENT or self.rng.random() < 0.5:
                script.append(fault)
        return script

    def nothing_left(self, office: Office) -> None:
        """A sync that says it is done sent all that waited, but what was typed since it began."""
        with office.vault.read() as look:
            waiting = look.journal.pending().count
        if waiting and not self.typed:
            raise BrokenError("lost", f"{office.id} was told that all is sent: {waiting} wait")

    def meanwhile(self, office: Office) -> None:
        """Type between two requests."""
        if self.rng.random() < 0.1:
            self.typed = True
            self.write(office)


def play(seed: int, bench: Bench, tally: Tally) -> str:
    """Play one seed and count it; returns what is broken, empty when nothing is."""
    with identifiers_of(seed):
        run = Run(seed, bench)
        failure = ""
        try:
            verdicts = run.play()
            tally.add("ops", sum(verdicts.values()))
            tally.count("verdicts", verdicts)
        except Exception as error:  # noqa: BLE001 - whatever it is, the seed is to be told
            tally.fail(f"seed {seed}", error)
            failure = f"seed {seed}: {error}"[:600]
            print(*run.trace, *run.setting.trace[:-1], sep="\n  ")
            traceback.print_exc(file=sys.stdout)
            print(f"To see it again: .venv/bin/python tests/sync/faults.py {seed}", flush=True)
    tally.add("runs")
    tally.add("steps", run.steps)
    tally.add("relayed_in_tls", seed % 2)
    tally.count("syncs", run.syncs)
    tally.count("faults", run.proxy.met)
    tally.held["next_seed"] = seed + 1
    tally.save()
    return failure


def play_all(seeds: list[int], tally: Tally, postgres: str = "") -> list[str]:
    """Play seeds one after another; returns what is broken."""
    gc.set_threshold(100_000, 10, 10)
    with memory() as folder:
        bench = Bench(folder, postgres)
        try:
            return [found for seed in seeds if (found := play(seed, bench, tally))]
        finally:
            bench.close()
            tally.save(now=True)


def main() -> int:
    """Play what the command line asks; returns 1 when a promise was broken."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("seed", nargs="?", type=int)
    asked.add_argument("--first", type=int, default=1)
    asked.add_argument("--runs", type=int, default=100)
    asked.add_argument("--json", type=Path)
    asked.add_argument("--postgres", default="")
    given = asked.parse_args()
    tally = Tally(given.json, WHAT, MADE_BY)
    last = given.first + given.runs
    first = max(given.first, tally.held.get("next_seed", 0))
    seeds = [given.seed] if given.seed is not None else list(range(first, last))
    play_all(seeds, tally, given.postgres)
    print(json.dumps(shown(tally), ensure_ascii=False))
    return int(bool(tally.held["failures"]))


def shown(tally: Tally) -> dict[str, Any]:
    """Return the counts without what describes the machine."""
    return {name: value for name, value in tally.held.items() if name != "machine"}


if __name__ == "__main__":
    raise SystemExit(main())
