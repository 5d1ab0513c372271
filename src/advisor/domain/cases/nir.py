"""Recognises what looks like a French social security number (NIR) in free text.

True on paper. The product has no field for patient data; a text like this is flagged, never
refused. Shape: sex, year, month, département, commune, order (13 characters), then a key of two
digits equal to 97 minus the number modulo 97; Corsica writes 2A as 19 and 2B as 18 in the sum.
"""

import re

NIR_WARNING = (
    "Ce texte contient ce qui ressemble à un numéro de sécurité sociale\u202f: "
    "aucune donnée de patient ne doit être saisie ici."
)

_SEPARATED = r"[\s.\-]*"
_SHAPE = re.compile(
    r"(?<!\d)"
    + _SEPARATED.join(
        (
            r"([1-478])",
            r"(\d\s?\d)",
            r"(0[1-9]|1[0-2]|[2-9]\d)",
            r"(\d\s?\d|2\s?[ABab])",
            r"(\d\s?\d\s?\d)",
            r"(\d\s?\d\s?\d)",
        )
    )
    + rf"(?:{_SEPARATED}(\d\s?\d))?(?!\d)"
)


def looks_like_nir(text: str) -> bool:
    """Tell whether ``text`` holds a NIR: 13 characters of its shape, or 15 with the right key."""
    return any(_plausible(found) for found in _SHAPE.finditer(text))


def _plausible(found: re.Match[str]) -> bool:
    parts = [re.sub(r"\s", "", part or "") for part in found.groups()]
    body, key = "".join(parts[:6]).upper(), parts[6]
    if not key:
        return True
    number = int(body.replace("2A", "19").replace("2B", "18"))
    return 97 - number % 97 == int(key)
