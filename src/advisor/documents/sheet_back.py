"""The back of the sheet: to verify, not available, the countdown, the contacts, the notices.

Knows how to draw the frozen content; nothing of where it comes from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from advisor.documents import fonts
from advisor.documents.inks import AMBER, BLACK, BRICK, GREY, PANEL, PETROL, RULE, Sizes
from advisor.documents.shapes import empty_disc, half_disc, tick_box
from advisor.documents.sheet_front import AMOUNT, SIGN, Told
from advisor.documents.text_lines import Paragraph, Run, paragraph
from advisor.domain.paper.sheet import Contact, OpenAid, RefusedAid, SheetStep

MARK = 62.0
NARROW_AMOUNT = 96.0


@dataclass(frozen=True, slots=True)
class AidToVerify:
    """An aid that one answer settles: the question stands first."""

    aid: OpenAid
    sizes: Sizes
    told: Told = Told.WHOLE

    def _body(self) -> tuple[Paragraph, ...]:
        aid, sizes = self.aid, self.sizes
        size = sizes.lead - 0.6 if self.told is not Told.LINE else sizes.body
        title = (
            Run(aid.title, fonts.SEMIBOLD, size),
            Run(f"  {aid.places}" if aid.places else "", fonts.REGULAR, sizes.body, GREY),
        )
        question = (
            Run("À vérifier\u202f: ", fonts.SEMIBOLD, sizes.body, AMBER),
            Run(self._asked(), fonts.REGULAR, sizes.body, BLACK),
        )
        if self.told is Told.LINE:
            return (paragraph(*title, Run("  ", size=size), *question, leading=1.2),)
        if self.told is Told.BRIEF:
            return paragraph(*title), paragraph(*question)
        payer = f"Payeur\u202f: {aid.payer}" if aid.payer else ""
        ends = " · ".join(part for part in (payer, aid.reference) if part)
        last = paragraph(Run(ends, fonts.REGULAR, sizes.small, GREY))
        return paragraph(*title), paragraph(*question), last

    def _asked(self) -> str:
        brief = self.aid.short if self.told is Told.LINE else ""
        return brief or self.aid.question

    def _right(self) -> float:
        return AMOUNT if self.told is not Told.LINE else NARROW_AMOUNT

    def _widths(self, width: float) -> Iterator[float]:
        """Give the room of each paragraph: the first stands beside the amount."""
        right = self._right()
        yield width - SIGN - right
        short = self._amount().height(right - 8) <= self._amount().step
        yield from repeat(width - SIGN - (0 if short else right))

    def height(self, width: float) -> float:
        """Return the height in points."""
        pairs = zip(self._body(), self._widths(width), strict=False)
        tall = sum(one.height(room) for one, room in pairs)
        gap = self.sizes.gap * (0.5 if self.told is Told.LINE else 0.8)
        return max(tall, self._amount().height(self._right() - 8)) + gap

    def _amount(self) -> Paragraph:
        size = self.sizes.lead - 0.6 if self.told is not Told.LINE else self.sizes.body
        return paragraph(Run(self.aid.amount, fonts.SEMIBOLD, size))

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the sign, the title, the question, then what it may bring."""
        half_disc(canvas, left + 5, top - self.sizes.lead * 0.62, 3.6, AMBER)
        right = self._right()
        self._amount().draw(canvas, left + width - right + 8, top, right - 8, align="right")
        y = top
        for one, room in zip(self._body(), self._widths(width), strict=False):
            y -= one.draw(canvas, left + SIGN, y, room)


@dataclass(frozen=True, slots=True)
class AidRefused:
    """An aid that is not available, and why, in a line."""

    aid: RefusedAid
    sizes: Sizes
    word: str = "non"
    brief: bool = False

    def _text(self) -> Paragraph:
        sizes = self.sizes
        reference = "" if self.brief else f"  {self.aid.reference}"
        return paragraph(
            Run(self.aid.title, fonts.SEMIBOLD, sizes.body),
            Run(f"\u202f: {self.word}, ", fonts.SEMIBOLD, sizes.body, BRICK),
            Run(self.aid.why, fonts.REGULAR, sizes.body),
            Run(reference, fonts.REGULAR, sizes.small, GREY),
        )

    def height(self, width: float) -> float:
        """Return the height in points."""
        return self._text().height(width - SIGN) + 1.6 * self.sizes.scale

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the sign and the line."""
        empty_disc(canvas, left + 5, top - self.sizes.body * 0.68, 3.2, BRICK)
        self._text().draw(canvas, left + SIGN, top, width - SIGN)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the countdown: when, a box to tick, who, what and with which documents.

    ``brief`` sets the date beside its mark and only says that something is to verify.
    """

    step: SheetStep
    sizes: Sizes
    brief: bool = False

    def _when(self) -> tuple[Paragraph, ...]:
        step, sizes = self.step, self.sizes
        mark = Run(step.mark, fonts.SEMIBOLD, sizes.body, PETROL)
        by = Run(step.by, fonts.REGULAR, sizes.small, GREY)
        if self.brief:
            return (paragraph(mark, Run("  ", size=sizes.small), by),)
        return paragraph(mark), paragraph(by)

    def _text(self) -> Paragraph:
        step, sizes = self.step, self.sizes
        documents = f" Documents\u202f: {step.documents}." if step.documents else ""
        doubt = f" À vérifier\u202f: {step.to_verify}." if step.to_verify else ""
        if doubt and self.brief:
            doubt = " À vérifier."
        return paragraph(
            Run(f"{step.who}. ", fonts.SEMIBOLD, sizes.body),
            Run(f"{step.what}.", fonts.REGULAR, sizes.body),
            Run(documents, fonts.REGULAR, sizes.body, GREY),
            Run(doubt, fonts.ITALIC, sizes.body, AMBER),
            Run(f" {step.source}" if step.source else "", fonts.REGULAR, sizes.small, GREY),
            leading=1.2 if self.brief else 1.22,
        )

    def _mark(self) -> float:
        return MARK if not self.brief or not self.step.by else MARK + 22

    def height(self, width: float) -> float:
        """Return the height in points."""
        mark = self._mark()
        tall = max(
            self._text().height(width - mark - 16), sum(one.height(mark) for one in self._when())
        )
        return tall + (2.2 if self.brief else 3.4) * self.sizes.scale

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw when, the box and the text."""
        mark = self._mark()
        y = top
        for one in self._when():
            y -= one.draw(canvas, left, y, mark)
        side = 7.6 * self.sizes.scale
        tick_box(canvas, left + mark, top - side - 2.4, side)
        self._text().draw(canvas, left + mark + 16, top, width - mark - 16)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Two contacts side by side: who, for what, how to reach them."""

    contacts: tuple[Contact, ...]
    sizes: Sizes
    brief: bool = False

    def _texts(self, contact: Contact) -> tuple[Paragraph, ...]:
        sizes = self.sizes
        sent = f"  {contact.referral}" if contact.referral else ""
        name = (
            Run(contact.name, fonts.SEMIBOLD, sizes.body),
            Run(sent, fonts.ITALIC, sizes.body, PETROL),
        )
        reach = Run(" · ".join(contact.reach), fonts.REGULAR, sizes.body)
        if self.brief:
            return (paragraph(*name, Run("  ", size=sizes.body), reach),)
        role = paragraph(Run(contact.role, fonts.REGULAR, sizes.small, GREY))
        return paragraph(*name), role, paragraph(reach)

    def height(self, width: float) -> float:
        """Return the height in points."""
        half = (width - 18) / 2
        tall = (sum(one.height(half) for one in self._texts(each)) for each in self.contacts)
        return max(tall, default=0.0) + self.sizes.gap

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw each contact in its column."""
        half = (width - 18) / 2
        for index, contact in enumerate(self.contacts):
            y = top
            for one in self._texts(contact):
                y -= one.draw(canvas, left + index * (half + 18), y, half)


@dataclass(frozen=True, slots=True)
class Notices:
    """What this sheet is and is not, the acts, the pack and the numbered sources."""

    notices: tuple[str, ...]
    stamp: tuple[str, ...]
    sizes: Sizes

    def _paragraphs(self) -> tuple[Paragraph, ...]:
        sizes = self.sizes
        first = (
            paragraph(Run(self.notices[0], fonts.SEMIBOLD, sizes.body)) if self.notices else None
        )
        rest = paragraph(Run(" ".join(self.notices[1:]), fonts.REGULAR, sizes.small + 0.2))
        stamp = (paragraph(Run(one, fonts.REGULAR, sizes.small - 0.3, GREY)) for one in self.stamp)
        return tuple(one for one in (first, rest, *stamp) if one)

    def height(self, width: float) -> float:
        """Return the height in points."""
        return sum(one.height(width - 20) for one in self._paragraphs()) + 13

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the ground and the text."""
        tall = self.height(width)
        canvas.bookmarkHorizontal("Ce que cette fiche est", 0, top)
        canvas.addOutlineEntry(
            "Ce que cette fiche est, et n’est pas", "Ce que cette fiche est", level=0
        )
        canvas.setFillColorRGB(*PANEL)
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.6)
        canvas.rect(left, top - tall, width, tall, stroke=1, fill=1)
        y = top - 5
        for one in self._paragraphs():
            y -= one.draw(canvas, left + 10, y, width - 20)
