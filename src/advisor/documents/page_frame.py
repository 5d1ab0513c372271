"""The page around the blocks: A4, 15 mm margins, footer, language, title and bookmarks.

Knows a canvas; nothing of what is said. The same blocks give the same bytes.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from advisor.documents import fonts
from advisor.documents.blocks import Placed, forget
from advisor.documents.inks import FOOTER, GREY, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, RULE, WHITE
from advisor.documents.text_lines import Run, paragraph

WIDTH = PAGE_WIDTH - 2 * MARGIN
ROOM = PAGE_HEIGHT - 2 * MARGIN - FOOTER


def pages(placed: Sequence[Placed], *, title: str, author: str, subject: str, footer: str) -> bytes:
    """Return a PDF of the placed blocks; ``footer`` stands at the left, the page at the right."""
    fonts.register()
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        lang="fr-FR",
        initialFontName=fonts.REGULAR,
        pageCompression=1,
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator("advisor")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    count = max((one.page for one in placed), default=0) + 1
    for page in range(count):
        _page(canvas, [one for one in placed if one.page == page], f"{page + 1} / {count}", footer)
    canvas.save()
    forget()
    return buffer.getvalue()


def in_utc(moment: datetime) -> str:
    """Return an instant as it stands in documents: ISO 8601 with its offset."""
    return moment.isoformat(timespec="seconds")


def _page(canvas: Any, placed: Sequence[Placed], number: str, footer: str) -> None:
    canvas.setFillColorRGB(*WHITE)
    top = PAGE_HEIGHT - MARGIN
    for one in placed:
        one.block.draw(canvas, MARGIN, top - one.offset, WIDTH)
    canvas.setStrokeColorRGB(*RULE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, MARGIN + 13, PAGE_WIDTH - MARGIN, MARGIN + 13)
    short = fonts.shortened(footer, fonts.REGULAR, 7.4, WIDTH - 60)
    said = paragraph(Run(short, fonts.REGULAR, 7.4, GREY))
    said.draw(canvas, MARGIN, MARGIN + 10, WIDTH - 50)
    where = paragraph(Run(number, fonts.REGULAR, 7.4, GREY))
    where.draw(canvas, PAGE_WIDTH - MARGIN - 50, MARGIN + 10, 50, align="right")
    canvas.showPage()
