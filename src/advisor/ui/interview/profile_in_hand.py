"""The profile as it stands on the screen: what is on disk, with what was just typed over it.

Must not know any widget nor any service.
"""

from datetime import date
from typing import Any

from advisor.domain.cases.appointment import Interview

ABOUT_PERSON = "booking."


class ProfileInHand:
    """``values`` holds the profile's known fields; ``project`` is one field made of several."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def take(self, whole: Interview) -> None:
        """Take the interview's profile, with the profession of the person received."""
        profession = whole.professional.profession or None
        self.values = {"profession": profession, **whole.profile}

    def edit(self, name: str, value: Any) -> dict[str, Any]:
        """Keep one field; returns the fields to put on disk."""
        if name.startswith(ABOUT_PERSON) or name == "recall_on":
            return {name: value}
        kept = value.isoformat() if isinstance(value, date) else value
        whole, _, part = name.partition(".")
        if part:
            project = {**(self.values.get(whole) or {}), part: kept}
            kept = {key: held for key, held in project.items() if held is not None} or None
        self.values[whole] = kept
        fields = {whole: kept}
        if whole == "profession":
            fields[f"{ABOUT_PERSON}profession"] = kept or ""
        return fields
