"""The rail's foot in words: what waits to be sent since when, and the date of the pack.

Runs in the store lane; must not know any widget.
"""

from datetime import date

from advisor.domain.words.wording import counted, short_date
from advisor.services.all_services import Services
from advisor.ui import wording


def waiting_words(services: Services) -> str:
    """Return « 3 saisies en attente depuis le 12/11 », or that nothing waits."""
    waits = services.cases.journal.pending()
    if not waits.count:
        return "Rien n’attend d’être envoyé"
    since = waits.since.astimezone().date() if waits.since else None
    words = f"{counted(waits.count, 'saisie')} en attente"
    return f"{words} depuis le {wording.short_day(since)}" if since else words


def pack_words(services: Services) -> str:
    """Return « référentiel du 30/03/2022 »."""
    return f"référentiel du {short_date(services.reference.info().built_at)}"


def foot_words(services: Services, _today: date) -> str:
    """Return both, as the rail says them."""
    return f"{waiting_words(services)} · {pack_words(services)}"
