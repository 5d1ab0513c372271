"""``advisor vault``: check, back up, restore the encrypted database, erase a person."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import REFUSED, Answer, answer
from advisor.cli.later import not_yet
from advisor.cli.parser import actions_of
from advisor.cli.shapes_cases import instant
from advisor.cli.wording import counted

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group


def add(commands: "Group[Any]") -> None:
    """Add ``vault check|backup|restore|rekey|erase``."""
    parser = commands.add_parser("vault", help="la base chiffrée : contrôle, copies, effacement")
    actions = actions_of(parser, "actions", "action")
    actions.add_parser("check", help="contrôle la base").set_defaults(run=check)
    actions.add_parser("backup", help="fait une copie chiffrée").set_defaults(run=backup)
    restore_ = actions.add_parser("restore", help="reprend une copie chiffrée")
    restore_.add_argument("fichier")
    restore_.set_defaults(run=restore)
    rekey_ = actions.add_parser("rekey", help="change de clé (version ultérieure)")
    not_yet(rekey_, "advisor vault rekey")
    erase_ = actions.add_parser("erase", help="efface une personne et tout ce qui la concerne")
    erase_.add_argument("personne", help="identifiant du professionnel (appointment show)")
    erase_.set_defaults(run=erase)


def check(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """Prove again that the file is ciphered, and read every page of it."""
    found = app.cases.vault.check()
    data = {
        "ok": not found.faults,
        "cipher": found.cipher,
        "schema_version": found.schema_version,
        "size": found.size,
        "keyring": found.keyring,
        "argon2id": dict(found.argon2id),
        "backups": found.backups,
        "last_backup": instant(found.last_backup),
        "records": dict(found.records),
        "faults": list(found.faults),
    }
    sound = f"La base est chiffrée ({found.cipher}) et entière, {counted(found.backups, 'copie')}."
    return answer(data, list(found.faults) or [sound], REFUSED if found.faults else 0)


def backup(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """Make a ciphered copy in the home's backups."""
    made = app.cases.vault.backup()
    return answer({"file": str(made), "size": made.stat().st_size}, [f"Copie chiffrée : {made}"])


def restore(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Take a ciphered copy back; what was there is kept beside."""
    kept = app.services.restore(Path(parsed.fichier))
    data = {"restored": parsed.fichier, "previous": str(kept) if kept else None}
    before = [f"L’ancienne base est gardée : {kept}"] if kept else []
    return answer(data, ["La copie est reprise.", *before])


def erase(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Erase one person: rows, notes, documents, journal bodies; a bare mark stays."""
    touched = list(app.cases.vault.erase(parsed.personne))
    data = {"erased": parsed.personne, "entries": len(touched)}
    return answer(
        data, [f"Personne effacée ({counted(len(touched), 'fiche touchée', 'fiches touchées')})."]
    )
