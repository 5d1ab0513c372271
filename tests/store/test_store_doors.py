import json
from dataclasses import replace
from datetime import timedelta

import pytest
from case_home import PASSPHRASE, Clock

from advisor.config import Home
from advisor.errors import AdvisorError, LockedOutError, RefusedError, VaultError, WrongKeyError
from advisor.store.backups import key_path
from advisor.store.keys import FLOOR, TUNED, Cost, new_key_file, read_key_file, write_key_file
from advisor.store.recovery_key import ALPHABET, new_recovery_key, read_recovery_key
from advisor.store.restoring import restore_vault
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault, seconds_to_wait


def wrong(home: Home, around: Surroundings, phrase: str = "une autre phrase") -> AdvisorError:
    with pytest.raises((WrongKeyError, LockedOutError)) as caught:
        open_vault(home, phrase, around=around)
    return caught.value


def test_the_same_passphrase_opens_again_and_another_does_not(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    vault.close()
    open_vault(home, PASSPHRASE, around=around).close()
    error = wrong(home, around)
    assert isinstance(error, WrongKeyError)
    assert "Encore 9 essais" in error.hint


def test_a_new_home_asks_for_a_passphrase_and_writes_nothing_without_one(
    home: Home, around: Surroundings
) -> None:
    with pytest.raises(VaultError, match="phrase secrète"):
        open_vault(home, around=around)
    assert not home.database.exists()
    assert not key_path(home).exists()


def test_a_short_passphrase_is_refused_with_advice(home: Home, around: Surroundings) -> None:
    with pytest.raises(RefusedError, match="8 caractères") as caught:
        open_vault(home, "court", around=around)
    assert "Quatre mots" in caught.value.hint


def test_ten_wrong_passphrases_lock_the_database_and_the_recovery_key_still_opens(
    vault: Vault, home: Home, around: Surroundings, clock: Clock
) -> None:
    shown = vault.recovery_key
    vault.close()
    for attempt in range(10):
        clock.sleep(600)
        error = wrong(home, around)
        assert isinstance(error, WrongKeyError) == (attempt < 9)
    assert "clé de secours" in error.hint
    clock.sleep(86_400)
    assert isinstance(wrong(home, around, PASSPHRASE), LockedOutError)
    opened = open_vault(home, recovery_key=(shown or "").lower().replace("-", " "), around=around)
    opened.choose_passphrase("une phrase toute neuve")
    opened.close()
    open_vault(home, "une phrase toute neuve", around=around).close()


def test_each_wrong_passphrase_doubles_the_wait(
    vault: Vault, home: Home, around: Surroundings, clock: Clock
) -> None:
    vault.close()
    waits = []
    for _ in range(5):
        clock.sleep(600)
        wrong(home, around)
        waits.append(seconds_to_wait(home, around))
    assert waits == [1, 2, 4, 8, 16]
    before = read_key_file(key_path(home)).failures
    error = wrong(home, around, PASSPHRASE)
    assert "attendez encore 16" in error.message
    assert read_key_file(key_path(home)).failures == before


def test_a_clock_set_back_ten_years_never_lengthens_the_wait(
    vault: Vault, home: Home, around: Surroundings, clock: Clock
) -> None:
    vault.close()
    wrong(home, around)
    clock.at -= timedelta(days=3650)
    assert seconds_to_wait(home, around) == 1


def test_the_right_passphrase_forgets_the_wrong_ones(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    vault.close()
    wrong(home, around)
    open_vault(home, PASSPHRASE, around=around).close()
    assert read_key_file(key_path(home)).failures == 0


def test_changing_the_passphrase_needs_the_present_one_and_shuts_the_former(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    with pytest.raises(WrongKeyError):
        vault.change_passphrase("pas celle-ci", "une phrase toute neuve")
    vault.change_passphrase(PASSPHRASE, "une phrase toute neuve")
    vault.close()
    assert isinstance(wrong(home, around, PASSPHRASE), WrongKeyError)
    open_vault(home, "une phrase toute neuve", around=around).close()


def test_a_new_recovery_key_shuts_the_former(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    former = vault.recovery_key
    shown = vault.new_recovery_key()
    vault.close()
    with pytest.raises(WrongKeyError):
        open_vault(home, recovery_key=former, around=around)
    open_vault(home, recovery_key=shown, around=around).close()


def test_the_recovery_key_is_shown_only_when_the_database_is_made(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    assert vault.recovery_key
    vault.close()
    again = open_vault(home, PASSPHRASE, around=around)
    assert again.recovery_key is None
    again.close()


def test_one_wrong_letter_of_the_recovery_key_is_told_as_a_slip_and_not_counted(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    shown = vault.recovery_key or ""
    vault.close()
    for place, letter in enumerate(shown):
        if letter == "-":
            continue
        other = ALPHABET[(ALPHABET.index(letter) + 1) % len(ALPHABET)]
        with pytest.raises(WrongKeyError, match="faute de frappe"):
            read_recovery_key(shown[:place] + other + shown[place + 1 :])
    with pytest.raises(WrongKeyError, match="jamais «\u202fA\u202f»"):
        open_vault(home, recovery_key="A" + shown[1:], around=around)
    with pytest.raises(WrongKeyError, match="36 lettres"):
        open_vault(home, recovery_key=shown[:-1], around=around)
    assert read_key_file(key_path(home)).failures == 0


def test_recovery_keys_avoid_letters_that_keyboards_and_eyes_confuse() -> None:
    keys = {new_recovery_key() for _ in range(200)}
    assert len(keys) == 200
    assert not set("".join(keys)) & set("AQZWMIO0123456789")
    assert all(len(group) == 4 for group in next(iter(keys)).split("-"))


def test_a_closed_vault_refuses_to_read_and_has_wiped_its_key(vault: Vault) -> None:
    vault.close()
    assert not any(vault.raw_key())
    with pytest.raises(VaultError, match="verrouillée"), vault.read():
        pass


def test_a_cost_below_the_floor_is_never_written_nor_read(home: Home) -> None:
    cheap = Cost(8, 1, 1)
    with pytest.raises(RefusedError):
        new_key_file(PASSPHRASE, cheap)
    file, _key, _shown = new_key_file(PASSPHRASE, FLOOR)
    path = key_path(home.create())
    write_key_file(path, replace(file, passphrase=replace(file.passphrase, cost=cheap)))
    with pytest.raises(VaultError, match="abîmé"):
        read_key_file(path)


def test_production_spends_more_on_each_guess_than_the_floor() -> None:
    assert Surroundings().cost == TUNED
    assert (TUNED.memory_kib, TUNED.passes, TUNED.lanes) == (65_536, 3, 4)
    assert TUNED.at_least(FLOOR)


def test_the_key_file_holds_neither_the_key_nor_the_passphrase(vault: Vault, home: Home) -> None:
    raw = key_path(home).read_bytes()
    assert vault.raw_key().hex().encode() not in raw
    assert PASSPHRASE.encode() not in raw
    assert (vault.recovery_key or "?").encode() not in raw
    assert json.loads(raw)["passphrase"]["argon2id"]["memory_kib"] == FLOOR.memory_kib


def test_any_changed_byte_of_the_key_file_is_told_as_damage(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    vault.close()
    path = key_path(home)
    sound = path.read_bytes()
    for place in range(0, len(sound), 3):
        for mask in (0x01, 0x80):
            path.write_bytes(sound[:place] + bytes([sound[place] ^ mask]) + sound[place + 1 :])
            try:
                read_key_file(path)
            except VaultError as error:
                assert "fichier de clés" in error.message  # noqa: PT017 - blanks may change freely
    path.write_bytes(sound[: len(sound) // 2])
    with pytest.raises(VaultError, match="abîmé"):
        open_vault(home, PASSPHRASE, around=around)


def test_a_lost_key_file_comes_back_from_the_copy_kept_beside_a_backup(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    copy = vault.backup()
    vault.close()
    key_path(home).unlink()
    with pytest.raises(VaultError, match="manque") as caught:
        open_vault(home, PASSPHRASE, around=around)
    assert "vault restore" in caught.value.hint
    restore_vault(home, copy, PASSPHRASE, around=around)
    open_vault(home, PASSPHRASE, around=around).close()
