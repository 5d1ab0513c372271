"""The one question to ask next: the fact that would settle the most money.

True on paper; no database, no window.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from advisor.domain.aids.aid import AidAnswer, NextQuestion, Status
from advisor.domain.aids.amounts import at_stake
from advisor.domain.cases.profile_fields import question_of

NOT_ASKED_OF_THE_VISITOR = frozenset({"zone"})


def next_question(answers: Iterable[AidAnswer], profile: Mapping[str, Any]) -> NextQuestion | None:
    """Return the field that settles the most euros, None when nothing is open.

    The money of an aid is shared between the fields it misses. ``stake`` is what hangs on the
    field alone, else its share. The zone is asked of the ARS, not of the visitor.
    """
    alone: dict[str, float] = {}
    shared: dict[str, float] = {}
    for answer in answers:
        if answer.status is not Status.TO_VERIFY:
            continue
        open_fields = [name for name in answer.missing if _can_ask(name, profile)]
        stake = at_stake(answer.amount).high
        for name in open_fields:
            shared[name] = shared.get(name, 0) + stake / len(open_fields)
            alone[name] = alone.get(name, 0) + (stake if len(answer.missing) == 1 else 0)
    if not shared:
        return None
    best = max(shared, key=lambda name: (shared[name], alone[name], name))
    return NextQuestion(best, question_of(best), round(alone[best] or shared[best], 2))


def _can_ask(name: str, profile: Mapping[str, Any]) -> bool:
    return name not in NOT_ASKED_OF_THE_VISITOR and (
        profile.get(name) is None or name == "previous_aids"
    )
