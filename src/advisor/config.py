"""Where a home lives on disk, and where the product's own files are.

Open to every room. Knows paths only: it creates folders, never content.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Home:
    """One adviser's folder: two homes on a machine never touch each other."""

    root: Path

    @property
    def database(self) -> Path:
        """The ciphered case database."""
        return self.root / "case.db"

    @property
    def reference(self) -> Path:
        """Reference packs: public data only."""
        return self.root / "reference"

    @property
    def backups(self) -> Path:
        """Ciphered copies of the case database."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """Technical logs, without personal data."""
        return self.root / "logs"

    def create(self) -> "Home":
        """Make the folders that are missing, readable by their owner only; returns itself."""
        for folder in (self.root, self.reference, self.backups, self.logs):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self


def find_home(given: str | Path | None = None) -> Home:
    """Return the home named by ``given``, else ``ADVISOR_HOME``, else the platform's folder."""
    named = given or os.environ.get("ADVISOR_HOME")
    root = Path(named) if named else Path(platformdirs.user_data_dir("advisor", appauthor=False))
    return Home(root.expanduser().absolute())


def product_root() -> Path:
    """Return the folder that holds ``data/`` and ``resources/`` (checkout or frozen program)."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """Return the shipped, dated and sourced public data."""
    return product_root() / "data"


def resources_folder() -> Path:
    """Return the theme, icons and fonts."""
    return product_root() / "resources"
