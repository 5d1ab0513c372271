"""Every group of commands, in the order the help shows them."""

from typing import TYPE_CHECKING, Any

from advisor.cli import (
    aids,
    appointment,
    bench,
    check,
    communes,
    demo,
    funding,
    later,
    me,
    permanence,
    reference,
    sync,
    vault,
    zones,
)

if TYPE_CHECKING:
    from advisor.cli.parser import Group

GROUPS = (
    demo,
    reference,
    communes,
    zones,
    aids,
    funding,
    me,
    permanence,
    appointment,
    sync,
    vault,
    check,
    bench,
    later,
)


def add_all(commands: "Group[Any]") -> None:
    """Let each group add its commands."""
    for group in GROUPS:
        group.add(commands)
