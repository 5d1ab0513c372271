"""What came from the central store: told to the screens, listed for whoever looks."""

from dataclasses import dataclass
from datetime import datetime

from advisor.domain.cases.appointment import Changed
from advisor.domain.cases.changes import Changes
from advisor.domain.cases.field_words import kind_words
from advisor.domain.cases.synced import Life
from advisor.services.desk import Desk
from advisor.services.record_titles import Titles
from advisor.store.arrivals import Arrivals
from advisor.store.journal import Journal

LIVES = {Life.LIVE: "", Life.DELETED: "retirée", Life.ERASED: "effacée à la demande de la personne"}


@dataclass(frozen=True, slots=True)
class Came:
    """One record received, in words; ``at`` is when it was last written, None when erased."""

    at: datetime | None
    what: str
    about: str
    life: str


class ArrivalService:
    """Reads what was received."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def mark(self) -> int:
        """Return the place reached, to ask later what came since."""
        with self._desk.read() as look:
            return Arrivals(look.connection).mark()

    def since(self, mark: int) -> Changes:
        """Return what was touched here since a place: received, or given back by the centre."""
        with self._desk.read() as look:
            found = Arrivals(look.connection).since(mark)
            held = Journal(look.connection).set_aside() if mark else []
        given_back = [(op.entity, op.entity_id, op.interview) for op in held]
        touched = [(one.entity, one.entity_id, one.interview) for one in found]
        return Changes(Changed(*one[:2], {}, one[2]) for one in dict.fromkeys(touched + given_back))

    def latest(self, limit: int = 100) -> list[Came]:
        """Return the newest records received, in words."""
        with self._desk.read() as look:
            titles = Titles(look, self._desk.name_of)
            return [
                Came(
                    one.at,
                    kind_words(one.entity),
                    titles.of(one.entity, one.entity_id, one.interview)
                    if one.life is not Life.ERASED
                    else "",
                    LIVES[one.life],
                )
                for one in Arrivals(look.connection).latest(limit)
            ]
