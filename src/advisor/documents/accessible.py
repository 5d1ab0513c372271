"""The accessible twin of the visitor's sheet: PDF/UA-1 from the same frozen content.

Another maker (typst) because it writes tags and refuses what is not accessible. Knows the
content; nothing of where it comes from. What people typed travels as JSON, never as markup.
"""

import json
from pathlib import Path
from typing import Any, Final

from advisor.config import resources_folder
from advisor.documents.disk import write_whole
from advisor.documents.fonts import drawable
from advisor.domain.paper.sheet import SheetContent
from advisor.errors import RefusedError

STANDARD: Final = "ua-1"
NOBODY: Final = "Permanence locale d’aide à l’installation"


def twin_path(sheet: Path) -> Path:
    """Return where the twin of a sheet stands: ``synthese-accessible.pdf`` beside it."""
    return sheet.with_name(f"{sheet.stem}-accessible.pdf")


def make_accessible_twin(content: SheetContent, out: Path) -> None:
    """Write the twin at ``out`` in one move; RefusedError where typst cannot run."""
    write_whole(out, twin_bytes(content))


def twin_bytes(content: SheetContent) -> bytes:
    """Return the twin as a tagged PDF, the same bytes for the same content."""
    try:
        import typst  # noqa: PLC0415 - absent on some platforms, and slow to load
    except ImportError as error:
        raise RefusedError(
            "La version accessible ne peut pas être faite sur cet ordinateur\u202f; "
            "la fiche ordinaire est gardée.",
            "Réimprimez l’entretien depuis un poste Windows x64, Linux ou macOS.",
        ) from error
    try:
        made = _compile(typst, content)
    except typst.TypstError as error:
        raise RefusedError(
            "La version accessible n’a pas pu être faite pour cet entretien\u202f; "
            "la fiche ordinaire est gardée.",
            "Signalez-le à l’assistance\u202f: rien de ce qui est enregistré n’est perdu.",
        ) from error
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made


def _compile(typst: Any, content: SheetContent) -> Any:
    inputs = {
        "content": json.dumps(_readable(content.to_json()), ensure_ascii=False, sort_keys=True),
        "author": _readable(content.meeting.organisation) or NOBODY,
    }
    return typst.compile(
        str(resources_folder() / "documents" / "synthese-accessible.typ"),
        font_paths=[str(resources_folder() / "fonts")],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=[STANDARD],
        timestamp=int(content.printed_at.timestamp()),
    )


def _readable(value: Any) -> Any:
    """Return the content with only what the fonts draw, lines kept: PDF/UA refuses the rest."""
    if isinstance(value, str):
        return "\n".join(drawable(line) for line in value.splitlines())
    if isinstance(value, dict):
        return {name: _readable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_readable(part) for part in value]
    return value
