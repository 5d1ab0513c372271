"""A deterministic world: five real devices, one real central store, and whatever goes wrong.

The store, the merge, the engine and the device's code are the real ones, on real databases.
Only the clocks, the network and the randomness are replaced, all drawn from one seed.
"""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from stage import DEVICES, CrashError, Seat, Stage
from writes import Writer

from advisor.errors import BadDataError
from advisor.store import identifiers
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.synced import Synced
from advisor.sync.device import Device, SyncReport
from advisor.sync.server import tables
from advisor.sync.server.engine import Engine
from advisor.sync.server.rights import Rights, Role

BOTH = frozenset({"77", "91"})
YEARS_OFF = (0, -12, 30, 0, 1)
START = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
MISFORTUNES = (
    *("restart", "restart_server", "keep_copy", "restore", "revoke", "scope", "prune", "late"),
    *("replay", "clone"),
)
STILL_ROUNDS = 8  # a sound world needs three: everybody says, everybody hears, nothing is left


class Laptop:
    """One device: its home on disk, its wrong clock; a clone goes by its original's name."""

    def __init__(self, world: "World", number: int, seat: Seat) -> None:
        self.world, self.seat, self.vault = world, seat, seat.vault
        self.id = self.device = DEVICES[number]
        self.home = seat.home
        self.offset = timedelta(days=365 * YEARS_OFF[number], microseconds=number)
        self.copy: tuple[Path, str] | None = None
        self.vault.around = Surroundings(now=self.now, cost=FLOOR)

    def restart(self) -> None:
        self.seat.fuse.left = 0
        self.vault.engine.dispose()

    def now(self) -> datetime:
        return self.world.now() + self.offset

    def pending(self) -> list[Any]:
        with self.vault.read() as look:
            return Synced(look.connection).outbox()


class World:
    """Everything at once; ``trace`` says what happened, the same for the same seed."""

    def __init__(self, seed: int, stage: Stage) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a simulation, not a secret
        self.stage = stage
        self.at, self.trace, self.made = START, [f"seed {seed}"], 0
        self.pruned: dict[tuple[str, str], int] = {}  # the rank of tombstones removed for good
        self.narrowed: set[str] = set()  # devices that did not see everything all along
        self.old_questions: list[tuple[str, bytes]] = []
        self.met: Counter[str] = Counter()
        self.faults = True
        stage.clear()
        self.central = stage.central
        self.engine = Engine(self.central, self.now)
        self.rights = {one: Rights(one, "URPS", Role.ADVISER, BOTH) for one in DEVICES}
        for one in self.rights.values():
            self.engine.admit(one)
        self.laptops = [Laptop(self, number, seat) for number, seat in enumerate(stage.seats)]
        self.writer = Writer(self.rng)

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def fresh(self) -> str:
        self.made += 1
        return f"i{self.made}"

    def step(self) -> None:
        self.at += timedelta(seconds=self.rng.randrange(1, 90_000))
        laptop = self.rng.choice(self.laptops)
        draw = self.rng.random()
        if draw < 0.62:
            self.write(laptop)
        elif draw < 0.90:
            self.sync(laptop)
        else:
            name = self.rng.choice(MISFORTUNES)
            self.meet(name.replace("_", " "))
            getattr(self, name)(laptop)
            self.trace.append(f"{laptop.id} {name}")

    def meet(self, fault: str) -> None:
        self.met[fault] += 1

    def write(self, laptop: Laptop) -> None:
        before = laptop.vault.schema_version
        if self.rng.random() < 0.01:
            laptop.vault.schema_version = "0099"
            self.meet("unknown schema")
        said = self.writer.write(laptop.vault)
        laptop.vault.schema_version = before
        self.trace.append(f"{laptop.id} {said}")

    def restart(self, laptop: Laptop) -> None:
        laptop.restart()

    def restart_server(self, _laptop: Laptop) -> None:
        self.stage.fuse.left = 0
        self.central.close()

    def keep_copy(self, laptop: Laptop) -> None:
        laptop.restart()
        laptop.copy = (laptop.home.root / "copy.db", laptop.device)
        shutil.copyfile(laptop.home.database, laptop.copy[0])

    def restore(self, laptop: Laptop) -> None:
        """Put the disk back as it was: what was typed since and never sent is gone with it."""
        if laptop.copy is not None:
            laptop.seat.put(laptop.copy[0])
            laptop.device = laptop.copy[1]

    def clone(self, laptop: Laptop) -> None:
        """Take another's whole disk, name included: two computers now go by one name."""
        other = self.rng.choice(self.laptops)
        if other is not laptop and self.rng.random() < 0.3:
            other.restart()
            laptop.seat.put(other.home.database)
            laptop.device = other.device

    def revoke(self, laptop: Laptop) -> None:
        one = self.rights[laptop.device]
        self._admit(replace(one, revoked=not one.revoked))

    def scope(self, laptop: Laptop) -> None:
        places = self.rng.choice((BOTH, BOTH, frozenset({"77"}), frozenset({"91"})))
        if places != BOTH:
            self.narrowed.add(laptop.device)
        self._admit(replace(self.rights[laptop.device], departements=places))

    def _admit(self, rights: Rights) -> None:
        self.rights[rights.device] = rights
        self.engine.admit(rights)

    def prune(self, _laptop: Laptop) -> None:
        self.at += timedelta(days=self.rng.choice((30, 200, 400)))
        before = self.tombstones()
        self.trace.append(f"pruned {self.engine.prune()}")
        left = self.tombstones()
        self.pruned |= {key: rank for key, rank in before.items() if key not in left}

    def tombstones(self) -> dict[tuple[str, str], int]:
        record = tables.record
        with self.central.reading() as connection:
            rows = connection.execute(record.select().where(record.c.life == "deleted")).all()
        return {(row.entity, row.id): row.seq for row in rows}

    def late(self, _laptop: Laptop) -> None:
        """A question of long ago arrives at last; nobody hears the answer."""
        if self.old_questions:
            self.engine.answer(*self.rng.choice(self.old_questions))

    def replay(self, _laptop: Laptop) -> None:
        """Someone judges again what waits in quarantine, rights having changed or not."""
        held = [one for one in self.engine.quarantined() if one.body is not None]
        if held:
            receipt = self.engine.replay(self.rng.choice(held))
            self.trace.append(f"replayed {receipt}")

    def sync(self, laptop: Laptop) -> SyncReport | None:
        crash = self.faults and self.rng.random() < 0.15
        laptop.seat.fuse.left = self.rng.randrange(1, 60) if crash else 0
        device = Device(
            laptop.vault,
            lambda data: self.carry(laptop, data),
            fresh=self.fresh,
            batch=self.rng.choice((1, 3, 50) if self.faults else (7, 50)),
            page=self.rng.choice((1, 4, 100) if self.faults else (20, 100)),
        )
        report = None
        try:
            report = device.sync()
            self.trace.append(f"{laptop.id} {report}")
        except (OSError, CrashError, BadDataError) as error:
            self.trace.append(f"{laptop.id} {type(error).__name__}")
        if crash:
            self.meet("crash of a device" if laptop.seat.fuse.left == 0 else "restart")
            laptop.restart()
        return report

    def carry(self, laptop: Laptop, data: bytes) -> bytes:
        """Be the network between a laptop and the server."""
        if not self.faults:
            return self.engine.answer(laptop.device, data)
        if self.rng.random() < 0.2:
            self.old_questions.append((laptop.device, data))
        if self.rng.random() < 0.1:
            self.meet("typing meanwhile")
            self.writer.write(laptop.vault)
        fault = self.rng.random()
        if fault < 0.08:
            self.meet("lost question")
            raise ConnectionResetError("demande perdue")
        if fault < 0.14:
            self.meet("duplicated question")
            self.engine.answer(laptop.device, data)
        elif fault < 0.18:
            self.crash_server(laptop, data)
        return self.bring_back(self.engine.answer(laptop.device, data), fault)

    def bring_back(self, reply: bytes, fault: float) -> bytes:
        if fault > 0.92:
            self.meet("lost answer")
            raise TimeoutError("réponse perdue")
        if fault > 0.88:
            self.meet("cut answer")
            return reply[: self.rng.randrange(len(reply))]
        if fault > 0.86:
            self.meet("page of an intermediary")
            return b"<html>502 Bad Gateway</html>"
        return reply

    def crash_server(self, laptop: Laptop, data: bytes) -> None:
        self.stage.fuse.left = self.rng.randrange(1, 30)
        try:
            self.engine.answer(laptop.device, data)
        except CrashError:
            self.meet("crash of the server")
            self.central.close()
            raise
        finally:
            self.stage.fuse.left = 0

    def quiesce(self) -> None:
        """Heal everything and let everybody sync until nobody has anything to say."""
        self.faults = False
        for one in self.rights.values():
            self._admit(replace(one, revoked=False))
        for _ in range(STILL_ROUNDS):
            reports = [self.sync(laptop) for laptop in self.laptops]
            if all(one and one.digest_ok and one.sent == one.received == 0 for one in reports):
                return
        raise AssertionError("they never stop talking")


@contextmanager
def world(seed: int, stage: Stage) -> Iterator[World]:
    """Give a world whose identifiers come from its seed too."""
    source = random.Random(seed + 1)  # noqa: S311 - idem
    entropy = SimpleNamespace(randbits=source.getrandbits)
    ticks = SimpleNamespace(time_ns=lambda: 1_770_000_000_000_000_000)
    with (
        patch.object(identifiers, "secrets", entropy),
        patch.object(identifiers, "time", ticks),
        patch.object(identifiers, "_last", 0),
    ):
        yield World(seed, stage)
