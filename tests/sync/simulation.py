"""A deterministic world: five real devices, one real central store, and whatever goes wrong.

The store, the merge, the engine and the device's code are the real ones, on real SQLite files.
Only the clocks, the network and the randomness are replaced, all drawn from one seed.
"""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from writes import Writer

from advisor.config import Home
from advisor.domain.cases.people import Adviser
from advisor.errors import BadDataError
from advisor.store import identifiers, tables
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.synced import Synced
from advisor.store.vault import Vault, open_vault
from advisor.sync.device import Device
from advisor.sync.server.database import Central
from advisor.sync.server.engine import Engine
from advisor.sync.server.rights import Rights, Role

DEVICES = ("d0", "d1", "d2", "d3", "d4")
BOTH = frozenset({"77", "91"})
YEARS_OFF = (0, -12, 30, 0, 1)
START = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


class CrashError(Exception):
    """The power went in the middle of a statement."""


class Template:
    """One empty ciphered home, made once: each device begins as a copy of it."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "template")
        made = open_vault(self.home, "quatre mots sans lien", around=Surroundings(cost=FLOOR))
        self.key = made.raw_key()
        made.close()
        central = Central(f"sqlite:///{folder / 'central.db'}")
        central.migrate()
        central.close()
        self.central = folder / "central.db"


class Laptop:
    """One device: its home on disk, its wrong clock, its statements counted for crashes."""

    def __init__(self, world: "World", number: int) -> None:
        self.world, self.id = world, DEVICES[number]
        self.home = Home(world.folder / self.id).create()
        self.offset = timedelta(days=365 * YEARS_OFF[number], microseconds=number)
        self.left = 0
        self.copy: Path | None = None
        shutil.copyfile(world.template.home.database, self.home.database)
        self.open()
        with self.vault.write() as work:
            named = {"id": self.id, "incarnation": world.fresh(), "local_seq": 0}
            work.connection.execute(tables.device.update().values(**named))
            work.settings.keep_adviser(Adviser(f"Conseiller {self.id}", "URPS"))

    def open(self) -> None:
        around = Surroundings(now=self.now, cost=FLOOR)
        self.vault = Vault(self.home, bytearray(self.world.template.key), around)
        if self.id == "d4":
            self.vault.schema_version = "0001"
        sa.event.listen(self.vault.engine, "before_cursor_execute", self.count)

    def restart(self) -> None:
        self.left = 0
        self.vault.close()
        self.open()

    def now(self) -> datetime:
        return self.world.now() + self.offset

    def count(self, *_: Any) -> None:
        if self.left:
            self.left -= 1
            if self.left == 0:
                raise CrashError("coupure")

    def pending(self) -> list[Any]:
        with self.vault.read() as look:
            return Synced(look.connection).outbox()


class World:
    """Everything at once; ``trace`` says what happened, the same for the same seed."""

    def __init__(self, seed: int, folder: Path, template: Template) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a simulation, not a secret
        self.folder, self.template = folder, template
        self.at, self.trace, self.made = START, [f"seed {seed}"], 0
        self.forgiven: set[str] = set()
        self.old_questions: list[tuple[str, bytes]] = []
        self.faults = True
        self.crash_in = 0
        shutil.copyfile(template.central, folder / "central.db")
        self.start_server()
        self.rights = {one: Rights(one, "URPS", Role.ADVISER, BOTH) for one in DEVICES}
        for one in self.rights.values():
            self.engine.admit(one)
        self.laptops = [Laptop(self, number) for number in range(len(DEVICES))]
        self.writer = Writer(self.rng)

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def fresh(self) -> str:
        self.made += 1
        return f"i{self.made}"

    def start_server(self) -> None:
        self.central = Central(f"sqlite:///{self.folder / 'central.db'}")
        self.engine = Engine(self.central, self.now)
        self.crash_in = 0
        sa.event.listen(self.central.engine, "before_cursor_execute", self.count)

    def count(self, *_: Any) -> None:
        if self.crash_in:
            self.crash_in -= 1
            if self.crash_in == 0:
                raise CrashError("coupure du serveur")

    def step(self) -> None:
        self.at += timedelta(seconds=self.rng.randrange(1, 90_000))
        laptop = self.rng.choice(self.laptops)
        draw = self.rng.random()
        if draw < 0.62:
            self.write(laptop)
        elif draw < 0.90:
            self.sync(laptop)
        else:
            self.misfortune(laptop)

    def write(self, laptop: Laptop) -> None:
        before = laptop.vault.schema_version
        if self.rng.random() < 0.01:
            laptop.vault.schema_version = "0099"
        said = self.writer.write(laptop.vault)
        laptop.vault.schema_version = before
        self.trace.append(f"{laptop.id} {said}")

    def misfortune(self, laptop: Laptop) -> None:
        name = self.rng.choice(
            (
                "restart",
                "restart_server",
                "keep_copy",
                "restore",
                "revoke",
                "scope",
                "prune",
                "late",
            )
        )
        does = laptop.restart if name == "restart" else getattr(self, f"_{name}")
        does(*(() if name == "restart" else (laptop,)))
        self.trace.append(f"{laptop.id} {name}")

    def _restart_server(self, _laptop: Laptop) -> None:
        self.central.close()
        self.start_server()

    def _keep_copy(self, laptop: Laptop) -> None:
        laptop.vault.close()
        laptop.copy = laptop.home.root / "copy.db"
        shutil.copyfile(laptop.home.database, laptop.copy)
        laptop.open()

    def _restore(self, laptop: Laptop) -> None:
        """Put the disk back as it was: what was typed since and never sent is gone with it."""
        if laptop.copy is None:
            return
        self.forgiven |= {op.id for op in laptop.pending()}
        laptop.vault.close()
        for name in ("case.db-wal", "case.db-shm"):
            (laptop.home.root / name).unlink(missing_ok=True)
        shutil.copyfile(laptop.copy, laptop.home.database)
        laptop.open()

    def _revoke(self, laptop: Laptop) -> None:
        one = self.rights[laptop.id]
        self.rights[laptop.id] = replace(one, revoked=not one.revoked)
        self.engine.admit(self.rights[laptop.id])

    def _scope(self, laptop: Laptop) -> None:
        places = self.rng.choice((BOTH, BOTH, frozenset({"77"}), frozenset({"91"})))
        self.rights[laptop.id] = replace(self.rights[laptop.id], departements=places)
        self.engine.admit(self.rights[laptop.id])

    def _prune(self, _laptop: Laptop) -> None:
        self.at += timedelta(days=self.rng.choice((30, 200, 400)))
        self.trace.append(f"pruned {self.engine.prune()}")

    def _late(self, _laptop: Laptop) -> None:
        """A question of long ago arrives at last; nobody hears the answer."""
        if self.old_questions:
            device, data = self.rng.choice(self.old_questions)
            self.engine.answer(device, data)

    def sync(self, laptop: Laptop) -> None:
        crash = self.faults and self.rng.random() < 0.15
        laptop.left = self.rng.randrange(1, 120) if crash else 0
        device = Device(
            laptop.vault,
            lambda data: self.carry(laptop, data),
            fresh=self.fresh,
            batch=self.rng.choice((1, 3, 50)),
            page=self.rng.choice((1, 4, 100)),
        )
        try:
            report = device.sync()
            self.trace.append(f"{laptop.id} {report}")
        except (OSError, CrashError, BadDataError) as error:
            self.trace.append(f"{laptop.id} {type(error).__name__}")
        if crash:
            laptop.restart()

    def carry(self, laptop: Laptop, data: bytes) -> bytes:
        """Be the network between a laptop and the server."""
        if not self.faults:
            return self.engine.answer(laptop.id, data)
        if self.rng.random() < 0.2:
            self.old_questions.append((laptop.id, data))
        if self.rng.random() < 0.1:
            self.writer.write(laptop.vault)  # the adviser goes on typing meanwhile
        fault = self.rng.random()
        if fault < 0.08:
            raise ConnectionResetError("demande perdue")
        if fault < 0.14:
            self.engine.answer(laptop.id, data)
        if fault < 0.18:
            self.crash_server(laptop, data)
        reply = self.engine.answer(laptop.id, data)
        if fault > 0.92:
            raise TimeoutError("réponse perdue")
        if fault > 0.88:
            return reply[: self.rng.randrange(len(reply))]
        return b"<html>502 Bad Gateway</html>" if fault > 0.86 else reply

    def crash_server(self, laptop: Laptop, data: bytes) -> None:
        self.crash_in = self.rng.randrange(1, 40)
        try:
            self.engine.answer(laptop.id, data)
        except CrashError:
            self.central.close()
            self.start_server()
            raise
        finally:
            self.crash_in = 0

    def quiesce(self) -> None:
        """Heal everything and let everybody sync until nobody has anything to say."""
        self.faults = False
        for one in self.rights.values():
            self.engine.admit(replace(one, revoked=False))
        for _ in range(4):
            for laptop in self.laptops:
                self.sync(laptop)

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.vault.close()
        self.central.close()


@contextmanager
def world(seed: int, folder: Path, template: Template) -> Iterator[World]:
    """Give a world whose identifiers come from its seed too."""
    source = random.Random(seed + 1)  # noqa: S311 - idem
    entropy = SimpleNamespace(randbits=source.getrandbits)
    ticks = SimpleNamespace(time_ns=lambda: 1_770_000_000_000_000_000)
    with (
        patch.object(identifiers, "secrets", entropy),
        patch.object(identifiers, "time", ticks),
        patch.object(identifiers, "_last", 0),
    ):
        folder.mkdir(parents=True)
        made = World(seed, folder, template)
        try:
            yield made
        finally:
            made.close()
            shutil.rmtree(folder)
