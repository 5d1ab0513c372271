"""The screens that exist, in the order of the rail: key, word, icon and who makes each.

The only list of screens; adding one is adding a line.
"""

from collections.abc import Callable
from dataclasses import dataclass

from advisor.ui.desk import Desk, Screen
from advisor.ui.follow_up.presenter import FollowUpPresenter
from advisor.ui.home.presenter import HomePresenter
from advisor.ui.interview.presenter import InterviewPresenter
from advisor.ui.map.presenter import MapPresenter
from advisor.ui.permanences.presenter import PermanencesPresenter
from advisor.ui.structures.presenter import StructuresPresenter
from advisor.ui.sync_state.presenter import SyncPresenter


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail."""

    key: str
    words: str
    picture: str
    build: Callable[[Desk], Screen]


SCREENS = (
    Entry("home", "&Accueil", "home", HomePresenter),
    Entry("permanences", "&Permanences", "calendar", PermanencesPresenter),
    Entry("interview", "&Entretien", "interview", InterviewPresenter),
    Entry("map", "Car&te", "map", MapPresenter),
    Entry("structures", "&Structures", "building", StructuresPresenter),
    Entry("follow_up", "S&uivi", "followup", FollowUpPresenter),
    Entry("sync", "S&ynchronisation", "sync", SyncPresenter),
)
