"""``advisor enrol``: ties this home to a central store, once."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.wording import listed

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group


def add(commands: "Group[Any]") -> None:
    """Add ``enrol --central URL --code CODE [--ca FILE]``."""
    parser = commands.add_parser("enrol", help="inscrit ce poste auprès d’un central, une fois")
    parser.add_argument("--central", required=True, metavar="URL", help="adresse du central")
    parser.add_argument("--code", required=True, metavar="CODE", help="code reçu, valable une fois")
    parser.add_argument("--ca", metavar="FICHIER", help="certificat de l’autorité à croire (PEM)")
    parser.set_defaults(run=enrol)


def enrol(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Spend a code; tell under which name this home is known from now on."""
    authority = Path(parsed.ca) if parsed.ca else None
    made = app.services.sync.enrol(parsed.central, parsed.code, authority)
    data = {
        "device": made.device,
        "organisation": made.organisation,
        "role": made.role,
        "departements": list(made.departements),
    }
    places = listed(made.departements) if made.departements else "aucun"
    lines = [
        f"Ce poste est inscrit au central {made.central}.",
        f"Organisme : {made.organisation}. Rôle : {made.role}. Départements : {places}.",
        "Synchronisez avec « advisor sync ».",
    ]
    return answer(data, [*lines, *made.remarks])
