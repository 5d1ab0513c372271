"""How the central store stands, as JSON and as French lines."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from advisor.cli.wording import counted, number
from advisor.domain.cases.duplicates import WORDS
from advisor.domain.words.wording import short_date

if TYPE_CHECKING:
    from advisor.sync.server.overview import DeviceSeen, Overview
    from advisor.sync.server.packs import PackCard

KILOBYTE, MEGABYTE = 1_000, 1_000_000
REASONS = {
    "rights": "hors des droits du poste",
    "unreadable": "illisible par cette version",
    "erased": "reçue après l’effacement de la personne, non conservée",
    "unknown_record": "parle d’une fiche inconnue",
    "invalid": "une valeur n’a pas la forme attendue",
    "fixed": "change ce qui s’écrit une seule fois",
    "unknown_schema": "écrite par une autre version",
    "unknown_kind": "sorte de fiche inconnue de cette version",
}


def shape_of(seen: "Overview") -> dict[str, Any]:
    """Shape the whole picture."""
    return {
        "revision": seen.revision,
        "devices": [
            _fields(one) | {"departements": list(one.departements)} for one in seen.devices
        ],
        "quarantined": {
            "count": len(seen.quarantined),
            "list": [_fields(one) for one in seen.quarantined],
        },
        "conflicts": seen.conflicts,
        "sizes": {"records": seen.records, "receipts": seen.receipts, "bytes": seen.size},
        "packs": [_fields(one) for one in seen.packs],
        "duplicates": [
            {"ids": list(one.ids), "why": [sign.value for sign in one.why], "score": one.score}
            for one in seen.duplicates
        ],
        "audit": {
            "lines": seen.audit.lines,
            "ok": seen.audit.ok,
            "broken_at": seen.audit.broken_at,
        },
    }


def lines_of(seen: "Overview") -> list[str]:
    """Tell the whole picture in a few lines."""
    sizes = [
        counted(len(seen.devices), "poste"),
        counted(seen.records, "fiche"),
        counted(seen.receipts, "saisie reçue", "saisies reçues"),
        f"base de {_size(seen.size)}",
    ]
    set_aside = counted(len(seen.quarantined), "saisie")
    disputed = counted(seen.conflicts, "désaccord")
    lines = [
        ", ".join(sizes) + ".",
        *(_device_line(one) for one in seen.devices),
        f"{set_aside} en quarantaine, {disputed} à trancher.",
    ]
    held = Counter((one.device, one.reason) for one in seen.quarantined)
    for (device, code), count in held.items():
        reason = REASONS.get(code, f"raison inconnue de cette version ({code})")
        lines.append(f"  {counted(count, 'saisie')} du poste {device}\u202f: {reason}")
    if seen.duplicates:
        pairs = counted(len(seen.duplicates), "doublon possible", "doublons possibles")
        lines.append(f"{pairs}, à réunir depuis un poste (Synchronisation, À décider)\u202f:")
    for pair in seen.duplicates:
        shared = ", ".join(WORDS[sign] for sign in pair.why)
        lines.append(f"  {pair.ids[0]} et {pair.ids[1]}\u202f: {shared} ({pair.score})")
    known = [_pack_line(pack) for pack in seen.packs[:1]]
    lines += known or ["Aucun référentiel publié."]
    sound = f"Audit entier, {counted(seen.audit.lines, 'ligne')}."
    broken = f"AUDIT ROMPU à la ligne {seen.audit.broken_at}\u202f: quelqu’un l’a modifié."
    return [*lines, sound if seen.audit.ok else broken]


def _size(size: int) -> str:
    unit, name = (MEGABYTE, "Mo") if size >= MEGABYTE else (KILOBYTE, "ko")
    return f"{number(max(1, round(size / unit)))} {name}"


def _device_line(one: "DeviceSeen") -> str:
    if one.revoked:
        stands = "retiré"
    elif one.enrolled_at is None:
        stands = _invited(one.code_until)
    elif one.last_contact is None:
        stands = "inscrit, jamais venu"
    else:
        stands = f"vu le {short_date(date.fromisoformat(one.last_contact[:10]))}"
    who = ", ".join((one.organisation, one.role, *one.departements))
    return f"  {one.device}  {one.name or 'sans nom'} ({who})\u202f: {stands}"


def _invited(until: str | None) -> str:
    if until is None:
        return "invité, pas encore inscrit"
    moment = datetime.fromisoformat(until)
    if moment <= datetime.now(UTC):
        return f"code périmé depuis le {moment:%d/%m/%Y}\u202f: invitez ce poste à nouveau"
    return f"invité, pas encore inscrit, code valable jusqu’au {moment:%d/%m/%Y}"


def _pack_line(pack: "PackCard") -> str:
    published = short_date(date.fromisoformat(pack.built_at[:10]))
    return f"Référentiel {pack.id}, du {published}, signé par {pack.signed_by}."


def _fields(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}
