"""The visitor's sheet: two A4 pages from the frozen content, the same bytes each time.

Knows the content and how to fit it; nothing of where it comes from. When there is too much for
two pages the text gets a little smaller, then the reasons go, then long lists are shortened and
say how many more there are and where; a third page is made only when even that is not enough.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from advisor.documents import fonts
from advisor.documents.blocks import (
    Block,
    Handwriting,
    Heading,
    Placed,
    Prose,
    Space,
    flow,
    stack,
    total,
)
from advisor.documents.disk import write_whole
from advisor.documents.inks import AMBER, BRICK, GREY, PETROL, Sizes
from advisor.documents.page_frame import ROOM, WIDTH, pages
from advisor.documents.sheet_back import AidRefused, AidToVerify, ContactRow, Notices, StepRow
from advisor.documents.sheet_front import Brief, EligibleAid, Header, PlaceStrip, Told
from advisor.documents.sheet_plans import PLANS, WRITING_ROOM, Plan
from advisor.documents.text_lines import Run, paragraph
from advisor.domain.paper.sheet import AidCard, OpenAid, RefusedAid, SheetContent

MOST_WRITING = 220.0
MORE = "Le détail est dans la fiche accessible remise avec celle-ci"


def make_sheet(content: SheetContent, out: Path) -> None:
    """Write the sheet at ``out`` in one move; DiskFullError when the disk cannot take it."""
    write_whole(out, sheet_bytes(content))


def sheet_bytes(content: SheetContent) -> bytes:
    """Return the sheet as a PDF."""
    fonts.register()
    footer = (
        f"{content.visitor.name} · imprimée le {content.printed_on} · "
        f"référentiel {content.pack.version} · conseil, et non décision"
    )
    return pages(
        fit(content),
        title=content.title,
        author=content.meeting.organisation or "Permanence locale d’aide à l’installation",
        subject="Fiche de synthèse d’un entretien de permanence",
        footer=footer,
    )


def fit(content: SheetContent) -> list[Placed]:
    """Return the blocks placed by the first plan that holds on two pages, else the last plan."""
    placed: list[Placed] = []
    for plan in PLANS:
        sizes = Sizes(plan.scale)
        front, back = _front(content, plan), _back(content, plan)
        closing: list[Block] = [_closing(content, plan)]
        first, second = total(front, WIDTH), total([*back, *closing], WIDTH)
        if first <= ROOM and second + plan.writing <= ROOM:
            return _two_pages(front, back, closing, sizes)
        if first + second <= 2 * ROOM or plan is PLANS[-1]:
            placed = _as_it_comes([*front, *back], closing, sizes)
            if placed[-1].page <= 1:
                return placed
    return placed


def _two_pages(
    front: Sequence[Block], back: Sequence[Block], closing: Sequence[Block], sizes: Sizes
) -> list[Placed]:
    """Front and back each on their page, the room left on each for handwriting."""
    left_first = ROOM - total(front, WIDTH)
    left_second = ROOM - total(back, WIDTH) - total(closing, WIDTH)
    first = stack([*front, *_writing(left_first, sizes)], 0, WIDTH)
    second = [*back, *_writing(left_second, sizes), *closing]
    return [*first, *stack(second, 1, WIDTH)]


def _as_it_comes(blocks: Sequence[Block], closing: Sequence[Block], sizes: Sizes) -> list[Placed]:
    """One section after the other, the closing at the foot of the last page."""
    placed = flow([*blocks, *closing], WIDTH, ROOM)
    last = placed[-len(closing)]
    left = ROOM - last.offset - total(closing, WIDTH)
    tail = stack([*_writing(left, sizes), *closing], last.page, WIDTH)
    moved = [Placed(one.block, one.page, one.offset + last.offset) for one in tail]
    return [*placed[: -len(closing)], *moved]


def _writing(points: float, sizes: Sizes) -> list[Block]:
    """Fill this height: a ruled area when it can be written in, blank for the rest."""
    if points <= WRITING_ROOM:
        return [Space(points)]
    ruled = min(points, MOST_WRITING)
    return [Handwriting("Vos notes", sizes, ruled), Space(points - ruled)]


def _front(content: SheetContent, plan: Plan) -> list[Block]:
    sizes = Sizes(plan.scale)
    blocks: list[Block] = [Header(content, sizes), Brief(content.summary, sizes)]
    blocks.extend(_places(content, plan, sizes))
    blocks.append(Heading("Les aides sur lesquelles compter", sizes, content.total, PETROL))
    cards = content.eligible[: plan.cards]
    briefs = content.eligible[plan.cards : plan.cards + plan.briefs]
    blocks.extend(EligibleAid(aid, sizes, plan.card, plan.because) for aid in cards)
    blocks.extend(EligibleAid(aid, sizes, Told.LINE) for aid in briefs)
    if not content.eligible:
        blocks.append(
            _said("Aucune aide n’est acquise à ce jour avec ce qui est connu du projet.", sizes)
        )
    blocks.extend(
        _more(content.eligible[plan.cards + plan.briefs :], ("aide", "aides"), plan, sizes)
    )
    blocks.extend(_said(line, sizes) for line in content.outside)
    return blocks


def _places(content: SheetContent, plan: Plan, sizes: Sizes) -> Iterator[Block]:
    if not content.places:
        return
    whose = f"zones des {content.zones_for}" if content.zones_for else ""
    yield Heading("Vos lieux", sizes, whose)
    shared = plan.tight and len({(one.act, one.supply) for one in content.places}) == 1
    for strip in content.places:
        yield PlaceStrip(strip, sizes, brief=shared)
    told = [*content.places_notes]
    if shared:
        first = content.places[0]
        told.insert(0, f"Pour tous ces lieux\u202f: {first.act}. {first.supply}.")
    if told:
        yield _said(" ".join(told), sizes, 0.0)


def _back(content: SheetContent, plan: Plan) -> list[Block]:
    sizes = Sizes(plan.scale)
    return [
        *_to_verify(content, plan, sizes),
        *_refused(content, plan, sizes),
        *_countdown(content, plan, sizes),
        *_contacts(content, plan, sizes),
    ]


def _to_verify(content: SheetContent, plan: Plan, sizes: Sizes) -> Iterator[Block]:
    if not (content.to_verify or content.to_verify_others):
        return
    yield Heading("À vérifier", sizes, "une réponse manque encore", AMBER)
    for aid in content.to_verify[: plan.opens]:
        yield AidToVerify(aid, sizes, plan.told)
    yield from _more(
        content.to_verify[plan.opens :], ("aide à vérifier", "aides à vérifier"), plan, sizes
    )
    if content.to_verify_others:
        yield _said(content.to_verify_others, sizes)


def _refused(content: SheetContent, plan: Plan, sizes: Sizes) -> Iterator[Block]:
    if not (content.refused or content.limits or content.refused_others):
        return
    yield Heading("Pas disponibles, et pourquoi", sizes, "", BRICK)
    for limit in content.limits:
        yield AidRefused(limit, sizes, "attention")
    for aid in content.refused[: plan.refused]:
        yield AidRefused(aid, sizes, brief=plan.tight)
    yield from _more(
        content.refused[plan.refused :],
        ("aide non disponible", "aides non disponibles"),
        plan,
        sizes,
    )
    if content.refused_others:
        yield _said(content.refused_others, sizes)


def _countdown(content: SheetContent, plan: Plan, sizes: Sizes) -> Iterator[Block]:
    if content.steps:
        yield Heading(
            "Le compte à rebours", sizes, "J = jour de l’installation, jours donnés comme repères"
        )
        for step in content.steps:
            yield StepRow(step, sizes, plan.tight)


def _contacts(content: SheetContent, plan: Plan, sizes: Sizes) -> Iterator[Block]:
    if content.contacts:
        yield Heading("Vos contacts", sizes)
        shown = content.contacts[: plan.contacts]
        for start in range(0, len(shown), 2):
            yield ContactRow(shown[start : start + 2], sizes, plan.tight)


def _closing(content: SheetContent, plan: Plan) -> Notices:
    pack = content.pack
    signed = f", signé par {pack.signed_by}" if pack.signed_by else ""
    stamp = (
        f"Référentiel {pack.version} du {pack.built_at}{signed}. Imprimée le {content.printed_on}.",
        f"Actes utilisés\u202f: {'; '.join(content.acts)}." if content.acts else "",
        "  ".join(content.short_notes if plan.tight else content.notes),
    )
    return Notices(content.notices, stamp, Sizes(plan.scale))


def _more(
    aids: Sequence[AidCard | OpenAid | RefusedAid], what: tuple[str, str], plan: Plan, sizes: Sizes
) -> Iterator[Block]:
    """Name what the list above leaves out, then where it is told in full."""
    if not aids:
        return
    one, several = what
    told = f"et 1 autre {one}" if len(aids) == 1 else f"et {len(aids)} autres {several}"
    named = "\u202f; ".join(aid.title for aid in aids[: plan.named])
    cut = "\u202f; …" if len(aids) > plan.named else ""
    yield _said(f"{told}\u202f: {named}{cut}. {MORE}.", sizes)


def _said(text: str, sizes: Sizes, indent: float = 15.0) -> Prose:
    return Prose((paragraph(Run(text, fonts.ITALIC, sizes.body, GREY)),), 3.0, indent)
