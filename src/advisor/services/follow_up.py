"""Suivi: who to call back, and what became of each project."""

from datetime import date

from advisor.domain.cases.appointment import Interview, OutcomeKind
from advisor.services.desk import Desk


class FollowUp:
    """Lists drawn from the interviews."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def to_call_back(self, until: date) -> list[Interview]:
        """Return the interviews whose reminder is due by ``until``, the oldest first."""
        with self._desk.read() as look:
            return look.interviews.to_call_back(until)

    def by_outcome(self) -> dict[OutcomeKind, list[Interview]]:
        """Return the interviews that have an outcome, each kind present even when empty."""
        with self._desk.read() as look:
            found = look.interviews.with_outcome()
        groups: dict[OutcomeKind, list[Interview]] = {kind: [] for kind in OutcomeKind}
        for one in found:
            if one.outcome is not None:
                groups[one.outcome.kind].append(one)
        return groups
