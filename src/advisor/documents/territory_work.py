"""The sections of words of the diagnostic: the work done around it, the method and the sources.

Knows the frozen content and blocks; people are named by their function only.
"""

import re
from collections.abc import Iterator

from advisor.documents import fonts
from advisor.documents.blocks import Block, Heading, Prose
from advisor.documents.inks import GREY, PETROL, Sizes
from advisor.documents.territory_figures import empty, small, text
from advisor.documents.territory_rows import Row, head
from advisor.documents.text_lines import Run, paragraph
from advisor.domain.paper.territory_content import MeasureLine, TerritoryContent, WorkBlock
from advisor.domain.words.french import number_text

STEPS = (0.34, 0.2, 0.16, 0.3)
MEASURES = (0.48, 0.22, 0.14, 0.16)
MEETINGS = (0.16, 0.2, 0.28, 0.36)
PIECE = 900
NOTHING = WorkBlock()
Blocks = Iterator[Block]


def work(block: WorkBlock | None, sizes: Sizes, most: int) -> Blocks:
    """Give the request, steps, participants, notes, meetings; lists after ``most`` are counted."""
    held = block or NOTHING
    yield Heading("Le travail mené", sizes)
    yield from _request(held, sizes)
    yield from _steps(held, sizes)
    yield Heading("Participants, par fonction", sizes)
    if held.participants:
        yield from _prose("\u202f; ".join(held.participants), sizes)
    else:
        yield empty("Aucun participant n’est encore noté.", sizes)
    yield Heading("Ce qui a été dit", sizes, aside="notes qualitatives")
    if not held.notes:
        yield empty("Aucune note d’entretien n’est encore prise.", sizes)
    for theme in held.notes:
        yield Prose((text(theme.theme, sizes, PETROL, fonts.SEMIBOLD),), 1.0)
        for note in theme.notes[:most]:
            yield from _prose(f"– {note}", sizes)
        yield from _more(len(theme.notes) - most, "note", sizes)
    yield from _meetings(held, sizes, most)


def measures(block: WorkBlock | None, sizes: Sizes, most: int) -> Blocks:
    """Give what is recommended and what has been decided."""
    held = block or NOTHING
    yield from _measures("Recommandations", held.recommendations, sizes, most)
    yield from _measures("Actions décidées", held.actions, sizes, most)


def method(content: TerritoryContent, sizes: Sizes) -> Blocks:
    """Give how the figures were obtained, then the numbered sources."""
    yield Heading("Méthode", sizes)
    for one in content.method:
        yield from _prose(one, sizes)
    if not content.method:
        yield empty("Méthode non précisée.", sizes)
    yield Heading("Sources", sizes)
    if not content.sources:
        yield empty("Aucune source\u202f: aucun chiffre n’est donné.", sizes)
    for rank, one in enumerate(content.sources, start=1):
        told = paragraph(
            Run(f"[{rank}] ", fonts.SEMIBOLD, sizes.small),
            Run(one, fonts.REGULAR, sizes.small, GREY),
        )
        yield Prose((told,), 1.5)


def _request(held: WorkBlock, sizes: Sizes) -> Blocks:
    asked = " · ".join(one for one in (held.requested_by, held.requested_on) if one)
    if not held.request and not asked:
        yield empty("La demande et le demandeur ne sont pas encore notés.", sizes)
        return
    if asked:
        yield Prose((small(f"Demandé par\u202f: {asked}", sizes),), 2.0)
    yield from _prose(held.request, sizes)


def _steps(held: WorkBlock, sizes: Sizes) -> Blocks:
    if not held.steps:
        yield empty("Aucune étape n’est encore notée.", sizes)
        return
    top = head(("Étape", "État", "Date", "Remarque"), STEPS, sizes)
    yield top
    for one in held.steps:
        cells = (
            (text(one.label, sizes),),
            (text(one.state, sizes, font=fonts.SEMIBOLD),),
            (text(one.when or "–", sizes),),
            (small(one.note, sizes),),
        )
        yield Row(cells, STEPS, top)


def _meetings(held: WorkBlock, sizes: Sizes, most: int) -> Blocks:
    yield Heading("Réunions", sizes)
    if not held.meetings:
        yield empty("Aucune réunion n’est encore notée.", sizes)
        return
    top = head(("Date", "Lieu", "Objet", "Compte rendu"), MEETINGS, sizes)
    yield top
    for one in held.meetings[:most]:
        cells = (
            (text(one.when, sizes),),
            (text(one.place, sizes),),
            (text(one.subject, sizes),),
            (small(_first_piece(one.summary), sizes),),
        )
        yield Row(cells, MEETINGS, top)
    yield from _more(len(held.meetings) - most, "réunion", sizes)


def _measures(title: str, held: tuple[MeasureLine, ...], sizes: Sizes, most: int) -> Blocks:
    yield Heading(title, sizes)
    if not held:
        yield empty(f"{title}\u202f: rien n’est encore noté.", sizes)
        return
    top = head((title, "Porteur", "Échéance", "État"), MEASURES, sizes)
    yield top
    for one in held[:most]:
        cells = (
            (text(_first_piece(one.text), sizes),),
            (text(one.bearer or "à désigner", sizes),),
            (text(one.due or "–", sizes),),
            (text(one.state or "–", sizes, font=fonts.SEMIBOLD),),
        )
        yield Row(cells, MEASURES, top)
    yield from _more(len(held) - most, "ligne", sizes)


def _prose(words: str, sizes: Sizes) -> Blocks:
    """Give a text in pieces short enough to flow from one page to the next."""
    for line in filter(None, (one.strip() for one in words.splitlines())):
        for piece in re.findall(rf".{{1,{PIECE}}}(?:\s|$)|.{{1,{PIECE}}}", line):
            yield Prose((text(piece.strip(), sizes),), 2.0)


def _first_piece(words: str) -> str:
    return words if len(words) <= PIECE else f"{words[:PIECE].rstrip()}… (suite dans le logiciel)"


def _more(left: int, word: str, sizes: Sizes) -> Blocks:
    if left > 0:
        plural = "s" if left > 1 else ""
        told = f"Et {number_text(left)} autre{plural} {word}{plural}, dans le logiciel."
        yield Prose((small(told, sizes),), 3.0)
