"""What Suivi decides: which people stand in which list, and what is entered about them.

Knows the services and the view; places no widget.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisor.domain.cases.appointment import (
    AppointmentStatus,
    Changed,
    Interview,
    Outcome,
    ReferralStatus,
)
from advisor.domain.cases.people import Partner
from advisor.domain.places.place import Commune
from advisor.errors import AdvisorError
from advisor.services.all_services import Services
from advisor.ui.desk import Desk
from advisor.ui.follow_up.view import TO_CALL, UNKNOWN, FollowUpView
from advisor.ui.interview.saving import Saving

LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """The people of each list."""

    groups: Mapping[str, Sequence[Interview]]


class FollowUpPresenter(QObject):
    """People after their interview."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view: FollowUpView = FollowUpView(desk.theme, desk.find_communes)
        super().__init__(self.view)
        self.saving = Saving(desk.jobs, desk.news, desk.now)
        self.groups: Mapping[str, Sequence[Interview]] = {}
        self.group = TO_CALL
        view = self.view
        view.group_chosen.connect(self._choose_group)
        view.chosen.connect(self._show_person)
        view.opened.connect(lambda who: desk.news.went.emit("interview", who))
        view.bar.recall_set.connect(self._set_recall)
        view.bar.outcome_set.connect(self._set_outcome)
        view.bar.satisfaction_set.connect(self._rate)
        view.bar.referred.connect(self._refer)
        view.bar.referral_set.connect(self._set_referral)
        desk.news.changed.connect(self._on_changed)

    def arrive(self, target: str) -> None:
        """Read the lists."""
        if target:
            self.view.present = target
        services = self.desk.services
        self.desk.jobs.store(lambda: read_groups(services), self._show, label="Lecture du suivi")

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return self.view.areas()

    def leave(self) -> None:
        """Put on disk what was just typed."""
        self.saving.flush()

    def _show(self, facts: FollowUpFacts) -> None:
        self.groups = facts.groups
        counts = {name: len(people) for name, people in facts.groups.items()}
        self.view.show_groups(counts, self.group)
        self.view.show_people(self.group, self.groups.get(self.group, ()))

    def _choose_group(self, group: str) -> None:
        self.group = group
        self._show(FollowUpFacts(self.groups))

    def _show_person(self, interview: str) -> None:
        one = self._one(interview)
        if one is None:
            return
        self.view.show_person(one)
        self._with_commune(one, lambda place: self.view.bar.show_interview(one, place))
        reference = self.desk.services.reference
        departement = one.permanence.departement
        self.desk.jobs.read(
            lambda: reference.partners(departement=departement), self.view.bar.offer_partners
        )

    def _with_commune(self, one: Interview, then: Callable[[Commune | None], None]) -> None:
        code = one.outcome.commune if one.outcome else ""
        if not code:
            then(None)
            return
        reference = self.desk.services.reference

        def unknown(_error: AdvisorError) -> None:
            then(None)

        self.desk.jobs.read(lambda: reference.commune(code), then, unknown)

    def _one(self, interview: str) -> Interview | None:
        everybody = (one for people in self.groups.values() for one in people)
        return next((one for one in everybody if one.id == interview), None)

    def _on_changed(self, _changes: list[Changed]) -> None:
        if self.view.isVisible():
            self.arrive("")

    def _set_recall(self, day: date | None) -> None:
        who, desk = self.view.present, self.desk
        self.saving.put(f"recall {who}", lambda: desk.cases.interviews.set(who, {"recall_on": day}))

    def _set_outcome(self, outcome: Outcome) -> None:
        who, desk = self.view.present, self.desk
        self.saving.put(f"outcome {who}", lambda: desk.cases.interviews.outcome(who, outcome))

    def _rate(self, score: int) -> None:
        who, desk = self.view.present, self.desk
        self.saving.write(lambda: desk.cases.interviews.satisfaction(who, score))

    def _refer(self, partner: Partner) -> None:
        who, desk = self.view.present, self.desk
        self.saving.write(lambda: desk.cases.interviews.refer(who, partner.id, partner.name))

    def _set_referral(self, referral: str, status: str) -> None:
        desk = self.desk
        self.saving.write(
            lambda: desk.cases.interviews.set_referral(referral, ReferralStatus(status))
        )


def read_groups(services: Services) -> FollowUpFacts:
    """Return the people of each list; those who came and whose outcome nobody noted too."""
    cases = services.cases
    groups: dict[str, Sequence[Interview]] = {
        kind.value: people for kind, people in cases.follow_up.by_outcome().items()
    }
    groups[TO_CALL] = cases.follow_up.to_call_back(LAST_DAY)
    came = {AppointmentStatus.RECEIVED, AppointmentStatus.WALK_IN}
    groups[UNKNOWN] = [
        one for one in cases.interviews.list() if one.outcome is None and one.status in came
    ]
    return FollowUpFacts(groups)
