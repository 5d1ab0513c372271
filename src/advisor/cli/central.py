"""``advisor central``: the store where devices meet. Needs no home and opens no case."""

import argparse
import json
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.parser import actions_of
from advisor.cli.reading import readable_file
from advisor.cli.shapes_cases import instant
from advisor.cli.shapes_central import lines_of, shape_of
from advisor.errors import PackError, UsageError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import FrenchParser, Group

DATABASE = "ADVISOR_DATABASE"
LISTEN = "127.0.0.1:8765"
OWN_PROXY = "127.0.0.1,::1"


def add(commands: "Group[Any]") -> None:
    """Add ``central migrate|serve|enrol|revoke|publish|status``."""
    parser = commands.add_parser("central", help="le central qui réunit les postes")
    actions = actions_of(parser, "actions", "action")
    migrate_ = _action(
        actions, "migrate", "met la base du central à la forme de cette version", migrate
    )
    migrate_.add_argument(
        "--restored",
        action="store_true",
        help="la base revient d’une copie\u202f: les postes renverront ce qu’elle a oublié",
    )
    _add_serve(_action(actions, "serve", "fait répondre le central", serve))
    enrol_ = _action(
        actions, "enrol", "invite un poste\u202f: donne un code valable une fois", enrol
    )
    enrol_.add_argument("--name", required=True, metavar="NOM", help="nom du poste")
    enrol_.add_argument("--organisation", required=True, metavar="ORGANISME")
    enrol_.add_argument("--role", required=True, metavar="ROLE", help="conseiller ou lecteur")
    enrol_.add_argument("--departements", required=True, metavar="CODES", help="par exemple 77,91")
    enrol_.add_argument(
        "--hide", metavar="GENRES", help="genres de fiches que cet organisme ne voit jamais"
    )
    revoke_ = _action(actions, "revoke", "retire un poste dès son prochain contact", revoke)
    revoke_.add_argument("poste", metavar="POSTE", help="identifiant donné par enrol ou status")
    publish_ = _action(actions, "publish", "distribue un référentiel signé", publish)
    publish_.add_argument("fichier", metavar="FICHIER")
    _action(actions, "status", "postes, quarantaine, tailles, référentiels, audit", status)


def migrate(_app: "Application", parsed: argparse.Namespace) -> Answer:
    """Bring the database to the shape of this version."""
    with _opened(parsed, making=True) as central:
        before, _ = central.revision()
        central.migrate()
        after, _ = central.revision()
        if parsed.restored:
            from advisor.sync.server import lives  # noqa: PLC0415  (idem)

            lives.begin(central, datetime.now(UTC))
    told = "était déjà à jour" if before == after else "est prête"
    lines = [f"La base du central {told} (version {after})."]
    if parsed.restored:
        lines.append("Les postes renverront d’eux-mêmes ce que la copie ne contient pas.")
    return answer({"from": before, "to": after}, lines)


def serve(_app: "Application", parsed: argparse.Namespace) -> Answer:
    """Answer devices until told to stop; what runs is finished first."""
    from advisor.sync.server.app import RunningServer  # noqa: PLC0415  (a server: loaded to serve)
    from advisor.sync.server.opening import ready  # noqa: PLC0415  (idem)

    stopping = threading.Event()
    with _opened(parsed, making=True) as central:
        ready(central, migrating=True)
        server = RunningServer(central, _settings(parsed), _certificate(parsed))
        url = server.start(parsed.listen)
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: stopping.set())
        write_line = {"url": url, "database": central.engine.dialect.name}
        _say(write_line, f"Le central répond sur {url}", wants_json=parsed.wants_json)
        while not stopping.wait(1):
            pass  # woken each second: on some systems a signal alone does not
        server.stop()
    return answer({}, written=True)


def enrol(_app: "Application", parsed: argparse.Namespace) -> Answer:
    """Make a device and the code that lets it in."""
    from advisor.sync.server import enrolment  # noqa: PLC0415  (idem)

    with _ready(parsed) as central:
        made = enrolment.invite(
            central,
            name=parsed.name,
            organisation=parsed.organisation,
            role=parsed.role,
            departements=parsed.departements.split(","),
            hidden=None if parsed.hide is None else parsed.hide.split(","),
            now=datetime.now(UTC),
        )
    data = {"device": made.device, "code": made.code, "expires": instant(made.expires)}
    lines = [
        f"Code d’inscription\u202f: {made.code}",
        f"Il sert une seule fois, avant le {made.expires:%d/%m/%Y à %H:%M} (UTC).",
        "Sur le poste\u202f: advisor enrol --central ADRESSE --code CODE",
        f"Identifiant du poste\u202f: {made.device}",
    ]
    return answer(data, lines)


def revoke(_app: "Application", parsed: argparse.Namespace) -> Answer:
    """Stop a device at its next contact."""
    from advisor.sync.server import enrolment  # noqa: PLC0415  (idem)

    with _ready(parsed) as central:
        enrolment.revoke(central, parsed.poste, datetime.now(UTC))
    told = f"Le poste {parsed.poste} est retiré\u202f: il se fermera à son prochain contact."
    return answer({"revoked": parsed.poste}, [told])


def publish(_app: "Application", parsed: argparse.Namespace) -> Answer:
    """Check a signed pack, then give it to every device."""
    from advisor.sync.server import packs  # noqa: PLC0415  (idem)

    file = readable_file(parsed.fichier)
    known = _verified(file)
    with _ready(parsed) as central:
        card = packs.publish(central, file, **known, now=datetime.now(UTC))
    data = {name: getattr(card, name) for name in packs.PackCard.__slots__}
    return answer(
        {"pack": data}, [f"Référentiel publié\u202f: {card.id}, signé par {card.signed_by}."]
    )


def status(_app: "Application", parsed: argparse.Namespace) -> Answer:
    """Tell how the store stands."""
    from advisor.sync.server.overview import overview  # noqa: PLC0415  (idem)

    with _ready(parsed) as central:
        seen = overview(central)
    return answer(shape_of(seen), lines_of(seen), 0 if seen.audit.ok else 1)


def _action(actions: "Group[FrenchParser]", name: str, told: str, run: Any) -> "FrenchParser":
    parser = actions.add_parser(name, help=told)
    parser.add_argument("--database", metavar="URL", help=f"base du central (sinon {DATABASE})")
    parser.set_defaults(run=run)
    return parser


def _add_serve(parser: "FrenchParser") -> None:
    parser.add_argument("--listen", default=LISTEN, metavar="HOTE:PORT", help=f"sinon {LISTEN}")
    parser.add_argument(
        "--certificate", metavar="FICHIER", help="certificat TLS et sa chaîne (PEM)"
    )
    parser.add_argument("--key", metavar="FICHIER", help="clé du certificat (PEM)")
    parser.add_argument(
        "--behind-proxy",
        nargs="?",
        const=OWN_PROXY,
        default="",
        metavar="ADRESSES",
        help="un serveur placé devant chiffre\u202f; ses adresses, sinon cet ordinateur",
    )
    parser.add_argument(
        "--open-metrics", action="store_true", help="donne /metrics à d’autres ordinateurs"
    )


def _opened(parsed: argparse.Namespace, *, making: bool = False) -> Any:
    from advisor.sync.server.opening import central_at  # noqa: PLC0415  (idem)

    url = parsed.database or os.environ.get(DATABASE, "")
    if not url:
        raise UsageError(
            "Quelle base\u202f? Aucune n’est nommée.",
            f"Donnez --database URL ou la variable {DATABASE}, par exemple sqlite:///central.db",
        )
    return central_at(url, making=making)


@contextmanager
def _ready(parsed: argparse.Namespace) -> Iterator[Any]:
    from advisor.sync.server.opening import ready  # noqa: PLC0415  (idem)

    with _opened(parsed) as central:
        ready(central)
        yield central


def _settings(parsed: argparse.Namespace) -> Any:
    from advisor.sync.server.settings import ServerSettings  # noqa: PLC0415  (idem)
    from advisor.sync.server.watching import to_stderr  # noqa: PLC0415  (idem)

    return ServerSettings(
        proxies=parsed.behind_proxy, open_metrics=parsed.open_metrics, log=to_stderr
    )


def _certificate(parsed: argparse.Namespace) -> Any:
    from advisor.sync.server.app import Certificate  # noqa: PLC0415  (idem)

    if bool(parsed.certificate) != bool(parsed.key):
        raise UsageError("--certificate et --key vont ensemble.", "Donnez les deux fichiers PEM.")
    if not parsed.certificate:
        return None
    return Certificate(Path(parsed.certificate), Path(parsed.key))


def _verified(file: Path) -> dict[str, str]:
    """Return what a pack says of itself, once its signature and every hash hold."""
    from advisor.reference.pack.file import DATABASE as INSIDE  # noqa: PLC0415  (idem)
    from advisor.reference.pack.file import read_pack_file, unpack_database  # noqa: PLC0415
    from advisor.reference.pack.signing import fingerprint  # noqa: PLC0415  (idem)

    pack = read_pack_file(file)
    if pack.public_key is None:
        raise PackError("Ce référentiel n’est pas signé.", "Construisez-le avec une clé (--key).")
    with tempfile.TemporaryDirectory() as folder:
        unpack_database(pack, Path(folder) / INSIDE)
    return {
        "pack_id": f"{pack.manifest.id}-{pack.manifest.version}",
        "version": pack.manifest.version,
        "built_at": pack.manifest.built_at.isoformat(),
        "signed_by": f"publisher:{fingerprint(pack.public_key)}",
        "public_key": pack.public_key.hex(),
    }


def _say(data: dict[str, Any], line: str, *, wants_json: bool) -> None:
    """Write one line now, whoever reads through a pipe included."""
    print(json.dumps(data, ensure_ascii=False) if wants_json else line, flush=True)  # noqa: T201
