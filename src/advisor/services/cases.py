"""All that an adviser can do with cases, assembled around one open vault."""

from collections.abc import Callable

from advisor.services.arrivals import ArrivalService
from advisor.services.desk import Desk, same
from advisor.services.disagreements import Disagreements
from advisor.services.follow_up import FollowUp
from advisor.services.identity import Identity
from advisor.services.interviews import InterviewService
from advisor.services.journal import JournalService
from advisor.services.permanences import PermanenceService
from advisor.services.territory_work import TerritoryWorkService
from advisor.services.vault import VaultService
from advisor.store.vault import Vault


class Cases:
    """The case services; ``close`` shuts the database and wipes the key.

    ``pack_version`` answers with the pack in use, ``name_of`` with a commune's name for its code
    (NotFoundError when the pack does not know it).
    """

    def __init__(
        self,
        vault: Vault,
        *,
        pack_version: Callable[[], str] = str,
        name_of: Callable[[str], str] = same,
    ) -> None:
        desk = Desk(vault, pack_version, name_of)
        self.permanences = PermanenceService(desk)
        self.interviews = InterviewService(desk)
        self.follow_up = FollowUp(desk)
        self.journal = JournalService(desk)
        self.arrivals = ArrivalService(desk.for_upkeep())
        self.disagreements = Disagreements(desk)
        self.identity = Identity(desk.for_upkeep())
        self.territories = TerritoryWorkService(desk)
        self.vault = VaultService(desk)
        self._desk = desk

    @property
    def desk(self) -> Desk:
        """Return what the case services work at, for the services made beside them."""
        return self._desk

    @property
    def recovery_key(self) -> str | None:
        """Return the recovery key to show once, only when the database was just made."""
        return self._desk.vault.recovery_key

    def close(self) -> None:
        """Shut the database and wipe the key, best effort."""
        self._desk.vault.close()
