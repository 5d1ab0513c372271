"""The shape of a zoning's header, ``data/zonings/<id>.yaml``; the lines stand in the CSV beside it.

``first`` and ``last`` are inclusive days; ``departements`` empty means the whole country;
``classes`` lists what the act may give; ``printed`` holds the totals printed by the act.
"""

from typing import Any

from advisor.domain.zone_classes import CLASS_LABELS, PROFESSION_NAMES, SCHEME_NAMES

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_DEPARTEMENT: dict[str, Any] = {"type": "string", "pattern": "^(2[AB]|[0-9]{2}|9[78][0-9])$"}
_DEPARTEMENTS: dict[str, Any] = {"type": "array", "items": _DEPARTEMENT, "uniqueItems": True}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_SHARE: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 100}
_CLASS: dict[str, Any] = {"enum": sorted(CLASS_LABELS)}


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


PRINTED = _object(
    {
        "class": _CLASS,
        "locator": _TEXT,
        "departement": _DEPARTEMENT,
        "territories": _COUNT,
        "communes": _COUNT,
        "quarters": _COUNT,
        "population": _COUNT,
        "share": _SHARE,
        "cap": _SHARE,
    },
    "class",
    "locator",
)

HEADER = _object(
    {
        "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"},
        "title": _TEXT,
        "professions": {"type": "array", "items": {"enum": sorted(PROFESSION_NAMES)}},
        "scheme": {"enum": sorted(SCHEME_NAMES)},
        "departements": _DEPARTEMENTS,
        "legal_act": _TEXT,
        "status": _TEXT,
        "first": {"type": "date"},
        "last": {"type": "date"},
        "source": _object(
            {"document": _TEXT, "locator": {"type": "string"}, "read_on": {"type": "date"}},
            "document",
            "read_on",
        ),
        "confidence": {"enum": ["A", "B", "C"]},
        "classes": {"type": "array", "items": _CLASS, "minItems": 1},
        "complete_departements": _DEPARTEMENTS,
        "default_class": _CLASS,
        "why_unknown": _TEXT,
        "held": {"type": "boolean"},
        "remarks": _TEXTS,
        "default_remarks": _TEXTS,
        "printed": {"type": "array", "items": PRINTED},
        "profession_remarks": {
            "type": "object",
            "propertyNames": {"enum": sorted(PROFESSION_NAMES)},
            "additionalProperties": _TEXT,
        },
    },
    "id",
    "title",
    "departements",
    "legal_act",
    "status",
    "first",
    "source",
    "confidence",
    "classes",
    "why_unknown",
)
HEADER["oneOf"] = [{"required": ["professions"]}, {"required": ["scheme"]}]
