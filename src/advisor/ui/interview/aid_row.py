"""One aid in the live list: shape, title, amount, and why; it opens in place.

Must not know any service.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from advisor.domain.aids.aid import AidAnswer, Status
from advisor.domain.cases.profile import label_of
from advisor.domain.words.wording import NARROW
from advisor.ui import wording
from advisor.ui.icons import picture
from advisor.ui.interview.aid_details import SHAPES, AidDetails
from advisor.ui.pieces.basics import column, label, relook, row
from advisor.ui.pieces.pressable import Pressable
from advisor.ui.theme import Theme

ROLES = {Status.ELIGIBLE: "green", Status.TO_VERIFY: "amber", Status.NOT_ELIGIBLE: "muted"}
MOST_NAMED = 3


class AidRow(QFrame):
    """A row that opens; ``opened`` carries the aid's id when it does."""

    opened = Signal(str)

    def __init__(self, theme: Theme, answer: AidAnswer, titles: Mapping[str, str]) -> None:
        super().__init__()
        self.theme = theme
        self.titles = titles
        self.details: AidDetails | None = None
        self.head = Pressable(answer.title)
        self.shape = label()
        self.title = label(role="")
        self.amount = label(role="amount", wraps=False)
        self.why = label()
        self._lay_out()
        self.head.clicked.connect(lambda _checked: self.turn())
        self.answer = answer
        self.show_answer(answer)

    def _lay_out(self) -> None:
        line = row(self.head, self.theme, spacing=6)
        edge = self.theme.px(6)
        line.setContentsMargins(edge, self.theme.px(4), edge, self.theme.px(4))
        line.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop)
        words = column(None, self.theme, spacing=0)
        words.addWidget(self.title)
        words.addWidget(self.why)
        line.addLayout(words, 1)
        line.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignTop)
        self.whole = column(self, self.theme, spacing=2)
        self.whole.addWidget(self.head)
        self.head.let_through()

    def show_answer(self, answer: AidAnswer) -> None:
        """Say the answer; what is open stays open, with its new words."""
        self.answer = answer
        name, colour = SHAPES[answer.status]
        if answer.status == Status.NOT_ELIGIBLE:
            colour = "muted"
        self.shape.setPixmap(picture(name, self.theme.colour(colour), self.theme.px(16)))
        self.title.setText(answer.title)
        refused = answer.status == Status.NOT_ELIGIBLE
        self.amount.setText("" if refused else short_amount(answer))
        is_priced = answer.amount is not None and answer.amount.total is not None
        relook(self.amount, role="amount" if is_priced else "unpriced")
        relook(self.why, role=ROLES[answer.status])
        self.why.setText(why(answer))
        words = wording.worded(wording.AID_STATUS, answer.status)
        spoken = (answer.title, words, self.amount.text(), why(answer))
        self.head.setAccessibleName(", ".join(part for part in spoken if part))
        self.head.updateGeometry()
        if self.details is not None:
            self._put_details()

    def turn(self) -> None:
        """Open the aid in place, or close it."""
        if self.details is None:
            self._put_details()
            self.opened.emit(self.answer.id)
        else:
            self._drop_details()

    def open(self) -> None:
        """Open the aid in place if it is not."""
        if self.details is None:
            self.turn()

    def _put_details(self) -> None:
        self._drop_details()
        self.details = AidDetails(self.theme, self.answer, self.titles)
        self.whole.addWidget(self.details)

    def _drop_details(self) -> None:
        if self.details is not None:
            self.whole.removeWidget(self.details)
            self.details.hide()
            self.details.deleteLater()
            self.details = None


def short_amount(answer: AidAnswer) -> str:
    """Return the total in few signs, « — » said as « non chiffré » when none is known."""
    total = answer.amount.total if answer.amount else None
    return wording.money(total) if total is not None else "non chiffré"


def why(answer: AidAnswer) -> str:
    """Return the status in words, and what decides it."""
    if answer.status == Status.ELIGIBLE:
        return "éligible"
    if answer.status == Status.TO_VERIFY:
        names = [label_of(name).lower() for name in answer.missing[:MOST_NAMED]]
        more = len(answer.missing) - MOST_NAMED
        asked = ", ".join(names) + (f" et {more} de plus" if more > 0 else "")
        if asked:
            return f"à vérifier{NARROW}: {asked}{NARROW}?"
        return "à vérifier" + _first(answer, Status.TO_VERIFY)
    return "non" + _first(answer, Status.NOT_ELIGIBLE)


def _first(answer: AidAnswer, status: Status) -> str:
    for reason in answer.reasons:
        if reason.status == status:
            return f"{NARROW}: {reason.explanation}"
    return ""
