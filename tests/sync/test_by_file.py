import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from posts import PHRASE, Star

from advisor.errors import BadDataError, LockedError, WrongKeyError
from advisor.services.sync_state import SyncReport
from advisor.store import tables
from advisor.store.carried import REFUSED, WAITING, Carried
from advisor.sync.bundle import seal, unseal
from advisor.sync.server.database import Central
from advisor.sync.server.records import dump
from advisor.sync.wire import plain


@pytest.fixture
def star(tmp_path: Path, central: Central) -> Iterator[Star]:
    made = Star(tmp_path, central)
    yield made
    made.close()


def nothing(report: SyncReport) -> bool:
    return (report.sent, report.received, report.conflicts, report.quarantined) == (0, 0, 0, 0)


def test_what_one_laptop_wrote_is_shown_on_another_at_once(star: Star) -> None:
    a, b = star.post("a"), star.post("b")
    interview = a.opens("Melun")
    a.notes(interview, "cherche un cabinet")
    report = b.take(a.export())
    assert (report.sent, report.received) == (0, 5)
    assert b.texts(interview) == {"cherche un cabinet"}
    assert b.sees(interview).permanence.place == "Melun"
    assert b.pending() == 0


def test_a_laptop_never_online_lives_by_file_alone_in_both_directions(star: Star) -> None:
    a, b, c = star.post("a"), star.post("b"), star.post("c")
    interview = a.opens("Melun")
    theirs = c.opens("Provins")
    c.sync()
    b.take(a.export())
    b.sync()
    back = a.take(b.export())
    assert (back.sent, back.applied, back.digest_ok) == (4, 4, True)
    assert a.pending() == 0
    assert a.sees(theirs).permanence.place == "Provins"
    c.sync()
    a.notes(theirs, "vu hors ligne")
    c.notes(interview, "vu en ligne")
    c.sync()
    b.take(a.export())
    b.sync()
    a.take(b.export())
    c.sync()
    assert a.held() == b.held() == c.held()
    assert a.texts(theirs) == {"vu hors ligne"}
    assert a.texts(interview) == {"vu en ligne"}


def test_any_file_again_and_in_any_order_changes_nothing_more(star: Star) -> None:
    a, b = star.post("a"), star.post("b")
    interview = a.opens()
    first = a.export()
    a.notes(interview, "un")
    second = a.export()
    assert b.take(second).received == 5
    assert nothing(b.take(first))
    assert nothing(b.take(second))
    b.sync()
    back = b.export()
    assert a.take(back).sent == 5
    assert nothing(a.take(back))
    a.notes(interview, "deux")
    assert nothing(a.take(back))
    assert nothing(b.take(first))
    b.take(a.export())
    b.sync()
    last = b.export()
    a.take(last)
    assert nothing(a.take(back))
    assert a.texts(interview) == b.texts(interview) == {"un", "deux"}
    assert a.held() == b.held()


def test_two_laptops_relaying_the_same_file_double_nothing(star: Star) -> None:
    a, b, c = star.post("a"), star.post("b"), star.post("c")
    interview = a.opens()
    file = a.export()
    b.take(file)
    a.notes(interview, "plus tard")
    c.take(a.export())
    c.sync()
    b.sync()
    assert a.take(b.export()).quarantined == 0
    a.take(c.export())
    assert a.pending() == 0
    b.sync()
    b.take(a.export())
    b.sync()
    assert a.take(b.export()).digest_ok
    c.sync()
    assert a.held() == b.held() == c.held()
    assert len(a.sees(interview).notes[0].versions) == 1


def test_a_file_mixed_with_syncs_over_the_network_doubles_nothing(star: Star) -> None:
    a, b = star.post("a"), star.post("b")
    interview = a.opens()
    old = a.export()
    a.notes(interview, "par le réseau")
    a.sync()
    b.take(old)
    b.sync()
    assert nothing(a.take(b.export()))
    a.notes(interview, "encore")
    a.sync()
    b.sync()
    assert a.held() == b.held()
    with a.vault.read() as look:
        device = look.connection.execute(tables.device.select()).one()
    assert device.local_seq == 6


def test_two_who_filled_the_same_field_apart_see_both_values(star: Star) -> None:
    a, b = star.post("a"), star.post("b")
    interview = a.opens()
    a.sync()
    b.sync()
    a.sets(interview, sector="2")
    b.sets(interview, sector="2_optam")
    b.take(a.export())
    assert b.sees(interview).profile["sector"] == "2_optam"
    b.sync()
    back = a.take(b.export())
    assert (back.sent, back.conflicts) == (1, 0)
    a.sync()
    for post in (a, b):
        with post.vault.read() as look:
            (row,) = look.connection.execute(tables.open_conflict.select()).all()
            assert {one["value"] for one in row.versions} == {"2", "2_optam"}
    assert a.held() == b.held()


def test_a_value_known_there_is_shown_and_a_newer_one_is_never_hidden(star: Star) -> None:
    a, b, c = star.post("a"), star.post("b"), star.post("c")
    interview = a.opens()
    for post in (a, b, c):
        post.sync()
    a.sets(interview, sector="2", exercise="groupe")
    c.sets(interview, sector="3")
    c.sync()
    b.sync()
    b.take(a.export())
    assert b.sees(interview).profile == {"sector": "3", "exercise": "groupe"}
    b.sync()
    c.sync()
    assert b.held() == c.held()


def test_an_entry_about_what_only_the_file_brought_follows_it(star: Star) -> None:
    """B completes A's interview before the central store knows it; A completes B's."""
    a, b = star.post("a"), star.post("b")
    mine = a.opens("Melun")
    b.take(a.export())
    theirs = b.opens("Provins")
    b.notes(mine, "complété par b")
    a.take(b.export())
    a.notes(theirs, "complété par a")
    b.take(a.export())
    assert b.texts(theirs) == {"complété par a"}
    b.sync()
    a.take(b.export())
    b.sync()
    a.sync()
    b.sync()
    assert a.held() == b.held()
    assert b.texts(mine) == a.texts(mine) == {"complété par b"}


def test_erasing_a_person_goes_by_file_and_empties_what_is_carried(star: Star) -> None:
    a, b, c = star.post("a"), star.post("b"), star.post("c")
    interview = c.opens("Melun")
    for post in (c, a, b):
        post.sync()
    a.notes(interview, "secret")
    b.take(a.export())
    with c.vault.write() as work:
        work.erase_person(work.interviews.get(interview).professional.id)
    c.sync()
    b.vault.engine.dispose()
    with b.vault.receive() as synced:
        (kept,) = Carried(synced.connection).envelopes(WAITING)
    assert "secret" in json.dumps(plain([entry.body for entry in kept.entries]))
    assert c.sync().digest_ok
    from_b = b.export()
    b.sync()
    a.take(b.export())
    for post in (a, b, c):
        with post.vault.read() as look:
            counts = look.counts()
        assert counts["professional"] == counts["note"] == 0
    assert nothing(a.take(from_b))
    assert b.take(a.export()).received == 0
    b.sync()
    with star.wire.central.reading() as connection:
        assert "secret" not in dump(connection)


def test_what_is_carried_about_someone_erased_is_emptied_and_the_rest_is_relayed(
    star: Star,
) -> None:
    a, b, c = star.post("a"), star.post("b"), star.post("c")
    gone, stays = c.opens("Melun"), c.opens("Provins")
    for post in (c, a, b):
        post.sync()
    a.notes(gone, "secret")
    a.notes(stays, "reste")
    b.take(a.export())
    with b.vault.write() as work:
        work.erase_person(work.interviews.get(gone).professional.id)
    assert "secret" not in json.dumps(unseal(b.export().read_bytes(), PHRASE))
    b.sync()
    b.sync()
    c.sync()
    assert c.texts(stays) == {"reste"}
    a.take(b.export())
    assert a.texts(stays) == {"reste"}
    assert "secret" not in json.dumps(a.held())


def test_a_laptop_not_enrolled_is_kept_in_sight_until_it_is(star: Star) -> None:
    a, b = star.post("a", enrolled=False), star.post("b")
    interview = a.opens("Melun")
    assert b.take(a.export()).received == 4
    b.sync()
    assert star.wire.asked == 0
    assert b.sees(interview).permanence.place == "Melun"
    a.enrol()
    b.take(a.export())
    b.sync()
    assert a.take(b.export()).sent == 4
    with b.vault.read() as look:
        assert Carried(look.connection).envelopes(WAITING, REFUSED) == []
    assert a.held() == b.held()


def test_another_departement_is_relayed_without_being_shown(star: Star) -> None:
    a, b = star.post("a", "91"), star.post("b", "77")
    a.opens("Évry", "91")
    b.take(a.export())
    with b.vault.read() as look:
        assert look.counts()["appointment"] == 0
    b.sync()
    back = b.export()
    assert "Évry" not in json.dumps(unseal(back.read_bytes(), PHRASE), ensure_ascii=False)
    assert a.take(back).applied == 4
    with b.vault.read() as look:
        assert look.counts()["appointment"] == 0


def test_a_changed_entry_is_refused_and_a_stolen_name_too(star: Star) -> None:
    a, b = star.post("a"), star.post("b")
    a.opens()
    content = unseal(a.export().read_bytes(), PHRASE)
    one = content["envelopes"][0]
    one["bodies"][0]["fields"]["place"]["new"] = "Ailleurs"
    forged = b.folder / "change.advisor"
    forged.write_bytes(seal(content, PHRASE, b.vault.around.cost))
    with pytest.raises(BadDataError, match="pas lisible"):
        b.take(forged)
    content = unseal(a.export().read_bytes(), PHRASE)
    one = content["envelopes"][0]
    one["manifest"]["local_seq"] += 1
    forged.write_bytes(seal(content, PHRASE, b.vault.around.cost))
    b.take(forged)
    b.sync()
    with b.vault.read() as look:
        (kept,) = Carried(look.connection).envelopes(REFUSED)
    assert kept.reason == "signature"
    with star.wire.central.reading() as connection:
        assert dump(connection) == "[]"


def test_a_revoked_laptop_learns_it_by_file(star: Star) -> None:
    a, b = star.post("a"), star.post("b")
    a.opens()
    b.take(a.export())
    with a.vault.read() as look:
        device = look.connection.execute(tables.device.select()).one().id
    star.wire.engine.revoke(device)
    b.sync()
    back = b.export()
    with pytest.raises(LockedError):
        a.take(back)
    with pytest.raises(LockedError):
        a.export()
    assert a.pending() == 4


def test_a_wrong_phrase_or_a_cut_file_changes_nothing(star: Star) -> None:
    a, b = star.post("a"), star.post("b")
    a.opens()
    file = a.export()
    with pytest.raises(WrongKeyError):
        b.files.take_in(file, "une autre phrase")
    data = file.read_bytes()
    file.write_bytes(data[:-1])
    with pytest.raises(BadDataError, match="abîmé"):
        b.take(file)
    with b.vault.read() as look:
        assert look.counts()["appointment"] == 0


def test_a_restored_laptop_takes_a_new_incarnation_by_file(star: Star) -> None:
    a, b = star.post("a"), star.post("b")
    interview = a.opens()
    a.sync()
    saved = a.vault.home.database.with_name("copie")
    a.vault.engine.dispose()
    saved.write_bytes(a.vault.home.database.read_bytes())
    a.notes(interview, "perdu sur ce poste")
    a.sync()
    a.vault.engine.dispose()
    for name in ("case.db-wal", "case.db-shm"):
        (a.vault.home.root / name).unlink(missing_ok=True)
    saved.replace(a.vault.home.database)
    a.notes(interview, "après la copie")
    for _ in range(3):
        b.take(a.export())
        b.sync()
        a.take(b.export())
    assert a.pending() == 0
    assert a.texts(interview) == b.texts(interview) == {"perdu sur ce poste", "après la copie"}
    assert a.held() == b.held()
