"""How this computer stands, and the one big button: what waits, the last sync, the progress.

Must not know any service.
"""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar

from advisor.domain.words.wording import NARROW, instant, listed
from advisor.services.sync_state import LastSync, Stage, SyncState
from advisor.services.sync_words import carried_words
from advisor.ui.pieces.basics import button, column, label, relook, row, with_icon
from advisor.ui.sync_state.facts import SyncFacts
from advisor.ui.theme import Theme

LOST_NOTHING = "Rien n’est perdu"
SAFE = f"{LOST_NOTHING}\u202f: tout ce qui est tapé reste sur cet ordinateur."
NEVER = "Jamais synchronisé."
ALONE = (
    "Cet ordinateur n’est rattaché à aucun serveur central\u202f: rien n’en sort. Chaque saisie "
    "est à l’abri dans sa base chiffrée."
)
ROLES = {"conseiller": "conseiller", "lecteur": "lecture seule", "referent": "référent régional"}


class StateCard(QFrame):
    """Emits ``sync_asked``, ``stop_asked`` and ``enrol_asked``."""

    sync_asked = Signal()
    stop_asked = Signal()
    enrol_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setProperty("role", "card")
        self.setAccessibleName("Où en est la synchronisation")
        self.waiting = label("", "title")
        self.last = label("")
        self.hint = label("", "strong")
        self.safe = label(SAFE, "settled")
        self.carried = label("")
        self.tie = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Avancement de la synchronisation")
        self.bar.setTextVisible(False)
        self.stage = label("", "small")
        self.go = with_icon(
            button("Synchroniser &maintenant", self.sync_asked.emit, "primary"),
            "sync",
            theme,
            "accent_text",
        )
        self.enrol = with_icon(
            button("Rattacher cet ordinateur", self.enrol_asked.emit, "primary"),
            "key",
            theme,
            "accent_text",
        )
        self.stop = button("Arrêter", self.stop_asked.emit)
        self._build()
        self.show_rest()

    def _build(self) -> None:
        theme = self.theme
        line: QBoxLayout = row(self, theme, margin=14, spacing=16)
        words = column(None, theme, spacing=4)
        for piece in (self.waiting, self.last, self.hint, self.safe, self.carried, self.tie):
            words.addWidget(piece)
        words.addStretch(1)
        line.addLayout(words, 1)
        side = column(None, theme, spacing=6)
        for made in (self.go, self.enrol):
            made.setProperty("big", "true")
            side.addWidget(made)
        self.bar.setMinimumWidth(theme.px(240))
        side.addWidget(self.bar)
        side.addWidget(self.stage)
        side.addWidget(self.stop)
        side.addStretch(1)
        line.addLayout(side)
        if theme.scale > 1.4:  # noqa: PLR2004  one column when the text is that large
            line.setDirection(QBoxLayout.Direction.TopToBottom)

    def show_facts(self, facts: SyncFacts) -> None:
        """Say how things stand."""
        state = facts.state
        self.waiting.setText(facts.waiting)
        self.tie.setText(_tie_words(state))
        carried = " ".join(carried_words(state.carried))
        self.carried.setText(carried)
        self.carried.setVisible(bool(carried))
        is_tied = state.enrolment is not None
        self._show_last(state.last_sync, state.last_success, is_tied=is_tied)
        self.go.setVisible(is_tied)
        self.enrol.setVisible(not is_tied)

    def show_stage(self, stage: Stage | None) -> None:
        """Show that a sync is under way, and what it is doing."""
        self.go.setEnabled(False)
        self.stage.setText(f"{stage.sentence}…" if stage else "Appel du serveur central…")
        total = stage.total if stage else 0
        self.bar.setRange(0, total)
        if stage and total:
            self.bar.setValue(min(stage.done, total))
        for piece in (self.bar, self.stage, self.stop):
            piece.show()
        self.stop.setEnabled(True)

    def show_stopping(self) -> None:
        """Say that the sync ends at its next step."""
        self.stop.setEnabled(False)
        self.stage.setText("Arrêt à la fin de l’étape…")

    def show_rest(self) -> None:
        """Show that nothing is under way."""
        for piece in (self.bar, self.stage, self.stop):
            piece.hide()
        self.go.setEnabled(True)

    def first(self) -> QFrame | object:
        """Return the button that matters now."""
        return self.enrol if self.go.isHidden() else self.go

    def _show_last(self, last: LastSync | None, success: datetime | None, *, is_tied: bool) -> None:
        failed = last is not None and not last.ok
        relook(self, role="failed" if failed and is_tied else "card")
        hint = last.hint if last is not None and failed and is_tied else ""
        self.safe.setVisible(failed and is_tied and LOST_NOTHING not in hint)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        if not is_tied:
            self.last.setText(ALONE)
        elif last is None:
            self.last.setText(NEVER)
        else:
            self.last.setText(_told(last, success))


def _told(last: LastSync, success: datetime | None) -> str:
    when = instant(last.at.astimezone())
    if last.ok:
        return f"Dernière synchronisation le {when}, réussie{NARROW}: {_first_small(last)}"
    before = f" La dernière réussie est du {instant(success.astimezone())}." if success else ""
    return f"Essai du {when} sans succès{NARROW}: {_first_small(last)}{before}"


def _first_small(last: LastSync) -> str:
    remarks = last.report.remarks if last.report else ()
    return " ".join((last.sentence[:1].lower() + last.sentence[1:], *remarks))


def _tie_words(state: SyncState) -> str:
    tie = state.enrolment
    if tie is None:
        return ""
    places = "départements" if len(tie.departements) > 1 else "département"
    role = ROLES.get(tie.role, tie.role)
    return (
        f"Serveur central{NARROW}: {tie.central} · {tie.organisation}, {role}, "
        f"{places} {listed(tie.departements)}"
    )
