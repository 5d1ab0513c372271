"""The declared kinds of records: which table, which fields, which policy when two people write.

The local services and the later sync apply every change through this one registry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Table

from advisor.store import tables, territory_tables


class Policy(StrEnum):
    """What happens when two devices change the same field between two syncs."""

    CONFLICT = "conflict"  # both values kept; the first received stays until somebody resolves
    LAST_RECEIVED = "last_received"  # the last received wins, the history stays in the journal
    SOFT_WARNING = "soft_warning"  # a slot: the server warns of a double booking, never refuses
    APPEND = "append"  # notes: every text is kept
    FIXED = "fixed"  # written once at creation: evidence


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of record. ``fields`` are its journaled columns and their policy.

    ``open_in`` names the JSON column that takes every other field, one journal field each.
    ``of_interview`` names the column that holds the interview, ``id`` when it is the id itself.
    """

    kind: str
    table: Table
    fields: Mapping[str, Policy] = field(default_factory=dict)
    open_in: str = ""
    of_interview: str = ""
    undoable: bool = True

    def policy(self, name: str) -> Policy:
        """Return the policy of a field; KeyError for a field this kind does not have."""
        if name not in self.fields and self.open_in:
            return Policy.CONFLICT
        return self.fields[name]


def _same(policy: Policy, *names: str) -> dict[str, Policy]:
    return dict.fromkeys(names, policy)


_CONTACT = _same(Policy.LAST_RECEIVED, "telephone", "email")
_SLOT = _same(Policy.SOFT_WARNING, "permanence", "at", "minutes")
_DECISIONS = _same(Policy.CONFLICT, "status", "recall_on", "satisfaction", "reason")

ENTITIES: Mapping[str, Entity] = {
    entity.kind: entity
    for entity in (
        Entity(
            "permanence",
            tables.permanence,
            _same(Policy.CONFLICT, "day", "place", "starts", "ends", "partners", "series"),
        ),
        Entity(
            "professional",
            tables.professional,
            {**_same(Policy.CONFLICT, "nom", "prenom", "profession"), **_CONTACT},
        ),
        Entity(
            "appointment",
            tables.appointment,
            {
                **_SLOT,
                **_DECISIONS,
                **_same(Policy.CONFLICT, "professional", "wished_commune"),
                **_same(Policy.FIXED, "fingerprint"),
            },
            of_interview="id",
        ),
        Entity("project", tables.project, open_in="profile", of_interview="id"),
        Entity(
            "candidate_place",
            tables.candidate_place,
            {
                **_same(Policy.FIXED, "interview", "commune", "name"),
                **_same(Policy.CONFLICT, "position"),
            },
            of_interview="interview",
        ),
        Entity(
            "note",
            tables.note,
            {
                **_same(Policy.FIXED, "interview", "author", "organisation"),
                **_same(Policy.APPEND, "text"),
                **_same(Policy.CONFLICT, "theme"),
            },
            of_interview="interview",
        ),
        Entity(
            "referral",
            tables.referral,
            {
                **_same(Policy.FIXED, "interview", "partner", "partner_name"),
                **_same(Policy.CONFLICT, "status", "note", "due"),
            },
            of_interview="interview",
        ),
        Entity(
            "outcome",
            tables.outcome,
            _same(Policy.CONFLICT, "kind", "day", "commune", "how", "why"),
            of_interview="id",
        ),
        Entity(
            "evaluation",
            tables.evaluation,
            _same(Policy.FIXED, "interview", "pack_version", "content"),
            of_interview="interview",
            undoable=False,
        ),
        Entity(
            "document",
            tables.document,
            _same(Policy.FIXED, "interview", "kind", "pack_version", "content", "sha256"),
            of_interview="interview",
            undoable=False,
        ),
        Entity(
            "territory_diagnostic",
            territory_tables.diagnostic,
            _same(
                Policy.CONFLICT,
                *("name", "chosen_by", "code", "communes", "request", "requested_by"),
                *("requested_on", "hypotheses", "parameters"),
            ),
        ),
        Entity(
            "territory_step",
            territory_tables.step,
            {
                **_same(Policy.FIXED, "diagnostic", "kind"),
                **_same(Policy.CONFLICT, "state", "begun", "due", "done", "note"),
            },
        ),
        Entity(
            "territory_participant",
            territory_tables.participant,
            {
                **_same(Policy.FIXED, "diagnostic"),
                **_same(Policy.CONFLICT, "function", "institution"),
            },
        ),
        Entity(
            "territory_note",
            territory_tables.note,
            {
                **_same(Policy.FIXED, "diagnostic", "author", "organisation"),
                **_same(Policy.CONFLICT, "theme", "text"),
            },
        ),
        Entity(
            "territory_meeting",
            territory_tables.meeting,
            {
                **_same(Policy.FIXED, "diagnostic"),
                **_same(
                    Policy.CONFLICT, "kind", "day", "place", "subject", "summary", "attendance"
                ),
            },
        ),
        Entity(
            "territory_measure",
            territory_tables.measure,
            {
                **_same(Policy.FIXED, "diagnostic", "kind"),
                **_same(Policy.CONFLICT, "text", "bearer", "due", "state", "follows"),
            },
        ),
    )
}
