"""What was received from one device: read for a whole batch, written once at its end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import Op, Operation
from advisor.store.prepared import Prepared
from advisor.sync.messages import BARE, Identity, Receipt, Verdict, bare_mark, content_mark
from advisor.sync.server import tables

_receipt, _incarnation = tables.receipt, tables.incarnation
_KNOWN = Prepared(
    sa.select(
        *(_receipt.c[name] for name in ("incarnation", "local_seq", "verdict", "reason")),
        *(_receipt.c[name] for name in ("warnings", "seq", "content_mark")),
    ).where(
        _receipt.c.device == sa.bindparam("of_device"),
        _receipt.c.incarnation == sa.bindparam("of_incarnation"),
        _receipt.c.local_seq.in_(sa.bindparam("numbers", expanding=True)),
    )
)
_ADD = Prepared(_receipt.insert())
_OF_INCARNATION = (
    _incarnation.c.device == sa.bindparam("of_device"),
    _incarnation.c.id == sa.bindparam("of_incarnation"),
)
_HIGHEST = Prepared(sa.select(_incarnation.c.highest).where(*_OF_INCARNATION))
_COUNT = Prepared(_incarnation.update().where(*_OF_INCARNATION))
_BEGIN = Prepared(_incarnation.insert())


@dataclass(frozen=True, slots=True)
class Known:
    """An op already received; ``mark`` is that of its content, a bare one once emptied."""

    receipt: Receipt
    mark: str

    def differs(self, body: Mapping[str, Any]) -> bool:
        """Tell two ops of one name apart; once erased on either side, by their bare marks."""
        void = len(self.mark) == BARE or body.get("operation") == Operation.VOID
        return self.mark[:BARE] != bare_mark(body) if void else self.mark != content_mark(body)


class Receipts:
    """The receipts of one device on one writing transaction."""

    def __init__(self, connection: sa.Connection, device: str) -> None:
        self._connection = connection
        self._device = device
        self._known: dict[tuple[str, int], Known | None] = {}
        self._highest: dict[str, int] = {}
        self._moved: set[str] = set()
        self._new: list[dict[str, Any]] = []

    def load(self, names: Iterable[Identity]) -> None:
        """Read what is known of the ops named."""
        numbers: dict[str, list[int]] = {}
        for name in names:
            self._known[name.incarnation, name.local_seq] = None
            numbers.setdefault(name.incarnation, []).append(name.local_seq)
        for incarnation, ones in numbers.items():
            of = {"of_device": self._device, "of_incarnation": incarnation, "numbers": ones}
            for row in _KNOWN.rows(self._connection, of):
                known = Known(receipt_of(row), row.content_mark)
                self._known[incarnation, row.local_seq] = known

    def known(self, name: Identity) -> Known | None:
        """Return what is known of an op, None when it was never received."""
        key = (name.incarnation, name.local_seq)
        if key not in self._known:
            self.load([name])
        return self._known[key]

    def highest(self, incarnation: str) -> int:
        """Return the last number received of an incarnation, 0 when none was."""
        if incarnation not in self._highest:
            found = highest(self._connection, self._device, incarnation)
            self._highest[incarnation] = found
        return self._highest[incarnation]

    def add(self, receipt: Receipt, op: Op | None, body: Mapping[str, Any], *, bare: bool) -> None:
        """Keep a verdict, and the body it is about unless ``bare``."""
        mark = bare_mark(body) if bare else content_mark(body)
        self._new.append(
            {
                "device": self._device,
                "incarnation": receipt.incarnation,
                "local_seq": receipt.local_seq,
                "entity": op.entity if op else "",
                "entity_id": op.entity_id if op else "",
                "interview": op.interview if op else None,
                "body": None if bare else body,
                "content_mark": mark,
                "verdict": receipt.verdict.value,
                "reason": receipt.reason,
                "warnings": list(receipt.warnings),
                "seq": receipt.seq,
            }
        )
        self._known[receipt.incarnation, receipt.local_seq] = Known(receipt, mark)
        self._highest[receipt.incarnation] = receipt.local_seq
        self._moved.add(receipt.incarnation)

    def forget(self) -> None:
        """Read again what is asked from now on: bodies were emptied."""
        self._known.clear()

    def flush(self) -> None:
        """Write what was added."""
        _ADD.run_all(self._connection, self._new)
        self._new = []
        for incarnation in sorted(self._moved):
            reached = {"highest": self._highest[incarnation]}
            of = {"of_device": self._device, "of_incarnation": incarnation}
            if _COUNT.run(self._connection, {**of, **reached}) == 0:
                first = {"device": self._device, "id": incarnation, **reached}
                _BEGIN.run(self._connection, first)
        self._moved = set()


def highest(connection: sa.Connection, device: str, incarnation: str) -> int:
    """Return the last ``local_seq`` received of an incarnation, 0 when none was."""
    of = {"of_device": device, "of_incarnation": incarnation}
    return _HIGHEST.scalar(connection, of) or 0


def receipt_of(row: Any) -> Receipt:
    """Return the receipt a line keeps."""
    return Receipt(
        row.incarnation,
        row.local_seq,
        Verdict(row.verdict),
        row.reason,
        tuple(row.warnings),
        row.seq,
    )
