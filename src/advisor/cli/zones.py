"""``advisor zones``: every zone class that applies to a place on a day."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.reading import iso_date
from advisor.cli.shapes import zones_at_place
from advisor.cli.wording import NARROW, french_day
from advisor.domain.cases.profile import FIELDS
from advisor.domain.zones.classes import PROFESSION_NAMES, SCHEME_NAMES

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group
    from advisor.domain.zones.zoning import ZonesAtPlace


def add(commands: "Group[Any]") -> None:
    """Add ``zones CODE [--profession P] [--date D]``."""
    parser = commands.add_parser("zones", help="classes de zonage d’une commune à une date")
    parser.add_argument("code", help="code INSEE de la commune ou de l’arrondissement")
    parser.add_argument(
        "--profession",
        metavar="P",
        choices=[code for code, _ in FIELDS["profession"].choices],
        help="une seule profession",
    )
    parser.add_argument("--date", type=iso_date, metavar="AAAA-MM-JJ", help="jour (aujourd’hui)")
    parser.add_argument("--qpv", metavar="CODE", help="quartier prioritaire du lieu d’exercice")
    parser.set_defaults(run=show)


def show(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Answer with the classes known and, for the rest, why they are not."""
    commune = app.reference.commune(parsed.code)
    day = parsed.date or date.today()  # noqa: DTZ011  (the day of the room's calendar)
    found = app.reference.zones_at(commune.code, day, parsed.profession, parsed.qpv)
    return answer(zones_at_place(commune, found), _lines(commune.name, found))


def _lines(name: str, found: "ZonesAtPlace") -> list[str]:
    lines = [f"{name} ({found.commune}) au {french_day(found.day)}"]
    for zone in found.zones:
        part = " (en partie)" if zone.partial else ""
        whom = _whom(zone.profession, zone.scheme)
        lines.append(f"  {whom}{NARROW}: {zone.label}{part}, {zone.territory}")
        lines.append(f"      {zone.legal_act}, depuis le {french_day(zone.valid_from)}")
        lines += [f"      {remark}" for remark in zone.remarks]
    for gap in found.unknown:
        lines.append(f"  {_whom(gap.profession, gap.scheme)}{NARROW}: inconnu. {gap.reason}")
    return lines


def _whom(profession: str, scheme: str) -> str:
    return PROFESSION_NAMES.get(profession) or SCHEME_NAMES.get(scheme, scheme or profession)
