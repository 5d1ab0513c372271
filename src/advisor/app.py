"""The only file that knows everyone: one home's services, wired, opened when first asked for.

The command line and the program's door use it; nothing else imports it.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from advisor.config import Home
from advisor.errors import RefusedError, VaultError
from advisor.services.all_services import Services

if TYPE_CHECKING:
    from advisor.domain.aids.aid import AidsForPlace
    from advisor.domain.cases.appointment import Interview
    from advisor.services.aids import AidService
    from advisor.services.cases import Cases
    from advisor.services.documents import Documents
    from advisor.services.reference import Reference

PHRASE_FILE = "ADVISOR_PASSPHRASE_FILE"
LONGEST_PHRASE = 4096  # bytes read from a passphrase file
NO_SCREEN = ("offscreen", "minimal")
QUIET_QT = "default.warning=false"  # Qt without a screen warns, in English, of what it lacks

AskPassphrase = Callable[[bool], str | None]


class Application:
    """One home and its services. A context manager: leaving closes what was opened.

    ``ask`` asks a person at the keyboard, told whether the home is new (None: nobody there);
    ``home_was_given`` tells whether the user named this home rather than taking the usual one.
    """

    def __init__(
        self,
        home: Home,
        ask: AskPassphrase = lambda _new: None,
        *,
        home_was_given: bool = False,
    ) -> None:
        self.home = home
        self.home_was_given = home_was_given
        self._ask = ask
        self.services = Services(home, self._find_passphrase)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.services.close()

    @property
    def reference(self) -> "Reference":
        """Return the reference façade."""
        return self.services.reference

    @property
    def aids(self) -> "AidService":
        """Return the aids worked out on that reference."""
        return self.services.aids

    @property
    def cases(self) -> "Cases":
        """Return the case services; opens the ciphered database, made at first use."""
        return self.services.cases

    @property
    def documents(self) -> "Documents":
        """Return what prints sheets."""
        return self.services.documents

    def interview_aids(self, whole: "Interview") -> "tuple[AidsForPlace, ...]":
        """Return the aids of each candidate place of an interview, worked out today."""
        return self.aids.for_interview(whole)

    @staticmethod
    def has_display() -> bool:
        """Tell whether a window can be shown here."""
        return has_display()

    def open_window(self) -> int:
        """Show the window until it is closed; returns its exit status."""
        if not has_display():
            raise RefusedError(
                "Aucun écran : la fenêtre ne peut pas s’ouvrir ici.",
                "Sans écran, essayez « advisor demo --out DOSSIER » ou « advisor --help ».",
            )
        from advisor.ui.main import run  # noqa: PLC0415  (Qt is loaded for the window only)

        return run(self.services)

    def take_pictures(self, out: Path) -> dict[str, Path]:
        """Draw every screen of this home into ``out``, one PNG each; returns them by screen."""
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("QT_LOGGING_RULES", QUIET_QT)
        from advisor.ui.pictures import take_pictures  # noqa: PLC0415  (idem)

        return take_pictures(self.services, out)

    def in_home(self, home: Home, phrase: str) -> "Application":
        """Return the same program on another home, its database opened with ``phrase``."""
        other = Application(home)
        other.services.unlock(phrase)
        return other

    def has_phrase(self) -> bool:
        """Tell whether a passphrase is given for unattended use."""
        return bool(os.environ.get(PHRASE_FILE))

    def _find_passphrase(self) -> str | None:
        named = os.environ.get(PHRASE_FILE)
        return first_line(Path(named)) if named else self._ask(self.services.is_new)


def first_line(file: Path, named_by: str = f"la variable {PHRASE_FILE}") -> str:
    """Return the passphrase a file holds: its first line, without the line end.

    ``named_by`` tells whoever reads the refusal where the file was named.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(LONGEST_PHRASE)
        phrase = raw.decode("utf-8-sig").splitlines()[0] if raw else ""
    except (OSError, UnicodeDecodeError) as error:
        raise VaultError(
            f"Le fichier de phrase secrète « {file} » ne peut pas être lu.",
            f"Corrigez {named_by} : un fichier texte en UTF-8.",
        ) from error
    if not phrase.strip():
        raise VaultError(
            f"Le fichier de phrase secrète « {file} » est vide.",
            "Écrivez la phrase secrète sur sa première ligne.",
        )
    return phrase


def has_display() -> bool:
    """Tell whether a window can be shown: only Linux may lack a screen."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen.partition(":")[0] in NO_SCREEN:
        return False
    named = bool(chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return sys.platform != "linux" or named
