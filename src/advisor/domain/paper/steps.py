"""The countdown of installation steps: who, when, with which documents, and who said so.

True on paper; no database, no page. A delay that the sources do not settle is marked to verify.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from advisor.domain.sourced import Confidence, Source

EARLIEST = -9999


@dataclass(frozen=True, slots=True)
class Step:
    """One step, for some professions and statuses (empty means all).

    ``day`` counts from the day of installation (J), negative before it; None when the step
    has no fixed place. ``to_verify`` is a French sentence on what the sources leave open.
    """

    id: str
    day: int | None
    who: str
    what: str
    documents: tuple[str, ...]
    professions: tuple[str, ...]
    statuses: tuple[str, ...]
    source: Source
    confidence: Confidence
    to_verify: str = ""
    not_statuses: tuple[str, ...] = ()

    def concerns(self, profession: str | None, status: str | None) -> bool:
        """Tell whether the step is for this visitor; an unknown status keeps common steps."""
        if self.professions and profession not in self.professions:
            return False
        if status in self.not_statuses:
            return False
        return not self.statuses or status in self.statuses

    @property
    def mark(self) -> str:
        """Return « J-90 », « Jour J », « J+30 », or « dès maintenant » without a fixed day."""
        if self.day is None:
            return "dès maintenant"
        return f"J{self.day:+d}".replace("-", "−") if self.day else "Jour J"

    def due(self, installation: date | None) -> date | None:
        """Return the day by which the step is to be done, None when it cannot be dated."""
        if installation is None or self.day is None:
            return None
        return installation + timedelta(days=self.day)


def countdown(
    steps: Iterable[Step], profession: str | None, status: str | None
) -> tuple[Step, ...]:
    """Return the steps that concern this visitor, by day then in the order of the files."""
    kept = [step for step in steps if step.concerns(profession, status)]
    return tuple(sorted(kept, key=lambda step: EARLIEST if step.day is None else step.day))
