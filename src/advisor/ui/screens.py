"""The screens that exist, in the order of the rail: key, word, icon and who makes each.

The only list of screens; adding one is adding a line. A screen is loaded when it is first shown,
so that the window opens without those nobody asked for yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from advisor.ui.desk import Desk, Screen


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail; ``made_by`` is the presenter, as « folder.Name »."""

    key: str
    words: str
    picture: str
    made_by: str

    def build(self, desk: Desk) -> Screen:
        """Return the screen, its code loaded if it was not."""
        folder, name = self.made_by.split(".")
        module = import_module(f"advisor.ui.{folder}.presenter")
        return cast("Callable[[Desk], Screen]", getattr(module, name))(desk)


SCREENS = (
    Entry("home", "&Accueil", "home", "home.HomePresenter"),
    Entry("permanences", "&Permanences", "calendar", "permanences.PermanencesPresenter"),
    Entry("interview", "&Entretien", "interview", "interview.InterviewPresenter"),
    Entry("map", "Car&te", "map", "map.MapPresenter"),
    Entry("territories", "Terr&itoires", "territory", "territories.TerritoriesPresenter"),
    Entry("structures", "&Structures", "building", "structures.StructuresPresenter"),
    Entry("follow_up", "S&uivi", "followup", "follow_up.FollowUpPresenter"),
    Entry("sync", "S&ynchronisation", "sync", "sync_state.SyncPresenter"),
)
