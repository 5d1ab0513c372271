"""Every group of commands, in the order the help shows them."""

from typing import TYPE_CHECKING, Any

from advisor.cli.aids import add as add_aids
from advisor.cli.appointment import add as add_appointment
from advisor.cli.bench import add as add_bench
from advisor.cli.central import add as add_central
from advisor.cli.check import add as add_check
from advisor.cli.communes import add as add_communes
from advisor.cli.demo import add as add_demo
from advisor.cli.diagnostic import add as add_diagnostic
from advisor.cli.enrol import add as add_enrol
from advisor.cli.funding import add as add_funding
from advisor.cli.indicators import add as add_indicators
from advisor.cli.later import add as add_later
from advisor.cli.me import add as add_me
from advisor.cli.permanence import add as add_permanence
from advisor.cli.reference import add as add_reference
from advisor.cli.sync import add as add_sync
from advisor.cli.vault import add as add_vault
from advisor.cli.zones import add as add_zones

if TYPE_CHECKING:
    from advisor.cli.parser import Group

GROUPS = (
    add_demo,
    add_reference,
    add_communes,
    add_zones,
    add_aids,
    add_funding,
    add_diagnostic,
    add_indicators,
    add_me,
    add_permanence,
    add_appointment,
    add_enrol,
    add_sync,
    add_central,
    add_vault,
    add_check,
    add_bench,
    add_later,
)


def add_all(commands: "Group[Any]") -> None:
    """Let each group add its commands."""
    for add in GROUPS:
        add(commands)
