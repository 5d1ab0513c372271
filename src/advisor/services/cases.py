"""All that an adviser can do with cases, assembled around one open vault."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from advisor.services.desk import Desk, same
from advisor.services.follow_up import FollowUp
from advisor.services.identity import Identity
from advisor.services.interviews import InterviewService
from advisor.services.journal import JournalService
from advisor.services.permanences import PermanenceService
from advisor.services.vault import VaultService
from advisor.store.vault import Vault

if TYPE_CHECKING:
    from advisor.services.arrivals import ArrivalService
    from advisor.services.disagreements import Disagreements
    from advisor.services.duplicates import Duplicates
    from advisor.services.territory_work import TerritoryWorkService


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
        self.identity = Identity(desk.for_upkeep())
        self.vault = VaultService(desk)
        self._desk = desk

    @cached_property
    def arrivals(self) -> "ArrivalService":
        """Return what came from the central store; loaded when it is first asked for."""
        from advisor.services.arrivals import ArrivalService  # noqa: PLC0415  (no use at the start)

        return ArrivalService(self._desk.for_upkeep())

    @cached_property
    def disagreements(self) -> "Disagreements":
        """Return the choices to make between two versions; idem."""
        from advisor.services.disagreements import Disagreements  # noqa: PLC0415  (idem)

        return Disagreements(self._desk)

    @cached_property
    def duplicates(self) -> "Duplicates":
        """Return the records that seem to be one professional; idem."""
        from advisor.services.duplicates import Duplicates  # noqa: PLC0415  (idem)

        return Duplicates(self._desk)

    @cached_property
    def territories(self) -> "TerritoryWorkService":
        """Return the work around territorial diagnostics; idem."""
        from advisor.services.territory_work import TerritoryWorkService  # noqa: PLC0415  (idem)

        return TerritoryWorkService(self._desk)

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
