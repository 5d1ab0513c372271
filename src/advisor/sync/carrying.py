"""What a home does for others: makes its own envelope, keeps theirs, relays them over the network.

Knows the store and the envelopes; the file around them and the network are somebody else's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from advisor.domain.cases.operation import Op, Operation
from advisor.errors import BadDataError, RefusedError
from advisor.store.carried import ANSWERED, REFUSED, WAITING, Carried, Entry, Envelope
from advisor.store.enrolled import Enrolled, Tie
from advisor.store.identifiers import instant_text
from advisor.store.ranks import holds
from advisor.store.settings import Settings
from advisor.store.synced import Synced
from advisor.store.vault import Vault
from advisor.sync.envelopes import (
    Answered,
    Manifest,
    Sent,
    is_answered_by,
    line_of,
    manifest_of,
    public_box,
    sign,
)
from advisor.sync.merge import MAKING
from advisor.sync.messages import readable
from advisor.sync.policies import RULES, SCHEMAS
from advisor.sync.returns import LAST_QUESTION
from advisor.sync.wire import plain, read

FORMERLY = "file_names"  # the setting that holds the names this home bore before it was enrolled


class Relayed(Protocol):
    """The part of the network's client that a relay needs."""

    def carried(self, envelopes: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Hand over envelopes; return what is said of each, in the same order."""
        ...


@dataclass(frozen=True, slots=True)
class Load:
    """What a file holds: envelopes with the author's first, and answers for other devices."""

    envelopes: tuple[Sent, ...]
    replies: tuple[Mapping[str, Any], ...]
    own: int = 0

    def content(self) -> dict[str, Any]:
        """Return the JSON value a file keeps."""
        sent = [plain(one) for one in self.envelopes]
        return {"format": 1, "envelopes": sent, "replies": list(self.replies)}

    def ops(self) -> int:
        """Count the entries whose body is in the file."""
        return sum(body is not None for one in self.envelopes for body in one.bodies)


def load(vault: Vault) -> Load:
    """Gather all that this home has to give by file, and remember what it asks."""
    with vault.receive() as synced:
        carried = Carried(synced.connection)
        own = _own(synced)
        others = [_sent(one) for one in carried.envelopes(WAITING, REFUSED)]
        return Load((*own, *others), tuple(carried.replies()), len(own))


def envelope_of(
    tie: Tie | None, at: tuple[str, str, int], place: tuple[int, int | None], ops: Iterable[Any]
) -> Sent:
    """Return the envelope of a device: its identity, where its pull stands, its op bodies."""
    bodies = tuple(ops)
    seed = tie.private_key if tie is not None and tie.device == at[0] else ""
    manifest = Manifest(
        device=at[0],
        incarnation=at[1],
        local_seq=at[2],
        cursor=place[0],
        snapshot=place[1],
        ops=tuple(line_of(body) for body in bodies),
        box=public_box(seed) if seed else "",
    )
    return sign(manifest, bodies, seed)


def _own(synced: Synced) -> list[Sent]:
    settings, at = Settings(synced.connection), synced.position()
    tie, ops = Enrolled(synced.connection).tie(), synced.outbox()
    identity = synced.identity()
    if tie is None and not ops:
        return []
    names = list(settings.get(FORMERLY) or ())
    if tie is None and identity[0] not in names:
        settings.keep(FORMERLY, [*names, identity[0]])
    bodies = [op.body() for op in ops]
    made = envelope_of(tie, identity, (at.cursor, at.snapshot), bodies)
    if tie is not None and names:
        manifest = read(Manifest, {**made.manifest, "formerly": names})
        made = sign(manifest, made.bodies, tie.private_key)
    settings.keep(LAST_QUESTION, {"envelope": made.id, "incarnation": identity[1]})
    return [made]


def _sent(one: Envelope) -> Sent:
    return Sent(one.manifest, one.signature, tuple(entry.body for entry in one.entries))


class Keeping:
    """Keeps in one home the envelopes and answers of others that a file brought."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def envelope(self, sent: Sent) -> int:
        """Keep one envelope and show what it says; returns how many entries were new here.

        BadDataError when its bodies are not those it names.
        """
        manifest = manifest_of(sent)
        with self._vault.receive() as synced:
            if self._is_own(synced, manifest):
                return 0
            tie = Enrolled(synced.connection).tie()
            given = _envelope(sent, manifest, tie, instant_text(self._vault.around.now()))
            carried = Carried(synced.connection)
            known = carried.known(manifest.device)
            if not carried.keep(given):
                return 0
            _drop_former(carried, manifest)
            for entity, record in dict.fromkeys((e.entity, e.entity_id) for e in given.entries):
                carried.lay(entity, record)
        return sum(line.sha256 not in known for line in manifest.ops)

    def answer(self, given: Answered) -> bool:
        """Keep an answer for another device; False when our central store did not give it."""
        with self._vault.receive() as synced:
            tie = Enrolled(synced.connection).tie()
            if tie is not None and not is_answered_by(given, tie.central_key):
                return False
            carried = Carried(synced.connection)
            return carried.keep_reply(given.id, given.device, given.head, plain(given))

    def _is_own(self, synced: Synced, manifest: Manifest) -> bool:
        """Tell whether this home made it, or its former self, and still has all of it."""
        mine = {synced.identity()[0], *(Settings(synced.connection).get(FORMERLY) or ())}
        if manifest.device not in mine:
            return False
        if manifest.device != synced.identity()[0]:
            return True
        return all(
            holds(synced.connection, manifest.device, line.incarnation, line.local_seq)
            for line in manifest.ops
        )


def relay(vault: Vault, client: Relayed) -> int:
    """Hand over what is carried for others and keep the answers; returns how many were answered.

    What the central store refuses stays here, whole, with the reason; it is tried again with
    the next envelope. Raises what the network raises.
    """
    with vault.read() as look:
        waiting = Carried(look.connection).envelopes(WAITING, REFUSED)
        tie = Enrolled(look.connection).tie()
    signed = [one for one in waiting if one.signature]
    if tie is None or not any(one.state == WAITING for one in signed):
        return 0
    return sum(_hand_over(vault, client, one, tie) for one in signed)


def let_go(vault: Vault) -> None:
    """Stop carrying what was answered and has been pulled since."""
    with vault.read() as look:
        answered = Carried(look.connection).envelopes(ANSWERED)
    if answered:
        with vault.receive() as synced:
            Carried(synced.connection).finish(synced.position().cursor)


def _hand_over(vault: Vault, client: Relayed, one: Envelope, tie: Tie) -> bool:
    reason, answered, whole = _asked(client, one, tie)
    with vault.receive() as synced:
        carried = Carried(synced.connection)
        if answered is not None and answered.device != synced.identity()[0]:
            carried.keep_reply(answered.id, answered.device, answered.head, plain(answered))
        if reason or answered is None:
            carried.refuse(one.id, reason)
            return False
        if whole:  # else an entry emptied here waits for its erasure to be known there
            carried.answer(one.id, answered.head)
    return whole


def _asked(client: Relayed, one: Envelope, tie: Tie) -> tuple[str, Answered | None, bool]:
    """Hand one envelope over; returns why it is refused, the answer, whether all was taken."""
    try:
        (said,) = client.carried([plain(_sent(one))])
        given = said.get("reply")
        answered = None if given is None else read(Answered, given)
    except (RefusedError, BadDataError):
        return "central", None, False
    if answered is not None and not is_answered_by(answered, tie.central_key):
        return "signature", None, False
    return str(said.get("refused", "")), answered, said.get("whole") is True


def _envelope(sent: Sent, manifest: Manifest, tie: Tie | None, at: str) -> Envelope:
    entries = tuple(
        Entry(line.entity, line.entity_id, line.interview, body, _is_shown(body, tie))
        for line, body in zip(manifest.ops, sent.bodies, strict=True)
    )
    place = (manifest.local_seq, manifest.cursor)
    named = (sent.id, manifest.device, manifest.incarnation)
    return Envelope(*named, *place, sent.manifest, sent.signature, entries, received_at=at)


def _is_shown(body: Mapping[str, Any] | None, tie: Tie | None) -> bool:
    """Tell whether an op may be laid on records here: readable, sound, of our départements."""
    op = readable(body) if body is not None else None
    if op is None or op.schema_version not in SCHEMAS or op.entity not in RULES:
        return False
    return (tie is None or op.departement in tie.departements) and _is_sound(op)


def _is_sound(op: Op) -> bool:
    kind = RULES[op.entity]
    if op.operation in {Operation.VOID, Operation.ERASE_PERSON, Operation.MERGE_PERSON}:
        return False
    known = all(kind.open or name in kind.fields for name in op.fields)
    if op.operation is Operation.DELETE:
        return known
    sound = all(kind.rule(name).accepts(one.new) for name, one in op.fields.items())
    whole = op.operation not in MAKING or kind.required() <= op.fields.keys()
    return known and sound and whole and not any(name.startswith("@") for name in op.fields)


def _drop_former(carried: Carried, manifest: Manifest) -> None:
    """Let go of what a device gave unsigned under a former name, once it says it again."""
    said = {(line.entity, line.entity_id) for line in manifest.ops}
    for one in carried.envelopes(WAITING):
        if one.device in manifest.formerly and not one.signature:
            about = {(entry.entity, entry.entity_id) for entry in one.entries}
            if about <= said or all(carried.is_received(*record) for record in about - said):
                carried.drop(one.id)
