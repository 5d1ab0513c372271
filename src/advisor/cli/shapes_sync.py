"""What one sync did, as JSON: the same by network, by file and in the demonstration."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.services.sync_state import SyncReport


def report_shape(report: "SyncReport") -> dict[str, Any]:
    """Shape what one sync did."""
    return {
        "sent": report.sent,
        "applied": report.applied,
        "parallel": report.parallel,
        "conflicts": report.conflicts,
        "quarantined": report.quarantined,
        "received": report.received,
        "cursor": report.cursor,
        "digest_ok": report.digest_ok,
    }
