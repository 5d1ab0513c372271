"""Handing over the sheet: written where the adviser keeps them, then opened to be printed.

Knows the documents' service; must not know any widget.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.domain.cases.appointment import Interview
from advisor.domain.cases.bookings import plain
from advisor.errors import RefusedError
from advisor.ui.desk import Desk

if TYPE_CHECKING:  # the page makers are loaded at the first sheet, not with the window
    from advisor.services.documents import Printed


def sheet_path(folder: Path, whole: Interview) -> Path:
    """Return « fiche-martin-2026-11-22.pdf » in the folder."""
    name = re.sub(r"\W+", "-", plain(whole.professional.nom)) or "sans-nom"
    return folder / f"fiche-{name}-{whole.permanence.day:%Y-%m-%d}.pdf"


def print_sheet(desk: Desk, whole: Interview) -> None:
    """Write the two pages and their accessible twin, open them, and say where they are."""
    path = sheet_path(desk.sheets_folder(), whole)

    def work() -> "Printed":
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RefusedError(
                f"Le dossier {path.parent} ne peut pas être créé.",
                "Choisissez un autre dossier pour les fiches dans «\u202fAffichage\u202f».",
            ) from error
        return desk.services.documents.print_sheet(whole.id, path)

    def done(printed: "Printed") -> None:
        desk.news.announce(printed.changes)
        opened = desk.show_file(path)
        hint = printed.remark or ("" if opened else "Ouvrez ce fichier pour l’imprimer.")
        offer = ("Ouvrir le dossier", lambda: desk.show_file(path.parent))
        desk.news.settle(f"Fiche écrite\u202f: {path}.", hint, offer)

    desk.jobs.store(work, done, label="Mise en page de la fiche")
