"""What a sync did, in French sentences, and how the last one is kept.

Knows neither the network nor the database.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from advisor.domain.words.wording import counted
from advisor.services.sync_state import LastSync, Stage, StageName, SyncReport
from advisor.store.identifiers import instant, instant_text
from advisor.store.keys import SHORTEST_PASSPHRASE

if TYPE_CHECKING:
    from advisor.store.aboard import Aboard
    from advisor.sync.device import SyncReport as Done
    from advisor.sync.session import Progress

A_DAY = timedelta(days=1)
SHORTEST_PHRASE = SHORTEST_PASSPHRASE  # of a file of exchange, as of a home
NOT_ENROLLED = (
    "Ce poste n’est inscrit à aucun central\u202f: tout reste enregistré ici.",
    "Demandez un code, puis\u202f: «\u202fadvisor enrol --central ADRESSE --code CODE\u202f».",
)
ANOTHER_CENTRAL = (
    "Ce central n’est pas celui auquel ce poste était inscrit\u202f: rien n’a changé ici.",
    "Demandez un code au responsable du central d’origine. Rien n’est perdu.",
)
NO_ROOM_FOR_A_COPY = (
    "Le disque est presque plein\u202f: la copie de sécurité d’avant l’échange n’a pas été faite. "
    "Libérez de la place."
)
NO_ROOM_TO_FORGET = (
    "Le disque est presque plein\u202f: des copies chiffrées de ce poste contiennent encore "
    "une personne effacée. Libérez de la place, puis synchronisez pour qu’elles disparaissent."
)
NO_ROOM_TO_RECEIVE = (
    "Le disque est plein\u202f: ce qui arrive du central n’a pas pu être écrit en entier.",
    "Rien n’est perdu\u202f: libérez de la place, puis synchronisez pour reprendre où il en était.",
)
CLOCK_WRONG = (
    "L’horloge de cet ordinateur semble fausse\u202f: elle s’écarte de plus d’un jour de celle du "
    "central. L’échange n’en dépend pas, mais les dates affichées seront fausses."
)


def clock_remarks(theirs: datetime | None, mine: datetime) -> tuple[str, ...]:
    """Tell when this computer's clock is more than a day away from the central store's."""
    wrong = theirs is not None and abs(theirs - mine) > A_DAY
    return (CLOCK_WRONG,) if wrong else ()


def stage_of(at: "Progress") -> Stage:
    """Return a step of the exchange as screens show it."""
    return Stage(StageName(at.step.value), at.done, at.total)


def report_of(done: "Done", remarks: tuple[str, ...]) -> SyncReport:
    """Return what a finished exchange did, with its sentence."""
    return SyncReport(
        sent=done.sent,
        applied=done.applied,
        parallel=done.parallel,
        conflicts=done.conflicts,
        quarantined=done.quarantined,
        erased=done.erased,
        received=done.received,
        exchanges=done.exchanges,
        cursor=done.cursor,
        digest_ok=done.digest_ok,
        sentence=_sentence(done),
        remarks=remarks,
    )


def last_of(at: datetime, report: SyncReport) -> LastSync:
    """Return what is kept of a sync that ended well."""
    return LastSync(at, ok=True, sentence=report.sentence, report=report)


def write_last(last: LastSync) -> dict[str, Any]:
    """Return what is kept in the settings, as JSON values."""
    return {**asdict(last), "at": instant_text(last.at)}


def read_last(kept: Mapping[str, Any]) -> LastSync:
    """Return what was kept; what a newer version added is left aside."""
    report = kept.get("report")
    known = (
        {name: report[name] for name in SyncReport.__slots__ if name in report} if report else {}
    )
    return LastSync(
        instant(kept["at"]),
        ok=kept["ok"],
        sentence=kept["sentence"],
        hint=kept["hint"],
        report=SyncReport(**{**known, "remarks": tuple(known["remarks"])}) if report else None,
    )


def held_words(done: "Done") -> list[str]:
    """Say what the central store did not apply: set aside and whole, or too late to be kept."""
    parts, kept = [], done.quarantined - done.erased
    if kept:
        held = counted(kept, "saisie mise", "saisies mises")
        whole = counted(kept, "gardée entière", "gardées entières").partition(" ")[2]
        parts.append(f"{held} de côté par le central ({whole})")
    if done.erased:
        late = counted(done.erased, "saisie reçue", "saisies reçues")
        lost = counted(done.erased, "non conservée", "non conservées").partition(" ")[2]
        parts.append(f"{late} après l’effacement de la personne\u202f: {lost}")
    return parts


def carried_words(held: "Aboard") -> list[str]:
    """Say what this home carries for others; what is refused stays whole where it was typed."""
    one, several = "saisie d’un autre poste", "saisies d’autres postes"
    lines = []
    if held.waiting:
        lines.append(f"{counted(held.waiting, one, several)} à remettre au central.")
    if held.refused:
        told = counted(held.refused, one, several)
        lines.append(f"Le central n’a pas pris {told}\u202f; son auteur garde tout.")
    return lines


def _sentence(done: "Done") -> str:
    parts = []
    if done.sent:
        parts.append(counted(done.sent, "saisie envoyée", "saisies envoyées"))
    if done.received:
        parts.append(
            counted(done.received, "fiche reçue ou confirmée", "fiches reçues ou confirmées")
        )
    if done.conflicts:
        parts.append(counted(done.conflicts, "désaccord à trancher", "désaccords à trancher"))
    parts += held_words(done)
    told = ", ".join(parts) if parts else "Tout est à jour"
    if done.digest_ok is False:
        return (
            f"{told}. Ce poste et le central ne concordent pas encore\u202f: rien n’est perdu, "
            "synchronisez de nouveau."
        )
    return f"{told}."
