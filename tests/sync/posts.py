"""Real homes of a real central store, that meet by file or over the network."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from advisor.config import Home
from advisor.domain.cases.people import Adviser
from advisor.services.desk import Desk
from advisor.services.sync_files import SyncFiles
from advisor.services.sync_state import SyncReport
from advisor.store import tables
from advisor.store.enrolled import Enrolled, Tie
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault
from advisor.sync.carrying import let_go, relay
from advisor.sync.device import Device
from advisor.sync.device import SyncReport as Done
from advisor.sync.device_keys import new_pair
from advisor.sync.server.carried import answer_carried
from advisor.sync.server.database import Central
from advisor.sync.server.engine import Engine
from advisor.sync.server.enrolment import invite, redeem
from advisor.sync.wire import canonical

PHRASE = "une phrase pour la clé"
HOME_PHRASE = "quatre mots sans lien"


class Template:
    """One empty ciphered home, made once: each laptop begins as a copy of it."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "template")
        made = open_vault(self.home, HOME_PHRASE, around=Surroundings(cost=FLOOR))
        self.recovery_key, self.key = made.recovery_key, made.raw_key()
        made.close()


class Wire:
    """The network's client, without the network: JSON goes both ways."""

    def __init__(self, engine: Engine, central: Central) -> None:
        self.engine, self.central = engine, central
        self.asked = 0

    def carried(self, envelopes: Sequence[Mapping[str, Any]]) -> list[Any]:
        self.asked += 1
        given = json.loads(canonical(list(envelopes)))
        replies = [answer_carried(self.engine, self.central, one) for one in given]
        return list(json.loads(canonical(replies)))


@dataclass
class Post:
    """One laptop. ``folder`` is where its key is plugged."""

    name: str
    vault: Vault
    folder: Path
    wire: Wire
    written: int = 0

    @property
    def files(self) -> SyncFiles:
        return SyncFiles(lambda: Desk(self.vault), self.vault.home, self.vault.around)

    def export(self, name: str = "") -> Path:
        self.written += 1
        file = self.folder / (name or f"{self.name}-{self.written}.advisor")
        self.files.export(file, PHRASE)
        return file

    def take(self, file: Path) -> SyncReport:
        return self.files.take_in(file, PHRASE)

    def sync(self) -> Done:
        """Relay, push and pull, as a sync over the network does."""
        relay(self.vault, self.wire)
        with self.vault.read() as look:
            tie = Enrolled(look.connection).tie()
        assert tie is not None
        done = Device(self.vault, lambda data: self.wire.engine.answer(tie.device, data)).sync()
        let_go(self.vault)
        return done

    def enrol(self, *departements: str) -> str:
        central, now = self.wire.central, datetime(2026, 3, 10, tzinfo=UTC)
        private, public = new_pair()
        invitation = invite(
            central,
            name=self.name,
            organisation="URPS",
            role="conseiller",
            departements=departements or ("77",),
            now=now,
        )
        made = redeem(central, invitation.code, public, now)
        who = (made.device, made.organisation, made.role, made.departements)
        keys = (made.token, private, public, made.central_key)
        with self.vault.write() as work:
            tie = Tie("http://127.0.0.1:1", *who, now.isoformat(), *keys)
            Enrolled(work.connection).become(tie, f"i-{made.device}")
        return made.device

    def opens(self, place: str = "Melun", departement: str = "77") -> str:
        with self.vault.write() as work:
            here = {"departement": departement}
            day = {"day": "2026-03-10", "place": place}
            permanence = work.create("permanence", day, **here)
            person = work.create("professional", {"nom": place, "telephone": "01"}, **here)
            values = {"permanence": permanence, "professional": person, "status": "prevu"}
            interview = work.create("appointment", values, **here)
            work.create("project", {"sector": "1"}, record_id=interview, **here)
        return interview

    def notes(self, interview: str, text: str) -> None:
        with self.vault.write() as work:
            values = {"interview": interview, "text": text, "author": self.name}
            work.create("note", values, departement="77")

    def sets(self, interview: str, **fields: Any) -> None:
        with self.vault.write() as work:
            work.set("project", interview, fields)

    def sees(self, interview: str) -> Any:
        with self.vault.read() as look:
            return look.interviews.get(interview)

    def texts(self, interview: str) -> set[str]:
        return {note.text for note in self.sees(interview).notes}

    def pending(self) -> int:
        with self.vault.read() as look:
            return look.journal.pending().count

    def held(self) -> list[str]:
        """Return the laptop's records as one text each, ready to be compared."""
        with self.vault.read() as look:
            names = ("id", "departement", "deleted")
            kinds = (tables.permanence, tables.professional, tables.appointment, tables.project)
            rows = [
                f"{table.name} {dict(row)}"
                for table in (*kinds, tables.note)
                for row in look.connection.execute(table.select()).mappings()
            ]
            assert all(name in row for row in rows for name in names)
            versions = look.connection.execute(tables.note_version.select()).mappings()
            return sorted([*rows, *(f"version {dict(row)}" for row in versions)])


class Star:
    """A central store and as many laptops as asked for."""

    def __init__(self, folder: Path, central: Central) -> None:
        self.folder, self.template = folder, Template(folder)
        self.at = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
        self.wire = Wire(Engine(central, self.now), central)
        self.posts: list[Post] = []

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def post(self, name: str, *departements: str, enrolled: bool = True) -> Post:
        home = Home(self.folder / name).create()
        shutil.copyfile(self.template.home.database, home.database)
        shutil.copyfile(self.template.home.root / "case.keys", home.root / "case.keys")
        around = Surroundings(now=self.now, cost=FLOOR)
        vault = Vault(home, bytearray(self.template.key), around)
        with vault.write() as work:
            named = {"id": f"neuf-{name}", "incarnation": f"i-{name}", "local_seq": 0}
            work.connection.execute(tables.device.update().values(**named))
            work.settings.keep_adviser(Adviser(f"Conseiller {name}", "URPS"))
        key = self.folder / f"cle-{name}"
        key.mkdir()
        made = Post(name, vault, key, self.wire)
        if enrolled:
            made.enrol(*departements)
        self.posts.append(made)
        return made

    def close(self) -> None:
        for post in self.posts:
            post.vault.close()
