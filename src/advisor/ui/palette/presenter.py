"""What the palette finds: actions at once, then persons, diagnostics, places, aids, structures.

Knows the services; places no widget.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisor.domain.cases.appointment import Interview
from advisor.domain.cases.bookings import plain
from advisor.domain.places.place import CommuneHit
from advisor.domain.structure import Structure
from advisor.ui import wording
from advisor.ui.desk import Desk
from advisor.ui.palette.view import Found, PaletteView
from advisor.ui.pieces.commune_box import words_of

ACTION = "action"
SHORTEST = 2
MOST_OF_A_KIND = 4


class PalettePresenter(QObject):
    """``actions`` maps French words to what they do; ``places`` is told of a commune chosen."""

    def __init__(
        self, desk: Desk, parent: QWidget, actions: Mapping[str, Callable[[], object]]
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.actions = dict(actions)
        self.view = PaletteView(desk.theme, parent)
        self.view.typed.connect(self._find)
        self.view.chosen.connect(self._go)
        self._text = ""
        self._groups: dict[str, list[Found]] = {}

    def open(self) -> None:
        """Show the palette with the actions."""
        self.view.open_palette()

    def _find(self, text: str) -> None:
        self._text = text
        words = plain(text).split()
        named = [name for name in self.actions if _answers(words, name)]
        self._groups = {ACTION: [Found(ACTION, "arrow", name, ACTION, name) for name in named]}
        self._show()
        if len(text.strip()) < SHORTEST:
            return
        self._look("person", self._people, text)
        self._look("commune", self._communes, text)
        self._look("aid", self._aids, text)
        self._look("structure", self._structures, text)
        self._look("territory", self._territories, text)

    def _look(self, group: str, finder: Callable[[str], list[Found]], text: str) -> None:
        lane = self.desk.jobs.store if group in {"person", "territory"} else self.desk.jobs.read
        lane(lambda: finder(text), lambda found: self._received(group, text, found))

    def _received(self, group: str, text: str, found: list[Found]) -> None:
        if text == self._text:
            self._groups[group] = found
            self._show()

    def _show(self) -> None:
        order = ("person", "territory", "commune", "aid", "structure")
        few = len(self._text.strip()) < SHORTEST
        first = self._groups.get(ACTION, []) if few else self._groups.get(ACTION, [])[:3]
        rest = [one for group in order for one in self._groups.get(group, [])]
        self.view.show_found([*rest, *first] if not few else first)

    def _go(self, found: Found) -> None:
        if found.screen == ACTION:
            self.actions[found.target]()
        else:
            self.desk.news.went.emit(found.screen, found.target)

    def _people(self, text: str) -> list[Found]:
        people = self.desk.cases.interviews.list()
        return [_person(one) for one in reversed(people) if _is_named(one, text)][:MOST_OF_A_KIND]

    def _communes(self, text: str) -> list[Found]:
        hits: Sequence[CommuneHit] = self.desk.services.reference.search(text, limit=MOST_OF_A_KIND)
        return [Found("commune", "pin", words_of(hit), "commune", hit.commune.code) for hit in hits]

    def _aids(self, text: str) -> list[Found]:
        words = plain(text).split()
        aids = self.desk.services.reference.pack.aids()
        named = [aid for aid in aids if _answers(words, f"{aid.title} {aid.id}")]
        return [Found("aide", "document", aid.title, "aid", aid.id) for aid in named][
            :MOST_OF_A_KIND
        ]

    def _territories(self, text: str) -> list[Found]:
        words = plain(text).split()
        kept = [one for one in self.desk.cases.territories.list() if _answers(words, one.name)]
        return [
            Found("diagnostic", "territory", one.name, "territories", one.id)
            for one in kept[:MOST_OF_A_KIND]
        ]

    def _structures(self, text: str) -> list[Found]:
        found: Sequence[Structure] = self.desk.services.reference.structures(text=text)
        return [
            Found("structure", "building", f"{one.name}, {one.commune_name}", "structures", one.id)
            for one in found[:MOST_OF_A_KIND]
        ]


def _answers(words: Sequence[str], name: str) -> bool:
    known = plain(name)
    return all(word in known for word in words)


def _is_named(one: Interview, text: str) -> bool:
    person = one.professional
    return _answers(plain(text).split(), f"{person.prenom} {person.nom} {person.telephone}")


def _person(one: Interview) -> Found:
    parts = (
        one.professional.display_name,
        wording.choice_words("profession", one.professional.profession),
        wording.day(one.permanence.day),
        one.permanence.place,
    )
    words = " · ".join(part for part in parts if part)
    return Found("personne", "person", words, "interview", one.id)
