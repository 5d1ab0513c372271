"""``advisor sync``: exchanges with the central store, tells what waits and what disagrees."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from advisor.cli import sync_files
from advisor.cli.answer import Answer, answer
from advisor.cli.shapes_cases import instant, plain_value
from advisor.cli.shapes_sync import report_shape
from advisor.cli.wording import counted, french_day
from advisor.errors import AdvisorError
from advisor.services.sync_words import carried_words

if TYPE_CHECKING:
    from advisor.app import Application
    from advisor.cli.parser import Group
    from advisor.domain.cases.disagreement import Disagreement, Voice
    from advisor.services.sync_state import Stage, SyncState


def add(commands: "Group[Any]") -> None:
    """Add ``sync [--central URL]`` and its actions."""
    parser = commands.add_parser("sync", help="échange avec le central, ou par fichier")
    parser.add_argument("--central", metavar="URL", help="adresse du central de ce poste")
    parser.set_defaults(run=exchange)
    actions = parser.add_subparsers(
        title="actions", dest="action", metavar="action", parser_class=type(parser)
    )
    status_ = actions.add_parser("status", help="ce qui attend, et depuis quand")
    status_.set_defaults(run=status)
    conflicts_ = actions.add_parser("conflicts", help="les désaccords à trancher")
    conflicts_.set_defaults(run=conflicts)
    sync_files.add(actions)


def exchange(app: "Application", parsed: argparse.Namespace) -> Answer:
    """Push, pull, compare with the central store; what is under way is said on standard error."""
    report = app.services.sync.sync(parsed.central, on_stage=_teller())
    lines = [report.sentence, *report.remarks, *_to_decide(app), *_pack_brought(app)]
    return answer(report_shape(report), lines)


def _to_decide(app: "Application") -> list[str]:
    """Say what waits for somebody's choice here, whoever brought it."""
    state = app.services.sync.state()
    parts = [counted(state.conflicts, "désaccord")] if state.conflicts else []
    if state.quarantined:
        parts.append(counted(state.quarantined, "saisie mise de côté", "saisies mises de côté"))
    told = "Voyez l’écran Synchronisation, ou «\u202fadvisor sync conflicts\u202f»."
    return [f"À décider ici\u202f: {' et '.join(parts)}. {told}"] if parts else []


def _pack_brought(app: "Application") -> list[str]:
    """Fetch and install the pack given out, if it is another one; the exchange is done already."""
    offer = app.services.packs.offer()
    if offer is None:
        return []
    told = f"Référentiel du {french_day(offer.built_at)}"
    try:
        app.services.packs.bring(_teller())
    except AdvisorError as error:
        return [f"{told} disponible, pas encore installé. {error.message} {error.hint}".strip()]
    return [f"{told} installé."]


def status(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """Tell what waits and since when, without any network."""
    state = app.services.sync.state()
    data = {
        "pending": state.pending.count,
        "since": instant(state.pending.since),
        "last_sync": instant(state.last_success),
        "central": state.central,
        "conflicts": state.conflicts,
        "quarantined": state.quarantined,
    }
    return answer(data, status_lines(state))


def status_lines(state: "SyncState") -> list[str]:
    """Say how this home stands."""
    since = state.pending.since
    waiting = f" depuis le {since:%d/%m/%Y}" if since else ""
    lines = [f"{counted(state.pending.count, 'saisie')} en attente{waiting}."]
    lines.append(f"Central : {state.central}" if state.central else "Aucun central rattaché.")
    if state.last_success:
        lines.append(f"Dernière synchronisation : {state.last_success.astimezone():%d/%m/%Y %H:%M}")
    if state.last_sync and not state.last_sync.ok:
        lines.append(f"Le dernier essai a échoué : {state.last_sync.sentence}")
    if state.conflicts:
        lines.append(f"{counted(state.conflicts, 'désaccord')} à trancher.")
    if state.quarantined:
        held = counted(state.quarantined, "saisie mise", "saisies mises")
        lines.append(f"{held} de côté par le central, à corriger.")
    lines += carried_words(state.carried)
    if state.locked:
        lines.append("Ce poste est révoqué : les dossiers sont fermés.")
    return lines


def conflicts(app: "Application", _parsed: argparse.Namespace) -> Answer:
    """List the fields that hold several values, the current one first."""
    found = app.cases.disagreements.conflicts()
    lines = [
        f"{one.title}, {one.label} : " + " / ".join(_spoken(voice) for voice in one.voices)
        for one in found
    ]
    shaped = {"conflicts": [conflict_shape(one) for one in found]}
    return answer(shaped, lines or ["Aucun désaccord."])


def conflict_shape(one: "Disagreement") -> dict[str, Any]:
    """Shape one field in conflict."""
    return {
        "id": one.id,
        "entity": one.entity,
        "entity_id": one.entity_id,
        "field": one.field,
        "current": plain_value(one.current),
        "values": [
            {
                "value": plain_value(voice.value),
                "author": voice.author,
                "organisation": voice.organisation,
                "device": voice.device,
                "declared_at": instant(voice.declared_at),
            }
            for voice in one.voices
        ],
    }


def _spoken(voice: "Voice") -> str:
    who = voice.author + (f", {voice.organisation}" if voice.organisation else "")
    return f"« {voice.words} » ({who}, le {voice.declared_at:%d/%m/%Y})"


def _teller() -> Any:
    """Say each new step once, to a person only: the answer itself stays alone on its stream."""
    said: set[str] = set()

    def tell(stage: "Stage") -> None:
        if sys.stderr and sys.stderr.isatty() and stage.name not in said:
            said.add(stage.name)
            print(f"{stage.sentence}…", file=sys.stderr, flush=True)  # noqa: T201  (progress)

    return tell
