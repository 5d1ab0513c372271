"""Hands a diagnostic over: its PDF and its map, made in the lane of long work.

Places no widget.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from advisor.domain.places.name_search import fold
from advisor.domain.words.wording import NARROW
from advisor.errors import RefusedError
from advisor.ui.desk import Desk
from advisor.ui.territories.facts import Opened

LONGEST = 50


def print_diagnostic(desk: Desk, opened: Opened) -> None:
    """Write the pages of a diagnostic and open them."""
    out = _path(desk, opened, "diagnostic", "pdf")
    services, cases = desk.services, desk.cases

    def work() -> None:
        me = cases.identity.me()
        services.territory_documents.print_diagnostic(opened.diagnosis, out, opened.work, me)

    _make(desk, out, work, "Mise en page du diagnostic", "Diagnostic imprimé")


def export_map(desk: Desk, opened: Opened) -> None:
    """Write the map of a diagnostic, one file for any browser, and open it."""
    out = _path(desk, opened, "carte", "html")
    documents = desk.services.territory_documents

    def work() -> None:
        documents.export_map(opened.diagnosis, out)

    _make(desk, out, work, "Dessin de la carte", "Carte exportée")


def _path(desk: Desk, opened: Opened, what: str, suffix: str) -> Path:
    name = opened.work.name if opened.work else opened.content.name
    kept = "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())[:LONGEST]
    day: date = desk.today
    return desk.sheets_folder() / f"{what}-{kept or 'territoire'}-{day}.{suffix}"


def _make(desk: Desk, out: Path, work: Callable[[], None], label: str, said: str) -> None:
    def run(_tell: Any, _is_stopped: Any) -> None:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RefusedError(
                f"Le dossier {out.parent} ne peut pas être créé.",
                "Choisissez un autre dossier dans Affichage.",
            ) from error
        work()

    def done(_result: object) -> None:
        desk.show_file(out)
        offer = ("Ouvrir le dossier", lambda: desk.show_file(out.parent))
        desk.news.settle(f"{said}{NARROW}: {out}.", "", offer)

    desk.news.said.emit("info", f"{label}…", "", None)
    desk.jobs.call(run, done, desk.news.refuse, label=label)
