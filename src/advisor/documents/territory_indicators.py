"""The table of every indicator of the diagnostic, level by level, group by group.

Knows the frozen content and blocks. What no level knows is gathered in a sentence, and a reason
that most missing values share is told once.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from advisor.documents.blocks import Heading, Prose, Space
from advisor.documents.inks import Sizes
from advisor.documents.territory_figures import Blocks, empty, small, text, value
from advisor.documents.territory_rows import Row, head
from advisor.documents.text_lines import Paragraph
from advisor.domain.paper.territory_content import (
    Cell,
    IndicatorGroup,
    IndicatorRow,
    TerritoryContent,
)
from advisor.domain.words.wording import clause, lowered

INDICATORS = 0.32
OFTEN = 3


def indicators(content: TerritoryContent, sizes: Sizes) -> Blocks:
    """Give every indicator against the département, the région and France."""
    yield Heading("Les indicateurs", sizes, aside="[n]\u202f: numéro de la source")
    if not any(group.rows for group in content.groups):
        yield empty("Aucun indicateur n’est disponible pour ce territoire.", sizes)
    shared = _shared_reason(content)
    if shared:
        yield Prose((small(f"Territoire\u202f: « non disponible » quand {shared}.", sizes),), 4.0)
    levels = _levels(content)
    shares = (INDICATORS, *((1 - INDICATORS) / len(levels) for _ in levels))
    for group in content.groups:
        held = [row for row in group.rows if _is_known(row)]
        top = head((group.title, *levels.values()), shares, sizes)
        if held:
            yield top
        for row in held:
            yield Row(_indicator(row, levels, shared, sizes), shares, top)
        yield from _unknown(group, shared, sizes)
        yield Space(8)


def _levels(content: TerritoryContent) -> dict[str, str]:
    """Return the columns of values and their titles; a level without a name has none."""
    names = {
        "territory": "Territoire",
        "departement": content.departement_name,
        "region": content.region_name,
        "france": "France",
    }
    return {level: name for level, name in names.items() if name}


def _shared_reason(content: TerritoryContent) -> str:
    """Return the reason that most missing values of the territory share, told once for all."""
    reasons = Counter(
        row.territory.reason
        for group in content.groups
        for row in group.rows
        if row.territory.value is None and not row.territory.secret and row.territory.reason
    )
    reason, times = next(iter(reasons.most_common(1)), ("", 0))
    return reason if times >= OFTEN else ""


def _unknown(group: IndicatorGroup, shared: str, sizes: Sizes) -> Blocks:
    """Gather what no level knows in one sentence for each reason."""
    lost: dict[str, list[str]] = {}
    for row in group.rows:
        if not _is_known(row):
            lost.setdefault(row.territory.reason, []).append(lowered(row.label))
    if lost:
        yield Space(3)
    for reason, labels in lost.items():
        why = f" ({clause(reason)})" if reason and reason != shared else ""
        told = f"{group.title}, non disponible à tous les niveaux{why}\u202f: {', '.join(labels)}."
        yield Prose((small(told, sizes),), 2.0)


def _is_known(row: IndicatorRow) -> bool:
    """Tell whether a value is known somewhere, even if it may not be told."""
    cells = (row.territory, row.departement, row.region, row.france)
    return any(one.value is not None or one.secret for one in cells)


def _indicator(
    row: IndicatorRow, levels: Iterable[str], shared: str, sizes: Sizes
) -> tuple[tuple[Paragraph, ...], ...]:
    about = [clause(one) for one in (row.unit, lowered(row.definition), *row.remarks) if one]
    told = small("\u202f; ".join(about), sizes)
    cells: list[Cell] = [getattr(row, level) for level in levels]
    if shared and cells[0].reason == shared:
        cells[0] = replace(cells[0], reason="")
    return ((text(row.label, sizes), told), *(value(cell, sizes) for cell in cells))
