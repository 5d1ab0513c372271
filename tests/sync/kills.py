"""Kill -9 of devices and of central stores, at chosen statements, commits and bytes, or anywhere.

    .venv/bin/python tests/sync/kills.py client --cycles 1000 --json FILE
    .venv/bin/python tests/sync/kills.py server --cycles 1000 --json FILE [--postgres URL|own]
    .venv/bin/python tests/sync/kills.py client --episode 12              (one of them again)

A cycle starts a process, has it work, and kills it; the next one begins on what it left. After
ten cycles everybody syncs to the end and every promise is checked: that is an episode.
"""

import argparse
import gc
import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent), str(ROOT / "src")]

from keeper import Fuse, Keeper  # noqa: E402 - once folders are named
from play import memory  # noqa: E402
from setting import Acknowledged, Office, Setting, Typist  # noqa: E402
from tally import Tally  # noqa: E402

import databases  # noqa: E402
from advisor.errors import AdvisorError, NetworkError  # noqa: E402
from advisor.store.cipher import faults, opened  # noqa: E402
from advisor.sync.client import CentralClient, Patience  # noqa: E402

MADE_BY = ("kills", "setting", "keeper", "writes", "invariants", "tally")
WHAT = "processes killed with SIGKILL while they write, sync and answer"
CYCLES = 10  # of one episode
PLACES = (("77", "91"), ("77", "91"))
ANYWHERE = "anywhere"
STATEMENT, COMMIT, NETWORK = " ", "commit", " an"
# What a process counts before it kills itself, how far it may count, and how often this is drawn.
DEVICE_DEATHS = ((STATEMENT, 400, 5), (COMMIT, 14, 3), (NETWORK, 4, 1), ("", 0, 2))
SERVER_DEATHS = ((STATEMENT, 250, 5), (COMMIT, 12, 3), ("", 0, 2))
ROUNDS = 40  # syncs after which a device gives up waiting for its server to die
LONGEST_LIFE = 0.4  # seconds before a process is killed from outside
WAIT = 300.0  # seconds for a process that should have ended long ago
STUBBORN = Patience(connect=60, read=120, total=300, tries=2, first_pause=0.001, longest_pause=1)


class Child:
    """A forked process that says, in lines, what it was acknowledged and where it died."""

    def __init__(self, work: Callable[[Callable[[Any], None]], None]) -> None:
        self._report, reporting = os.pipe()
        self.said = b""
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._report)
            _live(work, lambda value: os.write(reporting, (json.dumps(value) + "\n").encode()))
        os.close(reporting)

    def listen(self, seconds: float, until: bytes = b"") -> bool:
        """Hear it until it ends (True), until it has said something, or for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self._report], [], [], left)[0]:
                return False
            more = os.read(self._report, 65536)
            self.said += more
            if not more or (until and until in self.said):
                return not more
        return False

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> list[Any]:
        """Hear its last lines; whatever it said in full was said."""
        if not self.listen(WAIT):
            self.kill()
            raise AssertionError("a process that should have been killed went on")
        os.waitpid(self.pid, 0)
        os.close(self._report)
        return [json.loads(one) for one in self.said.split(b"\n")[:-1]]


def _live(work: Callable[[Callable[[Any], None]], None], say: Callable[[Any], None]) -> None:
    try:
        work(say)
    except BaseException:  # noqa: BLE001 - told to who asked; nothing of the parent may run here
        say({"error": traceback.format_exc()[-1500:]})
    os._exit(0)


def type_some(
    office: Office, typist: Typist, rng: random.Random, say: Callable[[Any], None]
) -> None:
    for _ in range(rng.randrange(1, 4)):
        say({"told": [asdict(one) for one in typist.acknowledge(office.vault)]})


def doomed(office: Office, address: str, seed: int, only: str, fuse: int) -> Callable[[Any], None]:
    """Return the life of a device that writes and syncs until it is killed."""

    def work(say: Callable[[Any], None]) -> None:
        rng = random.Random(seed)  # noqa: S311 - a test, not a secret
        typist = Typist(rng, f"{office.id}.{seed}")
        burning = Fuse(office.vault.engine, only, fuse, lambda point: say({"point": point}))
        exchange = CentralClient.exchange

        def watched(client: CentralClient, data: bytes) -> bytes:
            burning.pass_by("before an exchange")
            answer = exchange(client, data)
            burning.pass_by("after an exchange")
            return answer

        CentralClient.exchange = watched  # type: ignore[method-assign]
        while True:
            type_some(office, typist, rng, say)
            office.sync(address, patience=STUBBORN)
            say({"syncs": 1})

    return work


def pushing(office: Office, address: str, seed: int) -> Callable[[Any], None]:
    """Return the life of a device that writes and syncs until its server is gone."""

    def work(say: Callable[[Any], None]) -> None:
        rng = random.Random(seed)  # noqa: S311 - a test, not a secret
        typist = Typist(rng, f"{office.id}.{seed}")
        for _ in range(ROUNDS):
            type_some(office, typist, rng, say)
            try:
                office.sync(address, patience=STUBBORN)
            except NetworkError:
                return
            except AdvisorError as error:
                say({"error": f"{type(error).__name__} {error.message}"})
            say({"syncs": 1})

    return work


class Episode:
    """Ten cycles on new homes and a new central store, then the promises."""

    def __init__(self, number: int, setting: Setting, keeper: Keeper, tally: Tally) -> None:
        self.number, self.setting, self.keeper, self.tally = number, setting, keeper, tally
        self.rng = random.Random(number)  # noqa: S311 - a test, not a secret
        self.told: dict[str, list[Acknowledged]] = {}
        self.points: Counter[str] = Counter()

    def play(self, whose: str) -> None:
        self.setting.put_back()
        typist = Typist(self.rng, "o")
        for office in self.setting.laptops:
            typist.open_one(office.vault)
        self.setting.rest()
        (self.clients if whose == "client" else self.servers)()
        server, address = self.keeper.start()
        try:
            self.setting.settle(address)
            verdicts = self.setting.check(self.told)
            for office in self.setting.laptops:
                with opened(office.vault.home.database, office.vault.raw_key()) as connection:
                    assert faults(connection) == []
        finally:
            self.keeper.end(server)
            self.setting.rest()
        self.tally.add("ops", sum(verdicts.values()))
        self.tally.count("verdicts", verdicts)

    def death(self, kinds: tuple[tuple[str, int, int], ...]) -> tuple[str, int]:
        """Draw what a process counts before it kills itself; 0 leaves it to the clock."""
        ((only, far, _),) = self.rng.choices(kinds, [often for _, _, often in kinds])
        return only, self.rng.randrange(1, far) if far else 0

    def clients(self) -> None:
        """Kill one device after another; the server goes on."""
        server, address = self.keeper.start()
        try:
            for _ in range(CYCLES):
                office = self.rng.choice(self.setting.laptops)
                only, fuse = self.death(DEVICE_DEATHS)
                seed = self.rng.getrandbits(40)
                child = Child(doomed(office, address, seed, only, fuse))
                if not fuse:
                    child.listen(WAIT, until=b"\n")
                    child.listen(self.rng.random() * LONGEST_LIFE)
                    child.kill()
                point = self.hear(office, child.end()) or ANYWHERE
                self.points[point] += 1
        finally:
            self.keeper.end(server)

    def servers(self) -> None:
        """Kill the server while every device pushes."""
        for _ in range(CYCLES):
            only, fuse = self.death(SERVER_DEATHS)
            server, address = self.keeper.start(only, fuse)
            children = [
                (office, Child(pushing(office, address, self.rng.getrandbits(40))))
                for office in self.setting.laptops
            ]
            if not fuse:
                children[0][1].listen(WAIT, until=b"\n")
                children[0][1].listen(self.rng.random() * LONGEST_LIFE)
                self.keeper.end(server)
            ended = [(office, child.end()) for office, child in children]
            for office, lines in ended:
                self.hear(office, lines)
            self.points[(fuse and self.keeper.end(server)) or ANYWHERE] += 1

    def hear(self, office: Office, lines: list[Any]) -> str:
        """Keep what a device was acknowledged; returns the point where it killed itself."""
        point = ""
        for line in lines:
            point = line.get("point", point)
            found = [Acknowledged(**one) for one in line.get("told", ())]
            self.told.setdefault(office.id, []).extend(found)
            self.tally.add("acknowledged", len(found))
            self.tally.add("syncs", line.get("syncs", 0))
            assert "error" not in line, line["error"]
        return point


def play(numbers: list[int], whose: str, tally: Tally, postgres: str = "") -> list[str]:
    """Play episodes one after another; returns what is broken."""
    kind = f"{whose} on {'PostgreSQL' if postgres else 'SQLite'}" if whose == "server" else whose
    broken = []
    if postgres:
        databases.empty(postgres)
    with memory() as folder:
        setting = Setting(folder, PLACES, postgres)
        setting.warm()
        keeper = Keeper(setting.central)
        gc.freeze()
        for number in numbers:
            episode = Episode(number, setting, keeper, tally)
            try:
                episode.play(whose)
            except Exception as error:  # noqa: BLE001 - whatever it is, the episode is to be told
                tally.fail(f"{kind}, episode {number}", error)
                broken.append(f"{kind}, episode {number}: {error}"[:600])
                traceback.print_exc(file=sys.stdout)
                print(
                    f"To see it again: .venv/bin/python tests/sync/kills.py {whose}"
                    f" --episode {number}{' --postgres own' if postgres else ''}",
                    flush=True,
                )
            tally.count("cycles", {kind: sum(episode.points.values())})
            tally.count(f"killed: {kind}", episode.points)
            tally.count("episodes", {kind: 1})
            tally.save()
        keeper.close()
    tally.save(now=True)
    return broken


def main() -> int:
    """Play what the command line asks; returns 1 when a promise was broken."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("whose", choices=("client", "server"))
    asked.add_argument("--cycles", type=int, default=40)
    asked.add_argument("--episode", type=int)
    asked.add_argument("--json", type=Path)
    asked.add_argument("--postgres", default="", help="an address, or « own »")
    given = asked.parse_args()
    url = given.postgres
    if url == "own":
        url = databases.server().get_uri().replace("postgresql://", "postgresql+psycopg://")
    tally = Tally(given.json, WHAT, MADE_BY)
    kind = (
        given.whose
        if given.whose == "client"
        else (f"server on {'PostgreSQL' if url else 'SQLite'}")
    )
    done = tally.held.get("episodes", {}).get(kind, 0)
    numbers = list(range(done + 1, -(-given.cycles // CYCLES) + 1))
    play([given.episode] if given.episode is not None else numbers, given.whose, tally, url)
    print(json.dumps(tally.held, ensure_ascii=False))
    return int(bool(tally.held["failures"]))


if __name__ == "__main__":
    raise SystemExit(main())
