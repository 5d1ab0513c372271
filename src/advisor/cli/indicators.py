"""``advisor indicators``: brings official tables of indicators in, after showing what is taken."""

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from advisor.cli.answer import REFUSED, Answer, answer
from advisor.cli.parser import actions_of
from advisor.cli.reading import mapping_object, readable_file
from advisor.cli.shapes import day, listed
from advisor.cli.wording import counted
from advisor.domain.words.wording import number

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group
    from advisor.services.indicators import Draft

TOLD = 20
SAID_EVERY = 10_000


def add(commands: "Group[Any]") -> None:
    """Add ``indicators import|list|forget``."""
    parser = commands.add_parser("indicators", help="les tableaux d’indicateurs importés")
    actions = actions_of(parser, "actions", "action")
    import_ = actions.add_parser("import", help="reprend un tableau (CSV ou XLSX)")
    import_.add_argument("fichier")
    import_.add_argument(
        "--mapping", metavar="JSON", default="{}", help="colonnes, unités, année et source"
    )
    import_.add_argument("--dry-run", action="store_true", help="montre sans rien changer")
    import_.set_defaults(run=import_table)
    list_ = actions.add_parser("list", help="les tableaux importés")
    list_.set_defaults(run=show_list)
    forget_ = actions.add_parser("forget", help="retire un tableau importé")
    forget_.add_argument("id")
    forget_.set_defaults(run=forget)


def import_table(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Read a table and take it in, unless ``--dry-run`` or no line of it is good."""
    service = app.services.indicators
    draft = service.read(
        readable_file(parsed.fichier), mapping_object(parsed.mapping), progress=_progress
    )
    data: dict[str, Any] = {
        "rows": draft.rows,
        "accepted": draft.accepted,
        "rejected": listed(draft.rejected),
        "indicators": list(draft.indicators),
        "years": list(draft.years),
        "columns": [{"column": header, "label": label} for header, label in draft.columns],
        "source": draft.source,
        "sheet": draft.sheet,
        "remarks": list(draft.remarks),
        "dry_run": parsed.dry_run,
    }
    lines = list(_told(draft))
    if parsed.dry_run or not draft.accepted:
        lines.append("Rien n’a été changé.")
    else:
        data["dataset"] = service.accept(draft).id
    return answer(data, lines, 0 if draft.accepted else REFUSED)


def _progress(line: int) -> None:
    """Say how far the reading is, to a person only: the answer stays alone on its stream."""
    if sys.stderr and sys.stderr.isatty() and line % SAID_EVERY == 0:
        print(f"{number(line)} lignes lues…", file=sys.stderr, flush=True)  # noqa: T201  (progress)


def _told(draft: "Draft") -> Iterator[str]:
    """Say what the table gives and what it does not, before anything is taken."""
    there = counted(draft.accepted, "ligne reprise", "lignes reprises")
    yield f"{counted(draft.rows, 'ligne lue', 'lignes lues')}, {there}."
    if draft.years:
        named = f"feuille « {draft.sheet} », " if draft.sheet else ""
        years = (
            f"{draft.years[0]}"
            if len(draft.years) == 1
            else f"{min(draft.years)} à {max(draft.years)}"
        )
        yield f"Source\u202f: {draft.source} ({named}{years})."
    yield from (f"{header} → {label}" for header, label in draft.columns)
    yield from (f"À vérifier\u202f: {one}" for one in draft.remarks)
    yield from (f"Ligne {line}\u202f: {reason}" for line, reason in draft.rejected[:TOLD])
    if len(draft.rejected) > TOLD:
        yield f"… et {number(len(draft.rejected) - TOLD)} autres lignes rejetées."


def show_list(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """List the tables taken in, the newest first."""
    found = app.services.indicators.datasets()
    data = [
        {
            "id": one.id,
            "file": one.file,
            "source": one.source,
            "imported_on": day(one.imported_on),
            "accepted": one.accepted,
            "indicators": list(one.indicators),
        }
        for one in found
    ]
    lines = [f"{one.id}  {one.source}" for one in found] or ["Aucun tableau importé."]
    return answer({"datasets": data}, lines)


def forget(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Take a table away."""
    app.services.indicators.forget(parsed.id)
    return answer({"id": parsed.id}, [f"Tableau retiré\u202f: {parsed.id}"])
