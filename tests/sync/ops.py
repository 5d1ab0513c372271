"""Short ways to write an op for the tests of sync."""

from typing import Any

from advisor.domain.cases.operation import FieldChange, Op, Operation

AT = "2026-03-10T08:00:00.000000Z"
PERSON = "01900000-0000-7000-8000-000000000001"


def changes(**fields: Any) -> dict[str, FieldChange]:
    """Return changes from ``name=new`` or ``name=(base_seq, new)``."""
    pairs = {name: one if isinstance(one, tuple) else (0, one) for name, one in fields.items()}
    return {name: FieldChange(base, None, new) for name, (base, new) in pairs.items()}


def op(
    device: str,
    local_seq: int,
    operation: Operation = Operation.SET,
    entity: str = "project",
    entity_id: str = PERSON,
    fields: dict[str, FieldChange] | None = None,
    **more: Any,
) -> Op:
    known: dict[str, Any] = {
        "incarnation": "i",
        "actor": f"Conseiller {device}",
        "organisation": "URPS",
        "declared_at": AT,
        "schema_version": "0001",
        "pack_version": "",
        "departement": "77",
        "unit": f"{device}-{local_seq}",
    }
    return Op(
        device=device,
        local_seq=local_seq,
        operation=operation,
        entity=entity,
        entity_id=entity_id,
        fields=fields or {},
        **{**known, **more},
    )
