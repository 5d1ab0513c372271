"""Real homes enrolled with a central store on disk, made once and put back empty for each run.

The servers stand in processes of their own; each home syncs by its real service, over HTTP.
"""

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from invariants import BrokenError, check, promise
from writes import Writer

from advisor.config import Home
from advisor.domain.cases.people import Adviser
from advisor.domain.cases.synced import Life
from advisor.services.desk import Desk
from advisor.services.sync import SyncService
from advisor.services.sync_state import SyncReport
from advisor.store import identifiers, tables
from advisor.store.enrolled import Enrolled, Tie
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault
from advisor.sync.client import Patience
from advisor.sync.device import Device
from advisor.sync.device_keys import new_pair
from advisor.sync.server import records as central_records
from advisor.sync.server import tables as central_tables
from advisor.sync.server.database import Central
from advisor.sync.server.engine import Engine
from advisor.sync.server.enrolment import invite, redeem
from advisor.sync.server.rights import Rights, rights_of

SCOPES = (("77", "91"), ("77", "91"), ("77",))
SOUND = Patience(connect=60, read=120, total=300, tries=3, first_pause=0.001, longest_pause=5)
STILL_ROUNDS = 8
_journal = tables.journal


class Skipping:
    """A clock that sleeping moves at once."""

    def __init__(self) -> None:
        self._slept = 0.0

    def now(self) -> float:
        return time.monotonic() + self._slept

    def sleep(self, seconds: float) -> None:
        self._slept += seconds


class _Elsewhere(SyncService):
    """The service, told where the server of this run listens and whom to believe."""

    address, authority = "", ""

    def _tie(self, url: str | None) -> Tie:
        return replace(super()._tie(url), central=self.address, authority=self.authority)


@dataclass(frozen=True)
class Acknowledged:
    """One line of a journal that was committed before anybody was told so."""

    operation: str
    entity: str
    entity_id: str
    interview: str | None
    fields: str

    def names(self, record: str) -> bool:
        """Tell whether it is about a record, or hangs on it."""
        return record in (self.entity_id, self.interview) or record in self.fields


class Typist(Writer):
    """Writes texts nobody else writes, and says what was acknowledged."""

    def __init__(self, rng: random.Random, sign: str) -> None:
        super().__init__(rng)
        self._sign = sign

    def _text(self) -> str:
        return f"{self._sign}-{super()._text()}"

    def open_one(self, vault: Vault) -> None:
        """Open an interview, so that there is something to write about."""
        with vault.write() as work:
            self._opens(work)

    def acknowledge(self, vault: Vault) -> list[Acknowledged]:
        """Do things until one leaves lines in the journal; commit, and return them."""
        with vault.read() as look:
            last = look.connection.execute(sa.select(sa.func.max(_journal.c.seq))).scalar() or 0
        while True:
            self.write(vault)
            with vault.read() as look:
                rows = look.connection.execute(_journal.select().where(_journal.c.seq > last)).all()
            if rows:
                return [acknowledged(row) for row in rows]


def acknowledged(row: Any) -> Acknowledged:
    """Return what stays of a line whatever name it is sent under."""
    given = row.fields if isinstance(row, sa.Row) else row["fields"]
    values = sorted((name, repr(change["new"])) for name, change in given.items())
    named = row._mapping if isinstance(row, sa.Row) else row
    about = (named["entity"], named["entity_id"], named["interview"])
    return Acknowledged(named["operation"], *about, repr(values))


@dataclass
class Office:
    """One home. ``id`` is for those who read, ``device`` for the central store."""

    id: str
    device: str
    vault: Vault
    empty: Path
    network: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.service = _Elsewhere(lambda: Desk(self.vault), lambda _key: None)

    def put_back(self) -> None:
        """Begin again with an empty home."""
        self.vault.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.vault.home.database}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.empty, self.vault.home.database)

    def sync(
        self,
        address: str,
        authority: str = "",
        patience: Patience = SOUND,
        on_stage: Callable[[Any], None] = lambda _stage: None,
    ) -> SyncReport:
        """Sync through ``address``, whatever was said at enrolment; nobody really sleeps."""
        clock = Skipping()
        self.service.address, self.service.authority = address, authority
        self.service._network = {
            "patience": patience,
            "sleep": clock.sleep,
            "clock": clock.now,
            "draw": lambda: 0.5,
        }
        return self.service.sync(on_stage=on_stage)


class Setting:
    """A central store and its offices. Its attributes are those ``invariants.check`` reads."""

    def __init__(
        self, folder: Path, scopes: tuple[tuple[str, ...], ...], postgres: str = ""
    ) -> None:
        self.folder, self.trace = folder, list[str]()
        self.pruned: dict[tuple[str, str], int] = {}  # nobody is away for a year here
        self.narrowed: set[str] = set()  # and rights stay as they are
        self._file, self._empty = folder / "central.db", folder / "central-empty.db"
        self.database = postgres or f"sqlite:///{self._file}"
        self.central = Central(self.database)
        self.central.migrate()
        template = open_vault(
            Home(folder / "template"), "quatre mots sans lien", around=Surroundings(cost=FLOOR)
        )
        made = (template.home, template.raw_key())
        template.close()
        self.laptops = [self._office(n, scope, *made) for n, scope in enumerate(scopes)]
        self.rights = {one.device: self._rights(one.device) for one in self.laptops}
        self.rest()
        if self.central.lite:
            shutil.copyfile(self._file, self._empty)

    def _office(self, number: int, scope: tuple[str, ...], template: Home, key: bytes) -> Office:
        home = Home(self.folder / f"home{number}").create()
        shutil.copyfile(template.database, home.database)
        shutil.copyfile(template.root / "case.keys", home.root / "case.keys")
        vault = Vault(home, bytearray(key), Surroundings(cost=FLOOR))
        now, (private, public) = datetime.now(UTC), new_pair()
        asked = {"name": home.root.name, "organisation": "URPS", "role": "conseiller"}
        code = invite(self.central, departements=scope, now=now, **asked).code
        made = redeem(self.central, code, public, now)
        who = (made.device, made.organisation, made.role, made.departements)
        with vault.write() as work:
            keys = (made.token, private, public, made.central_key)
            Enrolled(work.connection).become(
                Tie("http://127.0.0.1:1", *who, "", *keys), f"i{number}"
            )
            work.settings.keep_adviser(Adviser(f"Conseiller {number}", "URPS"))
        vault.backup()  # the next one is due in a day
        vault.engine.dispose()
        shutil.copyfile(home.database, self.folder / f"home{number}.db")
        return Office(f"d{number}", made.device, vault, self.folder / f"home{number}.db")

    def _rights(self, device: str) -> Rights:
        with self.central.reading() as connection:
            found = rights_of(connection, device)
        assert found is not None
        return found

    def warm(self) -> None:
        """Have every statement prepared once, so that processes forked from here are quick."""
        engine = Engine(self.central, audited=True)
        typist = Typist(random.Random(1), "w")  # noqa: S311 - a test, not a secret
        for _ in range(3):
            for office in self.laptops:
                for _ in range(12):
                    typist.acknowledge(office.vault)
                Device(office.vault, partial(engine.answer, office.device)).sync()
        self.rest()

    def put_back(self) -> None:
        """Begin again with empty homes and an empty central store; no server must be running."""
        for office in self.laptops:
            office.put_back()
        self.trace.clear()
        if not self.central.lite:
            of = central_tables
            with self.central.engine.begin() as connection:
                for table in (of.receipt, of.record, of.incarnation):
                    connection.execute(table.delete())
                connection.execute(of.rank.update().values(last=0, floor=0))
            return
        for ending in ("-wal", "-shm"):
            Path(f"{self._file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self._empty, self._file)

    def rest(self) -> None:
        """Close every connection, so that another process may be forked or killed."""
        for office in self.laptops:
            office.vault.engine.dispose()
        self.central.close()

    def settle(self, address: str, authority: str = "") -> None:
        """Let everybody sync over a sound network until nobody has anything to say."""
        for _ in range(STILL_ROUNDS):
            reports = [one.sync(address, authority) for one in self.laptops]
            if all(one.digest_ok and one.sent == one.received == 0 for one in reports):
                return
        raise BrokenError("diverged", "they never stop talking")

    def check(self, told: Mapping[str, list[Acknowledged]]) -> Counter[str]:
        """Check every promise; ``told`` is what each office was acknowledged."""
        verdicts = check(self)  # type: ignore[arg-type]
        with self.central.reading() as connection:
            rows = connection.execute(central_tables.record.select()).all()
            bodies = [
                row.body for row in connection.execute(central_tables.receipt.select()) if row.body
            ]
        lines = [central_records.line_of(row) for row in rows]
        with promise("lost"):
            erased = {one.id for one in lines if central_records.state_of(one).life is Life.ERASED}
            received = {acknowledged(body) for body in bodies}
            for office in self.laptops:
                nothing_forgotten(office, told.get(office.id, []), received, erased)
        with promise("doubled"):
            no_twin_notes(lines)
        return verdicts


def nothing_forgotten(
    office: Office, told: list[Acknowledged], received: set[Acknowledged], erased: set[str]
) -> None:
    """What an adviser was told is saved reached the central store, or was erased since."""
    with office.vault.read() as look:
        rows = look.connection.execute(_journal.select()).all()
    full = {row.entity_id for row in rows if row.fields}
    empty = {row.entity_id for row in rows} - full
    for one in told:
        gone = one.entity_id in empty or any(one.names(record) for record in erased)
        assert gone or one in received, (office.id, one)


def no_twin_notes(lines: list[Any]) -> None:
    """Each text was typed once: it stands in one note."""
    found: Counter[str] = Counter()
    for line in lines:
        if line.entity == "note" and line.record is not None:
            state = central_records.state_of(line)
            texts = {one.value for one in state.versions if one.field == "text"}
            texts |= {one.value for name, one in state.fields.items() if name == "text"}
            found.update(text for text in texts if text)
    twins = {text: times for text, times in found.items() if times > 1}
    assert not twins, twins


@contextmanager
def identifiers_of(seed: int) -> Iterator[None]:
    """Draw the identifiers made in this process from a seed."""
    source = random.Random(seed)  # noqa: S311 - a test, not a secret
    entropy = SimpleNamespace(randbits=source.getrandbits)
    ticks = SimpleNamespace(time_ns=lambda: 1_770_000_000_000_000_000)
    with (
        patch.object(identifiers, "secrets", entropy),
        patch.object(identifiers, "time", ticks),
        patch.object(identifiers, "_last", 0),
    ):
        yield
