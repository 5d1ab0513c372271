"""Records that are one human being: whom a duplicate is merged into, and whose interviews are.

An interview given to the person kept keeps the name of the merge that moved it first, so that it
goes back to its own person when somebody says that these were two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from advisor.domain.cases.operation import INTO, Op
from advisor.domain.cases.synced import DELETED, Life, Version
from advisor.sync.merge import Record
from advisor.sync.server.records import Line
from advisor.sync.server.working_set import WorkingSet

PERSON = "professional"
INTERVIEW = "appointment"


def merged_into(held: WorkingSet, person: str) -> list[Line]:
    """Return whom a duplicate was merged into, whom these were in turn, nearest first."""
    found: list[Line] = []
    line = held.line(PERSON, person)
    while line is not None and (kept := _kept_of(line)) is not None:
        line = held.line(PERSON, kept)
        if line is None or line in found or line.id == person:
            break
        found.append(line)
    return found


def duplicates_of(held: WorkingSet, persons: Iterable[str]) -> dict[str, Line]:
    """Return by id the records of ``persons``, and all that were merged into them."""
    new = set(persons)
    found = {one: line for one in sorted(new) if (line := held.line(PERSON, one)) is not None}
    while new:
        linked = [one for one in held.linked(PERSON, new) if one.entity == PERSON]
        merged = {one.id: one for one in linked if _kept_of(one) in new}
        new = merged.keys() - found.keys()
        found |= merged
    return found


def interviews_of(held: WorkingSet, persons: Mapping[str, Line]) -> list[Record]:
    """Return the interviews of these persons, wherever a merge put them."""
    trail = _trail(persons.values())
    moved_by = {version.id for version in trail}
    kept = {str(version.value) for version in trail}
    places = {
        *persons,
        *kept,
        *(line.id for one in sorted(kept) for line in merged_into(held, one)),
    }
    found = []
    for line in held.linked(PERSON, places):
        at = line.record.fields.get(PERSON) if line.record else None
        if line.entity != INTERVIEW or line.record is None or at is None:
            continue
        if at.current.value in persons or at.current.id in moved_by:
            found.append(line.record)
    return found


def settle(held: WorkingSet, op: Op) -> None:
    """Give the interviews of a person to whom ``op`` leaves them: the person kept, or their own.

    While people disagree on whether a duplicate lives, its interviews stay where they are.
    """
    line = held.line(PERSON, op.entity_id)
    record = line.record if line else None
    if line is None or record is None or INTO not in record.fields:
        return
    if line.life is Life.LIVE and record.fields[DELETED].others:
        return
    kept = merged_into(held, op.entity_id)
    owner = kept[-1].id if kept else op.entity_id
    persons = duplicates_of(held, [op.entity_id])
    merges = {one.id for one in _trail(persons.values())}
    for interview in interviews_of(held, persons):
        at = interview.fields[PERSON]
        if at.current.value != owner:
            rank = held.next_rank()
            moved_by = at.current.id if at.current.id in merges else op.id
            by = (op.actor, op.organisation, op.declared_at, rank)
            given = replace(at, current=Version(moved_by, PERSON, owner, *by))
            held.save(replace(interview, fields={**interview.fields, PERSON: given}), rank)


def _kept_of(line: Line) -> str | None:
    """Return the person kept in place of a duplicate, None for who is nobody's duplicate."""
    into = line.record.fields.get(INTO) if line.record else None
    return str(into.current.value) if into is not None and line.life is Life.DELETED else None


def _trail(persons: Iterable[Line]) -> list[Version]:
    """Return every choice ever made of whom these persons are to be merged into."""
    found: list[Version] = []
    for record in (line.record for line in persons if line.record is not None):
        if (into := record.fields.get(INTO)) is not None:
            found += [into.current, *into.others]
        found += [one for one in record.versions if one.field == INTO]
    return found
