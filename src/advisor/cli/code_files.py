"""Reads a file of INSEE codes: one by line, parted, or the first column of a spreadsheet's CSV."""

from advisor.cli.reading import read_text
from advisor.domain.territories.code_list import read_codes
from advisor.errors import BadDataError

WINDOWS = ("cp1252",)


def codes_of(name: str) -> list[str]:
    """Return the codes in their order, once each; a line that gives none is refused by number."""
    found = read_codes(read_text(name, others=WINDOWS))
    for line, said in found.rejected:
        raise BadDataError(
            f"« {said} » ne commence pas par un code Insee de commune.",
            "Écrivez un code par ligne, à cinq chiffres, par exemple 77379.",
            file=name,
            line=line,
        )
    return list(found.codes)
