"""Loads the declared aids of ``data/aids``: one file per aid, checked with file and line.

Part of the reference room: public data files; it must not know any profile nor any case.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from advisor.domain.aids.aid import Status
from advisor.domain.aids.catalogue import rules_inside
from advisor.domain.aids.conditions_history import NeverBefore, NoneRunning, TenYears
from advisor.domain.aids.document import read_aid
from advisor.domain.aids.rule_reading import read_rule
from advisor.domain.aids.rules import Aid
from advisor.domain.cases.profile import read_profile
from advisor.errors import BadDataError
from advisor.reference.files.marked_yaml import MarkedDocument, check, read_marked

SCHEMA = "aid.schema.json"


def schema_folder(folder: Path) -> Path:
    """Return where the schemas stand, beside the folder of declared files."""
    return folder.parent / "schema"


def _check_rules(document: MarkedDocument) -> None:
    for index, condition in enumerate(document.data["conditions"]):
        try:
            read_rule(condition["rule"])
        except BadDataError as error:
            raise document.refuse(error.message, ("conditions", index, "rule")) from None
    names = [condition["id"] for condition in document.data["conditions"]]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise document.refuse(
                f"deux conditions s’appellent «\u202f{name}\u202f»", ("conditions", index, "id")
            )


def _check_profiles(document: MarkedDocument) -> None:
    profiles: list[Mapping[str, Any]] = document.data["profiles"]
    for index, example in enumerate(profiles):
        try:
            read_profile(example["profile"])
        except BadDataError as error:
            raise document.refuse(error.message, ("profiles", index, "profile")) from None
    wanted = {str(status) for status in Status}
    absent = sorted(wanted - {example["expect"] for example in profiles})
    if absent and not document.data.get("not_settled"):
        raise document.refuse(f"aucun profil d’exemple ne donne {', '.join(absent)}", ("profiles",))


def load_aid(file: Path, schema: Path) -> Aid:
    """Return the aid of one file; BadDataError names the file and the line at fault."""
    document = read_marked(file)
    check(document, schema)
    if document.data["id"] != file.stem:
        raise document.refuse("l’identifiant n’est pas le nom du fichier", ("id",))
    _check_rules(document)
    _check_profiles(document)
    try:
        return read_aid(document.data)
    except BadDataError as error:
        raise document.refuse(error.message, ("amount",)) from None
    except (KeyError, TypeError, ValueError) as error:
        raise document.refuse(f"valeur illisible ({error})") from None


def _named(aid: Aid) -> Iterable[str]:
    yield from aid.exclusive_with
    for rule in rules_inside((aid.conditions, aid.amount)):
        if isinstance(rule, TenYears):
            yield from (*rule.ids, *rule.perhaps)
        elif isinstance(rule, NeverBefore | NoneRunning):
            yield from rule.ids


def check_names(aids: Iterable[Aid], folder: Path) -> None:
    """Refuse an aid that names another one which is not in the catalogue."""
    held = tuple(aids)
    known = {aid.id for aid in held}
    for aid in held:
        strange = [name for name in _named(aid) if name not in known]
        if strange:
            raise BadDataError(
                f"l’aide citée «\u202f{strange[0]}\u202f» n’existe pas dans le catalogue",
                "Corrigez l’identifiant, ou ajoutez le fichier de cette aide.",
                file=folder / f"{aid.id}.yaml",
            )


def load_aids(folder: Path) -> tuple[Aid, ...]:
    """Return every aid of a folder, in the order of their ids.

    Raises BadDataError when a file is not written as the schema says, or names an unknown aid.
    """
    schema = schema_folder(folder) / SCHEMA
    aids = tuple(load_aid(file, schema) for file in sorted(folder.glob("*.yaml")))
    check_names(aids, folder)
    return aids
