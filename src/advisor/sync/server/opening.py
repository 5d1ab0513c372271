"""Opens the database a person named, and says in French why it cannot be opened or used."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from advisor.errors import NotFoundError, RefusedError
from advisor.sync.server.database import Central

EXAMPLES = "Exemples\u202f: sqlite:////srv/central.db, postgresql://utilisateur@hote/base"
TO_MIGRATE = "Lancez d’abord «\u202fadvisor central migrate\u202f»."
WITHOUT_ANSWER = "Vérifiez son adresse, ses droits, et que son serveur tourne."
# A pattern of what the database said (in English unless its server is told otherwise) → its cause.
CAUSES = (
    ("connection refused", "La connexion est refusée\u202f: son serveur n’écoute pas là."),
    ("resolve host|translate host", "Le nom de son serveur est introuvable sur le réseau."),
    ("no such file or directory", "Son serveur ne tourne pas sur cet ordinateur."),
    ("timeout", "Son serveur n’a pas répondu à temps."),
    ("password authentication failed", "Le mot de passe ou le compte n’est pas le bon."),
    ("no password supplied", "Il manque le mot de passe du compte."),
    ("peer authentication failed", "Le compte du système n’est pas celui de la base."),
    ("no pg_hba.conf entry", "Son serveur n’admet pas ce compte depuis cet ordinateur."),
    (r'role ".*" does not exist', "Ce compte n’existe pas sur son serveur."),
    (r'database ".*" does not exist', "Cette base n’existe pas sur son serveur."),
    ("too many", "Son serveur a trop de connexions."),
    ("unable to open", "Le fichier ne peut pas être ouvert ici."),
    ("readonly", "Le fichier ne peut pas être écrit par ce compte."),
    ("is locked", "Un autre programme l’occupe."),
    ("is full", "Le disque est plein."),
)


@contextmanager
def central_at(url: str, *, making: bool = False) -> Iterator[Central]:
    """Give the store at a database's URL; RefusedError says what is wrong with either.

    Unless ``making``, a SQLite file that is missing is not made: NotFoundError.
    """
    known = _known(url)
    if known.drivername == "sqlite" and not making and not Path(known.database or "").is_file():
        raise NotFoundError(f"La base «\u202f{known.database}\u202f» n’existe pas.", TO_MIGRATE)
    central = Central(known)
    try:
        yield central
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        raise RefusedError(
            "La base du central ne répond pas.", f"{_cause(error)} {WITHOUT_ANSWER}".strip()
        ) from None
    except sa.exc.ProgrammingError as error:
        raise RefusedError(
            "La base du central refuse cette opération.",
            f"Le compte doit être propriétaire de la base. {_cause(error)}".strip(),
        ) from None
    except sa.exc.DatabaseError as error:
        if not central.lite:
            raise
        raise RefusedError(
            f"Le fichier «\u202f{known.database}\u202f» n’est pas une base SQLite.",
            "Vérifiez son nom\u202f; s’il est abîmé, reprenez une copie. Rien n’y a été écrit.",
        ) from error
    finally:
        central.close()


def ready(central: Central, *, migrating: bool = False) -> None:
    """Check that the tables have the shape expected; SQLite is migrated when ``migrating``."""
    if migrating and central.lite:
        central.migrate()
        return
    found, expected = central.revision()
    if found is None:
        raise NotFoundError("Cette base n’est pas encore celle d’un central.", TO_MIGRATE)
    if found != expected:
        raise RefusedError("La base du central n’a pas la forme attendue.", TO_MIGRATE)


def _known(text: str) -> sa.URL:
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):  # the port is read as a number
        raise RefusedError(
            f"L’adresse de la base est illisible. {_hidden(text)}", EXAMPLES
        ) from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        return _lite(url)
    if kind not in {"postgresql", "postgres"}:
        raise RefusedError(f"Le central n’écrit pas dans «\u202f{kind}\u202f».", EXAMPLES)
    try:
        import psycopg  # noqa: F401, PLC0415  (the frozen program does without)
    except ImportError:
        raise RefusedError(
            "Ce programme n’est pas livré avec de quoi parler à PostgreSQL.",
            "Installez le central depuis ses sources, ou prenez une base SQLite.",
        ) from None
    return url.set(drivername="postgresql+psycopg")


def _lite(url: sa.URL) -> sa.URL:
    if not url.database or url.database == ":memory:":
        raise RefusedError("Une base SQLite doit être un fichier.", EXAMPLES)
    path = Path(url.database)
    if not path.parent.is_dir():
        raise NotFoundError(
            f"Le dossier «\u202f{path.parent}\u202f» n’existe pas.", "Créez-le d’abord."
        )
    return url.set(drivername="sqlite")


def _hidden(text: str) -> str:
    """Return what may be shown of an address: a password might stand in the rest."""
    scheme, found, _ = text.partition("://")
    return (
        f"Elle commence par «\u202f{scheme}\u202f»."
        if found
        else "Elle n’a pas de «\u202f://\u202f»."
    )


def _cause(error: sa.exc.DBAPIError | sa.exc.TimeoutError) -> str:
    """Return why in French, or the first line of what the database said, in its own words."""
    said = str(getattr(error, "orig", "") or "").strip()
    known = (told for pattern, told in CAUSES if re.search(pattern, said, re.IGNORECASE))
    first = said.splitlines()[0] if said else ""
    return next(known, f"Elle dit\u202f: «\u202f{first}\u202f»." if first else "")
