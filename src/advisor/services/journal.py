"""What was written here and waits to reach the central store."""

from collections.abc import Sequence

from advisor.domain.cases.operation import Op, OpState
from advisor.services.desk import Desk
from advisor.services.record_titles import Titles
from advisor.store.journal import Pending


class JournalService:
    """Reads the journal for the Synchronisation screen."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def pending(self) -> Pending:
        """Return how many changes wait, and since when the oldest does."""
        with self._desk.for_upkeep().read() as look:
            return look.journal.pending()

    def waiting_by_kind(self) -> dict[str, int]:
        """Count what waits to be sent, by kind of record, the most numerous first."""
        with self._desk.for_upkeep().read() as look:
            return look.journal.waiting_by_kind()

    def entries(
        self, *, interview: str | None = None, state: OpState | None = None, limit: int = 200
    ) -> list[Op]:
        """Return the newest changes first."""
        with self._desk.read() as look:
            return look.journal.entries(interview=interview, state=state, limit=limit)

    def titles(self, ops: Sequence[Op]) -> list[str]:
        """Return whose record each change is about, in French, in the same order."""
        with self._desk.read() as look:
            titles = Titles(look, self._desk.name_of)
            return [titles.of(one.entity, one.entity_id, one.interview) for one in ops]
