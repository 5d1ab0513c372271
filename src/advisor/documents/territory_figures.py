"""The sections of figures of the diagnostic: summary, maps and communes, comparisons, scenario.

Knows the frozen content and blocks. Each value stands with its year and the number of its source.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle

from advisor.documents import fonts
from advisor.documents.blocks import Block, Heading, Prose, Space
from advisor.documents.inks import AMBER, BLACK, BRICK, GREY, PETROL, Ink, Sizes
from advisor.documents.map_drawing import MapFigure
from advisor.documents.territory_charts import BarsFigure, PathFigure
from advisor.documents.territory_rows import Panel, Row, head
from advisor.documents.text_lines import Paragraph, Run, paragraph
from advisor.domain.paper.territory_content import (
    BarChart,
    Cell,
    CommuneLine,
    ReadingBlock,
    ScenarioBlock,
    TerritoryContent,
)
from advisor.domain.words.wording import counted, sentence

NOT_SAID = "année non dite"
COMMUNES = (0.27, 0.14, 0.08, 0.34, 0.17)
LINES = (0.34, 0.24, 0.42)
SITUATION = 236.0
MAPS = (250.0, 205.0)
Blocks = Iterator[Block]


def text(words: str, sizes: Sizes, ink: Ink = BLACK, font: str = fonts.REGULAR) -> Paragraph:
    """Return an ordinary paragraph."""
    return paragraph(Run(words, font, sizes.body, ink))


def small(words: str, sizes: Sizes) -> Paragraph:
    """Return a paragraph of references and notes."""
    return paragraph(Run(words, fonts.REGULAR, sizes.small, GREY))


def empty(words: str, sizes: Sizes) -> Prose:
    """Return the sentence that stands where there is nothing to show."""
    return Prose((paragraph(Run(words, fonts.ITALIC, sizes.body, GREY)),), 6.0)


def value(cell: Cell, sizes: Sizes) -> tuple[Paragraph, ...]:
    """Return a value with its year and source number, or why there is none."""
    if cell.value is None or cell.secret:
        lost = paragraph(Run(cell.text, fonts.ITALIC, sizes.body, GREY))
        why = ", ".join(one for one in (cell.when, cell.reason) if one)
        return (lost, small(f"{why}{_note(cell)}", sizes)) if why else (lost,)
    told = small(f"{cell.when or NOT_SAID}{_note(cell)}", sizes)
    said = (text(cell.text, sizes, font=fonts.SEMIBOLD), told)
    return (*said, small(cell.reason, sizes)) if cell.reason else said


def _note(cell: Cell) -> str:
    return f" [{cell.note}]" if cell.note else ""


def summary(content: TerritoryContent, sizes: Sizes) -> Blocks:
    """Give the first page: the territory, what to be warned of, what the figures say."""
    people = content.population
    year = f", {people.year}" if people.year else ""
    known = Run(f"{people.text}{year}{_note(people)}", fonts.SEMIBOLD, sizes.lead)
    yield Prose((paragraph(Run("Population\u202f: ", fonts.REGULAR, sizes.lead), known),), 2.0)
    if people.reason and not any(people.reason[1:] in one for one in content.warnings):
        yield Prose((small(people.reason, sizes),), 4.0)
    for one in content.warnings:
        yield Panel((text(one, sizes, AMBER, fonts.SEMIBOLD),), AMBER)
    yield Heading("En résumé", sizes, aside="chaque valeur a son année et sa source")
    if not content.highlights:
        yield empty("Aucun indicateur n’est disponible pour résumer ce territoire.", sizes)
    top = head(("Ce que l’on regarde", "Valeur", "À comparer"), LINES, sizes)
    if content.highlights:
        yield top
    for line in content.highlights:
        cells = (
            (text(line.label, sizes),),
            (text(line.text, sizes, PETROL, fonts.SEMIBOLD),),
            (small(line.how, sizes),),
        )
        yield Row(cells, LINES, top)
    if content.maps:
        yield Space(8)
        yield MapFigure(content.maps[0], sizes, SITUATION * sizes.scale)


def maps(content: TerritoryContent, sizes: Sizes) -> Blocks:
    """Give the maps of the territory, then its communes."""
    yield Heading("Le territoire sur la carte", sizes)
    if not content.maps:
        why = "les communes de ce territoire ne sont pas toutes dans ce référentiel"
        yield empty(f"Aucune carte\u202f: {why}.", sizes)
    for one, tall in zip(content.maps[1:], cycle(MAPS), strict=False):
        yield MapFigure(one, sizes, tall * sizes.scale)
        yield Space(6)


def communes(content: TerritoryContent, sizes: Sizes, most: int) -> Blocks:
    """Give the communes in a table, those after ``most`` in one paragraph."""
    held = content.communes
    yield Heading("Les communes", sizes, aside=counted(len(held), "commune"))
    if not held:
        yield empty(
            "Les communes de ce territoire ne sont pas dans ce référentiel\u202f: les indicateurs "
            "sont ceux que la source imprime pour le territoire entier.",
            sizes,
        )
        return
    words = ("Commune", "Population", "Classe", "Zone pour les médecins", "Structures")
    top = head(words, COMMUNES, sizes)
    yield top
    for one in held[:most]:
        yield Row(_commune(one, sizes), COMMUNES, top)
    if held[most:]:
        others = ", ".join(f"{one.name} ({one.population})" for one in held[most:])
        yield Prose((small(f"Et aussi\u202f: {others}.", sizes),), 6.0)


def _commune(one: CommuneLine, sizes: Sizes) -> tuple[tuple[Paragraph, ...], ...]:
    return (
        (text(f"{one.name} ({one.departement})", sizes),),
        (text(one.population, sizes),),
        (text(one.letters or "?", sizes, PETROL, fonts.SEMIBOLD),),
        (small(one.zone or "classe non connue", sizes),),
        (small(one.structures or "aucune recensée", sizes),),
    )


def comparisons(content: TerritoryContent, sizes: Sizes) -> Blocks:
    """Give a chart of bars for each indicator compared."""
    yield Heading("Le territoire comparé", sizes, aside=_compared(content))
    if not content.comparisons:
        yield empty(
            "Aucun indicateur n’est connu à la fois ici et dans le département, la région ou la "
            "France\u202f: il n’y a rien à comparer.",
            sizes,
        )
    for chart in content.comparisons:
        yield BarsFigure(sourced(chart, content), sizes)
        yield Space(5)


def sourced(chart: BarChart, content: TerritoryContent) -> BarChart:
    """Return the chart with the numbers of the sources of what it draws under it."""
    notes = set(chart.notes)
    labels = {one.label for one in chart.bars}
    for row in (row for group in content.groups for row in group.rows):
        cells = (row.territory, row.departement, row.region, row.france)
        if row.id == chart.id:
            notes |= {cell.note for cell in cells}
        elif row.label in labels:
            notes.add(row.territory.note or row.departement.note)
    told = " ".join(f"[{one}]" for one in sorted(notes) if one)
    remarks = (sentence(chart.remark), f"Sources\u202f: {told}." if told else "")
    return replace(chart, remark=" ".join(one for one in remarks if one))


def _compared(content: TerritoryContent) -> str:
    names = (content.departement_name, content.region_name, "France")
    return " · ".join(one for one in names if one)


def ages(content: TerritoryContent, sizes: Sizes) -> Blocks:
    """Give the age pyramid, then installations against departures."""
    yield Heading("Les âges des médecins", sizes)
    if content.pyramid is None or not content.pyramid.bars:
        yield empty(
            "La pyramide des âges n’est pas disponible pour ce territoire\u202f: importez la table "
            "des âges de la CPAM ou de l’Ordre.",
            sizes,
        )
    else:
        yield BarsFigure(sourced(content.pyramid, content), sizes, grouped=True, upwards=True)
    yield Heading("Installations et départs", sizes)
    if content.dynamics is None or not content.dynamics.bars:
        yield empty(
            "Les installations et les départs ne sont pas connus pour ce territoire.", sizes
        )
    else:
        yield BarsFigure(sourced(content.dynamics, content), sizes)


def scenario(block: ScenarioBlock | None, sizes: Sizes) -> Blocks:
    """Give the ten-year scenario, always marked as such."""
    yield Heading("Dans dix ans", sizes, aside=block.marking if block else "")
    if block is None:
        yield empty("Le scénario n’a pas été calculé\u202f: il manque des chiffres.", sizes)
        return
    yield Panel((text(block.marking.capitalize(), sizes, BRICK, fonts.SEMIBOLD),), BRICK)
    if not block.lines:
        yield empty("Le scénario ne peut pas être calculé\u202f: il manque des chiffres.", sizes)
    if block.hypotheses:
        told = [small(f"Hypothèse\u202f: {one}", sizes) for one in block.hypotheses]
        yield Prose(tuple(told), 5.0)
    yield from _lines(
        ("Résultat", "Valeur", "Calcul"), [(o.label, o.text, o.how) for o in block.lines], sizes
    )
    if block.path:
        yield Space(8)
        yield PathFigure(f"Médecins, année par année ({block.marking})", block.path, sizes)
        yield Space(6)
    if block.remarks:
        yield Space(3)
        yield Prose(tuple(small(sentence(one), sizes) for one in block.remarks), 6.0)


def reading(block: ReadingBlock | None, sizes: Sizes) -> Blocks:
    """Give the reading of 2012 with the user's thresholds, always marked as not official."""
    if block is None:
        return
    yield Heading("La lecture à quatre indicateurs de 2012", sizes, aside=block.marking)
    yield Panel((text(f"{block.marking.capitalize()}. {block.result}", sizes, BRICK),), BRICK)
    rows = [
        (one.label, one.answer, f"mesuré\u202f: {one.measured}\u202f; seuil\u202f: {one.threshold}")
        for one in block.lines
    ]
    yield from _lines(("Indicateur", "Réponse", "Mesure et seuil"), rows, sizes)
    if block.remarks:
        yield Space(3)
        yield Prose(tuple(small(one, sizes) for one in block.remarks), 6.0)


def _lines(words: Sequence[str], rows: Sequence[tuple[str, str, str]], sizes: Sizes) -> Blocks:
    top = head(words, LINES, sizes)
    if rows:
        yield top
    for label, told, how in rows:
        cells = (
            (text(label, sizes),),
            (text(told, sizes, font=fonts.SEMIBOLD),),
            (small(how, sizes),),
        )
        yield Row(cells, LINES, top)
