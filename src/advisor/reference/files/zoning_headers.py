"""Read the header of a zoning: its act, its days, its classes and the totals it prints.

Knows the shape of ``data/zonings/<id>.yaml``; gives a domain zoning without its lines.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from advisor.domain.sourced import Confidence, Period, Source
from advisor.domain.zones.classes import CLASS_LABELS, PROFESSION_NAMES, SCHEME_NAMES
from advisor.domain.zones.zoning import PrintedCount, ProfessionRemark, Zoning
from advisor.reference.files.marked_yaml import MarkedDocument, check


def read_header(document: MarkedDocument, schema: Path) -> Zoning:
    """Return the zoning without its lines; BadDataError names the file and the line at fault."""
    check(document, schema)
    _check_words(document)
    _check_sense(document)
    data = document.data
    return Zoning(
        id=data["id"],
        title=data["title"],
        professions=tuple(data.get("professions", ())),
        departements=tuple(data["departements"]),
        legal_act=data["legal_act"],
        period=_period(document),
        source=_source(document),
        confidence=Confidence(data["confidence"]),
        complete_departements=tuple(data.get("complete_departements", ())),
        default_class=data.get("default_class"),
        why_unknown=data["why_unknown"],
        held=data.get("held", True),
        status=data["status"],
        scheme=data.get("scheme", ""),
        remarks=tuple(data.get("remarks", ())),
        default_remarks=tuple(data.get("default_remarks", ())),
        classes=tuple(data["classes"]),
        printed=tuple(_printed(count) for count in data.get("printed", ())),
        profession_remarks=_profession_remarks(data),
    )


def _check_words(document: MarkedDocument) -> None:
    data = document.data
    schemes = [data["scheme"]] if "scheme" in data else []
    _known(document, "professions", data.get("professions", ()), PROFESSION_NAMES)
    _known(document, "profession_remarks", data.get("profession_remarks", ()), PROFESSION_NAMES)
    _known(document, "scheme", schemes, SCHEME_NAMES)
    _known(document, "classes", data["classes"], CLASS_LABELS)
    for index, count in enumerate(data.get("printed", ())):
        if count["class"] not in data["classes"]:
            message = f"« {count['class']} » n’est pas une classe de ce zonage"
            raise document.refuse(message, ("printed", index))


def _known(
    document: MarkedDocument, name: str, words: Iterable[str], allowed: Mapping[str, str]
) -> None:
    for word in words:
        if word not in allowed:
            raise document.refuse(f"« {word} » est inconnu ({name})", (name,))


def _check_sense(document: MarkedDocument) -> None:
    data = document.data
    if data["id"] != document.file.stem:
        raise document.refuse("l’identifiant n’est pas le nom du fichier", ("id",))
    if ("professions" in data) == ("scheme" in data):
        message = "un zonage est pour des professions (professions) ou fiscal (scheme)"
        raise document.refuse(message, ("professions",))
    default = data.get("default_class")
    if default is not None and default not in data["classes"]:
        message = f"« {default} » n’est pas une classe de ce zonage"
        raise document.refuse(message, ("default_class",))
    if (default is None) != (not data.get("complete_departements")):
        message = "une classe par défaut va avec les départements dont la liste est complète"
        raise document.refuse(message, ("default_class",))


def _period(document: MarkedDocument) -> Period:
    first, last = _day(document, "first"), None
    if "last" in document.data:
        last = _day(document, "last")
        if last < first:
            raise document.refuse("le dernier jour précède le premier", ("last",))
    return Period(first, last)


def _day(document: MarkedDocument, *path: str) -> date:
    written: Any = document.data
    for name in path:
        written = written[name]
    try:
        return date.fromisoformat(written)
    except ValueError:
        message = f"« {written} » n’est pas une date ({path[-1]})"
        raise document.refuse(message, path) from None


def _source(document: MarkedDocument) -> Source:
    source = document.data["source"]
    read_on = _day(document, "source", "read_on")
    return Source(source["document"], source.get("locator", ""), read_on)


def _printed(count: Mapping[str, Any]) -> PrintedCount:
    figures = {name: value for name, value in count.items() if name != "class"}
    return PrintedCount(zone_class=count["class"], **figures)


def _profession_remarks(data: Mapping[str, Any]) -> tuple[ProfessionRemark, ...]:
    return tuple(
        ProfessionRemark(profession, text)
        for profession, text in data.get("profession_remarks", {}).items()
    )
