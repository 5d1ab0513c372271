"""The one small tree of failures. Each carries a French sentence and what to do next.

Open to every room; knows none of them.
"""

from pathlib import Path


class AdvisorError(Exception):
    """Something asked of the product cannot be done.

    ``message`` says what happened in one clear French sentence, ``hint`` what to do next
    (may be empty), ``code`` is a stable English identifier for scripts.
    """

    code = "refused"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotFoundError(AdvisorError):
    """What was named does not exist."""

    code = "not_found"


class RefusedError(AdvisorError):
    """A rule forbids what was asked; nothing was changed."""

    code = "refused"


class UnknownDeviceError(RefusedError):
    """The central store does not know this computer, or not any more; it may be enrolled again."""

    code = "unknown_device"


class UsageError(AdvisorError):
    """The command itself is badly written."""

    code = "usage"


class NotBuiltError(UsageError):
    """The command belongs to a later version."""

    code = "not_built"


class BadDataError(AdvisorError):
    """A file given by somebody does not have the shape it should have."""

    code = "bad_data"

    def __init__(
        self, message: str, hint: str = "", *, file: Path | str = "", line: int | None = None
    ) -> None:
        place = f"{file}" + (f", ligne {line}" if line is not None else "")
        super().__init__(f"{place} : {message}" if place else message, hint)
        self.file = str(file)
        self.line = line


class PackError(AdvisorError):
    """A reference pack is absent, damaged, or not signed by someone trusted."""

    code = "pack"


class VaultError(AdvisorError):
    """The encrypted case database cannot be opened or used."""

    code = "vault"


class WrongKeyError(VaultError):
    """The passphrase or recovery key does not open the database."""

    code = "wrong_key"


class LockedOutError(VaultError):
    """Too many wrong passphrases; waiting is required."""

    code = "locked_out"


class NewerDatabaseError(VaultError):
    """The database was written by a newer version of the application."""

    code = "newer_database"


class DiskFullError(VaultError):
    """The disk cannot take what was typed; it stays in the window."""

    code = "disk_full"


class AlreadyOpenError(AdvisorError):
    """Another copy of the application is working on the same home."""

    code = "already_open"


class NetworkError(AdvisorError, OSError):
    """The central store cannot be reached or does not answer as it should; nothing is lost."""

    code = "network"

    def __str__(self) -> str:
        return self.message


class LockedError(AdvisorError):
    """The central store revoked this computer: its cases stay closed until enrolled again."""

    code = "locked"


class StoppedError(AdvisorError):
    """What was under way was stopped by the person who asked for it."""

    code = "stopped"
