"""The card of the place chosen on the map: classes with their act, people, supply, structures.

Must not know any service.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisor.domain.maps.layers import MapMark, MarkKind
from advisor.domain.structure import Structure
from advisor.domain.words.wording import NARROW, counted, number, short_date
from advisor.domain.zones.classes import PROFESSION_NAMES
from advisor.domain.zones.zoning import ZoneEntry
from advisor.services.map_card import PlaceCard
from advisor.ui import wording
from advisor.ui.pieces.basics import button, clear, column, label
from advisor.ui.pieces.zone_badge import ZoneBadge
from advisor.ui.theme import Theme

MOST_STRUCTURES = 8
MOST_MARKS = 8
PREPARE = "Préparer un entretien avec ce lieu"


class MapCard(QWidget):
    """Emits ``prepare(code)``: an interview is to be prepared with this place."""

    prepare = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.code = ""
        self.whose = ""
        self.setAccessibleName("Fiche de la commune")
        self._inside: QVBoxLayout = column(self, theme, margin=10, spacing=4)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what will be here."""
        self.code = ""
        clear(self._inside)
        self._say(
            "La fiche du lieu choisi s’affiche ici\u202f: cliquez une commune, ou parcourez la "
            "liste avec les flèches.",
            "muted",
        )
        self._inside.addStretch(1)

    def show_card(self, card: PlaceCard, marks: Sequence[MapMark] = ()) -> None:
        """Say everything that is known of a place, and the ``marks`` of the map that lead here."""
        clear(self._inside)
        place = card.place
        self.code = place.code
        self._say(f"{place.name} ({place.departement})", "title")
        people = "population non connue"
        if place.population is not None:
            people = f"{number(place.population)} habitants ({place.population_year})"
        self._say(" · ".join(one for one in (people, place.density_class.lower()) if one), "small")
        self._say(place.epci_name, "muted")
        self._marks(marks)
        self._zone(card)
        self._inside.addWidget(
            button(
                f"Ajouter à l’entretien de {self.whose}" if self.whose else PREPARE,
                lambda: self.prepare.emit(self.code),
                "primary",
                name=f"Ajouter {place.name} à l’entretien de {self.whose}"
                if self.whose
                else f"Préparer un entretien avec {place.name}",
            )
        )
        self._say("OFFRE ET STRUCTURES", "section")
        self._say(card.supply or "Offre\u202f: non disponible dans ce référentiel.", "small")
        self._structures(card.structures)
        self._say(_quarters(card.quarters), "small")
        self._others(card)
        self._inside.addStretch(1)

    def _zone(self, card: PlaceCard) -> None:
        entry = card.zones.class_for(card.profession)
        names = PROFESSION_NAMES.get(card.profession, card.profession)
        self._say(f"ZONE DES {names.upper()} AU {short_date(card.zones.day)}", "section")
        badge = ZoneBadge(
            self.theme, entry.zone_class if entry else "", entry.label if entry else "non connue"
        )
        self._inside.addWidget(badge)
        if entry is None:
            self._say(card.zones.why_unknown(card.profession) or "Classe non connue.", "caution")
        else:
            self._say(entry.label, "small")
            self._say(_act(entry), "muted")
        for part in card.zones.zones:
            if part.profession == card.profession and part.partial:
                self._say(f"Pour {part.territory}{NARROW}: {part.label}", "small")

    def _marks(self, marks: Sequence[MapMark]) -> None:
        marks = [one for one in marks if one.kind is not MarkKind.QPV]  # said below, by name
        if marks:
            self._say("SUR LA CARTE", "section")
        for mark in marks[:MOST_MARKS]:
            self._say(
                f"– {mark.label} · {mark.words}" if mark.words else f"– {mark.label}", "small"
            )
        if len(marks) > MOST_MARKS:
            self._say(f"– et {len(marks) - MOST_MARKS} autres", "small")

    def _structures(self, structures: tuple[Structure, ...]) -> None:
        if not structures:
            self._say("Aucune structure connue dans cette commune.", "small")
            return
        self._say(f"{counted(len(structures), 'structure')}{NARROW}:", "small")
        for one in structures[:MOST_STRUCTURES]:
            kind = wording.worded(wording.STRUCTURE_KIND, one.kind)
            self._say(f"– {one.name} ({kind})", "small")
        more = len(structures) - MOST_STRUCTURES
        if more > 0:
            self._say(f"– et {more} autres, sur l’écran Structures", "small")

    def _others(self, card: PlaceCard) -> None:
        others = [
            entry
            for entry in card.zones.zones
            if entry.profession != card.profession and not entry.partial
        ]
        if not others:
            return
        self._say("AUTRES CLASSES DE CETTE COMMUNE", "section")
        for entry in others:
            self._say(f"{_whose(entry)}{NARROW}: {entry.label}", "small")

    def _say(self, words: str, role: str) -> None:
        if words:
            self._inside.addWidget(label(words, role, selectable=True))


def _act(entry: ZoneEntry) -> str:
    since = f" · depuis le {short_date(entry.valid_from)}" if entry.valid_from else ""
    until = f" · jusqu’au {short_date(entry.valid_to)}" if entry.valid_to else ""
    return f"{entry.legal_act}{since}{until} · {entry.source.told}"


def _whose(entry: ZoneEntry) -> str:
    if entry.scheme:
        return entry.scheme.upper()
    return wording.capital(PROFESSION_NAMES.get(entry.profession, entry.profession))


def _quarters(names: tuple[str, ...] | None) -> str:
    if names is None:
        return "Quartiers prioritaires\u202f: non disponibles dans ce référentiel."
    if not names:
        return "Aucun quartier prioritaire (QPV)."
    return f"Quartiers prioritaires (QPV){NARROW}: {', '.join(names)}."
