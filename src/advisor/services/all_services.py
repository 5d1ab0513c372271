"""Everything the window and the command line may ask for, in one object.

The reference is open from the start; the cases open with :meth:`Services.unlock`. Each service is
loaded when it is first asked for, so that a window opens without what its first screen has no use
for.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.config import Home
from advisor.services.reference import Reference
from advisor.store.instance import WindowLock
from advisor.store.surroundings import Surroundings

if TYPE_CHECKING:
    from advisor.services.aids import AidService
    from advisor.services.cases import Cases
    from advisor.services.documents import Documents
    from advisor.services.indicators import Indicators
    from advisor.services.map import MapService
    from advisor.services.packs import Packs
    from advisor.services.sync import SyncService
    from advisor.services.sync_files import SyncFiles
    from advisor.services.territories import Territories
    from advisor.services.territory_documents import TerritoryDocuments


class Services:
    """One home's services: ``cases`` (ciphered), ``reference`` (public), ``aids``, ``documents``.

    ``find_passphrase`` gives the passphrase of unattended use (None when nobody gave one); it is
    asked once, when ``cases`` is first needed and nobody called :meth:`unlock`.
    """

    def __init__(
        self,
        home: Home,
        find_passphrase: Callable[[], str | None] = lambda: None,
        around: Surroundings | None = None,
    ) -> None:
        self.home = home
        self.around = around or Surroundings()
        self._find_passphrase = find_passphrase
        self._cases: Cases | None = None
        self._documents: Documents | None = None

    @cached_property
    def reference(self) -> Reference:
        """Return the reference façade; its pack opens at the first question."""
        return Reference(self.home)

    @cached_property
    def aids(self) -> "AidService":
        """Return the aids worked out on that reference."""
        from advisor.services.aids import AidService  # noqa: PLC0415  (idem)

        return AidService(self.reference)

    @cached_property
    def maps(self) -> "MapService":
        """Return the maps drawn from that reference."""
        from advisor.services.map import MapService  # noqa: PLC0415  (idem)

        return MapService(self.reference, self.indicators)

    @cached_property
    def indicators(self) -> "Indicators":
        """Return the imported tables of indicators."""
        from advisor.services.indicators import Indicators  # noqa: PLC0415  (idem)

        return Indicators(self.home, self.reference)

    @cached_property
    def territories(self) -> "Territories":
        """Return the territories to study and their diagnostics."""
        from advisor.services.territories import Territories  # noqa: PLC0415  (idem)

        return Territories(self.reference, self.indicators)

    @cached_property
    def territory_documents(self) -> "TerritoryDocuments":
        """Return what prints territorial diagnostics."""
        from advisor.services.territory_documents import TerritoryDocuments  # noqa: PLC0415  (idem)

        return TerritoryDocuments(self.reference, self.maps)

    @cached_property
    def sync(self) -> "SyncService":
        """Return the exchange with the central store; opens the cases at the first question."""
        from advisor.services.sync import SyncService  # noqa: PLC0415  (idem)

        return SyncService(lambda: self.cases.desk, self.reference.trust)

    @cached_property
    def packs(self) -> "Packs":
        """Return the reference pack that the central store gives out; opens the cases to ask."""
        from advisor.services.packs import Packs  # noqa: PLC0415  (idem)

        return Packs(lambda: self.cases.desk, self.reference, self.home.reference)

    @cached_property
    def sync_files(self) -> "SyncFiles":
        """Return the exchange by file, and the rescue; opens the cases when it needs them."""
        from advisor.services.sync_files import SyncFiles  # noqa: PLC0415  (idem)

        return SyncFiles(lambda: self.cases.desk, self.home, self.around)

    @property
    def cases(self) -> "Cases":
        """Return the case services; raises VaultError when no door opens the database."""
        return self._cases or self.unlock(self._find_passphrase())

    @property
    def documents(self) -> "Documents":
        """Return what prints sheets of the open cases."""
        if self._documents is None:
            from advisor.services.documents import Documents  # noqa: PLC0415  (idem)

            self._documents = Documents(self.cases, self.reference, self.aids, self.indicators)
        return self._documents

    def find_passphrase(self) -> str | None:
        """Return the passphrase somebody gives for this home, None when nobody does."""
        return self._find_passphrase()

    @property
    def is_new(self) -> bool:
        """Tell whether this home has no case database yet: a passphrase is to be chosen."""
        from advisor.store.vault import exists  # noqa: PLC0415  (idem)

        return not exists(self.home)

    @property
    def is_open(self) -> bool:
        """Tell whether the cases are open."""
        return self._cases is not None

    @property
    def recovery_key(self) -> str | None:
        """Return the recovery key to show once, when the database was just made here."""
        return self._cases.recovery_key if self._cases else None

    def unlock(self, passphrase: str | None = None, *, recovery_key: str | None = None) -> "Cases":
        """Open the cases, made on first use; ``passphrase`` None tries the system keyring.

        Raises WrongKeyError, LockedOutError, NewerDatabaseError, VaultError.
        """
        from advisor.services.cases import Cases  # noqa: PLC0415  (idem)
        from advisor.store.vault import open_vault  # noqa: PLC0415  (idem)

        if self._cases is None:
            vault = open_vault(self.home, passphrase, recovery_key=recovery_key, around=self.around)
            self._cases = Cases(
                vault,
                pack_version=lambda: self.reference.info().version,
                name_of=lambda code: self.reference.commune(code).name,
            )
        return self._cases

    def hold_window(self) -> WindowLock:
        """Hold this home for the window until released; AlreadyOpenError when another does."""
        return WindowLock(self.home).acquire()

    def restore(self, backup: Path) -> Path | None:
        """Put a ciphered copy in the place of the database; returns where the former is kept."""
        from advisor.store.restoring import restore_vault  # noqa: PLC0415  (idem)

        self.lock()
        return restore_vault(self.home, backup, self._find_passphrase(), around=self.around)

    def lock(self) -> None:
        """Close the cases and forget the key."""
        if self._cases is not None:
            self._cases.close()
            self._cases = self._documents = None

    def close(self) -> None:
        """Close everything that was opened."""
        self.lock()
        if "indicators" in self.__dict__:
            self.indicators.close()
        self.reference.close()
