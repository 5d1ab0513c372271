"""Where commands may write: a file in a folder that exists, a folder that can be made."""

import os
from pathlib import Path

from advisor.errors import RefusedError


def writable_file(name: str) -> Path:
    """Return the path of a file that can be written, or say why it cannot."""
    path = Path(name)
    if path.is_dir():
        raise RefusedError(f"« {path} » est un dossier, un nom de fichier est attendu.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise RefusedError(f"Le dossier « {folder} » n’existe pas.", "Créez-le, puis recommencez.")
    if not os.access(folder, os.W_OK):
        raise RefusedError(f"Le dossier « {folder} » est en lecture seule.")
    return path


def writable_folder(name: str) -> Path:
    """Return a folder, made when missing, that can be written in."""
    path = Path(name)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(
            f"Le dossier « {path} » ne peut pas être créé.", "Choisissez un autre dossier."
        ) from error
    if not os.access(path, os.W_OK):
        raise RefusedError(f"Le dossier « {path} » est en lecture seule.")
    return path
