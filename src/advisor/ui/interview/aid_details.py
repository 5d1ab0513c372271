"""An aid opened in place: each condition with its verdict, amounts, counterpart, sources.

Says what an ``AidAnswer`` holds; must not know any service.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from advisor.domain.aids.aid import AidAnswer, AmountComponent, Reason, Status
from advisor.domain.words.wording import euros, number
from advisor.ui import wording
from advisor.ui.pieces.basics import column, label, row, shape
from advisor.ui.theme import Theme

SHAPES = {
    Status.ELIGIBLE: ("status_eligible", "green"),
    Status.TO_VERIFY: ("status_to_verify", "amber"),
    Status.NOT_ELIGIBLE: ("status_not_eligible", "brick"),
}
VERDICTS = {
    Status.ELIGIBLE: "rempli",
    Status.TO_VERIFY: "à vérifier",
    Status.NOT_ELIGIBLE: "non rempli",
}


class AidDetails(QFrame):
    """Everything known of one aid for this person and place; ``titles`` names other aids."""

    def __init__(self, theme: Theme, answer: AidAnswer, titles: Mapping[str, str]) -> None:
        super().__init__()
        self.theme = theme
        self.setProperty("role", "well")
        self.setAccessibleName(f"Détail de {answer.title}")
        self._inside: QVBoxLayout = column(self, theme, margin=10, spacing=4)
        self._conditions(answer)
        self._amounts(answer)
        self._part("CE QUI EST DEMANDÉ EN RETOUR", answer.counterpart)
        self._part("NE SE CUMULE PAS AVEC", _named(answer.exclusive_with, titles))
        for sentence in (*answer.not_settled, *answer.remarks):
            self._inside.addWidget(label(sentence, "amber"))
        self._sources(answer)

    def _conditions(self, answer: AidAnswer) -> None:
        if answer.reasons:
            self._inside.addWidget(label("CONDITIONS", "section"))
        for reason in sorted(answer.reasons, key=_worst_first):
            self._inside.addLayout(self._condition(reason))

    def _condition(self, reason: Reason) -> QVBoxLayout:
        name, colour = SHAPES[reason.status]
        line = row(None, self.theme, spacing=6)
        line.addWidget(shape(name, self.theme, colour, 14), 0, Qt.AlignmentFlag.AlignTop)
        words = label(f"{VERDICTS[reason.status].capitalize()} — {reason.explanation}", "small")
        line.addWidget(words, 1)
        whole = column(None, self.theme, spacing=0)
        whole.addLayout(line)
        if reason.legal_ref:
            ref = label(reason.legal_ref, "muted")
            ref.setContentsMargins(self.theme.px(20), 0, 0, 0)
            whole.addWidget(ref)
        return whole

    def _amounts(self, answer: AidAnswer) -> None:
        amount = answer.amount
        if amount is None:
            self._part("MONTANT", "Montant non chiffré dans les sources.")
            return
        self._inside.addWidget(label("MONTANT", "section"))
        for part in amount.components:
            self._pair(part.label or part.id, _component(part))
        for instalment in amount.schedule:
            self._pair(instalment.when, euros(instalment.amount))
        if amount.total is not None:
            self._pair("Total sur l’engagement", wording.money(amount.total), role="strong")
        if amount.basis:
            self._inside.addWidget(label(amount.basis, "muted"))

    def _pair(self, left: str, right: str, role: str = "small") -> None:
        line = row(None, self.theme, spacing=8)
        line.addWidget(label(wording.capital(left), role), 1)
        figure = label(right, role)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        line.addWidget(figure, 0 if len(right) < 18 else 1)  # noqa: PLR2004  a figure, not a text
        self._inside.addLayout(line)

    def _part(self, heading: str, words: str) -> None:
        if words:
            self._inside.addWidget(label(heading, "section"))
            self._inside.addWidget(label(words, "small"))

    def _sources(self, answer: AidAnswer) -> None:
        dates = [
            f"en vigueur du {wording.day(answer.valid_from)}" if answer.valid_from else "",
            f"jusqu’au {wording.day(answer.valid_to)}" if answer.valid_to else "",
            f"vérifié le {wording.day(answer.verified_on)}" if answer.verified_on else "",
            wording.worded(wording.CONFIDENCE, answer.confidence),
        ]
        lines = [
            f"Payeur\u202f: {answer.payer}" if answer.payer else "",
            "\u202f; ".join(answer.legal_refs),
            f"Source\u202f: {answer.source.told}",
            ", ".join(part for part in dates if part),
        ]
        self._inside.addWidget(label("SOURCE", "section"))
        for line in lines:
            if line:
                self._inside.addWidget(label(wording.capital(line), "muted"))


def _worst_first(reason: Reason) -> int:
    return [Status.NOT_ELIGIBLE, Status.TO_VERIFY, Status.ELIGIBLE].index(reason.status)


def _named(aids: tuple[str, ...], titles: Mapping[str, str]) -> str:
    return "\u202f; ".join(titles.get(aid, aid) for aid in aids)


def _component(part: AmountComponent) -> str:
    if part.value is None:
        return "non chiffré"
    words = wording.money(part.value)
    if part.kind == "yearly":
        words += " par an" + (f" × {number(part.years)} ans" if part.years else "")
    elif part.kind == "monthly":
        words += " par mois" + (f" × {number(part.years)} mois" if part.years else "")
    return words + (f" (plafond {euros(part.ceiling)})" if part.ceiling else "")
