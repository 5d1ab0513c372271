"""``advisor bench``: runs the named benchmarks that stand beside the sources."""

import argparse
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import REFUSED, Answer, answer
from advisor.config import product_root
from advisor.errors import RefusedError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group


def add(commands: "Group[Any]") -> None:
    """Add ``bench [NAME…]``."""
    parser = commands.add_parser("bench", help="mesure les vitesses et les tailles annoncées")
    parser.add_argument("noms", nargs="*", metavar="NOM", help="seulement ces mesures")
    parser.set_defaults(run=bench)


def bench(_app: "Application", parsed: argparse.Namespace) -> Answer:
    """Run the benchmarks in their own process; 1 when a budget is passed."""
    script = product_root() / "benchmarks" / "run.py"
    if getattr(sys, "frozen", False) or not script.is_file():
        raise RefusedError(
            "Les mesures de vitesse se font depuis les sources du logiciel.",
            "Dans une copie des sources : ./dev bench",
        )
    ran = subprocess.run(  # noqa: S603  (our own script, our own interpreter)
        [sys.executable, str(script), *parsed.noms], stdout=subprocess.PIPE, check=False, text=True
    )
    try:
        found: dict[str, Any] = json.loads(ran.stdout)
    except ValueError as error:
        raise RefusedError(
            "Les mesures n’ont pas abouti.", "Voyez les messages ci-dessus."
        ) from error
    if "unknown" in found:
        raise RefusedError(
            f"Aucune mesure ne s’appelle « {found['unknown']} ».",
            f"Mesures : {', '.join(found['names'])}.",
        )
    return answer(found, _lines(found), REFUSED if not found["within"] else 0)


def _lines(found: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for one in found["benchmarks"]:
        lines.append(one["name"])
        for measure in one["measures"]:
            budget = measure["budget"]
            verdict = "" if budget is None else f"  (au plus {budget})"
            mark = "  DÉPASSÉ" if measure["within"] is False else ""
            value = f"{measure['value']} {measure['unit']}"
            lines.append(f"  {measure['id']} : {value}{verdict}{mark}")
        lines += [f"  non mesuré : {why}" for why in one["skipped"]]
    return lines
