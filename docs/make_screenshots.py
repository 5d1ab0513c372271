"""Makes the pictures of the README and of the user guide from the demonstration itself.

``.venv/bin/python docs/make_screenshots.py`` plays the demonstration in a temporary home and
keeps one picture of each screen in ``docs/images``, and the first page of a sheet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"


def main() -> int:
    """Play, then copy; returns the exit status of the demonstration."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        played = subprocess.run(
            [sys.executable, "-m", "advisor", "demo", "--out", str(out)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            check=False,
        )
        if played.returncode:
            return played.returncode
        IMAGES.mkdir(parents=True, exist_ok=True)
        for picture in sorted(out.glob("ecran-*.png")):
            shutil.copyfile(picture, IMAGES / picture.name.removeprefix("ecran-"))
        _picture_of_the_sheet(out / "synthese.pdf")
    return 0


def _picture_of_the_sheet(sheet: Path) -> None:
    """Draw the first page with poppler where it is installed; else keep the former picture."""
    drawer = shutil.which("pdftoppm")
    if drawer:
        words = [drawer, "-r", "80", "-png", "-f", "1", "-l", "1", "-singlefile"]
        subprocess.run([*words, str(sheet), str(IMAGES / "fiche")], check=True)


if __name__ == "__main__":
    raise SystemExit(main())
