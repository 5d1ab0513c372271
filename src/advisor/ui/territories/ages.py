"""Ages and flows: the pyramid of doctors, installations and departures, their ratio.

Places widgets only.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from advisor.domain.paper.territory_content import (
    Bar,
    BarChart,
    IndicatorRow,
    TerritoryContent,
)
from advisor.domain.words.wording import NARROW, listed
from advisor.ui.pieces.basics import clear, column, frame, label, row
from advisor.ui.territories.bars import Bars
from advisor.ui.territories.facts import headed, sourced
from advisor.ui.territories.indicators import cells_of, named_cells
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
AGES = ("part_mg_55_ans_et_plus", "part_mg_plus_60_ans", "part_mg_65_ans_et_plus")
DRAWN = ("installations_mg", "cessations_mg")
FLOWS = (*DRAWN, "ratio_installations_cessations_mg")
NO_PYRAMID = (
    "Pyramide des âges\u202f: non disponible dans ce référentiel pour ce territoire. Un tableau "
    "importé avec les classes d’âge la dessinera."
)
NO_FLOWS = "Installations et départs\u202f: nombres non disponibles pour ce territoire."


class Ages(QWidget):
    """Two halves: who is how old, who comes and who goes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Âges et flux")
        self.ages = column(None, theme, spacing=8)
        self.flows = column(None, theme, spacing=8)
        halves: QBoxLayout = row(self, theme, spacing=20)
        for words, inside in (
            ("ÂGE DES MÉDECINS GÉNÉRALISTES", self.ages),
            ("INSTALLATIONS ET DÉPARTS", self.flows),
        ):
            half = column(None, theme, spacing=8)
            half.addWidget(label(words, "section"))
            half.addLayout(inside)
            half.addStretch(1)
            halves.addLayout(half, 1)
        if theme.scale > BIG_TEXT:
            halves.setDirection(QBoxLayout.Direction.TopToBottom)

    def show_content(self, content: TerritoryContent) -> None:
        """Say the ages and the flows of a diagnostic."""
        rows = {one.id: one for group in content.groups for one in group.rows}
        clear(self.ages)
        clear(self.flows)
        if content.pyramid is None:
            self.ages.addWidget(label(NO_PYRAMID, "muted"))
        else:
            self.ages.addWidget(self._chart(content.pyramid, content, upside_down=True))
        self._compare(self.ages, [rows[name] for name in AGES if name in rows], content)
        flows = [rows[name] for name in FLOWS if name in rows]
        if content.dynamics is None:
            self.flows.addWidget(label(NO_FLOWS, "muted"))
        else:  # a flow known of one place only is said under the chart, never drawn twice
            alone = [one for one in flows if one.id in DRAWN and _known(one) == 1]
            told = [words for one in alone for words in _told(one, content, f"{one.label}, ")]
            flows = [one for one in flows if one not in alone]
            self.flows.addWidget(self._chart(content.dynamics, content, told))
        self._compare(self.flows, flows, content)

    def _chart(
        self,
        chart: BarChart,
        content: TerritoryContent,
        told: Sequence[str] = (),
        *,
        upside_down: bool = False,
    ) -> QWidget:
        box = frame("card", chart.title)
        inside = column(box, self.theme, margin=12, spacing=6)
        inside.addWidget(label(f"{chart.title} ({chart.unit})", "strong"))
        drawn = Bars(self.theme, chart.title, all_full=True)
        drawn.show_bars(chart.bars[::-1] if upside_down else chart.bars)
        inside.addWidget(drawn)
        notes = [f"Source{NARROW}: {content.sources[note - 1]}." for note in chart.notes]
        for words in (*notes, *told):
            inside.addWidget(label(words, "muted", selectable=True))
        return box

    def _compare(
        self, inside: QVBoxLayout, rows: Sequence[IndicatorRow], content: TerritoryContent
    ) -> None:
        for one in rows:
            if not _known(one) and not any(cell.secret for cell in cells_of(one)):
                continue
            box = frame("card", one.label)
            lines = column(box, self.theme, margin=12, spacing=4)
            lines.addWidget(label(headed(one), "strong"))
            drawn = Bars(self.theme, one.label)
            pairs = named_cells(one, content)
            drawn.show_bars([Bar(name, c.value, c.text, c.year) for name, c in pairs])
            lines.addWidget(drawn)
            missing = sourced(content.name, one.territory, content.sources)
            for words in _told(one, content) or [missing]:
                lines.addWidget(label(words, "muted", selectable=True))
            inside.addWidget(box)
        empty = [
            one.label
            for one in rows
            if not _known(one) and not any(cell.secret for cell in cells_of(one))
        ]
        if empty:
            words = f"Sans valeur dans ce référentiel{NARROW}: {listed(empty)}."
            inside.addWidget(label(words, "muted", selectable=True))


def _known(one: IndicatorRow) -> int:
    return sum(cell.value is not None for cell in cells_of(one))


def _told(one: IndicatorRow, content: TerritoryContent, what: str = "") -> list[str]:
    """Return the values of an indicator with their year and source, one sentence each."""
    pairs = named_cells(one, content)
    return [sourced(f"{what}{name}", cell, content.sources) for name, cell in pairs if cell.note]
