"""``advisor check``: everything a support desk asks first, without opening anything new."""

import argparse
import os
import platform
import shutil
from datetime import datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any

from advisor import __version__
from advisor.cli.answer import REFUSED, Answer, answer
from advisor.cli.reference import info_shape
from advisor.cli.shapes_cases import instant
from advisor.cli.wording import counted, number
from advisor.errors import AdvisorError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group

LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "typst", "cryptography")
SCARCE_DISK = 500_000_000  # bytes left under which the support desk wants to know


def add(commands: "Group[Any]") -> None:
    """Add ``check``."""
    parser = commands.add_parser("check", help="ce que l’assistance demande d’abord")
    parser.set_defaults(run=check)


def check(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """Tell versions, pack, vault, disk, last sync and display; 1 when something is wrong."""
    problems: list[str] = []
    vault = _vault(app, problems)
    data = {
        "versions": versions(),
        "pack": _pack(app, problems),
        "vault": vault,
        "disk": _disk(app, problems),
        **_sync(app, vault["state"], problems),
        "display": {
            "available": app.has_display(),
            "platform": os.environ.get("QT_QPA_PLATFORM"),
        },
        "problems": problems,
        "ok": True,
    }
    data["ok"] = not problems
    return answer(data, _lines(data), REFUSED if problems else 0)


def versions() -> dict[str, str | None]:
    """Return the versions of the product, of Python, of the system and of its libraries."""
    found: dict[str, str | None] = {
        "advisor": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return found


def _pack(app: "Application", problems: list[str]) -> dict[str, Any] | None:
    try:
        return info_shape(app.reference.info())
    except AdvisorError as error:
        problems.append(f"Référentiel : {error.message}")
        return None


def _vault(app: "Application", problems: list[str]) -> dict[str, Any]:
    if not app.home.database.exists():
        return {"state": "absent", "told": "Aucune base : elle sera créée au premier usage."}
    if not app.has_phrase():
        return {"state": "locked", "told": "Base chiffrée, fermée : phrase secrète non donnée."}
    try:
        found = app.cases.vault.check()
    except AdvisorError as error:
        problems.append(f"Base : {error.message}")
        return {"state": "closed", "told": error.message}
    problems += [f"Base : {one}" for one in found.faults]
    told = "; ".join(found.faults) or "Base chiffrée et entière."
    return {"state": "damaged" if found.faults else "ok", "told": told}


def _sync(app: "Application", vault: str, problems: list[str]) -> dict[str, Any]:
    """Tell which central store, when it last went well, what waits; nothing when closed."""
    if vault != "ok":
        return {"central": None, "last_sync": None, "pending": None}
    state = app.services.sync.state()
    if state.locked:
        problems.append("Synchronisation : ce poste est révoqué, les dossiers sont fermés.")
    elif state.last_sync and not state.last_sync.ok:
        problems.append(f"Synchronisation : {state.last_sync.sentence}")
    return {
        "central": state.central,
        "last_sync": instant(state.last_success),
        "pending": state.pending.count,
    }


def _disk(app: "Application", problems: list[str]) -> dict[str, int]:
    folder = app.home.root
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < SCARCE_DISK:
        problems.append(f"Disque : il ne reste que {number(free // 1_000_000)} Mo.")
    return {"free": free}


def _lines(data: dict[str, Any]) -> list[str]:
    names = ", ".join(f"{name} {found}" for name, found in data["versions"].items() if found)
    lines = [f"Versions : {names}"]
    if data["pack"]:
        pack = data["pack"]["pack"]
        lines.append(f"Référentiel : {pack['id']} {pack['version']}, signé par {pack['signed_by']}")
    lines.append(f"Base : {data['vault']['told']}")
    lines.append(f"Disque : {number(data['disk']['free'] // 1_000_000)} Mo libres")
    lines.append(f"Central : {data['central'] or 'aucun'}")
    lines.append(f"Dernière synchronisation : {_day_and_hour(data['last_sync'])}")
    if data["pending"] is not None:
        lines.append(f"En attente d’envoi : {counted(data['pending'], 'saisie')}")
    lines.append("Écran : " + ("disponible" if data["display"]["available"] else "aucun"))
    return [*lines, *(data["problems"] or ["Tout est en ordre."])]


def _day_and_hour(text: str | None) -> str:
    return f"{datetime.fromisoformat(text).astimezone():%d/%m/%Y %H:%M}" if text else "jamais"
