"""The aids of the sheet: one line each over all the places, by answer, the most money first.

True on paper; no database, no page. Amounts are worded here, never worked out.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from advisor.domain.aids.aid import AidAnswer, Amount, AmountComponent, Status
from advisor.domain.aids.amounts import at_stake
from advisor.domain.cases.profile_fields import FIELDS, label_of, question_of
from advisor.domain.paper.sheet import AidCard, OpenAid, RefusedAid
from advisor.domain.paper.sheet_notes import Notes
from advisor.domain.paper.sheet_places import PlaceFinding
from advisor.domain.words.wording import (
    NARROW,
    clause,
    counted,
    euros,
    euros_between,
    listed,
    lowered,
    sentence,
    span,
)

MOST_REFUSED = 8
PROJECT = "project"
MOST_REASONS = 4
FAR_FROM_PROJECT = ("profession", "region", "departement", "territoire", "structure", "statut")
RHYTHM = {"yearly": " par an", "monthly": " par mois"}


@dataclass(frozen=True, slots=True)
class AidOverPlaces:
    """One aid with its answer at each place, by the name of the place."""

    answers: tuple[tuple[str, AidAnswer], ...]

    @property
    def status(self) -> Status:
        """Return the best answer over the places."""
        held = {answer.status for _, answer in self.answers}
        order = (Status.ELIGIBLE, Status.TO_VERIFY, Status.NOT_ELIGIBLE)
        return next(status for status in order if status in held)

    @property
    def first(self) -> AidAnswer:
        """Return the first answer that has the best status."""
        return next(answer for _, answer in self.answers if answer.status is self.status)

    @property
    def stake(self) -> float:
        """Return the money at stake where the answer is best, in euros."""
        return max(at_stake(a.amount).high for _, a in self.answers if a.status is self.status)

    def names(self, status: Status) -> tuple[str, ...]:
        """Return the places where the answer is ``status``."""
        return tuple(name for name, answer in self.answers if answer.status is status)


def over_places(findings: Sequence[PlaceFinding], *, limits: bool = False) -> list[AidOverPlaces]:
    """Return each aid (or limit) once, in the order of the catalogue."""
    gathered: dict[str, list[tuple[str, AidAnswer]]] = {}
    for found in findings:
        for answer in found.aids.limits if limits else found.aids.aids:
            gathered.setdefault(answer.id, []).append((found.commune.name, answer))
    return [AidOverPlaces(tuple(answers)) for answers in gathered.values()]


def cards(
    aids: Iterable[AidOverPlaces], notes: Notes, told: Collection[str] = ()
) -> tuple[AidCard, ...]:
    """Return the aids that can be counted on, the most money first.

    ``told`` are the remarks that already stand with the places.
    """
    kept = [aid for aid in aids if aid.status is Status.ELIGIBLE]
    return tuple(_card(aid, notes, told) for aid in sorted(kept, key=lambda aid: -aid.stake))


def open_aids(aids: Iterable[AidOverPlaces], asked: str, notes: Notes) -> tuple[OpenAid, ...]:
    """Return the aids to verify; those that the question ``asked`` settles first, then by money."""
    kept = [aid for aid in aids if aid.status is Status.TO_VERIFY]
    kept.sort(key=lambda aid: (asked not in aid.first.missing, -aid.stake))
    return tuple(_open(aid, notes) for aid in kept)


def hangs_on_project(answer: AidAnswer) -> bool:
    """Tell whether an aid to verify waits for facts on a structure project."""
    missing = {name.split(".")[0] for name in answer.missing}
    return answer.status is Status.TO_VERIFY and PROJECT in missing


def with_a_project(aids: Iterable[AidOverPlaces]) -> str:
    """Return one sentence that names the aids of a structure project, empty without any."""
    titles = [f"{aid.first.title}{_in_brackets(aid)}" for aid in aids]
    if not titles:
        return ""
    return f"Et si vous portez un projet de structure\u202f: {'; '.join(titles)}."


def _in_brackets(aid: AidOverPlaces) -> str:
    return f" ({_amounts(aid)})" if aid.stake else ""


def refused_aids(aids: Iterable[AidOverPlaces]) -> tuple[tuple[RefusedAid, ...], str]:
    """Return those that nearly fitted with their reason, and a sentence on the others."""
    kept = [aid for aid in aids if aid.status is Status.NOT_ELIGIBLE]
    near = sorted(
        (aid for aid in kept if not _far(aid.first)), key=lambda a: len(_failing(a.first))
    )
    shown = tuple(_refused(aid) for aid in near[:MOST_REFUSED])
    others = len(kept) - len(shown)
    if not others:
        return shown, ""
    verb = "ne concerne pas" if others == 1 else "ne concernent pas"
    return shown, (
        f"{counted(others, 'autre aide', 'autres aides')} du catalogue {verb} ce projet "
        "(autre profession, autre territoire, autre statut, structures, dispositif clos)."
    )


def limit_lines(limits: Iterable[AidOverPlaces]) -> tuple[RefusedAid, ...]:
    """Return the limits that apply or may apply, with where and why."""
    return tuple(_limit(limit) for limit in limits if limit.status is not Status.NOT_ELIGIBLE)


def amount_text(amount: Amount | None) -> str:
    """Return « 10 000 € », « de … à … », « 3 000 € par an », or « montant non chiffré »."""
    if amount is None:
        return "sans montant"
    if amount.total is not None:
        return euros_between(amount.total.low, amount.total.high)
    parts = [_component(part) for part in amount.components if part.value is not None]
    return " + ".join(parts) if parts else "montant non chiffré"


def _component(part: AmountComponent) -> str:
    if part.value is None:
        return ""
    return f"{euros_between(part.value.low, part.value.high)}{RHYTHM.get(part.kind, '')}"


def _card(aid: AidOverPlaces, notes: Notes, told: Collection[str]) -> AidCard:
    first = aid.first
    dates = span(first.valid_from, first.valid_to)
    return AidCard(
        id=first.id,
        title=first.title,
        amount=_amounts(aid),
        places=_places(aid),
        basis=_basis(first.amount),
        schedule=_schedule(first.amount),
        commitments=clause(first.counterpart),
        because=_because(first),
        dates=f"ouverte {dates}" if dates else "",
        payer=first.payer,
        reference=_reference(first, notes),
        confidence=f"confiance {first.confidence}",
        remarks=tuple(one for one in map(sentence, first.remarks) if one not in told)[:2],
    )


def _amounts(aid: AidOverPlaces) -> str:
    """Return one amount, or one for each place when they differ."""
    told: dict[str, list[str]] = {}
    for name, answer in aid.answers:
        if answer.status is aid.status:
            told.setdefault(amount_text(answer.amount), []).append(name)
    if len(told) == 1:
        return next(iter(told))
    return "\u202f; ".join(f"{amount} ({listed(names)})" for amount, names in told.items())


def _places(aid: AidOverPlaces) -> str:
    """Return for which places the answer holds; nothing when it holds for all of them."""
    here = aid.names(aid.status)
    rest = [name for name, _ in aid.answers if name not in here]
    if not rest:
        return ""
    doubtful = aid.names(Status.TO_VERIFY) if aid.status is Status.ELIGIBLE else ()
    if len(rest) < len(here):
        refused = [name for name in rest if name not in doubtful]
        told = [f"sauf {listed(refused)}"] if refused else []
        told += [f"à vérifier pour {listed(doubtful)}"] if doubtful else []
        return "\u202f; ".join(told)
    text = f"pour {listed(here)}"
    return f"{text}\u202f; à vérifier pour {listed(doubtful)}" if doubtful else text


def _basis(amount: Amount | None) -> str:
    """Return how the amount is reached, when the figure alone does not tell it."""
    if amount is None:
        return ""
    total = amount.total
    alone = total is not None and total.low == total.high and len(amount.components) == 1
    return "" if alone else clause(amount.basis)


def _schedule(amount: Amount | None) -> str:
    if amount is None:
        return ""
    return ", ".join(f"{euros(one.amount)} {lowered(one.when)}" for one in amount.schedule)


def _because(answer: AidAnswer) -> tuple[str, ...]:
    """Return the conditions fulfilled, without the « oui » of their explanation."""
    held = [one.explanation for one in answer.reasons if one.status is Status.ELIGIBLE]
    return tuple(clause(text.split("\u202f: oui")[0]) for text in held[:MOST_REASONS])


def _reference(answer: AidAnswer, notes: Notes) -> str:
    mark = notes.mark(answer.source, answer.verified_on or answer.source.read_on)
    return f"{', '.join(answer.legal_refs)}{NARROW}{mark}".strip()


def _open(aid: AidOverPlaces, notes: Notes) -> OpenAid:
    first = aid.first
    return OpenAid(
        id=first.id,
        title=first.title,
        amount=_amounts(aid),
        places=_places(aid),
        question=_question(first),
        short=_short_question(first),
        payer=first.payer,
        reference=f"{_reference(first, notes)} · confiance {first.confidence}".strip(" ·"),
    )


def _question(answer: AidAnswer) -> str:
    """Return what settles the aid: the questions to ask, else what the sources leave open."""
    asked = [question_of(name) for name in answer.missing if name in FIELDS or name == "zone"]
    if asked:
        more = f" (et {counted(len(asked) - 2, 'autre point', 'autres points')})"
        return " ".join(asked[:2]) + (more if len(asked) > 2 else "")  # noqa: PLR2004 - two asked
    if answer.not_settled:
        return sentence(answer.not_settled[0])
    doubts = [one.explanation for one in answer.reasons if one.status is Status.TO_VERIFY]
    return sentence(doubts[0]) if doubts else "À confirmer auprès du payeur."


def _short_question(answer: AidAnswer) -> str:
    """Return the labels of what is missing, else the same as the question."""
    asked = [label_of(name) for name in answer.missing if name in FIELDS or name == "zone"]
    return f"{', '.join(map(lowered, asked))}." if asked else _question(answer)


def _failing(answer: AidAnswer) -> list[str]:
    return [one.explanation for one in answer.reasons if one.status is Status.NOT_ELIGIBLE]


def _far(answer: AidAnswer) -> bool:
    """Tell whether the aid was never meant for this visitor or this part of the country."""
    failing = [one.condition for one in answer.reasons if one.status is Status.NOT_ELIGIBLE]
    return any(name.startswith(FAR_FROM_PROJECT) for name in failing)


def _refused(aid: AidOverPlaces) -> RefusedAid:
    failing = _failing(aid.first)
    why = lowered(clause(failing[0].replace("\u202f: non (", " ("))) if failing else "hors projet"
    return RefusedAid(aid.first.id, aid.first.title, f"{why}.", ", ".join(aid.first.legal_refs[:1]))


def _limit(limit: AidOverPlaces) -> RefusedAid:
    first = limit.first
    told = [one.explanation for one in first.reasons if one.status is first.status]
    where = _places(limit)
    why = clause(told[0]) if told else clause(first.counterpart)
    text = " ".join(part for part in (lowered(why), where) if part)
    return RefusedAid(first.id, first.title, f"{text}.", ", ".join(first.legal_refs[:1]))
