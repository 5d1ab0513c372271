"""Reads the cells of official tables: codes, numbers written the French way, statistical secrecy.

Knows no file. What is secret is never zero, and what is empty is missing.
"""

import re
import unicodedata
from dataclasses import dataclass

SECRETS = {"s", "ss", "nd", "n.d", "n.d.", "nc", "n.c.", "secret", "non diffuse", "sd", "c"}
NOTHING = {"", "-", "–", "—", "..", "...", "…", ":", "na", "n/a", "null", "ns", "n.s", "n.s."}
UNDER = re.compile(r"[<≤] ?\d+", re.ASCII)  # « <5 »: too few to be told
SPACES = str.maketrans(dict.fromkeys(" \xa0\u202f\u2009'") | {"\u2212": "-"})
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
PLAIN = re.compile(r"-?\d{1,11}(?:\.\d{1,20})?", re.ASCII)  # nearly every cell of a big table
LARGEST = 1e12
COMMUNE = 5
CODE_LENGTHS = {"commune": COMMUNE, "departement": 2, "region": 2, "epci": 9, "bassin_de_vie": 5}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value read: a number, a secret, or nothing."""

    value: float | None
    secret: bool = False


def folded(text: str) -> str:
    """Return a header as it is compared: small letters, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.sub(r"[_\s’']+", " ", kept.lower()).split())


def read_number(text: str) -> Cell | None:
    """Return the cell, None when it is a text where a number is expected."""
    if PLAIN.fullmatch(text):
        return Cell(float(text))
    written = text.strip()
    if folded(written) in NOTHING or written in NOTHING:
        return Cell(None)
    if folded(written) in SECRETS or set(written) == {"*"} or UNDER.fullmatch(written):
        return Cell(None, secret=True)
    bare = written.translate(SPACES).removesuffix("%").removesuffix("€")
    if bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    if not NUMBER.fullmatch(bare):
        return None
    value = float(bare)
    return Cell(value) if abs(value) <= LARGEST else None


def read_code(text: str, kind: str) -> str | None:
    """Return the code as written officially, with the zeros a spreadsheet takes away; else None."""
    if kind == "commune" and len(text) == COMMUNE and text.isdigit() and text.isascii():
        return text
    code = text.strip().upper().removesuffix(".0")
    if kind == "france":
        return "FR" if code in {"FR", "F", "FRANCE", ""} else None
    length = CODE_LENGTHS[kind]
    if code.isascii() and code.isdigit():
        code = code.zfill(length)
    if kind == "departement":
        good = re.fullmatch(r"\d{2}|97\d|2[AB]", code, re.ASCII)
    elif kind in {"commune", "bassin_de_vie"}:
        good = re.fullmatch(r"\d{5}|2[AB]\d{3}", code, re.ASCII)
    else:
        good = re.fullmatch(rf"\d{{{length}}}", code, re.ASCII)
    return code if good else None
