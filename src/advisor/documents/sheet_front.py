"""The front of the sheet: who, when, where, with whom; in brief; the places; the aids.

Knows how to draw the frozen content; nothing of where it comes from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from advisor.documents import fonts
from advisor.documents.inks import (
    BLACK,
    GREY,
    PANEL,
    PETROL,
    RULE,
    Sizes,
)
from advisor.documents.shapes import BADGE_HEIGHT, BADGE_WIDTH, LOW_BADGE, full_disc, zone_badge
from advisor.documents.text_lines import Paragraph, Run, paragraph
from advisor.domain.paper.sheet import AidCard, SheetContent, Strip

SIGN = 15.0
AMOUNT = 122.0
BESIDE = 54.0
SHORT_NAME = 44


class Told(Enum):
    """How much is said of an aid."""

    WHOLE = 1
    BRIEF = 2
    LINE = 3


@dataclass(frozen=True, slots=True)
class Header:
    """The name of the document, the visitor, and when, where and with whom they were met."""

    content: SheetContent
    sizes: Sizes

    def _left(self) -> tuple[Paragraph, ...]:
        visitor, sizes = self.content.visitor, self.sizes
        size = (20 if len(visitor.name) <= SHORT_NAME else 14) * sizes.scale
        return (
            paragraph(Run(visitor.name, fonts.SEMIBOLD, size), leading=1.2),
            paragraph(Run(visitor.profession, fonts.REGULAR, 11 * sizes.scale)),
            paragraph(Run(" · ".join(visitor.project), fonts.REGULAR, sizes.body, GREY)),
        )

    def _right(self) -> tuple[Paragraph, ...]:
        meeting, sizes = self.content.meeting, self.sizes
        adviser = " · ".join(part for part in (meeting.adviser, meeting.organisation) if part)
        return (
            paragraph(Run(meeting.when, fonts.SEMIBOLD, sizes.body)),
            paragraph(Run(meeting.where, fonts.REGULAR, sizes.body)),
            _labelled("Reçu par", adviser, sizes),
            _labelled("En présence de", ", ".join(meeting.partners), sizes),
        )

    def _columns(self, width: float) -> tuple[float, float]:
        return width * 0.53, width * 0.44

    def height(self, width: float) -> float:
        """Return the height in points."""
        left, right = self._columns(width)
        tall = max(
            sum(one.height(left) for one in self._left()),
            sum(one.height(right) for one in self._right()),
        )
        return 21 * self.sizes.scale + tall + 8 * self.sizes.scale

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the band, then the two columns."""
        scale = self.sizes.scale
        canvas.bookmarkHorizontal("haut", 0, top)
        canvas.addOutlineEntry(self.content.title, "haut", level=0)
        name = paragraph(Run("FICHE DE SYNTHÈSE", fonts.BOLD, 8.6 * scale, PETROL))
        name.draw(canvas, left, top, width / 2)
        kind = paragraph(
            Run("Permanence locale d’aide à l’installation", fonts.REGULAR, 8.6 * scale, GREY)
        )
        kind.draw(canvas, left + width / 2, top, width / 2, align="right")
        canvas.setStrokeColorRGB(*PETROL)
        canvas.setLineWidth(1.6)
        canvas.line(left, top - 15 * scale, left + width, top - 15 * scale)
        wide, narrow = self._columns(width)
        y = top - 21 * scale
        for one in self._left():
            y -= one.draw(canvas, left, y, wide)
        y = top - 24 * scale
        for one in self._right():
            y -= one.draw(canvas, left + width - narrow, y, narrow)


@dataclass(frozen=True, slots=True)
class Brief:
    """« En bref » in three lines, on a quiet ground."""

    lines: tuple[str, ...]
    sizes: Sizes

    def _paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(
            paragraph(Run(line, fonts.REGULAR, 10.6 * self.sizes.scale)) for line in self.lines
        )

    def height(self, width: float) -> float:
        """Return the height in points."""
        inner = sum(one.height(width - 40) + 2.5 for one in self._paragraphs())
        return inner + 27 * self.sizes.scale + 6

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the ground, the title and the numbered lines."""
        scale = self.sizes.scale
        tall = self.height(width) - 6
        canvas.setFillColorRGB(*PANEL)
        canvas.rect(left, top - tall, width, tall, stroke=0, fill=1)
        canvas.setFillColorRGB(*PETROL)
        canvas.rect(left, top - tall, 3, tall, stroke=0, fill=1)
        canvas.bookmarkHorizontal("En bref", 0, top)
        canvas.addOutlineEntry("En bref", "En bref", level=0)
        y = top - 6 * scale
        y -= paragraph(Run("En bref", fonts.SEMIBOLD, 11.6 * scale, PETROL)).draw(
            canvas, left + 14, y, width
        )
        for index, one in enumerate(self._paragraphs(), start=1):
            mark = paragraph(Run(f"{index}", fonts.BOLD, 10.6 * scale, PETROL))
            mark.draw(canvas, left + 14, y, 20)
            y -= one.draw(canvas, left + 28, y, width - 40) + 2.5


@dataclass(frozen=True, slots=True)
class PlaceStrip:
    """One place: badge of its class, what it is, what is known of it.

    ``brief`` leaves out the act and the supply, said once for all the places.
    """

    strip: Strip
    sizes: Sizes
    brief: bool = False

    def _left(self) -> tuple[Paragraph, ...]:
        strip, sizes = self.strip, self.sizes
        act = "" if self.brief else strip.act
        return (
            paragraph(
                Run(strip.name, fonts.SEMIBOLD, sizes.lead + 0.6),
                Run(f"  {strip.departement}", fonts.REGULAR, sizes.body, GREY),
            ),
            paragraph(Run(strip.zone, fonts.SEMIBOLD, sizes.body)),
            paragraph(Run(act, fonts.REGULAR, sizes.small, GREY)),
            *(paragraph(Run(one, fonts.ITALIC, sizes.small, GREY)) for one in strip.remarks),
        )

    def _right(self) -> tuple[Paragraph, ...]:
        strip, sizes = self.strip, self.sizes
        supply = "" if self.brief else strip.supply
        return tuple(
            paragraph(Run(one, fonts.REGULAR, sizes.body * 0.96))
            for one in (strip.population, supply, strip.structures)
        )

    def _columns(self, width: float) -> tuple[float, float]:
        wide = (width - BADGE_WIDTH - 12) * 0.56
        return wide, width - BADGE_WIDTH - 12 - wide - 14

    def height(self, width: float) -> float:
        """Return the height in points."""
        wide, narrow = self._columns(width)
        tall = max(
            sum(one.height(wide) for one in self._left()),
            sum(one.height(narrow) for one in self._right()) + 2,
            (LOW_BADGE if self.brief else BADGE_HEIGHT) + 4,
        )
        return tall + (5 if self.brief else 9) * self.sizes.scale

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the badge, the two columns and the rule under them."""
        wide, narrow = self._columns(width)
        tall = LOW_BADGE if self.brief else BADGE_HEIGHT
        zone_badge(canvas, left, top - 3.5, self.strip.letters, self.strip.pattern, tall)
        start = left + BADGE_WIDTH + 12
        y = top
        for one in self._left():
            y -= one.draw(canvas, start, y, wide)
        y = top - 2
        for one in self._right():
            y -= one.draw(canvas, start + wide + 14, y, narrow)
        bottom = top - self.height(width) + (2.5 if self.brief else 4.5) * self.sizes.scale
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.4)
        canvas.line(start, bottom, left + width, bottom)


@dataclass(frozen=True, slots=True)
class EligibleAid:
    """An aid the visitor can count on, told whole, in fewer words, or in one line."""

    aid: AidCard
    sizes: Sizes
    told: Told = Told.WHOLE
    because: bool = True

    def _title(self) -> Paragraph:
        aid, sizes = self.aid, self.sizes
        return paragraph(
            Run(aid.title, fonts.SEMIBOLD, sizes.lead),
            Run(f"  {aid.places}" if aid.places else "", fonts.REGULAR, sizes.body, GREY),
            Run("  éligible" if self._one_line else "", fonts.SEMIBOLD, sizes.small, PETROL),
        )

    @property
    def _one_line(self) -> bool:
        return self.told is Told.LINE

    def _amount(self) -> tuple[Paragraph, ...]:
        word = paragraph(Run("éligible", fonts.SEMIBOLD, self.sizes.small, PETROL))
        figure = paragraph(Run(self.aid.amount, fonts.SEMIBOLD, self.sizes.lead))
        return (figure,) if self._one_line else (figure, word)

    def _body(self) -> tuple[Paragraph, ...]:
        if self._one_line:
            return ()
        aid, sizes = self.aid, self.sizes
        facts = (
            _labelled("Montant", aid.basis, sizes),
            _labelled("Versement", aid.schedule, sizes),
            _labelled("En contrepartie", aid.commitments, sizes),
        )
        if self.told is Told.BRIEF:
            return (_in_one(facts, sizes), self._ends())
        reason = "\u202f; ".join(aid.because) if self.because else ""
        remarks = (paragraph(Run(one, fonts.ITALIC, sizes.body)) for one in aid.remarks)
        return (*facts, _labelled("Conditions remplies", reason, sizes), *remarks, self._ends())

    def _ends(self) -> Paragraph:
        aid = self.aid
        payer = f"Payeur\u202f: {aid.payer}" if aid.payer else ""
        told = " · ".join(one for one in (payer, aid.dates, aid.reference, aid.confidence) if one)
        return paragraph(Run(told, fonts.REGULAR, self.sizes.small, GREY))

    def _rooms(self, width: float) -> Iterator[float]:
        """Give the room of each line of the body: beside the amount, then under it, wide."""
        amount = sum(one.height(AMOUNT - 8) for one in self._amount())
        figure = self._amount()[0]
        beside = BESIDE if figure.height(AMOUNT - 8) <= figure.step else AMOUNT
        used = self._title().height(width - SIGN - AMOUNT)
        for one in self._body():
            room = width - SIGN - (beside if used < amount else 0)
            yield room
            used += one.height(room)

    def height(self, width: float) -> float:
        """Return the height in points."""
        tall = self._title().height(width - SIGN - AMOUNT)
        pairs = zip(self._body(), self._rooms(width), strict=True)
        tall += sum(one.height(room) for one, room in pairs)
        return max(tall, sum(one.height(AMOUNT - 8) for one in self._amount())) + self.sizes.gap

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the sign, the text and the amount."""
        full_disc(canvas, left + 5, top - self.sizes.lead * 0.66, 3.6, PETROL)
        y = top - self._title().draw(canvas, left + SIGN, top, width - SIGN - AMOUNT)
        right = top
        for one in self._amount():
            right -= one.draw(canvas, left + width - AMOUNT + 8, right, AMOUNT - 8, align="right")
        for one, room in zip(self._body(), self._rooms(width), strict=True):
            y -= one.draw(canvas, left + SIGN, y, room)


def _in_one(facts: tuple[Paragraph, ...], sizes: Sizes) -> Paragraph:
    """Return the facts one after the other in one paragraph."""
    runs: list[Run] = []
    for fact in facts:
        if fact.runs:
            runs.extend((Run(".  ", size=sizes.body), *fact.runs) if runs else fact.runs)
    return paragraph(*runs)


def _labelled(label: str, text: str, sizes: Sizes) -> Paragraph:
    """Return « label : text », nothing without a text."""
    if not text:
        return paragraph()
    return paragraph(
        Run(f"{label}\u202f: ", fonts.REGULAR, sizes.body, GREY),
        Run(text, fonts.REGULAR, sizes.body, BLACK),
    )
