"""How this window looks on this machine: text size, light or dark, delay before locking.

Kept in the home as ``window.json``; holds nothing about anybody. Knows files only.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from advisor.config import Home
from advisor.ui.theme import LARGEST_SCALE, SCALE_STEP, SMALLEST_SCALE

FILE = "window.json"
DEFAULT_LOCK_MINUTES = 5
LOCK_CHOICES = (5, 10, 15, 30)


@dataclass(frozen=True, slots=True)
class Settings:
    """``mode`` is light, dark or system; ``scale`` 1.0 to 2.0; ``sheets`` a folder, or empty."""

    mode: str = "light"
    scale: float = 1.0
    lock_minutes: int = DEFAULT_LOCK_MINUTES
    sheets: str = ""

    def larger(self) -> "Settings":
        """Return the same with larger text, never over 200 %."""
        return replace(self, scale=min(self.scale + SCALE_STEP, LARGEST_SCALE))

    def smaller(self) -> "Settings":
        """Return the same with smaller text, never under 100 %."""
        return replace(self, scale=max(self.scale - SCALE_STEP, SMALLEST_SCALE))

    def with_value(self, name: str, value: object) -> "Settings":
        """Return the same with one value changed."""
        return replace(self, **{name: value})  # type: ignore[arg-type]

    def other_mode(self) -> "Settings":
        """Return the same in the other mode."""
        return replace(self, mode="light" if self.mode == "dark" else "dark")


def read_settings(home: Home) -> Settings:
    """Return what was kept; anything unreadable is the default, a window must open."""
    try:
        kept = json.loads((home.root / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    known = {field.name: type(getattr(Settings(), field.name)) for field in fields(Settings)}
    good = {
        name: kept[name]
        for name, kind in known.items()
        if isinstance(kept.get(name), kind | int if kind is float else kind)
    }
    made = Settings(**good)
    scale = min(max(float(made.scale), SMALLEST_SCALE), LARGEST_SCALE)
    return replace(made, scale=scale, lock_minutes=max(made.lock_minutes, 1))


def keep_settings(home: Home, settings: Settings) -> None:
    """Write the settings beside the database; raises OSError when the disk refuses."""
    path: Path = home.root / FILE
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    beside.replace(path)
