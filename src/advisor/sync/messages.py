"""What travels between a device and the central store: one question, one answer.

An exchange carries ops to push and, if asked, brings one page back: a sync of nothing is one
exchange. Knows neither the network nor a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from advisor.domain.cases.operation import FieldChange, Op, Operation
from advisor.domain.cases.synced import Bucket, RecordState
from advisor.errors import BadDataError
from advisor.store.identifiers import instant
from advisor.sync.wire import fingerprint, read, refuse

PROTOCOL = 1
BEHIND = 2  # how many protocols back are still understood
LONGEST_NAME = 200
BARE = 32  # characters of a mark that stay once the op is erased


class Verdict(StrEnum):
    """What became of an op on the central store."""

    APPLIED = "applied"
    PARALLEL = "applied_parallel"
    CONFLICT = "applied_conflict"
    QUARANTINED = "quarantined"


class Trouble(StrEnum):
    """Why an exchange as a whole did nothing more."""

    LOCKED = "locked"  # the device was revoked: it must lock
    PROTOCOL = "protocol"  # one end is too old for the other
    REINCARNATE = "reincarnate"  # this copy was restored or cloned: take a new incarnation
    GAP = "gap"  # an op is missing before those sent: ``expected`` says which
    SNAPSHOT = "snapshot"  # the cursor is older than the tombstones kept: start again from zero
    RESTORED = "restored"  # the store came back from a copy: offer again what it forgot


@dataclass(frozen=True, slots=True)
class Receipt:
    """The verdict on one op. ``reason`` and ``warnings`` are stable identifiers."""

    incarnation: str
    local_seq: int
    verdict: Verdict
    reason: str = ""
    warnings: tuple[str, ...] = ()
    seq: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pull:
    """Ask for the page after ``cursor``.

    ``snapshot`` is the head when a snapshot began, else None. ``bucket`` restricts a repair to
    one kind and one département.
    """

    cursor: int
    limit: int = 200
    snapshot: int | None = None
    bucket: tuple[str, str] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Records in the server's order, applied together with ``cursor``.

    The last page (``more`` false) of a pull that is no repair gives the digest of the scope.
    """

    records: tuple[RecordState, ...]
    cursor: int
    more: bool
    digest: tuple[Bucket, ...] | None = None
    replayed: tuple[Receipt, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A device's question; ``local_seq`` is the last number its current incarnation used.

    ``life`` is the store's as last heard of, empty before.
    """

    device: str
    incarnation: str
    local_seq: int
    ops: tuple[Mapping[str, Any], ...] = ()
    pull: Pull | None = None
    protocol: int = PROTOCOL
    life: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """The first op of an incarnation that is missing, or that is not the one received."""

    incarnation: str
    expected: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer. ``refreshed`` are the records as they stand whose op was quarantined.

    ``life`` names the store's; once restored, ``since`` is the last rank both lives share and
    ``held`` the last number known of each incarnation of the device. ``pack`` is the reference
    pack it gives out, empty when there is none.
    """

    receipts: tuple[Receipt, ...] = ()
    refreshed: tuple[RecordState, ...] = ()
    trouble: Trouble | None = None
    gap: Gap | None = None
    head: int = 0
    page: Page | None = None
    protocol: int = PROTOCOL
    life: str = ""
    since: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    pack: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def understood(protocol: int, ours: int = PROTOCOL) -> bool:
    """Tell whether this end accepts a message of another end's protocol."""
    return max(1, ours - BEHIND) <= protocol <= ours


@dataclass(frozen=True, slots=True)
class Identity:
    """What names an op, readable even when the rest of it is not."""

    device: str
    incarnation: str
    local_seq: int
    extra: Mapping[str, Any] = field(default_factory=dict)


def identity_of(body: Mapping[str, Any]) -> Identity:
    """Return the name of an op; BadDataError when it has none, so that it cannot be kept."""
    name = read(Identity, body)
    texts_fit = all(map(_fits, (name.device, name.incarnation)))
    if name.local_seq < 1 or not texts_fit or "/" in name.device + name.incarnation:
        refuse("ops")
    return name


def _fits(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()


@dataclass(frozen=True, slots=True)
class _Body:
    device: str
    incarnation: str
    local_seq: int
    entity: str
    entity_id: str
    operation: Operation
    fields: Mapping[str, FieldChange]
    actor: str
    organisation: str
    declared_at: str
    schema_version: str
    pack_version: str
    departement: str
    unit: str
    interview: str | None = None
    undoes: str | None = None


def op_of(body: Mapping[str, Any]) -> Op:
    """Return the op of a body as it travelled; BadDataError when it cannot be read."""
    found = read(_Body, dict(body))
    names = (found.entity, found.entity_id, found.departement, found.interview or found.entity_id)
    if not all(map(_fits, names)):
        refuse("ops")
    try:
        instant(found.declared_at)
    except ValueError:
        refuse("ops.declared_at")
    return Op(**{name: getattr(found, name) for name in _Body.__slots__})


def readable(body: Mapping[str, Any]) -> Op | None:
    """Return the op of a body, None when this version cannot read it."""
    try:
        return op_of(body)
    except BadDataError:
        return None


def content_mark(body: Mapping[str, Any]) -> str:
    """Return what tells two ops of the same name apart, the same in every later version.

    What it begins with (``bare_mark``) says nothing of what was typed: it outlives an erasure.
    """
    said = {name: body.get(name) for name in ("operation", "fields")}
    return f"{bare_mark(body)}:{fingerprint(said)}"


def bare_mark(body: Mapping[str, Any]) -> str:
    """Return what tells ops apart by their record and instant alone."""
    about = {name: body.get(name) for name in ("entity", "entity_id", "declared_at")}
    return fingerprint(about)[:BARE]
