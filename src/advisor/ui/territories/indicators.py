"""The indicators: territory, département, région, France; each value with its year and source.

The line reached says its four values whole, with their bars. Places widgets only.
"""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QBoxLayout, QHeaderView, QTableWidgetItem, QWidget

from advisor.domain.paper.territory_content import Bar, Cell, IndicatorRow, TerritoryContent
from advisor.domain.words.wording import NARROW, counted
from advisor.ui.pieces.basics import button, clear, column, frame, label, row, scrolling
from advisor.ui.sync_state.tables import table_of
from advisor.ui.territories.bars import Bars
from advisor.ui.territories.facts import dated, headed, sourced
from advisor.ui.territories.tables import fit_lines
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
VALUE_WIDTH = 116
FEWER = 3  # columns kept when the text is large
COLUMNS = ("Indicateur", "Territoire", "Département", "Région", "France")


class IndicatorsSection(QWidget):
    """The table of indicators, and beside it the one reached."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Indicateurs")
        self.content: TerritoryContent | None = None
        self.rows: list[IndicatorRow | None] = []
        self.table = table_of(theme, COLUMNS, "Indicateurs du territoire", wide=0)
        self.table.setAccessibleDescription("La ligne choisie dit ses années et ses sources.")
        self.table.setWordWrap(True)
        self._fit_columns()
        self.table.selectionModel().currentRowChanged.connect(self._reach)
        self.all = button("Montrer aussi ce qui manque", self._show, "chip")
        self.all.setCheckable(True)
        self.name = label("", "strong")
        self.bars = Bars(theme, "Comparaison")
        self.told = column(None, theme, spacing=4)
        self._build()

    def _build(self) -> None:
        theme = self.theme
        left = column(None, theme, spacing=6)
        line = row(None, theme)
        line.addWidget(self.all)
        line.addStretch(1)
        left.addLayout(line)
        left.addWidget(self.table, 1)
        body = QWidget()
        inside = column(body, theme, margin=12, spacing=6)
        inside.addWidget(self.name)
        inside.addWidget(self.bars)
        inside.addLayout(self.told)
        inside.addStretch(1)
        card = frame("card", "Indicateur choisi")
        column(card, theme, margin=1).addWidget(scrolling(body, "Indicateur choisi"))
        halves: QBoxLayout = row(self, theme, spacing=12)
        halves.addLayout(left, 7)
        halves.addWidget(card, 4)
        self.table.setMinimumHeight(theme.px(360))
        if theme.scale > BIG_TEXT:
            halves.setDirection(QBoxLayout.Direction.TopToBottom)
            card.setMinimumHeight(theme.px(300))

    def _fit_columns(self) -> None:
        """Give the names what is left; large text keeps two values, the line says all four."""
        header, is_big = self.table.horizontalHeader(), self.theme.scale > BIG_TEXT
        for at in range(1, len(COLUMNS)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            self.table.setColumnWidth(at, self.theme.px(VALUE_WIDTH))
            self.table.setColumnHidden(at, is_big and at >= FEWER)

    def show_content(self, content: TerritoryContent) -> None:
        """Say the indicators of a diagnostic."""
        self.content = content
        self._show()

    def _show(self) -> None:
        content = self.content
        if content is None:
            return
        here = self.table.currentRow()
        empty = sum(not _is_known(one) for group in content.groups for one in group.rows)
        words = counted(empty, "indicateur sans valeur", "indicateurs sans valeur")
        self.all.setText(f"Montrer aussi ce qui manque ({words})")
        self.all.setAccessibleName(self.all.text())
        self.table.clearSpans()
        self.table.setRowCount(0)
        self.rows = []
        for group in content.groups:
            kept = [one for one in group.rows if self.all.isChecked() or _is_known(one)]
            if kept:
                self._add_title(group.title)
                for one in kept:
                    self._add(one)
        fit_lines(self.table)
        first = next((at for at, one in enumerate(self.rows) if one is not None), -1)
        at = here if 0 <= here < len(self.rows) and self.rows[here] is not None else first
        if at >= 0:
            self.table.selectRow(at)

    def _add_title(self, words: str) -> None:
        at = self._add_line(None)
        item = QTableWidgetItem(words.upper())
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setBackground(self.theme.qcolour("sunken"))
        self.table.setItem(at, 0, item)
        self.table.setSpan(at, 0, 1, len(COLUMNS))

    def _add(self, one: IndicatorRow) -> None:
        at = self._add_line(one)
        said = [headed(one), *(dated(cell) for cell in cells_of(one))]
        for across, words in enumerate(said):
            item = QTableWidgetItem(words)
            item.setToolTip(words)
            if across and cells_of(one)[across - 1].value is None:
                item.setForeground(self.theme.qcolour("muted"))
            self.table.setItem(at, across, item)

    def _add_line(self, one: IndicatorRow | None) -> int:
        self.rows.append(one)
        self.table.insertRow(len(self.rows) - 1)
        return len(self.rows) - 1

    def _reach(self, now: QModelIndex, _before: QModelIndex) -> None:
        at = now.row()
        one = self.rows[at] if 0 <= at < len(self.rows) else None
        content = self.content
        if one is None or content is None:
            return
        self.name.setText(headed(one))
        named = named_cells(one, content)
        bars = [Bar(name, cell.value, cell.text, cell.year) for name, cell in named]
        self.bars.show_bars(bars, one.label)
        clear(self.told)
        for name, cell in named:
            words = sourced(name, cell, content.sources, one.unit)
            self.told.addWidget(label(words, "small", selectable=True))
        if one.definition:
            self.told.addWidget(label(f"Comment{NARROW}: {one.definition}.", "muted"))
        if one.remarks:
            self.told.addWidget(label(f"Attention{NARROW}: {', '.join(one.remarks)}.", "caution"))


def cells_of(one: IndicatorRow) -> tuple[Cell, Cell, Cell, Cell]:
    """Return the four values, in the order of the columns."""
    return (one.territory, one.departement, one.region, one.france)


def level_names(content: TerritoryContent) -> tuple[str, str, str, str]:
    """Return who the four values are about, by name."""
    departement = content.departement_name or "Département"
    return content.name, departement, content.region_name or "Région", "France"


def named_cells(one: IndicatorRow, content: TerritoryContent) -> list[tuple[str, Cell]]:
    """Return the values with who they are about; a département is not compared with itself."""
    pairs = list(zip(level_names(content), cells_of(one), strict=True))
    return [pairs[0], *(pair for pair in pairs[1:] if pair[0] != pairs[0][0])]


def _is_known(one: IndicatorRow) -> bool:
    return any(cell.value is not None or cell.secret for cell in cells_of(one))
