"""What Synchronisation decides: when to sync, what to read again, what a choice becomes.

Knows the services and the view; places no widget. A sync runs in the lane of calls: the window
and the store's lane go on working.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisor.domain.cases.appointment import Changed
from advisor.domain.cases.changes import Changes
from advisor.domain.pack import PackInfo
from advisor.domain.words.wording import short_date
from advisor.errors import AdvisorError
from advisor.services.sync_state import Enrolment, SyncReport
from advisor.ui.desk import Desk
from advisor.ui.jobs import Job
from advisor.ui.pieces.bring_to_view import bring_to_view
from advisor.ui.sync_state.carrying import Carrying
from advisor.ui.sync_state.facts import SyncFacts, read_facts
from advisor.ui.sync_state.view import DECIDE, TIE, WORDS, SyncView


class SyncPresenter(QObject):
    """One sync at a time; each choice is written at once and travels with the next sync."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view: SyncView = SyncView(desk.theme)
        super().__init__(self.view)
        self.job: Job | None = None
        self.carrying = Carrying(desk, self.view.files, self._arrived)
        self._target = ""
        self._listen()

    def _listen(self) -> None:
        view = self.view
        view.state.sync_asked.connect(self.sync)
        view.state.stop_asked.connect(self.stop)
        view.state.enrol_asked.connect(self._go_to_form)
        view.tie.enrol_asked.connect(self.enrol)
        view.pack_asked.connect(self.bring_pack)
        view.decisions.conflict.decided.connect(self.decide)
        view.decisions.held.resent.connect(self.resend)
        view.decisions.held.all_resent.connect(self.resend_all)
        view.decisions.held.set_aside.connect(self.leave_aside)
        view.decisions.twins.merged.connect(self.merge)
        view.decisions.twins.kept_two.connect(self.keep_two)
        for page in (view.decisions.conflict, view.decisions.held):
            page.opened.connect(lambda who: self.desk.news.went.emit("interview", who))
        self.desk.news.changed.connect(self._on_changed)

    # --- the screen ---------------------------------------------------------------------------

    def arrive(self, target: str) -> None:
        """Read how things stand; ``target`` names a part, a decision or an interview."""
        self._target = target
        services = self.desk.services
        self.desk.jobs.store(
            lambda: read_facts(services), self._show, label="Lecture de la synchronisation"
        )

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return self.view.areas()

    def leave(self) -> None:
        """Nothing typed here waits: each choice is written at once."""

    def _show(self, facts: SyncFacts) -> None:
        self.view.show_facts(facts)
        target, self._target = self._target, ""
        if target in WORDS:
            self.view.show_part(target)
        elif target:
            self.view.show_part(DECIDE)
            self.view.decisions.choose(target)
            bring_to_view(self.view.decisions.card)

    def _on_changed(self, _changes: list[Changed]) -> None:
        if self.view.isVisible():
            self.arrive("")

    def _go_to_form(self) -> None:
        self.view.show_part(TIE)
        self.view.tie.address.setFocus()

    # --- the exchange -------------------------------------------------------------------------

    def sync(self) -> None:
        """Exchange with the central store, away from the window."""
        if self.job is not None:
            return
        services = self.desk.services
        self.view.state.show_stage(None)

        def work(tell: Callable[[Any], None], is_stopped: Callable[[], bool]) -> Any:
            mark = services.cases.arrivals.mark()
            report = services.sync.sync(on_stage=tell, cancelled=is_stopped)
            return report, services.cases.arrivals.since(mark)

        self.job = self.desk.jobs.call(
            work, self._synced, self._not_synced, self.view.state.show_stage, "Synchronisation"
        )

    def bring_pack(self) -> None:
        """Fetch and install the reference pack given out, away from the window."""
        if self.job is not None:
            return
        packs = self.desk.services.packs
        self.view.state.show_stage(None)
        self.view.install.setEnabled(False)
        self.job = self.desk.jobs.call(
            packs.bring,
            self._brought,
            self._not_synced,
            self.view.state.show_stage,
            "Référentiel",
        )

    def _brought(self, made: PackInfo) -> None:
        self._end()
        words = f"Le référentiel du {short_date(made.built_at)} est installé."
        self.desk.news.settle(words, "")
        self._arrived(Changes())

    def stop(self) -> None:
        """Ask the exchange to end at its next step."""
        if self.job is not None:
            self.view.state.show_stopping()
            self.job.stop()

    def _synced(self, done: tuple[SyncReport, Changes]) -> None:
        report, changes = done
        self._end()
        self.desk.news.settle(report.sentence, " ".join(report.remarks))
        self._arrived(changes)

    def _not_synced(self, error: AdvisorError) -> None:
        self._end()
        if error.code == "stopped":
            self.desk.news.said.emit("info", error.message, error.hint, None)
        else:
            self.desk.news.refuse(error)
        self._arrived(Changes())

    def _end(self) -> None:
        self.job = None
        self.view.state.show_rest()
        self.view.install.setEnabled(True)

    def _arrived(self, changes: Changes) -> None:
        """Tell every screen what came, and say again how things stand."""
        if changes:
            self.desk.news.announce(changes)
        else:
            self.desk.news.stood.emit()
        if not (changes and self.view.isVisible()):
            self.arrive("")

    def enrol(self, address: str, code: str, authority: Path | None) -> None:
        """Tie this computer to a central store, then exchange for the first time.

        ``authority`` is the certificate to believe when the system knows no other.
        """
        services, form = self.desk.services, self.view.tie
        form.show_waiting()

        def work(_tell: Callable[[Any], None], _is_stopped: Callable[[], bool]) -> Any:
            return services.sync.enrol(address, code, authority)

        def refused(error: AdvisorError) -> None:
            form.refuse(error.message, error.hint)

        self.desk.jobs.call(work, self._enrolled, refused, label="Rattachement")

    def _enrolled(self, tie: Enrolment) -> None:
        self.view.tie.show_done()
        self.desk.news.settle(
            f"Cet ordinateur est rattaché à {tie.central}.", " ".join(tie.remarks)
        )
        self.view.part = ""
        self.sync()
        self.arrive("")

    # --- the choices --------------------------------------------------------------------------

    def decide(self, conflict: str, keep: Any, voice: str) -> None:
        """Write the version kept."""
        self._write(lambda cases: cases.disagreements.resolve(conflict, keep, voice))

    def resend(self, entry: str, values: dict[str, Any]) -> None:
        """Write an entry again, mended, to be sent with the next sync."""
        self._write(lambda cases: cases.disagreements.mend_and_resend(entry, values))

    def resend_all(self, entries: Sequence[str]) -> None:
        """Write several entries again as they were, to be sent with the next sync."""
        self._write(lambda cases: cases.disagreements.resend_all(entries))

    def leave_aside(self, entry: str, aside: bool) -> None:  # noqa: FBT001  Qt's signal
        """Stop asking about an entry, or ask again."""
        self._write(lambda cases: cases.disagreements.leave_aside(entry, aside=aside))

    def merge(self, duplicate: str, into: str) -> None:
        """Make one person of two records."""
        self._write(lambda cases: cases.duplicates.merge(duplicate, into))

    def keep_two(self, pair: str) -> None:
        """Keep that two records are two people."""
        self._write(lambda cases: cases.duplicates.keep_two(pair))

    def _write(self, act: Callable[[Any], object]) -> None:
        cases = self.desk.cases
        self.desk.jobs.store(lambda: act(cases), self._decided, self._refused)

    def _decided(self, touched: object) -> None:
        changes = touched if isinstance(touched, Changes) else Changes()
        self._arrived(changes)

    def _refused(self, error: AdvisorError) -> None:
        self.desk.news.refuse(error)
        self.arrive("")
