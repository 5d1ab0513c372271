"""The aids, live: total possible, what is acquired, what is to verify, what does not apply.

Must not know any service.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from advisor.domain.aids.aid import AidAnswer, AidsForPlace, NextQuestion, Status
from advisor.domain.words.wording import NARROW, counted, euros
from advisor.ui import wording
from advisor.ui.interview.aid_row import AidRow
from advisor.ui.pieces.basics import column, frame, label, row, scrolling
from advisor.ui.pieces.folding import Folding
from advisor.ui.pieces.pressable import Pressable
from advisor.ui.theme import Theme

NEAR_MISSES = 2
ORDER = (Status.ELIGIBLE, Status.TO_VERIFY, Status.NOT_ELIGIBLE)


class AidsPanel(QFrame):
    """Emits ``asked(field name)`` when the question that counts is pressed."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Aides possibles")
        self.theme = theme
        self.rows: dict[str, AidRow] = {}
        self.titles: dict[str, str] = {}
        self.refused: list[AidAnswer] = []
        self.following: NextQuestion | None = None
        self.heading = label("AIDES", "section")
        self.total = label("", "title", wraps=False)
        self.question = Pressable("Question qui compte", "askrow")
        self.question_words = label("", "strong")
        self.question.clicked.connect(lambda _checked: self._ask())
        self.empty = label("", "muted")
        self._build()
        self.show_nothing(
            "Ajoutez un lieu\u202f: les aides se calculent pendant que vous remplissez."
        )

    def _build(self) -> None:
        theme = self.theme
        top = row(None, theme, spacing=8)
        top.addWidget(self.heading, 1)
        top.addWidget(label("total possible", "muted", wraps=False))
        top.addWidget(self.total)
        top.setContentsMargins(0, 0, theme.px(8), 0)
        inside = row(self.question, theme, margin=8)
        inside.addWidget(self.question_words, 1)
        self.question.let_through()
        body = QWidget()
        self.list: QVBoxLayout = column(body, theme, spacing=2)
        self.list.setContentsMargins(0, 0, theme.px(6), theme.px(4))
        self.limits = column(None, theme, spacing=4)
        self.sections = {status: column(None, theme, spacing=1) for status in Status}
        self.fold = Folding(theme, "")
        self.fold.turned.connect(lambda _open: self._fill_fold())
        self.list.addWidget(self.empty)
        self.list.addLayout(self.limits)
        for status in ORDER:
            self.list.addLayout(self.sections[status])
        self.list.addWidget(self.fold)
        self.list.addStretch(1)
        self.area = scrolling(body, "Liste des aides")
        self._stack(top)

    def _stack(self, top: QHBoxLayout) -> None:
        asked = row(None, self.theme, spacing=0)
        asked.setContentsMargins(0, 0, self.theme.px(8), 0)
        asked.addWidget(self.question, 1)
        whole = column(self, self.theme, spacing=6)
        whole.setContentsMargins(*(self.theme.px(side) for side in (12, 8, 4, 4)))
        whole.addLayout(top)
        whole.addLayout(asked)
        whole.addWidget(self.area, 1)

    def show_nothing(self, words: str) -> None:
        """Say why there is no answer yet and how to begin."""
        self._forget(set())
        self.refused = []
        self.heading.setText("AIDES")
        self.total.setText("—")
        self.empty.setText(words)
        self.empty.show()
        self.question.hide()
        self.fold.hide()

    def show_answers(self, place: str, answers: AidsForPlace, titles: Mapping[str, str]) -> None:
        """Show the whole catalogue worked out for one place."""
        self.titles = dict(titles)
        self.empty.hide()
        self.heading.setText(f"AIDES · {place}")
        self.total.setText(wording.money(answers.total))
        self._show_question(answers.next_question)
        self._show_limits(answers.limits)
        ranked = sorted(answers.aids, key=_stake, reverse=True)
        by_status = {status: [aid for aid in ranked if aid.status == status] for status in Status}
        near, far = _near_misses(by_status[Status.NOT_ELIGIBLE])
        shown = [*by_status[Status.ELIGIBLE], *by_status[Status.TO_VERIFY], *near]
        self.refused = far
        folded = {aid.id for aid in far} if self.fold.is_open else set()
        self._forget({aid.id for aid in shown} | folded)
        for aid in shown:
            self._row(aid)
        for status in Status:
            self._fill(status, near if status == Status.NOT_ELIGIBLE else by_status[status])
        self._show_fold()

    def open_aid(self, aid: str) -> bool:
        """Open one aid in place and bring it to view; False when it is not in the catalogue."""
        if aid in {answer.id for answer in self.refused}:
            self.fold.set_open(is_open=True)
            self._fill_fold()
        made = self.rows.get(aid)
        if made is None:
            return False
        made.open()
        self.area.ensureWidgetVisible(made)
        made.head.setFocus()
        return True

    def first(self) -> QWidget:
        """Return where F6 arrives."""
        for status in ORDER:
            item = self.sections[status].itemAt(1)
            made = item.widget() if item else None
            if isinstance(made, AidRow):
                return made.head
        return self.area

    def _ask(self) -> None:
        if self.following is not None:
            self.asked.emit(self.following.field)

    def _show_question(self, following: NextQuestion | None) -> None:
        self.following = following
        self.question.setVisible(following is not None)
        if following is not None:
            stake = f" ({euros(following.stake)})" if following.stake else ""
            words = f"Question qui compte{NARROW}: {following.label}{stake}"
            self.question_words.setText(words)
            self.question.setAccessibleName(words)
            self.question.setToolTip("Entrée\u202f: aller au champ")

    def _show_limits(self, limits: Sequence[AidAnswer]) -> None:
        while self.limits.count():
            item = self.limits.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.deleteLater()
        for limit in limits:
            if limit.status != Status.NOT_ELIGIBLE and "profession" not in limit.missing:
                self.limits.addWidget(_limit(self.theme, limit))

    def _row(self, answer: AidAnswer) -> AidRow:
        made = self.rows.get(answer.id)
        if made is None:
            made = self.rows[answer.id] = AidRow(self.theme, answer, self.titles)
            made.opened.connect(self._bring_to_view)
        elif made.answer != answer:
            made.show_answer(answer)
        return made

    def _bring_to_view(self, aid: str) -> None:
        made = self.rows[aid]
        height = self.area.viewport().height()
        QTimer.singleShot(0, made, lambda: self.area.ensureWidgetVisible(made, 0, height // 2))

    def _fill(self, status: Status, answers: Sequence[AidAnswer]) -> None:
        section = self.sections[status]
        if section.count() == 0:
            section.addWidget(label("", "section"))
        item = section.itemAt(0)
        heading = item.widget() if item else None
        if heading is not None:
            words = {
                Status.ELIGIBLE: "ÉLIGIBLE",
                Status.TO_VERIFY: "À VÉRIFIER",
                Status.NOT_ELIGIBLE: "NON, PARCE QUE…",
            }[status]
            count = f" · {len(answers)}" if status != Status.NOT_ELIGIBLE else ""
            heading.setProperty("text", words + count)
            heading.setVisible(bool(answers))
        for at, answer in enumerate(answers, start=1):
            section.insertWidget(at, self.rows[answer.id])

    def _show_fold(self) -> None:
        self.fold.setVisible(bool(self.refused))
        self.fold.rename(f"{counted(len(self.refused), 'autre')}, non applicables")
        if self.fold.is_open:
            self._fill_fold()

    def _fill_fold(self) -> None:
        if self.fold.is_open:
            for at, answer in enumerate(self.refused):
                self.fold.inside.insertWidget(at, self._row(answer))

    def _forget(self, kept: set[str]) -> None:
        for aid in set(self.rows) - kept:
            made = self.rows.pop(aid)
            made.hide()
            made.setParent(None)
            made.deleteLater()
        if not kept:
            for section in self.sections.values():
                item = section.itemAt(0)
                heading = item.widget() if item else None
                if heading is not None:
                    heading.hide()


def _stake(aid: AidAnswer) -> float:
    """Return the most an aid may bring, so that the largest stand first; unpriced ones last."""
    total = aid.amount.total if aid.amount else None
    return total.high if total is not None else -1.0


def _near_misses(refused: Sequence[AidAnswer]) -> tuple[list[AidAnswer], list[AidAnswer]]:
    """Part the refused in those that fail on a single point, the first ones, and the others."""
    near = [aid for aid in refused if _fails(aid) == 1 and len(aid.reasons) > 1][:NEAR_MISSES]
    return near, [aid for aid in refused if aid not in near]


def _fails(aid: AidAnswer) -> int:
    return sum(reason.status == Status.NOT_ELIGIBLE for reason in aid.reasons)


def _limit(theme: Theme, limit: AidAnswer) -> QFrame:
    """Return what a limit says here: that it applies, or what would tell."""
    applies = limit.status == Status.ELIGIBLE
    made = frame("failed" if applies else "ask", limit.title)
    inside = column(made, theme, margin=8, spacing=2)
    verdict = "s’applique ici" if applies else "à vérifier"
    inside.addWidget(label(f"Limite {verdict}{NARROW}: {limit.title}", "strong"))
    open_points = [one.explanation for one in limit.reasons if one.status == Status.TO_VERIFY]
    for words in [limit.counterpart] if applies else open_points[:1]:
        if words:
            inside.addWidget(label(words, "small"))
    return made
