"""One profile, one place, one day: what a declared condition may look at.

True on paper; no database, no window. Dates follow the contract: a signature or a complete
file not given is not done yet, so the day asked stands for it; an installation date not given
is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.domain.aids.place_facts import PlaceFacts

DATE_FIELDS = ("installation_date", "signature_date", "application_date")


@dataclass(frozen=True, slots=True)
class Term:
    """How long a contract runs: years, and whether it is renewed (none, once, tacit)."""

    years: float | None = None
    renewal: str = "none"


@dataclass(frozen=True, slots=True)
class Situation:
    """The material of a verdict; ``terms`` gives how long each aid of the catalogue runs."""

    profile: Mapping[str, Any]
    place: PlaceFacts
    day: date
    terms: Mapping[str, Term] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """Return a profile value by its path (``project.kind``), None when not known."""
        found: Any = self.profile
        for part in name.split("."):
            if not isinstance(found, Mapping):
                return None
            found = found.get(part)
        return found

    def date_of(self, name: str) -> date | None:
        """Return a named date; ``asked`` is the day of the question, ``request`` the new file."""
        if name == "asked":
            return self.day
        if name == "request":
            return (
                self.profile.get("application_date")
                or self.profile.get("signature_date")
                or self.day
            )
        held: date | None = self.profile.get(name)
        if held is None and name in ("signature_date", "application_date"):
            return self.day
        return held

    def first_date(self, names: tuple[str, ...]) -> date:
        """Return the first date of the list that is known, else the day asked."""
        for name in names:
            found = self.date_of(name)
            if found is not None:
                return found
        return self.day

    @property
    def main_is_here(self) -> bool:
        """Tell whether the place asked is the main practice (taken so when nothing is said)."""
        main = self.profile.get("main_practice_commune")
        return main is None or main == self.place.code

    @property
    def main_place(self) -> PlaceFacts | None:
        """Return the facts of the main practice, None when they were not read."""
        return self.place if self.main_is_here else self.place.main_practice
