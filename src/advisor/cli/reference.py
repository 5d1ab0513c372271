"""``advisor reference``: build, install, verify, trust, info, fetch."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.parser import actions_of
from advisor.cli.reading import readable_file
from advisor.cli.shapes import day
from advisor.cli.wording import counted, french_day, listed, number
from advisor.cli.writing import writable_file, writable_folder
from advisor.errors import NotFoundError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group
    from advisor.domain.pack import PackInfo, PackSource

HELD = {
    "communes": ("commune", ""),
    "arrondissements": ("arrondissement", ""),
    "former": ("ancienne commune", "anciennes communes"),
    "epcis": ("intercommunalité", ""),
    "zonings": ("zonage", ""),
    "aids": ("aide", ""),
    "funding": ("dispositif de financement", "dispositifs de financement"),
    "structures": ("structure", ""),
    "partners": ("partenaire", ""),
    "indicators": ("indicateur", ""),
    "contours": ("contour", ""),
}
COUNTED = ("communes", "zonings", "aids", "structures", "indicators")


def add(commands: "Group[Any]") -> None:
    """Add ``reference build|install|verify|trust|info|fetch``."""
    parser = commands.add_parser("reference", help="le référentiel : zonages, communes, aides")
    actions = actions_of(parser, "actions", "action")
    build_ = actions.add_parser("build", help="construit un référentiel des fichiers officiels")
    build_.add_argument("--sources", required=True, metavar="DOSSIER")
    build_.add_argument("--out", required=True, metavar="FICHIER")
    build_.add_argument("--key", metavar="FICHIER", help="clé privée de signature")
    build_.set_defaults(run=build)
    for name, told, run in (
        ("install", "installe un référentiel", install),
        ("verify", "vérifie signature et empreintes", verify),
    ):
        one = actions.add_parser(name, help=told)
        one.add_argument("fichier")
        one.set_defaults(run=run)
    trust_ = actions.add_parser("trust", help="fait confiance à un éditeur")
    trust_.add_argument("cle", metavar="CLE_PUBLIQUE", help="clé, ou fichier qui la contient")
    trust_.set_defaults(run=trust)
    info_ = actions.add_parser("info", help="ce qui est installé, et son âge")
    info_.set_defaults(run=info)
    fetch_ = actions.add_parser("fetch", help="télécharge les sources officielles (en ligne)")
    fetch_.add_argument("--out", metavar="DOSSIER", help="où les ranger")
    fetch_.set_defaults(run=fetch)


def build(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Build a pack; progress goes to standard error."""
    sources = Path(parsed.sources)
    if not sources.is_dir():
        raise NotFoundError(f"Le dossier « {sources} » n’existe pas.", "Vérifiez son nom.")
    key = readable_file(parsed.key) if parsed.key else None
    report = app.reference.build(sources, writable_file(parsed.out), key, progress=_progress)
    rejected = [
        {"file": one.file, "line": one.line, "reason": one.reason} for one in report.rejected
    ]
    lines = [*card(report.info), f"Lignes rejetées : {number(len(rejected))}"]
    lines += [f"  {one['file']}, ligne {one['line']} : {one['reason']}" for one in rejected]
    return answer({**info_shape(report.info), "rejected": rejected}, lines)


def install(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Install a pack from this home or a trusted publisher."""
    return _told(app.reference.install(readable_file(parsed.fichier)))


def verify(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Check a pack's signature and hashes, installing nothing."""
    return _told(app.reference.verify(readable_file(parsed.fichier)))


def trust(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Trust a publisher by its public key."""
    path = Path(parsed.cle)
    fingerprint = app.reference.trust(path if path.is_file() else parsed.cle.strip())
    return answer({"trusted": fingerprint}, [f"Éditeur reconnu : {fingerprint}"])


def info(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """Tell what is installed and how old it is."""
    return _told(app.reference.info())


def fetch(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Download the official sources whose address is known."""
    out = writable_folder(parsed.out or str(app.home.reference / "sources"))
    report = app.reference.fetch(out, progress=_progress)
    data = {"folder": str(out), "files": [{"id": o.id, "state": o.state} for o in report]}
    return answer(data, [f"{one.id} : {one.state}" for one in report])


def info_shape(pack: "PackInfo") -> dict[str, Any]:
    """Shape a pack's identity card."""
    counts = dict(pack.counts)
    return {
        "pack": {
            "id": pack.id,
            "version": pack.version,
            "built_at": day(pack.built_at),
            "signed_by": pack.signed_by,
        },
        "counts": {**{name: counts.get(name, 0) for name in COUNTED}, **counts},
        "sources": [_source(one) for one in pack.sources],
        "warning": pack.warning or None,
        "remarks": list(pack.remarks),
    }


def card(pack: "PackInfo") -> list[str]:
    """Tell a pack in a few lines."""
    counts = [(pack.counts.get(name, 0), *words) for name, words in HELD.items()]
    held = listed([counted(*one) for one in counts if one[0]])
    lines = [
        f"Référentiel {pack.id}, version {pack.version}, du {french_day(pack.built_at)}",
        f"Signé par {pack.signed_by}",
        f"Contient : {held}",
        f"Sources : {len(pack.sources)}",
    ]
    return [*lines, pack.warning] if pack.warning else lines


def _told(pack: "PackInfo") -> Answer:
    return answer(info_shape(pack), card(pack))


def _source(one: "PackSource") -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "publisher": one.publisher,
        "licence": one.licence,
        "date": day(one.day),
        "sha256": one.sha256,
        "note": one.note,
    }


def _progress(*told: object) -> None:
    print(*told, file=sys.stderr, flush=True)  # noqa: T201  (progress never mixes with the answer)
