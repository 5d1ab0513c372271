"""The adviser's day sheet: one day on one page, with room to write beside each appointment.

Knows the content and how to fit it; nothing of where it comes from. With many appointments the
rows get lower, then the text smaller; a second page is made only when a row could not be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.documents import fonts
from advisor.documents.blocks import Block, Handwriting, Heading, Placed, Prose, flow, total
from advisor.documents.disk import write_whole
from advisor.documents.inks import GREY, HANDWRITING, PETROL, RULE, Sizes
from advisor.documents.page_frame import ROOM, WIDTH, pages
from advisor.documents.shapes import tick_box
from advisor.documents.text_lines import Paragraph, Run, paragraph
from advisor.domain.paper.day_content import DayContent, DayLine, DaySession

SCALES = (1.0, 0.94, 0.88, 0.82)
ROW_HEIGHTS = (86.0, 72.0, 62.0, 52.0, 44.0, 30.0)
COMPACT_BELOW = 40.0
TIME = 56.0
STATUSES = ("reçu", "absent", "à rappeler")
WRITING = 170.0
LINE_STEP = 17.0
NOTES_FROM = 40.0


@dataclass(frozen=True, slots=True)
class DayHeader:
    """The day, the adviser, what this page is."""

    content: DayContent
    sizes: Sizes

    def height(self, width: float) -> float:  # noqa: ARG002 - the same in any column
        """Return the height in points."""
        return 58 * self.sizes.scale

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the band and the day."""
        scale = self.sizes.scale
        canvas.bookmarkHorizontal("jour", 0, top)
        canvas.addOutlineEntry(self.content.title, "jour", level=0)
        paragraph(Run("FEUILLE DU JOUR", fonts.BOLD, 8.6 * scale, PETROL)).draw(
            canvas, left, top, width / 2
        )
        paragraph(Run(self.content.adviser, fonts.REGULAR, 8.6 * scale, GREY)).draw(
            canvas, left + width / 2, top, width / 2, align="right"
        )
        canvas.setStrokeColorRGB(*PETROL)
        canvas.setLineWidth(1.6)
        canvas.line(left, top - 15 * scale, left + width, top - 15 * scale)
        day = self.content.day[:1].upper() + self.content.day[1:]
        paragraph(Run(day, fonts.SEMIBOLD, 20 * scale)).draw(canvas, left, top - 20 * scale, width)


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment: hour, who and why, how to call back, boxes and lines for the hand."""

    line: DayLine
    sizes: Sizes
    least: float

    def _when(self) -> tuple[Paragraph, ...]:
        line, sizes = self.line, self.sizes
        size = 13 if len(line.time) < len("sans heure") else 10
        return (
            paragraph(Run(line.time, fonts.SEMIBOLD, size * sizes.scale, PETROL)),
            paragraph(Run(line.minutes, fonts.REGULAR, sizes.small, GREY)),
        )

    def _who(self) -> tuple[Paragraph, ...]:
        line, sizes = self.line, self.sizes
        wished = f"Commune souhaitée\u202f: {line.wished}" if line.wished else ""
        about = " · ".join(one for one in (line.reason, wished) if one)
        name = (
            Run(line.name, fonts.SEMIBOLD, sizes.lead),
            Run(f"  {line.profession}" if line.profession else "", fonts.REGULAR, sizes.body),
        )
        reach = (
            Run(f"Tél.\u202f{line.phone}  " if line.phone else "", fonts.REGULAR, sizes.body),
            Run(line.status, fonts.ITALIC, sizes.body, GREY),
        )
        told = paragraph(Run(about, fonts.REGULAR, sizes.body))
        if self.least < COMPACT_BELOW:
            return paragraph(*name, Run("  ", size=sizes.body), *reach), told
        return paragraph(*name), told, paragraph(*reach)

    def _columns(self, width: float) -> tuple[float, float]:
        return width - TIME - WRITING - 12, WRITING

    def height(self, width: float) -> float:
        """Return the height in points."""
        middle, _ = self._columns(width)
        return max(self.least, sum(one.height(middle) for one in self._who()) + 10)

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the row and the rule under it."""
        middle, right = self._columns(width)
        y = top - 4
        for one in self._when():
            y -= one.draw(canvas, left, y, TIME)
        y = top - 4
        for one in self._who():
            y -= one.draw(canvas, left + TIME, y, middle)
        self._boxes(canvas, left + width - right, top - 4, right)
        canvas.setStrokeColorRGB(*RULE)
        canvas.setLineWidth(0.5)
        bottom = top - self.height(width) + 2
        canvas.line(left, bottom, left + width, bottom)

    def _boxes(self, canvas: Any, left: float, top: float, width: float) -> None:
        side = 8 * self.sizes.scale
        step = width / len(STATUSES)
        for index, word in enumerate(STATUSES):
            x = left + index * step
            tick_box(canvas, x, top - side - 1.5, side)
            said = paragraph(Run(word, fonts.REGULAR, self.sizes.small, GREY))
            said.draw(canvas, x + side + 3, top, step)
        canvas.setStrokeColorRGB(*HANDWRITING)
        canvas.setLineWidth(0.5)
        lowest = top - self.least + 10
        y = top - side - LINE_STEP
        while y > lowest:
            canvas.line(left, y, left + width, y)
            y -= LINE_STEP


def make_day_sheet(content: DayContent, out: Path) -> None:
    """Write the day sheet at ``out`` in one move; DiskFullError when the disk cannot take it."""
    write_whole(out, day_sheet_bytes(content))


def day_sheet_bytes(content: DayContent) -> bytes:
    """Return the day sheet as a PDF."""
    fonts.register()
    return pages(
        fit(content),
        title=content.title,
        author=content.adviser or "Permanence locale d’aide à l’installation",
        subject="Feuille du jour du conseiller",
        footer=f"imprimée le {content.printed_on} · référentiel {content.pack_version}",
    )


def fit(content: DayContent) -> list[Placed]:
    """Return the blocks placed on one page by the roomiest rows that fit."""
    blocks: list[Block] = []
    for scale in SCALES:
        for least in ROW_HEIGHTS:
            blocks = list(_blocks(content, Sizes(scale), least))
            left = ROOM - total(blocks, WIDTH)
            if left >= 0:
                if left > NOTES_FROM:
                    blocks.append(Handwriting("Notes de la journée", Sizes(scale), left))
                return flow(blocks, WIDTH, ROOM + 0.01)
    return flow(blocks, WIDTH, ROOM)


def _blocks(content: DayContent, sizes: Sizes, least: float) -> Iterator[Block]:
    yield DayHeader(content, sizes)
    notice = paragraph(Run(content.notice, fonts.ITALIC, sizes.small, GREY))
    yield Prose((notice,), 4.0)
    if not content.sessions:
        nothing = "Aucune permanence n’est ouverte ce jour-là."
        yield Prose((paragraph(Run(nothing, fonts.REGULAR, sizes.lead)),), 6.0)
    for session in content.sessions:
        yield from _session(session, sizes, least)


def _session(session: DaySession, sizes: Sizes, least: float) -> Iterator[Block]:
    yield Heading(session.place or "Lieu à préciser", sizes, session.departement)
    present = ", ".join(session.partners) or "à préciser"
    about = paragraph(
        Run(f"{session.hours}. ", fonts.SEMIBOLD, sizes.body),
        Run("En présence de\u202f: ", fonts.REGULAR, sizes.body, GREY),
        Run(f"{present}.", fonts.REGULAR, sizes.body),
    )
    yield Prose((about,), 5.0)
    if not session.lines:
        empty = "Aucun rendez-vous pour l’instant."
        yield Prose((paragraph(Run(empty, fonts.ITALIC, sizes.body, GREY)),), 6.0)
    for line in session.lines:
        yield AppointmentRow(line, sizes, least)
