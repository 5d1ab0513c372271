"""Where commands may write: a file in a folder that exists, a folder that can be made."""

import os
from pathlib import Path

from advisor.errors import RefusedError

ANOTHER = "Choisissez un autre dossier."


def writable_file(name: str) -> Path:
    """Return the path of a file that can be written, or say why it cannot."""
    path = Path(name)
    try:
        _refuse_what_is_no_file(path)
    except OSError as error:
        raise RefusedError(
            f"« {path} » ne peut pas être le nom d’un fichier.", "Choisissez un nom plus court."
        ) from error
    folder = path.absolute().parent
    if not folder.is_dir():
        raise RefusedError(f"Le dossier « {folder} » n’existe pas.", "Créez-le, puis recommencez.")
    if not os.access(folder, os.W_OK):
        raise RefusedError(f"Le dossier « {folder} » est en lecture seule.", ANOTHER)
    return path


def _refuse_what_is_no_file(path: Path) -> None:
    """Refuse a folder, and what is neither file nor folder (a device, a pipe)."""
    if path.is_dir():
        raise RefusedError(
            f"« {path} » est un dossier, un nom de fichier est attendu.",
            "Ajoutez le nom du fichier à écrire.",
        )
    if path.exists() and not path.is_file():
        raise RefusedError(f"« {path} » n’est pas un fichier ordinaire.", ANOTHER)


def writable_folder(name: str) -> Path:
    """Return a folder, made when missing, that can be written in."""
    path = Path(name)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(f"Le dossier « {path} » ne peut pas être créé.", ANOTHER) from error
    if not os.access(path, os.W_OK):
        raise RefusedError(f"Le dossier « {path} » est en lecture seule.", ANOTHER)
    return path
