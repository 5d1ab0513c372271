"""What happens when nothing foresaw the failure: a French sentence and a log without data.

The log holds where it failed (files, lines, kinds of errors), never a message or a value,
because those may carry a name typed by an adviser.
"""

import errno
import traceback
from datetime import UTC, datetime
from pathlib import Path

from advisor import __version__
from advisor.config import Home
from advisor.errors import AdvisorError, RefusedError

NO_ROOM = ("le disque est plein", "Libérez de la place, puis recommencez.")
NO_RIGHT = ("le système refuse l’accès", "Vérifiez vos droits, ou choisissez un autre dossier.")
# What the system answers, by its own code → what is told, and what to do.
CAUSES = {
    errno.ENOSPC: NO_ROOM,
    errno.EDQUOT: NO_ROOM,
    errno.EFBIG: NO_ROOM,
    errno.EACCES: NO_RIGHT,
    errno.EPERM: NO_RIGHT,
    errno.EROFS: NO_RIGHT,
    errno.ENAMETOOLONG: ("ce nom est trop long", "Choisissez un nom plus court."),
    errno.ENOENT: ("ce fichier ou ce dossier n’existe pas", "Vérifiez son nom."),
    errno.ENOTDIR: ("ce n’est pas un dossier", "Vérifiez le chemin."),
    errno.EISDIR: ("c’est un dossier, un fichier est attendu", "Vérifiez le chemin."),
    errno.EIO: ("le disque ne répond plus", "Vérifiez qu’il est bien branché."),
}
LARGEST_LOG = 1_000_000  # bytes


class UnforeseenError(AdvisorError):
    """A fault of the product itself."""

    code = "unforeseen"


def note_failure(error: BaseException, home: Home) -> AdvisorError:
    """Write where ``error`` comes from in the home's log; return what the user is told."""
    if isinstance(error, MemoryError):
        return UnforeseenError("La mémoire de l’ordinateur est pleine.", "Fermez des programmes.")
    foreseen = _of_the_system(error) if isinstance(error, OSError) else None
    try:
        log = _write(error, home)
    except OSError:
        return foreseen or UnforeseenError(
            "Une erreur imprévue est survenue. Rien de ce qui était enregistré n’est perdu.",
            "Le journal technique n’a pas pu être écrit : vérifiez l’espace disque et le dossier.",
        )
    return foreseen or UnforeseenError(
        "Une erreur imprévue est survenue. Rien de ce qui était enregistré n’est perdu.",
        f"Transmettez ce journal, sans donnée personnelle, à l’assistance : {log}",
    )


def _of_the_system(error: OSError) -> AdvisorError | None:
    """Tell what the system refused, when it is one of the refusals people can mend."""
    told = CAUSES.get(error.errno or 0)
    if told is None:
        return None
    sentence = f"{told[0]}."
    if error.filename:
        return RefusedError(f"« {error.filename} » : {sentence}", told[1])
    return RefusedError(sentence[0].upper() + sentence[1:], told[1])


def _write(error: BaseException, home: Home) -> Path:
    home.create()
    log = home.logs / "advisor.log"
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old.log"))
    frames = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    head = f"{datetime.now(UTC).isoformat(timespec='seconds')} advisor {__version__}"
    text = "\n".join([head, f"  {type(error).__module__}.{type(error).__name__}", *frames, ""])
    with log.open("a", encoding="utf-8") as out:
        out.write(text + "\n")
    return log
