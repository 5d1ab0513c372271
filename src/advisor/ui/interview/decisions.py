"""What is decided with the visitor: places to compare, orientations, outcome, satisfaction.

Each is one use case, written at once in the order asked. Places no widget.
"""

from collections.abc import Callable

from advisor.domain.cases.appointment import AppointmentStatus, Outcome, ReferralStatus
from advisor.domain.cases.people import Partner
from advisor.domain.places.place import Commune
from advisor.ui.desk import Desk
from advisor.ui.interview.saving import Saving


class Decisions:
    """Writes what is decided in the interview ``present()`` names, then calls ``then``."""

    def __init__(
        self,
        desk: Desk,
        saving: Saving,
        present: Callable[[], str],
        then: Callable[[object], None],
    ) -> None:
        self._desk = desk
        self._saving = saving
        self._present = present
        self._then = then

    def add_place(self, place: Commune) -> None:
        """Compare one more place."""
        self._write(lambda who: self._desk.cases.interviews.add_place(who, place.code))

    def remove_place(self, place: str) -> None:
        """Take a place out of the comparison."""
        self._write(lambda _who: self._desk.cases.interviews.remove_place(place))

    def refer(self, partner: Partner) -> None:
        """Send the person to a partner."""
        self._write(lambda who: self._desk.cases.interviews.refer(who, partner.id, partner.name))

    def set_referral(self, referral: str, status: str) -> None:
        """Say where an orientation stands."""
        kept = ReferralStatus(status)
        self._write(lambda _who: self._desk.cases.interviews.set_referral(referral, kept))

    def set_outcome(self, outcome: Outcome) -> None:
        """Say what became of the project; typed like a field, so it waits for the next letter."""
        who = self._present()
        if who:
            self._saving.put("outcome", lambda: self._desk.cases.interviews.outcome(who, outcome))

    def rate(self, score: int) -> None:
        """Keep the visitor's satisfaction."""
        self._write(lambda who: self._desk.cases.interviews.satisfaction(who, score))

    def set_status(self, status: str) -> None:
        """Say where the appointment stands."""
        kept = AppointmentStatus(status)
        self._write(lambda who: self._desk.cases.permanences.set_status(who, kept))

    def undo(self) -> None:
        """Take back the last thing saved."""
        self._saving.flush()
        self._write(lambda who: self._desk.cases.interviews.undo(who))  # noqa: PLW0108  later
        self._desk.news.said.emit("info", "Dernière saisie annulée.", "", None)

    def _write(self, work: Callable[[str], object]) -> None:
        who = self._present()
        if who:
            self._saving.write(lambda: work(who), self._then)
