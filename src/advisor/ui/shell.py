"""The frame around the screens: rail, page, status line, palette, and the keys that always work.

Knows the list of screens; must not know what they hold.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from advisor.domain.cases.appointment import Changed
from advisor.ui.desk import Desk, Offer, Screen
from advisor.ui.foot import Foot, read_foot
from advisor.ui.palette.presenter import PalettePresenter
from advisor.ui.pieces.basics import column, row
from advisor.ui.pieces.bring_to_view import bring_to_view
from advisor.ui.rail import Rail
from advisor.ui.screens import SCREENS
from advisor.ui.status_line import StatusLine

if TYPE_CHECKING:
    from advisor.ui.interview.presenter import InterviewPresenter

KEYS_HELP = (
    "Alt + lettre soulignée ou Ctrl+1 à 8 écrans · F6 zone suivante · F2 notes · F3 lieux · "
    "F4 projet · Ctrl+P fiche · Ctrl+Z annuler · Ctrl+L verrouiller · Ctrl + et Ctrl − taille du "
    "texte"
)
FORM, PLACES, _AIDS, NOTES = range(4)


class Shell(QWidget):
    """Emits ``display_asked`` and ``lock_asked``; everything else happens inside."""

    display_asked = Signal()
    lock_asked = Signal()

    def __init__(self, desk: Desk, actions: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setAccessibleName("Conseil à l’installation")
        self.desk = desk
        self.screens: dict[str, Screen] = {}
        self.present = ""
        self._is_arriving = False
        self.rail = Rail(desk.theme, [(one.key, one.words, one.picture) for one in SCREENS])
        self.stack = QStackedWidget()
        self.stack.setObjectName("screens")
        self.stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.status = StatusLine(desk.theme)
        self._build()
        self.palette_of = PalettePresenter(desk, self, {**self._own_actions(), **actions})
        self._listen()
        self._set_keys()

    def _build(self) -> None:
        right = column(None, self.desk.theme, spacing=0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        whole = row(self, self.desk.theme, spacing=0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)

    @property
    def interview(self) -> "InterviewPresenter":
        """Return the interview's presenter."""
        return cast("InterviewPresenter", self.screen_of("interview"))

    def screen_of(self, key: str) -> Screen:
        """Return a screen, made the first time it is asked for."""
        if key not in self.screens:
            entry = next(one for one in SCREENS if one.key == key)
            self.screens[key] = entry.build(self.desk)
            self.stack.addWidget(self.screens[key].view)
        return self.screens[key]

    def go(self, key: str, target: str = "") -> None:
        """Show a screen, and in it what ``target`` names."""
        if key in {"commune", "aid"}:
            self._go_to_interview(key, target)
            return
        if self.present and self.present != key:
            self.screens[self.present].leave()
        self.present = key
        self.stack.setCurrentWidget(self.screen_of(key).view)
        self.rail.show_screen(key)
        self.screens[key].arrive(target)
        self._is_arriving = True
        self.refresh_foot()

    @property
    def is_unsaved(self) -> bool:
        """Tell whether something typed is not on disk yet."""
        savings = (getattr(screen, "saving", None) for screen in self.screens.values())
        return any(one is not None and not one.is_idle for one in savings)

    def leave(self) -> None:
        """Put on disk what was just typed, everywhere."""
        for screen in self.screens.values():
            screen.leave()

    def _go_to_interview(self, kind: str, target: str) -> None:
        interview, is_open = self.interview, self.interview.whole is not None
        if kind == "commune" and not is_open and self.present != "map":
            self.go("map", target)  # nobody is received: its card on the map says what is known
            return
        self.go("interview")
        if kind == "commune":
            reference = self.desk.services.reference
            take = interview.add_place if is_open else interview.expect
            self.desk.jobs.read(lambda: reference.commune(target), take)
        elif is_open:
            interview.view.aids.open_aid(target)
        else:
            self.desk.news.said.emit("ask", "Choisissez d’abord qui vous recevez.", "", None)

    def _settle_focus(self) -> None:
        """Once a screen has read what it shows, put the keyboard on its first area."""
        if not self._is_arriving or self.desk.jobs.busy or self.palette_of.view.isVisible():
            return
        self._is_arriving = False
        areas = self.screens[self.present].areas()
        if areas:
            areas[0].setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, lambda: bring_to_view(areas[0]))

    def _listen(self) -> None:
        news, jobs = self.desk.news, self.desk.jobs
        self.rail.went.connect(self.go)
        self.rail.search.connect(self.palette_of.open)
        self.rail.display.connect(self.display_asked)
        self.rail.lock.connect(self.lock_asked)
        news.went.connect(self.go)
        news.said.connect(self._say)
        news.changed.connect(self._on_changed)
        news.stood.connect(self.refresh_foot)
        jobs.refused.connect(self._say_refused)
        jobs.broken.connect(self.status.report)
        jobs.slow.connect(self.status.wait_for)
        jobs.settled.connect(self.status.settle)
        jobs.settled.connect(self._on_settled)

    def _say_refused(self, text: str, hint: str) -> None:
        self.status.say("failed", text, hint)

    def _on_settled(self, _job: object) -> None:
        QTimer.singleShot(0, self, self._settle_focus)

    def _say(self, state: str, text: str, hint: str, offer: Offer | None) -> None:
        self.status.say(state, text, hint, offer)

    def _on_changed(self, _changes: list[Changed]) -> None:
        self.refresh_foot()

    def refresh_foot(self) -> None:
        """Say again what waits to be sent and how old the pack is."""
        services, today = self.desk.services, self.desk.today
        self.desk.jobs.store(lambda: read_foot(services, today), self._show_foot)

    def _show_foot(self, foot: Foot) -> None:
        self.rail.show_state(foot.words, foot.short)
        if foot.is_locked and self.present != "sync":
            self.go("sync")

    def _own_actions(self) -> dict[str, Callable[[], object]]:
        going: dict[str, Callable[[], object]] = {
            f"Aller à {entry.words.replace('&', '')}": partial(self.go, entry.key)
            for entry in SCREENS
        }
        return {
            "Imprimer la fiche de l’entretien": self._with_interview("print_sheet"),
            "Nouvelle note": self._with_interview("begin_note"),
            "Annuler la dernière saisie": self._with_interview("undo"),
            "Commencer un diagnostic territorial": partial(self.go, "territories", "nouveau"),
            "Importer un tableau d’indicateurs": partial(self.go, "territories", "importer"),
            **going,
        }

    def _set_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self.palette_of.open,
            "F6": partial(self._turn, 1),
            "Shift+F6": partial(self._turn, -1),
            "F1": partial(self.status.say, "info", KEYS_HELP),
            "Ctrl+L": self.lock_asked.emit,
            "F2": partial(self._to, NOTES),
            "F3": partial(self._to, PLACES),
            "F4": partial(self._to, FORM),
            "Ctrl+P": self._here("print_sheet"),
            "Ctrl+Z": self._here("undo"),
            "Ctrl+Shift+N": self._with_interview("begin_note"),
        }
        for at, entry in enumerate(SCREENS, start=1):
            keys[f"Ctrl+{at}"] = partial(self.go, entry.key)
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _with_interview(self, verb: str) -> Callable[[], None]:
        """Return what does ``verb`` when an interview is on screen, and nothing elsewhere."""

        def act() -> None:
            if self.present == "interview":
                getattr(self.interview, verb)()

        return act

    def _here(self, verb: str) -> Callable[[], None]:
        """Return what does ``verb`` on the screen shown, and nothing where it has no sense."""

        def act() -> None:
            done = getattr(self.screens.get(self.present), verb, None)
            if done is not None:
                done()

        return act

    def _to(self, area: int) -> None:
        if self.present != "interview":
            return
        areas = self.screens[self.present].areas()
        if area < len(areas):
            self._is_arriving = False  # whoever moves the keyboard is never moved again
            areas[area].setFocus()
            bring_to_view(areas[area])

    def _turn(self, by: int) -> None:
        areas = [*self.screens[self.present].areas(), self.rail.buttons[self.present]]
        focus = QApplication.focusWidget()
        at = next((n for n, area in enumerate(areas) if _holds(area, focus)), -1 if by > 0 else 0)
        following = areas[(at + by) % len(areas)]
        self._is_arriving = False
        following.setFocus(Qt.FocusReason.TabFocusReason)
        bring_to_view(following)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Keep the palette in the middle."""
        super().resizeEvent(event)
        self.palette_of.view.place_itself()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Let the window be as small as a small screen."""
        return QSize(640, 400)


def _holds(area: QWidget, focus: QWidget | None) -> bool:
    if focus is None:
        return False
    panel = area.parentWidget()
    return area is focus or area.isAncestorOf(focus) or (panel is not None and panel is focus)
