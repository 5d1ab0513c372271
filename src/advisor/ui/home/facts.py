"""Everything Accueil says, read in one go in the store lane.

Must not know any widget.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from advisor.domain.cases.appointment import Interview, Permanence
from advisor.domain.cases.people import Adviser
from advisor.domain.pack import PackInfo
from advisor.domain.territories.work import TerritoryWork
from advisor.services.all_services import Services
from advisor.services.sync_state import SyncState
from advisor.ui.foot import waiting_words

AHEAD = timedelta(days=120)
SOON = timedelta(days=7)


class DueStep(NamedTuple):
    """What a diagnostic waits for: a step or an action decided, not done at its date."""

    due: date
    name: str
    what: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """One day as Accueil shows it."""

    day: date
    adviser: Adviser | None
    permanences: Sequence[Permanence]
    agenda: Sequence[Interview]
    coming: Sequence[Permanence]
    reminders: Sequence[Interview]
    steps: Sequence[DueStep]
    decisions: int
    waiting: str
    failed_on: date | None
    pack: PackInfo


def _failed_on(state: SyncState) -> date | None:
    """Return the day of the last exchange when it did not succeed."""
    last = state.last_sync
    return None if last is None or last.ok else last.at.astimezone().date()


def read_home(services: Services, day: date) -> HomeFacts:
    """Return the facts of a day."""
    cases, state = services.cases, services.sync.state()
    sessions = cases.permanences.list(first=day, last=day + AHEAD)
    return HomeFacts(
        day,
        cases.identity.me(),
        [one for one in sessions if one.day == day],
        cases.permanences.day(day),
        [one for one in sessions if one.day > day],
        cases.follow_up.to_call_back(day),
        sorted(_steps(cases.territories.list(), day + SOON)),
        state.conflicts + state.quarantined,
        waiting_words(state),
        _failed_on(state),
        services.reference.info(),
    )


def _steps(works: Sequence[TerritoryWork], day: date) -> Iterator[DueStep]:
    """Give the first thing each diagnostic waits for."""
    for one in works:
        for due, what in one.due(day)[:1]:
            yield DueStep(due, one.name, what, one.id)
