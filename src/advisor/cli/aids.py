"""``advisor aids`` and ``advisor rank``: what a profile can count on, and where."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import Answer, answer
from advisor.cli.code_files import codes_of
from advisor.cli.reading import iso_date, read_object, whole_number
from advisor.cli.shapes import plain
from advisor.cli.shapes_aids import aids_for_place, lines_for
from advisor.cli.wording import french_day, number
from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group


def add(commands: "Group[Any]") -> None:
    """Add ``aids`` and ``rank``."""
    aids_ = commands.add_parser("aids", help="les aides d’un profil dans une commune")
    aids_.add_argument("--profile", required=True, metavar="FICHIER", help="JSON ; - : entrée")
    aids_.add_argument("--commune", required=True, metavar="CODE")
    aids_.add_argument("--date", type=iso_date, metavar="AAAA-MM-JJ", help="jour (aujourd’hui)")
    aids_.set_defaults(run=show)
    rank_ = commands.add_parser("rank", help="où ce profil serait-il le mieux placé")
    rank_.add_argument("--profile", required=True, metavar="FICHIER", help="JSON ; - : entrée")
    rank_.add_argument(
        "--within", required=True, metavar="OÙ", help="dep:77, epci:SIREN ou list:FICHIER"
    )
    rank_.add_argument("--date", type=iso_date, metavar="AAAA-MM-JJ", help="jour (aujourd’hui)")
    rank_.add_argument("--limit", type=whole_number, default=20, metavar="N", help="au plus N")
    rank_.set_defaults(run=rank)


def show(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Evaluate the whole catalogue for one profile and place."""
    profile = read_object(parsed.profile)
    when = parsed.date or date.today()  # noqa: DTZ011  (the day of the room's calendar)
    found = app.aids.for_place(profile, parsed.commune, when)
    commune = app.reference.commune(found.commune)
    head = f"{commune.name} ({commune.code}) au {french_day(when)}"
    return answer(aids_for_place(found), [head, *lines_for(found)])


def rank(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Rank the places of a département, an EPCI or a list, by declared criteria."""
    profile = read_object(parsed.profile)
    when = parsed.date or date.today()  # noqa: DTZ011  (the day of the room's calendar)
    codes = places_within(app, parsed.within)
    ranked = app.aids.rank(profile, codes, when, parsed.limit)
    data = [
        {
            "code": one.code,
            "name": one.name,
            "score": round(one.score, 2),
            "why": list(one.why),
            "total_max": None if one.total_max is None else plain(one.total_max),
        }
        for one in ranked
    ]
    lines: list[str] = []
    for place, one in enumerate(ranked, 1):
        lines.append(f"{place:>3}. {one.name} ({one.code})  {number(round(one.score, 1))}")
        lines += [f"       {why}" for why in one.why]
    return answer({"places": data}, lines)


def places_within(app: "Application", within: str) -> list[str]:
    """Return the INSEE codes that ``within`` names: ``dep:77``, ``epci:SIREN``, ``list:FILE``."""
    kind, _, value = within.partition(":")
    if kind == "dep" and value:
        return app.reference.codes_of_departement(value)
    if kind == "epci" and value:
        return app.reference.codes_of_epci(value)
    if kind == "list" and value:
        return _listed(app, value)
    raise UsageError(
        f"« {within} » ne dit pas où chercher.", "Écrivez dep:77, epci:SIREN ou list:FICHIER."
    )


def _listed(app: "Application", name: str) -> list[str]:
    codes = codes_of(name)
    if not codes:
        raise UsageError(
            "Cette liste ne contient aucun code INSEE.", "Écrivez un code par ligne, comme 77284."
        )
    return [app.reference.commune(code).code for code in codes]
