"""The project form: the essential fields, then groups that open, for this profession only.

Built from ``profile.FIELDS``; says which fields matter now. Must not know any service.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from advisor.domain.aids.aid import NextQuestion
from advisor.domain.cases.people import Professional
from advisor.domain.cases.profile import FIELDS, Field
from advisor.domain.places.place import Commune
from advisor.domain.words.wording import counted
from advisor.ui.interview.form_rows import FormRow
from advisor.ui.pieces.basics import column, label, lay_out, rule, scrolling
from advisor.ui.pieces.commune_box import Ask, CommuneBox
from advisor.ui.pieces.fields import focus_first
from advisor.ui.pieces.folding import Folding
from advisor.ui.theme import Theme

ESSENTIAL = (
    "profession",
    "status",
    "sector",
    "exercise",
    "days_per_week",
    "first_installation",
    "installation_date",
    "home_commune",
)


CONTACT = "Coordonnées"
CONTACT_FIELDS = (
    ("nom", "Nom"),
    ("prenom", "Prénom"),
    ("telephone", "Téléphone"),
    ("email", "Adresse électronique"),
)


class ProfileForm(QFrame):
    """Emits ``edited(name, value)`` as a field is filled; None when it is emptied."""

    edited = Signal(str, object)
    misread = Signal(str)
    confirmed = Signal(str)

    def __init__(self, theme: Theme, ask: Ask, aids: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Projet de la personne reçue")
        self.theme = theme
        self.rows: dict[str, FormRow] = {}
        self.groups: dict[str, Folding] = {}
        body = QWidget()
        self._inside = column(body, theme, spacing=4)
        self._inside.setContentsMargins(theme.px(12), 0, theme.px(8), theme.px(8))
        for name, field in FIELDS.items():
            if field.kind != "object":
                self.rows[name] = self._made(FormRow(field, theme, ask, aids))
        for name in ESSENTIAL:
            self._inside.addWidget(self.rows[name])
        self.contact = self._contact_fields()
        for name in FIELDS:
            if name in self.rows and name not in ESSENTIAL:
                self._add_to_group(self.rows[name])
        self._inside.addStretch(1)
        self.area: QScrollArea = scrolling(body, "Champs du projet")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frame_it(theme)

    def _frame_it(self, theme: Theme) -> None:
        whole = column(self, theme, spacing=4)
        whole.setContentsMargins(0, theme.px(8), theme.px(2), theme.px(2))
        heading = label("PROJET", "section")
        heading.setContentsMargins(theme.px(12), 0, 0, 0)
        whole.addWidget(heading)
        whole.addWidget(self.area, 1)

    def _contact_fields(self) -> dict[str, FormRow]:
        self.contact_group = Folding(self.theme, CONTACT)
        self._inside.addWidget(rule())
        self._inside.addWidget(self.contact_group)
        rows = {}
        for name, words in CONTACT_FIELDS:
            field = Field(f"booking.{name}", "text", words, f"{words} de la personne reçue")
            rows[name] = self._made(FormRow(field, self.theme, _no_search))
            self.contact_group.inside.addWidget(rows[name])
        return rows

    def show_person(self, person: Professional) -> None:
        """Show how to call the person back; opens by itself while they have no name."""
        for name, made in self.contact.items():
            made.show_value(getattr(person, name) or None)
        if not person.nom:
            self.contact_group.set_open(is_open=True)

    def _made(self, made: FormRow) -> FormRow:
        made.edited.connect(self.edited)
        made.misread.connect(self.misread)
        made.confirmed.connect(self.confirmed)
        return made

    def _add_to_group(self, made: FormRow) -> None:
        group = made.field.group
        if group not in self.groups:
            self.groups[group] = Folding(self.theme, group)
            self._inside.addWidget(rule())
            self._inside.addWidget(self.groups[group])
        self.groups[group].inside.addWidget(made)

    def show_profile(self, profile: Mapping[str, Any]) -> None:
        """Show what is known of the person and hide what does not concern their profession."""
        project = profile.get("project") or {}
        for name, made in self.rows.items():
            inside = name.partition(".")[2]
            made.show_value(project.get(inside) if inside else profile.get(name))
        self.fit_profession(profile.get("profession"))

    def show_contested(self, values: Mapping[str, int]) -> None:
        """Mark the fields in conflict, named with how many values they have."""
        for name, made in self.rows.items():
            made.contest(values.get(name, 0))
        for name, made in self.contact.items():
            made.contest(values.get(f"booking.{name}", 0))
        if any(name.startswith("booking.") for name in values):
            self.contact_group.set_open(is_open=True)

    def show_commune(self, name: str, place: Commune | None) -> None:
        """Show the name of a commune kept by its code."""
        editor = self.rows[name].editor
        if isinstance(editor, CommuneBox):
            editor.show_place(place)

    def fit_profession(self, profession: str | None) -> None:
        """Show only the fields that concern a profession; all of them while it is not known."""
        for made in self.rows.values():
            made.setVisible(_concerns(made.field, profession))
        for group in self.groups.values():
            group.setVisible(any(_concerns(row.field, profession) for row in self._rows_of(group)))

    def show_questions(self, missing: Collection[str], following: NextQuestion | None) -> None:
        """Mark the fields that are missing and matter; write the next question under its own."""
        asked = following.field if following else ""
        for name, made in self.rows.items():
            made.mark(matters=name in missing, question=name == asked)
        for title, group in self.groups.items():
            rows = self._rows_of(group)
            here = sum(row.field.name in missing and row.editor.value() is None for row in rows)
            known = sum(row.editor.value() is not None for row in rows)
            filled = f"{known} rempli{'s' if known > 1 else ''}" if known else ""
            parts = [title, counted(here, "question") if here else filled]
            group.rename(" · ".join(part for part in parts if part))
        self._lay_out()

    def _lay_out(self) -> None:
        """Give each row the height of its words at once: never painted cut first."""
        for made in self.rows.values():
            inside = made.layout()
            if inside is not None and made.isVisible():
                inside.invalidate()
                inside.activate()
        lay_out(self.area)

    def ask_for(self, name: str) -> bool:
        """Put the keyboard on a field, opening its group; False when there is no such field."""
        made = self.rows.get(name)
        if made is None:
            return False
        group = self.groups.get(made.field.group)
        if group is not None and made in self._rows_of(group):
            group.set_open(is_open=True)
        made.show()
        self.area.ensureWidgetVisible(made)
        focus_first(made.holder())
        return True

    def first(self) -> QWidget:
        """Return the first field, where F6 arrives."""
        return self.rows[ESSENTIAL[0]].holder()

    def _rows_of(self, group: Folding) -> list[FormRow]:
        return [row for row in self.rows.values() if row.parent() is group.body]


def _no_search(text: str, then: object) -> None:
    """Names and telephone numbers are not searched."""
    del text, then


def _concerns(field: Field, profession: str | None) -> bool:
    return not field.professions or profession is None or profession in field.professions
