"""The territorial diagnostic: six to ten A4 pages, the summary first, every value sourced.

Knows the frozen content and how to fit it; nothing of where it comes from. The same content
gives the same bytes. A content too long for ten pages is set smaller, then its longest lists are
cut, which is said where it happens; nothing else is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.documents import fonts
from advisor.documents import territory_figures as figures
from advisor.documents import territory_work as words
from advisor.documents.blocks import Block, Handwriting, Placed, Prose, Space
from advisor.documents.disk import write_whole
from advisor.documents.inks import GREY, PETROL, Sizes
from advisor.documents.page_frame import ROOM, WIDTH, pages
from advisor.documents.territory_indicators import indicators
from advisor.documents.territory_rows import CONTINUED, lay
from advisor.documents.text_lines import Paragraph, Run, paragraph
from advisor.domain.paper.territory_content import TerritoryContent
from advisor.domain.words.wording import long_date, short_date

LEAST_PAGES, MOST_PAGES = 6, 10
ALL = 100_000
SMALLEST = 0.82
ATTEMPTS = (
    (1.0, ALL, False),
    (0.91, ALL, False),
    (SMALLEST, ALL, False),
    *((SMALLEST, most, True) for most in (ALL, 60, 30, 15, 8, 4, 2)),
)
STATEMENT = (
    "Ce diagnostic est un appui à la discussion entre élus, professionnels et institutions\u202f: "
    "il ne vaut pas décision. « Non diffusé » est couvert par le secret statistique et n’est "
    "jamais un zéro\u202f; « non disponible » veut dire que la source manque."
)


@dataclass(frozen=True, slots=True)
class Cover:
    """The head of the first page: what it is, which territory, who, when, from what."""

    content: TerritoryContent
    sizes: Sizes

    def _lines(self) -> tuple[Paragraph, ...]:
        content, sizes = self.content, self.sizes
        who = " · ".join(one for one in (content.adviser, content.organisation) if one)
        where = " · ".join(one for one in (content.departement_name, content.region_name) if one)
        told = " · ".join(one for one in (content.chosen, where) if one)
        return (
            paragraph(Run(content.name, fonts.SEMIBOLD, 22 * sizes.scale), leading=1.15),
            paragraph(Run(told, fonts.REGULAR, sizes.lead, GREY)),
            paragraph(Run(who, fonts.REGULAR, sizes.body, GREY)),
        )

    def height(self, width: float) -> float:
        """Return the height in points."""
        return 24 * self.sizes.scale + sum(one.height(width) for one in self._lines()) + 12

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the band, the name and where it comes from."""
        scale = self.sizes.scale
        title = self.content.title
        canvas.bookmarkHorizontal("territoire", 0, top)
        canvas.addOutlineEntry(title, "territoire", level=0)
        paragraph(
            Run("DIAGNOSTIC TERRITORIAL DE L’OFFRE DE SOINS", fonts.BOLD, 8.6 * scale, PETROL)
        ).draw(canvas, left, top, width * 0.6)
        paragraph(Run(long_date(self.content.day), fonts.REGULAR, 8.6 * scale, GREY)).draw(
            canvas, left + width * 0.6, top, width * 0.4, align="right"
        )
        canvas.setStrokeColorRGB(*PETROL)
        canvas.setLineWidth(1.6)
        canvas.line(left, top - 15 * scale, left + width, top - 15 * scale)
        top -= 20 * scale
        for one in self._lines():
            top -= one.draw(canvas, left, top, width) + 1


def make_territory_pdf(content: TerritoryContent, out: Path) -> None:
    """Write the diagnostic at ``out`` in one move; DiskFullError when the disk cannot take it."""
    write_whole(out, territory_bytes(content))


def territory_bytes(content: TerritoryContent) -> bytes:
    """Return the diagnostic as a PDF."""
    fonts.register()
    return pages(
        fit(content),
        title=content.title,
        author=content.organisation or content.adviser or "Diagnostic territorial",
        subject="Diagnostic territorial de l’offre de soins",
        footer=f"{content.name} · {short_date(content.day)} · {_pack(content)}",
    )


def _pack(content: TerritoryContent) -> str:
    named = content.pack.startswith("référentiel")
    return content.pack if named else f"référentiel {content.pack}"


def fit(content: TerritoryContent) -> list[Placed]:
    """Return the blocks placed on ten pages at most, as large and as whole as they can be."""
    for scale, most, tight in ATTEMPTS:
        sections = list(_sections(content, Sizes(scale), most))
        if tight:
            sections = [[block for section in sections for block in section]]
        placed = _placed(sections, CONTINUED)
        if placed[-1].page < MOST_PAGES:
            break
    return placed if placed[-1].page >= LEAST_PAGES - 1 else _placed(list(_airy(content)))


def _placed(sections: Sequence[Sequence[Block]], continued: float = 0.0) -> list[Placed]:
    return lay(sections, WIDTH, ROOM, continued)


def _airy(content: TerritoryContent) -> Iterator[list[Block]]:
    """Give the sections of a short content, comparisons and method on pages of their own."""
    sizes = Sizes(1.0)
    summary, _, ages, _ = _sections(content, sizes, ALL)
    yield from (summary, [*figures.maps(content, sizes), *figures.communes(content, sizes, ALL)])
    notes = Handwriting("Notes", sizes)
    yield [*figures.comparisons(content, sizes), *indicators(content, sizes), notes]
    yield ages
    yield [*_work(content, sizes, ALL), notes]
    yield [*words.method(content, sizes), notes]


def _sections(content: TerritoryContent, sizes: Sizes, most: int) -> Iterator[list[Block]]:
    statement = figures.small(STATEMENT, sizes)
    yield [
        Cover(content, sizes),
        *figures.summary(content, sizes),
        Space(8),
        Prose((statement,), 0.0),
        Handwriting("Notes de la restitution", sizes),
    ]
    yield [
        *figures.maps(content, sizes),
        *figures.communes(content, sizes, most),
        Space(8),
        *figures.comparisons(content, sizes),
        *indicators(content, sizes),
        Handwriting("Notes", sizes),
    ]
    yield [
        *figures.ages(content, sizes),
        *figures.scenario(content.scenario, sizes),
        *figures.reading(content.reading, sizes),
        Handwriting("Notes", sizes),
    ]
    yield [
        *_work(content, sizes, most),
        *words.method(content, sizes),
        Handwriting("Notes", sizes),
    ]


def _work(content: TerritoryContent, sizes: Sizes, most: int) -> Iterator[Block]:
    yield from words.work(content.work, sizes, most)
    yield from words.measures(content.work, sizes, most)
