"""What follows the interview: orientations, reminder, outcome, satisfaction, all in one bar.

Must not know any service.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from advisor.domain.cases.appointment import Interview, Outcome, OutcomeKind, Referral
from advisor.domain.cases.people import Partner
from advisor.domain.places.place import Commune
from advisor.ui import wording
from advisor.ui.pieces.basics import column, frame, label, row
from advisor.ui.pieces.commune_box import Ask, CommuneBox
from advisor.ui.pieces.fields import Choice, Line, day_line
from advisor.ui.pieces.flow import Flow
from advisor.ui.theme import Theme

HOW = (
    ("creation", "création"),
    ("reprise", "reprise"),
    ("association", "association"),
    ("collaboration", "collaboration"),
    ("salariat", "salariat"),
)


class FollowBar(QFrame):
    """Emits ``referred(Partner)``, ``referral_set(id, status)``, ``recall_set(day or None)``,
    ``outcome_set(Outcome)`` and ``satisfaction_set(1..5)``."""  # noqa: D209, D205

    referred = Signal(object)
    referral_set = Signal(str, str)
    recall_set = Signal(object)
    outcome_set = Signal(object)
    satisfaction_set = Signal(int)

    def __init__(self, theme: Theme, ask: Ask) -> None:
        super().__init__()
        self.setAccessibleName("Suites de l’entretien")
        self.theme = theme
        self.chips: list[QFrame] = []
        self.holders: dict[str, QFrame] = {}
        self.partners = Choice("Orienter vers un partenaire", (), "+ orienter vers…")
        self.partners.setMinimumWidth(theme.px(150))
        self.partners.edited.connect(self._refer)
        self.recall = day_line("Date de relance")
        self.recall.edited.connect(self.recall_set)
        self.outcome = Choice("Issue", tuple(wording.OUTCOME.items()), "pas encore connue")
        self.satisfaction = Choice(
            "Satisfaction", tuple(wording.SATISFACTION.items()), "à demander"
        )
        self.satisfaction.edited.connect(self._rate)
        self.when = day_line("Date de l’issue")
        self.where = CommuneBox("Commune d’installation", theme, ask)
        self.how = Choice("Forme d’installation", HOW, "comment\u202f?")
        self.why = Line("Raison de l’abandon ou de l’absence de suite")
        self.why.setPlaceholderText("pourquoi\u202f?")
        for piece in (self.outcome, self.when, self.where, self.how, self.why):
            piece.edited.connect(lambda _value: self._tell_outcome())
        self._known: list[Partner] = []
        self._build()

    def _build(self) -> None:
        theme = self.theme
        self.line = Flow(gap=theme.px(8))
        self.heading = label("SUITES", "section", wraps=False)
        self.fixed: list[QWidget] = [self.partners]
        for words, piece, width in (
            ("RELANCE", self.recall, 108),
            ("ISSUE", self.outcome, 158),
            ("le", self.when, 108),
            ("à", self.where, 190),
            ("", self.how, 140),
            ("", self.why, 240),
            ("SATISFACTION", self.satisfaction, 158),
        ):
            holder = _named(theme, words, piece, width)
            self.fixed.append(holder)
            self.holders[piece.accessibleName()] = holder
        column(self, theme, spacing=4).addLayout(self.line)
        self._show_referrals(())
        self._fit_outcome()

    def show_interview(self, whole: Interview, place: Commune | None) -> None:
        """Show what was decided; ``place`` is the commune of the outcome."""
        self._show_referrals(whole.referrals)
        if not self.recall.hasFocus():
            self.recall.show_value(whole.recall_on)
        self.satisfaction.show_value(whole.satisfaction)
        outcome = whole.outcome
        self.outcome.show_value(outcome.kind.value if outcome else None)
        self.when.show_value(outcome.day if outcome else None)
        self.where.show_place(place)
        self.how.show_value(outcome.how if outcome else None)
        self.why.show_value(outcome.why or None if outcome else None)
        self._fit_outcome()

    def offer_partners(self, partners: Sequence[Partner]) -> None:
        """Offer the functional contacts that serve this département and profession."""
        self._known = list(partners)
        self.partners.clear()
        self.partners.addItem("+ orienter vers…", None)
        for partner in self._known:
            words = f"{partner.name} · {partner.role}" if partner.role else partner.name
            self.partners.addItem(words, partner.id)
        self.partners.view().setMinimumWidth(self.theme.px(420))

    def first(self) -> QWidget:
        """Return where F6 arrives."""
        return self.partners

    def _show_referrals(self, referrals: Sequence[Referral]) -> None:
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        while self.line.count():
            self.line.takeAt(0)
        self.chips = [self._chip(referral) for referral in referrals]
        for piece in (self.heading, *self.chips, *self.fixed):
            self.line.addWidget(piece)

    def _chip(self, referral: Referral) -> QFrame:
        made = frame("well", f"Orientation vers {referral.partner_name}")
        inside: QHBoxLayout = row(made, self.theme, spacing=6)
        inside.setContentsMargins(self.theme.px(8), 2, 2, 2)
        inside.addWidget(label(referral.partner_name, "small", wraps=False))
        status = Choice(
            f"État de l’orientation vers {referral.partner_name}",
            tuple(wording.REFERRAL_STATUS.items()),
            None,
        )
        status.setMinimumWidth(self.theme.px(130))
        status.show_value(referral.status.value)
        status.edited.connect(lambda value: self.referral_set.emit(referral.id, value))
        inside.addWidget(status)
        return made

    def _refer(self, partner_id: str | None) -> None:
        for partner in self._known:
            if partner.id == partner_id:
                self.referred.emit(partner)
        self.partners.show_value(None)

    def _rate(self, score: int | None) -> None:
        if score is not None:
            self.satisfaction_set.emit(score)

    def _tell_outcome(self) -> None:
        self._fit_outcome()
        kind = self.outcome.value()
        if kind is None:
            return
        installed = kind == OutcomeKind.INSTALLED
        day: date | None = self.when.value()
        self.outcome_set.emit(
            Outcome(
                OutcomeKind(kind),
                day,
                (self.where.value() or "") if installed else "",
                (self.how.value() or "") if installed else "",
                "" if installed else (self.why.value() or ""),
            )
        )

    def _fit_outcome(self) -> None:
        kind = self.outcome.value()
        installed = kind == OutcomeKind.INSTALLED
        given_up = kind in {OutcomeKind.ABANDONED, OutcomeKind.NO_FOLLOW_UP}
        for piece, is_asked in (
            (self.when, kind is not None),
            (self.where, installed),
            (self.how, installed),
            (self.why, given_up),
        ):
            self.holders[piece.accessibleName()].setVisible(is_asked)


def _named(theme: Theme, words: str, piece: QWidget, width: int) -> QFrame:
    made = QFrame()
    inside = row(made, theme, spacing=6)
    if words:
        inside.addWidget(label(words, "section", wraps=False))
    piece.setFixedWidth(theme.px(width))
    inside.addWidget(piece)
    return made
