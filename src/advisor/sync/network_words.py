"""What went wrong between this computer and the central store, in one French sentence each.

Each says why, that nothing is lost, and what to do next. Knows no database.
"""

import errno
import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import Any

import httpcore

from advisor.errors import (
    AdvisorError,
    LockedError,
    NetworkError,
    RefusedError,
    UnknownDeviceError,
)
from advisor.sync.connection import IncompleteError

LOST_NOTHING = "Rien n’est perdu"
KEPT = f"{LOST_NOTHING}\u202f: tout reste enregistré ici et partira à la prochaine synchronisation."
AGAIN = "Synchronisez de nouveau\u202f: l’échange reprendra où il en était."
UNCHANGED = "Rien n’a changé ici\u202f; si le code est refusé ensuite, demandez-en un autre."
LONGEST_TOLD = 300
# OpenSSL's own numbers for what is wrong with a certificate.
NOT_YET, EXPIRED, OTHER_NAME, OTHER_ADDRESS = 9, 10, 62, 64
UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}
NO_NETWORK = (
    "Aucun réseau ne mène au central.",
    "Connectez l’ordinateur au réseau, puis synchronisez de nouveau.",
)
CUT = (
    "La connexion avec le central a été coupée avant la fin.",
    AGAIN,
)
# What the transport raised, innermost failures first → what is told, and what to do.
CAUSES: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        socket.gaierror,
        "Le nom du central est introuvable sur le réseau.",
        "Vérifiez que l’ordinateur est connecté, puis l’adresse du central.",
    ),
    (
        ConnectionRefusedError,
        "Le central ne répond pas à cette adresse\u202f: la connexion est refusée.",
        "Il est peut-être arrêté. Réessayez plus tard ou prévenez le support.",
    ),
    (TimeoutError, "Le central n’a pas répondu à temps.", "Réessayez dans un moment."),
    (httpcore.ProxyError, "Le relais du réseau a refusé la connexion.", "Prévenez le support."),
)
BUSY = {429, 503}
RELAY = {502, 504}


class NetworkFailures:
    """The kinds of failures of the transport itself."""

    ALL = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError)
    BEFORE_SENDING = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.ProxyError)


def failed(error: BaseException) -> NetworkError:
    """Return the sentence for a failure of the transport."""
    for one in _chain(error):
        if isinstance(one, ssl.SSLError):
            return _of_tls(one)
        for kind, message, hint in CAUSES:
            if isinstance(one, kind):
                return _told(message, hint)
        if isinstance(one, OSError) and one.errno in UNREACHABLE:
            return _told(*NO_NETWORK)
    return _told(*CUT)


def is_about_trust(error: BaseException) -> bool:
    """Tell whether trying again is useless: the far end is not who it should be."""
    return any(isinstance(one, ssl.SSLError) for one in _chain(error))


def refused(status: int, body: bytes, *, is_json: bool) -> AdvisorError:
    """Return the sentence for an answer that is not the one expected."""
    if not is_json:
        return _foreign(status)
    told = _error_in(body)
    if told.get("code") == "revoked":
        return LockedError(
            "Le central a révoqué ce poste.",
            "Rien n’est effacé ici. Demandez un nouveau code au responsable du central.",
        )
    if status == 401:  # noqa: PLR2004  (named by the sentence)
        return UnknownDeviceError(
            "Le central ne reconnaît pas ce poste.",
            f"Demandez un nouveau code au responsable du central. {KEPT}",
        )
    message, hint = _clean(told.get("message")), _clean(told.get("hint"))
    if status in BUSY or status >= 500:  # noqa: PLR2004  (idem)
        return _told(message or "Le central est occupé.", hint or "Réessayez dans un moment.")
    return RefusedError(
        message or f"Le central refuse cette demande (code {status}).", hint or KEPT
    )


def broken(error: BaseException) -> NetworkError:
    """Return the sentence for an exchange that failed or ended too early."""
    if isinstance(error, IncompleteError):
        return too_big() if error.too_big else cut_short()
    return failed(error)


def not_enrolled(error: NetworkError) -> NetworkError:
    """Return a failure as told when enrolling: the code may have been spent, nothing else."""
    advice = error.hint.replace(AGAIN, "Vérifiez l’adresse, puis réessayez.")
    return NetworkError(error.message, advice.replace(KEPT, UNCHANGED))


def elsewhere() -> NetworkError:
    """Return the sentence for a redirection."""
    return _told(
        "Cette adresse renvoie ailleurs\u202f: ce n’est pas celle du central, ou une page de "
        "connexion au réseau s’interpose.",
        "Ouvrez un navigateur pour vous connecter au réseau, ou vérifiez l’adresse.",
    )


def cut_short() -> NetworkError:
    """Return the sentence for an answer that ends too early."""
    return _told("La réponse du central est arrivée incomplète.", AGAIN)


def unreadable() -> NetworkError:
    """Return the sentence for an answer that is whole but means nothing here."""
    return _told(
        "La réponse reçue n’a pas la forme attendue\u202f: le central est d’une autre version, "
        "ou un relais l’a changée.",
        "Synchronisez de nouveau\u202f; si cela dure, mettez ce programme à jour ou prévenez le "
        "support.",
    )


def too_big() -> NetworkError:
    """Return the sentence for an answer beyond what a central store sends."""
    return _told("La réponse reçue est trop grande pour venir du central.", "Prévenez le support.")


def bad_protocol(theirs: int, ours: int) -> RefusedError:
    """Return the sentence for two versions that do not understand each other."""
    if theirs > ours:
        return RefusedError(
            "Cette version du programme est trop ancienne pour le central.",
            f"Installez la dernière version. {KEPT}",
        )
    return RefusedError(
        "Le central est d’une version trop ancienne pour ce programme.",
        f"Prévenez le responsable du central. {KEPT}",
    )


def _foreign(status: int) -> NetworkError:
    if status in RELAY | BUSY or status >= 500:  # noqa: PLR2004  (named by the sentence)
        return _told(
            f"Le relais devant le central est en panne (code {status}).",
            "Réessayez dans un moment.",
        )
    return _told(
        f"Une page web a répondu à la place du central (code {status}).",
        "Un portail de connexion s’interpose peut-être\u202f: ouvrez un navigateur, ou vérifiez "
        "l’adresse.",
    )


def _of_tls(error: ssl.SSLError) -> NetworkError:
    code = getattr(error, "verify_code", 0)
    if code == NOT_YET:
        return _told(
            "Le certificat du central n’est pas encore valable\u202f: l’horloge de cet ordinateur "
            "retarde sans doute.",
            "Vérifiez la date et l’heure de l’ordinateur.",
        )
    if code == EXPIRED:
        return _told(
            "Le certificat du central est périmé, ou l’horloge de cet ordinateur avance.",
            "Vérifiez la date de l’ordinateur\u202f; si elle est juste, prévenez le support.",
        )
    if code in {OTHER_NAME, OTHER_ADDRESS}:
        return _told(
            "Le certificat présenté est celui d’une autre machine que le central.",
            "Vérifiez l’adresse\u202f; si elle est juste, ne continuez pas et prévenez le support.",
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return _told(
            "Le certificat du central est signé par une autorité inconnue de cet ordinateur.",
            "Ne continuez pas sans l’accord du support, qui peut fournir le certificat à croire.",
        )
    return _told(
        "La connexion chiffrée avec le central n’a pas pu s’établir.",
        "Vérifiez l’adresse (https://) et le port, puis prévenez le support.",
    )


def _told(message: str, hint: str) -> NetworkError:
    return NetworkError(message, hint if LOST_NOTHING in hint else f"{hint} {KEPT}")


def _error_in(body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _clean(text: object) -> str:
    """Return what somebody else wrote as one short printable line."""
    if not isinstance(text, str):
        return ""
    return "".join(one if one.isprintable() else " " for one in text)[:LONGEST_TOLD].strip()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Give a failure and what caused it; a wait that ended is a TimeoutError, whoever says so."""
    if isinstance(error, httpcore.TimeoutException):
        yield TimeoutError()
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
