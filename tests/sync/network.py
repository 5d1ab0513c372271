"""Real homes against a real central store over real HTTP, for the tests of the device's side."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from advisor.config import Home
from advisor.services.cases import Cases
from advisor.services.sync import SyncService
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import open_vault
from advisor.sync.client import Patience
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.enrolment import invite

PHRASE = "quatre mots sans lien"
HASTE = Patience(connect=10, read=60, total=90, tries=3, first_pause=0.001, longest_pause=0.5)
DAY = date(2026, 12, 1)


@dataclass
class Laptop:
    """One home with its services; ``offset`` is how wrong its clock is."""

    root: Path
    name: str
    offset: timedelta = timedelta()
    trusted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.home = Home(self.root / self.name)
        self.open()

    def open(self) -> None:
        around = Surroundings(now=self.now, cost=FLOOR)
        self.vault = open_vault(self.home, PHRASE, keyring=False, around=around)
        self.cases = Cases(self.vault)
        self.sync = SyncService(
            lambda: self.cases.desk, self.trusted.append, patience=HASTE, sleep=lambda _s: None
        )

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def permanence(self, departement: str = "77") -> str:
        return self.cases.permanences.create(departement, DAY, "Mairie").id

    def interview(self, nom: str = "Exemple", departement: str = "77") -> str:
        booking = {"departement": departement, "date": DAY.isoformat(), "nom": nom}
        return self.cases.interviews.new(booking, {}, ()).id

    def close(self) -> None:
        self.cases.close()


@dataclass
class Field:
    """A running central store and the laptops enrolled with it."""

    central: Central
    server: RunningServer
    folder: Path
    laptops: list[Laptop] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.server.url

    def code(self, *departements: str, role: str = "conseiller", organisation: str = "URPS") -> str:
        invited = invite(
            self.central,
            name=f"Poste {secrets.token_hex(3)}",
            organisation=organisation,
            role=role,
            departements=departements or ("77",),
            now=datetime.now(UTC),
        )
        return invited.code

    def laptop(self, name: str, offset: timedelta = timedelta()) -> Laptop:
        """Return a laptop that is not enrolled yet."""
        made = Laptop(self.folder, name, offset)
        self.laptops.append(made)
        return made

    def enrolled(self, name: str, *departements: str, offset: timedelta = timedelta()) -> Laptop:
        made = self.laptop(name, offset)
        made.cases.identity.sign_in(f"Conseiller {name}", "À remplacer")
        made.sync.enrol(self.url, self.code(*departements))
        return made
