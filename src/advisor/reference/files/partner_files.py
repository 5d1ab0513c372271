"""Read partners from ``data/partners/*.yaml``: functional contacts of services, never persons.

Each file is a list. What the sources do not print stays empty and ``note`` says so.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from advisor.domain.cases.people import Partner
from advisor.errors import BadDataError

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REQUIRED = ("id", "name", "organisation", "role", "departements", "source")
TEXTS = ("region", "phone", "email", "website", "address", "note")
LISTS = ("departements", "professions")
KNOWN = frozenset({*REQUIRED, *TEXTS, *LISTS, "verified_on"})
NOT_PRINTED = "coordonnées non imprimées dans les sources"
PHONE = re.compile(r"0\d(?: \d\d){4}")
EMAIL = re.compile(r"[\w.-]+@[\w-]+(?:\.[\w-]+)+")
WAYS = ("phone", "email", "website", "address")


def load_partners(folder: Path) -> tuple[Partner, ...]:
    """Return the partners of the folder (``data/partners``) in the order of its files.

    BadDataError names the file and line of the first fault.
    """
    partners: dict[str, Partner] = {}
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise BadDataError("aucun partenaire n’est décrit", file=folder)
    for file in files:
        for line, entry in _entries(file):
            partner = _partner(file, line, entry)
            if partner.id in partners:
                message = f"le partenaire « {partner.id} » est écrit deux fois"
                raise BadDataError(message, file=file, line=line)
            partners[partner.id] = partner
    return tuple(partners.values())


def _entries(file: Path) -> list[tuple[int, Any]]:
    text = file.read_text(encoding="utf-8")
    try:
        node = yaml.compose(text, Loader=LOADER)
        content = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, C or Python
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise BadDataError("ce fichier n’est pas du YAML lisible", file=file, line=line) from error
    if not isinstance(node, yaml.SequenceNode):
        raise BadDataError("une liste de partenaires est attendue", file=file, line=1)
    lines = [item.start_mark.line + 1 for item in node.value]
    return list(zip(lines, content, strict=True))


def _partner(file: Path, line: int, entry: Any) -> Partner:
    fault = _fault(entry)
    if fault:
        raise BadDataError(fault, file=file, line=line)
    texts = {name: entry.get(name, "") for name in ("id", "name", "organisation", "role", *TEXTS)}
    return Partner(
        **texts,
        departements=tuple(entry["departements"]),
        professions=tuple(entry.get("professions", ())),
        source=f"{entry['source']['document']}, {entry['source']['locator']}",
        verified_on=entry.get("verified_on"),
    )


def _fault(entry: Any) -> str:
    """Return what is wrong with an entry, empty when nothing is."""
    if not isinstance(entry, dict):
        return "un partenaire est attendu"
    if missing := [name for name in REQUIRED if name not in entry]:
        return f"il manque {', '.join(missing)}"
    if unknown := sorted(str(name) for name in entry.keys() - KNOWN):
        return f"champ inconnu {', '.join(unknown)}"
    source = entry["source"]
    if not isinstance(source, dict) or set(source) != {"document", "locator"}:
        return "source s’écrit {document, locator}"
    return _wrong_shape(entry) or _wrong_contact(entry)


def _wrong_shape(entry: dict[str, Any]) -> str:
    for name in ("id", "name", "organisation", "role", *TEXTS):
        if not isinstance(entry.get(name, ""), str):
            return f"{name} est un texte, entre guillemets s’il le faut"
    for name in LISTS:
        value = entry.get(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            return f"{name} est une liste de textes"
    if not isinstance(entry.get("verified_on", date.min), date):
        return "verified_on est une date AAAA-MM-JJ"
    return ""


def _wrong_contact(entry: dict[str, Any]) -> str:
    if entry.get("phone") and not PHONE.fullmatch(entry["phone"]):
        return "phone s’écrit 0X XX XX XX XX"
    if entry.get("email") and not EMAIL.fullmatch(entry["email"]):
        return "email n’a pas la forme d’une adresse"
    if not any(entry.get(way) for way in WAYS) and NOT_PRINTED not in entry.get("note", ""):
        return f"sans contact, la note dit « {NOT_PRINTED} »"
    return ""
