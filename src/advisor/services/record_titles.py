"""Whose record it is, in French: the person, the day, the place; even when it was deleted."""

from collections.abc import Callable
from datetime import date
from typing import Any

from advisor.domain.cases.field_words import EMPTY, kind_words, value_words
from advisor.domain.words.wording import short_date
from advisor.errors import NotFoundError
from advisor.store.decisions import DecisionRecords
from advisor.store.unit_of_work import Reading

COMMUNES = {"home_commune", "main_practice_commune", "wished_commune", "commune"}


class Titles:
    """Finds names on one look at the database; ``name_of`` gives a commune's name."""

    def __init__(self, look: Reading, name_of: Callable[[str], str]) -> None:
        self._records = DecisionRecords(look.connection)
        self._name_of = name_of

    def of(self, entity: str, record_id: str, interview: str | None = None) -> str:
        """Return « Hélène Martin, Melun, 22/11/2026 », or the kind when nothing else is known."""
        if entity == "professional":
            return self._person(record_id) or kind_words(entity).capitalize()
        if entity == "permanence":
            return self._permanence(record_id) or kind_words(entity).capitalize()
        if entity.startswith("territory_"):
            return self._territory(entity, record_id) or kind_words(entity).capitalize()
        about = self._interview(interview or record_id)
        return about or kind_words(entity).capitalize()

    def value(self, entity: str, name: str, value: Any) -> str:
        """Return a value in words, names in place of identifiers."""
        if name in {"professional", "into"} and isinstance(value, str):
            return self._person(value) or EMPTY
        if name == "permanence" and isinstance(value, str):
            return self._permanence(value) or EMPTY
        if name in COMMUNES and isinstance(value, str) and value:
            return self._commune(value)
        return value_words(entity, name, value)

    def _interview(self, interview: str) -> str:
        met = self._records.now("appointment", interview)
        if met is None:
            return ""
        parts = (self._person(met["professional"]), self._permanence(met["permanence"]))
        return ", ".join(part for part in parts if part)

    def _territory(self, entity: str, record_id: str) -> str:
        held = self._records.now(entity, record_id) or {}
        if "diagnostic" in held:
            held = self._records.now("territory_diagnostic", held["diagnostic"]) or {}
        name = held.get("name", "")
        return f"Diagnostic territorial\u202f: {name}" if name else ""

    def _person(self, person: str) -> str:
        held = self._records.now("professional", person) or {}
        return " ".join(part for part in (held.get("prenom"), held.get("nom")) if part)

    def _permanence(self, permanence: str) -> str:
        held = self._records.now("permanence", permanence)
        if held is None:
            return ""
        try:
            day = short_date(date.fromisoformat(held["day"]))
        except ValueError:
            day = held["day"]
        return ", ".join(part for part in (held["place"], day) if part)

    def _commune(self, code: str) -> str:
        try:
            return self._name_of(code)
        except NotFoundError:
            return code
