"""What the tests of the store share: a passphrase, a signer, a clock that moves when told."""

from datetime import UTC, datetime, timedelta

from advisor.domain.cases.people import Adviser
from advisor.store.vault import Vault

PASSPHRASE = "quatre mots sans lien"  # noqa: S105 - a phrase for tests
ADVISER = Adviser("Camille Exemple", "URPS")


class Clock:
    """Seconds and instants that move together."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def new_interview(vault: Vault) -> str:
    with vault.write("pack-1") as work:
        permanence = work.create(
            "permanence", {"day": "2026-03-10", "place": "Melun"}, departement="77"
        )
        person = work.create("professional", {"nom": "Exemple"}, departement="77")
        values = {"permanence": permanence, "professional": person, "status": "prevu"}
        interview = work.create("appointment", values, departement="77")
        work.create("project", {"sector": "1"}, departement="77", record_id=interview)
    return interview
