"""Hands the map over: one HTML file for any browser, made in the lane of long work.

Places no widget but the dialog that asks where.
"""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from advisor.domain.maps.scopes import scope_of
from advisor.domain.places.name_search import fold
from advisor.domain.words.wording import NARROW
from advisor.services.maps_out import MapsOut, too_large_to_leave
from advisor.ui.desk import Desk
from advisor.ui.map.controls import MapAsked
from advisor.ui.map.reading import Cases
from advisor.ui.pieces.file_dialogs import ask_where

SUFFIX = ".html"
LABEL = "Dessin de la carte"


def export_map(desk: Desk, parent: QWidget, asked: MapAsked, cases: Cases) -> None:
    """Ask where the map goes, then write it there.

    What draws the page is loaded while the adviser chooses a file.
    """
    refusal = too_large_to_leave(asked.scope)
    if refusal is not None:
        desk.news.refuse(refusal)
        return
    maps = MapsOut(desk.services.maps)
    desk.jobs.call(lambda _tell, _stop: maps.make_ready(), label="Préparation de la carte")
    words = "".join(c if c.isalnum() else " " for c in fold(scope_of(asked.scope).words)).split()
    name = f"carte-{'-'.join(words)}-{desk.today}{SUFFIX}"
    then = partial(_make, desk, maps, asked, cases)
    ask_where(parent, "Exporter la carte", name, f"Page web (*{SUFFIX})", then)


def _make(desk: Desk, maps: MapsOut, asked: MapAsked, cases: Cases, chosen: Path) -> None:
    out = chosen if chosen.suffix else chosen.with_suffix(SUFFIX)

    def work(_tell: Any, _is_stopped: Any) -> None:
        maps.web_map(
            out,
            asked.scope,
            profession=asked.profession,
            candidates=cases.candidates,
            sessions=cases.sessions,
        )

    def done(_result: object) -> None:
        offer = ("Ouvrir la carte", lambda: desk.show_file(out))
        hint = "Un seul fichier, lisible sans réseau dans tout navigateur."
        desk.news.settle(f"Carte exportée{NARROW}: {out}.", hint, offer)

    desk.news.said.emit("info", f"{LABEL}…", "", None)
    desk.jobs.call(work, done, desk.news.refuse, label=LABEL)
