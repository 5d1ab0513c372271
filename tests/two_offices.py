"""Two offices and one central store, all real, joined without a network: for what people see."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from advisor.config import Home
from advisor.services.cases import Cases
from advisor.store import tables
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault
from advisor.sync.device import Device, SyncReport
from advisor.sync.server.database import Central
from advisor.sync.server.engine import Engine
from advisor.sync.server.rights import Rights, Role


@dataclass
class Offices:
    """The central store, and the offices that sync with it."""

    folder: Path
    names: dict[int, str] = field(default_factory=dict)
    closing: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.central = Central(f"sqlite:///{self.folder / 'central.db'}")
        self.central.migrate()
        self.engine = Engine(self.central)
        self.closing.append(self.central.close)

    def open_other(self, name: str = "Dominique Autre", organisation: str = "ARS") -> Cases:
        """Open another office, where somebody else signs."""
        home = Home(self.folder / f"other{len(self.names)}")
        vault = open_vault(home, "quatre mots sans lien", around=Surroundings(cost=FLOOR))
        self.admit(vault, f"autre{len(self.names)}")
        cases = Cases(vault)
        cases.identity.sign_in(name, organisation)
        self.closing.append(cases.close)
        return cases

    def admit(self, vault: Vault, device: str, *departements: str) -> None:
        """Enrol a home under a device's name, for some départements (77 at least)."""
        with vault.write() as work:
            work.connection.execute(tables.device.update().values(id=device))
        self.names[id(vault)] = device
        wanted = frozenset(departements or {"77"})
        self.engine.admit(Rights(device, "URPS", Role.ADVISER, wanted))

    def sync(self, *everybody: Cases) -> SyncReport:
        """Sync each office in turn; returns the last report."""
        report = SyncReport()
        for cases in everybody:
            vault = cases._desk.vault
            name = self.names[id(vault)]
            report = Device(vault, lambda data, name=name: self.engine.answer(name, data)).sync()
        return report

    def close(self) -> None:
        """Close everything."""
        for close in reversed(self.closing):
            close()


def disagree(
    offices: Offices,
    ours: Cases,
    theirs: Cases,
    act: Callable[[Cases], object],
    other_act: Callable[[Cases], object],
) -> None:
    """Let two offices that hold the same write differently, the other one received first."""
    offices.sync(ours, theirs)
    act(ours)
    other_act(theirs)
    offices.sync(theirs, ours)
    offices.sync(theirs)
