"""What the registry's page decides: search as typed, filter, open a card.

Knows the reference and the view; places no widget.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisor.domain.structure import Structure
from advisor.ui.desk import Desk
from advisor.ui.structures.programmes import programme_words
from advisor.ui.structures.view import StructuresView, Wanted

MOST_LISTED = 300


class StructuresPresenter(QObject):
    """The pack's registry."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view: StructuresView = StructuresView(desk.theme)
        super().__init__(self.view)
        self.found: dict[str, Structure] = {}
        self._wanted = Wanted()
        self._target = ""
        self._has_filters = False
        self.view.wanted.connect(self.look)
        self.view.chosen.connect(self._show)

    def arrive(self, target: str) -> None:
        """Show the registry, and one structure when it is named."""
        self._target = target
        if target:
            self._wanted = Wanted()
        self.look(self._wanted)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return self.view.areas()

    def leave(self) -> None:
        """Nothing is kept from here."""

    def look(self, wanted: Wanted) -> None:
        """Find what answers the filters."""
        self._wanted = wanted
        reference = self.desk.services.reference
        self.desk.jobs.read(
            lambda: reference.structures(
                departement=wanted.departement, text=wanted.text or None, kind=wanted.kind
            ),
            lambda found: self._received(wanted, found),
            label="Recherche de structures",
        )

    def _received(self, wanted: Wanted, found: Sequence[Structure]) -> None:
        if wanted != self._wanted:
            return
        if not self._has_filters:
            self._offer_filters(found)
        kept = [one for one in found if wanted.programme in {None, one.programme}]
        listed = kept[:MOST_LISTED]
        named = next((one for one in kept if one.id == self._target), None)
        if named is not None and named not in listed:
            listed = [named, *listed]
        self.found = {one.id: one for one in listed}
        self.view.show_found(listed, len(kept))
        if self._target:
            self.view.choose(self._target)
            self._target = ""

    def _offer_filters(self, everything: Sequence[Structure]) -> None:
        self._has_filters = True
        codes = sorted({one.departement for one in everything})
        programmes = sorted({one.programme for one in everything})
        self.view.offer_filters(
            [(code, f"Département {code}") for code in codes],
            [(code, programme_words(code)) for code in programmes],
        )

    def _show(self, structure: str) -> None:
        one = self.found.get(structure)
        if one is not None:
            self.view.card.show_structure(one)
