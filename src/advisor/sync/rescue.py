"""Makes one envelope of what was saved from a home that no longer opens.

Entries keep their names, so that the central store never counts one twice, whoever relays them
and whether or not the home comes back. Numbers that could not be read keep their place.
"""

from advisor.store.enrolled import TIE, Tie
from advisor.store.salvage import Salvaged
from advisor.store.synced import POSITION
from advisor.sync.carrying import Load
from advisor.sync.envelopes import Line, Manifest, line_of, public_box, sign


def load_of(found: Salvaged) -> Load:
    """Return what a rescue file holds: signed when the key of the device could be read."""
    tie = tie_of(found)
    seed = tie.private_key if tie is not None and tie.device == found.device else ""
    at = found.settings.get(POSITION) or {}
    bodies = {(one["device"], one["incarnation"], one["local_seq"]): one for one in found.bodies}
    names = sorted((*bodies, *found.lost))
    names.sort(key=lambda name: name[1] == found.incarnation)
    names = [name for name in names if name[0] == found.device]
    manifest = Manifest(
        device=found.device,
        incarnation=found.incarnation,
        local_seq=found.local_seq,
        cursor=int(at.get("cursor", 0)),
        ops=tuple(_line(name, bodies.get(name)) for name in names),
        box=public_box(seed) if seed else "",
    )
    sent = sign(manifest, tuple(bodies.get(name) for name in names), seed)
    return Load((sent,) if bodies else (), (), 1)


def tie_of(found: Salvaged) -> Tie | None:
    """Return the enrolment that could be read, None when there is none."""
    held = found.settings.get(TIE)
    if not isinstance(held, dict):
        return None
    try:
        known = {name: held[name] for name in Tie.__slots__ if name in held}
        return Tie(**{**known, "departements": tuple(known["departements"])})
    except (KeyError, TypeError):
        return None


def _line(name: tuple[str, str, int], body: dict[str, object] | None) -> Line:
    return Line(name[1], name[2], "", "", None, "") if body is None else line_of(body)
