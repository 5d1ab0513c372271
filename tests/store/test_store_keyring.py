from collections.abc import Iterator

import keyring
import pytest
from case_home import PASSPHRASE
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from advisor.config import Home
from advisor.errors import VaultError
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault


class Memory(KeyringBackend):
    """A keyring for tests: it forgets with the process."""

    priority = 1
    locked = False

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def memory() -> Iterator[Memory]:
    former, backend = keyring.get_keyring(), Memory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(former)


@pytest.fixture
def trusting(around: Surroundings) -> Surroundings:
    around.keyrings = (Memory.__module__,)
    return around


def test_the_keyring_opens_the_database_once_asked_to_and_no_more_once_told_to_forget(
    memory: Memory, trusting: Surroundings, home: Home
) -> None:
    vault = open_vault(home, PASSPHRASE, around=trusting)
    assert vault.remember()
    vault.close()
    again = open_vault(home, around=trusting)
    again.forget()
    again.close()
    assert not memory.held
    with pytest.raises(VaultError, match="phrase secrète"):
        open_vault(home, around=trusting)


def test_a_keyring_that_is_shut_falls_back_on_the_passphrase(
    memory: Memory, trusting: Surroundings, home: Home
) -> None:
    vault = open_vault(home, PASSPHRASE, around=trusting)
    vault.remember()
    vault.close()
    memory.locked = True
    with pytest.raises(VaultError, match="phrase secrète"):
        open_vault(home, around=trusting)
    open_vault(home, PASSPHRASE, around=trusting).close()


def test_a_keyring_outside_the_allowed_list_is_given_nothing(memory: Memory, vault: Vault) -> None:
    assert not vault.remember()
    assert not memory.held


def test_a_damaged_secret_in_the_keyring_is_ignored(
    memory: Memory, trusting: Surroundings, home: Home
) -> None:
    vault = open_vault(home, PASSPHRASE, around=trusting)
    vault.remember()
    vault.close()
    for place in memory.held:
        memory.held[place] = "pas une clé"
    with pytest.raises(VaultError, match="phrase secrète"):
        open_vault(home, around=trusting)
