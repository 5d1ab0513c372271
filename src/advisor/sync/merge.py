"""Decides which of two versions wins: one op and the record as it stands, nothing else.

Pure: no database, no clock, no network. The order in which ops reach the server is the only
order; ``declared_at`` is carried for display and never compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from advisor.domain.cases.operation import INTO, FieldChange, Op, Operation
from advisor.domain.cases.synced import DELETED, Life, Version
from advisor.sync.messages import Verdict
from advisor.sync.policies import RULES, SCHEMAS, Kind, Policy
from advisor.sync.wire import same

MAKING = {Operation.CREATE, Operation.APPEND_NOTE}
EDITING = {Operation.SET, Operation.REVISE_NOTE, Operation.RESOLVE_CONFLICT}


@dataclass(frozen=True, slots=True)
class Held:
    """A field as the server holds it: the current version, and those in conflict with it.

    ``shared``: several people wrote that very value without having seen each other, so that none
    of them may change it as if it were theirs alone.
    """

    current: Version
    others: tuple[Version, ...] = ()
    resolved: bool = False
    shared: bool = False

    def seen(self, change: FieldChange, mine: Version) -> bool:
        """Tell whether the writer of ``mine`` saw what is current, or wrote it alone before."""
        return _saw(self.current, change) or (not self.shared and _own(self.current, mine))


@dataclass(frozen=True, slots=True)
class Record:
    """A record as the server holds it, ``versions`` being its readable history."""

    entity: str
    id: str
    departement: str
    created_at: str
    updated_at: str
    fields: Mapping[str, Held] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()

    @property
    def life(self) -> Life:
        """Return whether it lives or is a tombstone."""
        gone = self.fields.get(DELETED)
        return Life.DELETED if gone is not None and gone.current.value is True else Life.LIVE


@dataclass(frozen=True, slots=True)
class Merged:
    """The verdict on an op; ``record`` is the new state, None when nothing changes."""

    verdict: Verdict
    reason: str = ""
    record: Record | None = None


@dataclass(slots=True)
class _Work:
    fields: dict[str, Held]
    history: list[Version]
    conflict: bool = False


def merge(op: Op, now: Record | None, seq: int) -> Merged:
    """Return what becomes of ``op`` on the record ``now`` (None: unknown), taking rank ``seq``.

    Erasing is not a merge: the server purges instead of calling this.
    """
    if op.operation is Operation.VOID:
        return Merged(Verdict.APPLIED)
    reason = refusal(op, now)
    if reason:
        return Merged(Verdict.QUARANTINED, reason)
    if now is None:
        now = Record(op.entity, op.entity_id, op.departement, op.declared_at, op.declared_at)
    if op.operation is Operation.MERGE_PERSON:
        return _merge_person(op, now, seq)
    if op.operation is Operation.DELETE:
        return _delete(op, now, seq)
    return _write(op, now, seq)


def refusal(op: Op, now: Record | None) -> str:
    """Return why an op cannot be done as it is, empty when it can; its rights are not judged."""
    if op.schema_version not in SCHEMAS:
        return "unknown_schema"
    kind = RULES.get(op.entity)
    if kind is None:
        return "unknown_kind"
    if now is None and op.operation not in MAKING:
        return "unknown_record"
    if op.operation is Operation.MERGE_PERSON:
        into = op.fields.get(INTO)
        good = into is not None and isinstance(into.new, str) and into.new != op.entity_id
        return "" if good and op.entity == "professional" else "invalid"
    if op.operation is Operation.DELETE:
        return ""
    return _invalid(kind, op, now)


def _invalid(kind: Kind, op: Op, now: Record | None) -> str:
    for name, change in op.fields.items():
        if name == DELETED and op.operation is Operation.RESOLVE_CONFLICT:
            if type(change.new) is not bool:
                return "invalid"
            continue
        rule = kind.rule(name)
        if name.startswith("@") or not rule.accepts(change.new):
            return "invalid"
        held = now.fields.get(name) if now else None
        if rule.policy is Policy.FIXED and held and not same(held.current.value, change.new):
            return "fixed"
    if now is None and not kind.required() <= op.fields.keys():
        return "invalid"
    return ""


def _write(op: Op, now: Record, seq: int) -> Merged:
    work = _Work(dict(now.fields), list(now.versions))
    if now.life is Life.DELETED and DELETED not in op.fields:
        _revive(op, work, seq)
    for name, change in op.fields.items():
        version = _version(op, name, change, seq)
        if op.operation is Operation.RESOLVE_CONFLICT:
            _resolve(work, op, now, version)
        else:
            policy = RULES[op.entity].rule(name).policy
            _set(work, name, policy, change, version)
    made = replace(now, fields=work.fields, versions=tuple(work.history), updated_at=op.declared_at)
    return Merged(_verdict(op, now, conflict=work.conflict), record=made)


def _set(work: _Work, name: str, policy: Policy, change: FieldChange, version: Version) -> None:
    held = work.fields.get(name)
    if policy is Policy.APPEND:
        _remember(work, version)
    if held is None:
        work.fields[name] = Held(version)
        return
    others = tuple(one for one in held.others if one.writer != version.writer)
    seen = held.seen(change, version)
    if same(held.current.value, change.new):
        others = tuple(one for one in others if not same(one.value, change.new))
        work.fields[name] = Held(version, others, held.resolved, shared=not seen)
    elif policy is Policy.LAST_RECEIVED or seen:
        if policy is Policy.LAST_RECEIVED:
            _remember(work, held.current)
            _remember(work, version)
        work.fields[name] = Held(version, others)
    else:
        work.fields[name] = replace(held, others=(*others, version))
        work.conflict = True


def _resolve(work: _Work, op: Op, now: Record, version: Version) -> None:
    """Close what the resolver saw; of two resolutions the first received stays current."""
    name, change = version.field, op.fields[version.field]
    held = work.fields.get(name)
    if held is None:
        work.fields[name] = Held(version, resolved=True)
        return
    closed = [one for one in held.others if one.seq <= change.base_seq]
    still = tuple(one for one in held.others if one.seq > change.base_seq)
    for one in (held.current, *closed, version):
        _remember(work, one)
    if same(held.current.value, change.new) or held.seen(change, version):
        removes = name == DELETED and change.new is True and now.life is Life.LIVE
        unseen = _unseen_edit(op, now) if removes else None
        if unseen is None:
            work.fields[name] = Held(version, still, resolved=True)
        else:
            work.fields[name] = Held(_alive(unseen), (*still, version))
            work.conflict = True
    elif held.resolved:
        work.fields[name] = replace(held, others=still)
    else:
        work.fields[name] = replace(held, others=(*still, version))
        work.conflict = True


def _revive(op: Op, work: _Work, seq: int) -> None:
    """Bring a tombstone back: an edit that did not see the deletion survives it, in conflict."""
    gone = work.fields[DELETED].current
    alive = _version(op, DELETED, FieldChange(0, True, False), seq)
    mine = gone.id.partition("/")[0] == op.device and op.operation in MAKING
    work.fields[DELETED] = Held(alive, () if mine else (gone,))
    work.conflict = work.conflict or not mine


def _delete(op: Op, now: Record, seq: int) -> Merged:
    if now.life is Life.DELETED:
        return Merged(Verdict.APPLIED)
    gone = _version(op, DELETED, FieldChange(0, False, True), seq)
    fields = dict(now.fields)
    unseen = _unseen_edit(op, now)
    if unseen is None:
        fields[DELETED] = Held(gone)
    else:
        before = fields[DELETED].others if DELETED in fields else ()
        fields[DELETED] = Held(_alive(unseen), (*before, gone))
    made = replace(now, fields=fields, updated_at=op.declared_at)
    return Merged(Verdict.APPLIED if unseen is None else Verdict.CONFLICT, record=made)


def _merge_person(op: Op, now: Record, seq: int) -> Merged:
    """Remove a duplicate and keep whom it is merged into: two choices are a conflict.

    A former choice counts no more once somebody said that these were two people.
    """
    work = _Work(dict(now.fields), list(now.versions))
    change, version = op.fields[INTO], _version(op, INTO, op.fields[INTO], seq)
    if INTO in work.fields:
        _remember(work, work.fields[INTO].current)
    if now.life is Life.LIVE:
        held, gone = work.fields.get(INTO), work.fields.get(DELETED)
        if held is not None and gone is not None and not gone.others:
            del work.fields[INTO]
        work.fields[DELETED] = Held(_version(op, DELETED, FieldChange(0, False, True), seq))
    _set(work, INTO, Policy.CONFLICT, change, version)
    made = replace(now, fields=work.fields, versions=tuple(work.history), updated_at=op.declared_at)
    return Merged(Verdict.CONFLICT if work.conflict else Verdict.APPLIED, record=made)


def _unseen_edit(op: Op, now: Record) -> Version | None:
    """Return the last value whoever removes had not seen, None when they saw everything.

    Whoever decides that a removed record goes for good had the whole record under their eyes.
    """
    whole = op.fields.get(DELETED, _NEVER)
    unseen = [
        one
        for name, held in now.fields.items()
        if name != DELETED
        for one in _unseen(held, op.fields.get(name, whole), _version(op, name, _NEVER, 0))
        if name in op.fields or one.value is not None
    ]
    return max(unseen, key=lambda one: one.seq, default=None)


def _alive(edit: Version) -> Version:
    """Return the version that says a record lives, because of an edit nobody may drop."""
    return replace(edit, field=DELETED, value=False)


_NEVER = FieldChange(0, None, None)


def _unseen(held: Held, change: FieldChange, mine: Version) -> list[Version]:
    """Return the versions of a field that the writer of ``mine`` neither saw nor wrote."""
    current = () if held.seen(change, mine) else (held.current,)
    others = [one for one in held.others if not _saw(one, change) and not _own(one, mine)]
    return [*current, *others]


def _saw(version: Version, change: FieldChange) -> bool:
    return version.seq <= change.base_seq


def _own(version: Version, mine: Version) -> bool:
    return version.writer == mine.writer and version.local_seq < mine.local_seq


def _version(op: Op, name: str, change: FieldChange, seq: int) -> Version:
    return Version(op.id, name, change.new, op.actor, op.organisation, op.declared_at, seq)


def _remember(work: _Work, version: Version) -> None:
    if all((one.id, one.field) != (version.id, version.field) for one in work.history):
        work.history.append(version)


def _verdict(op: Op, now: Record, *, conflict: bool) -> Verdict:
    if conflict:
        return Verdict.CONFLICT
    seen = max((change.base_seq for change in op.fields.values()), default=0)
    foreign = any(
        held.current.seq > seen and held.current.id.partition("/")[0] != op.device
        for name, held in now.fields.items()
        if name not in op.fields
    )
    return Verdict.PARALLEL if foreign and op.operation in EDITING else Verdict.APPLIED
