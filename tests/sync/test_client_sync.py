"""Two homes and a central store over real HTTP, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from network import Field, Laptop

from advisor.domain.cases.appointment import Interview
from advisor.errors import (
    AlreadyOpenError,
    DiskFullError,
    LockedError,
    NetworkError,
    RefusedError,
    StoppedError,
)
from advisor.services.sync_state import Stage, StageName
from advisor.store import tables
from advisor.store.identifiers import utc_now
from advisor.store.instance import SyncLock
from advisor.sync.client import CentralClient
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.enrolment import revoke


@pytest.fixture
def place(central: Central, tmp_path: Path) -> Iterator[Field]:
    with RunningServer(central) as server:
        made = Field(central, server, tmp_path)
        yield made
        for laptop in made.laptops:
            laptop.close()


def only(laptop: Laptop) -> Interview:
    (one,) = laptop.cases.interviews.list()
    return laptop.cases.interviews.get(one.id)


def test_what_one_types_the_other_reads_after_a_sync_of_each(place: Field) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.interview()
    one.cases.interviews.note(interview, "Projet à Melun")
    sent = one.sync.sync()
    assert sent.sent == sent.applied > 0
    assert (sent.digest_ok, sent.quarantined, sent.conflicts) == (True, 0, 0)
    received = other.sync.sync()
    assert (received.sent, received.received) == (0, sent.sent)
    found = only(other)
    assert (found.id, found.notes[0].text) == (interview, "Projet à Melun")
    assert found.notes[0].organisation == "URPS"
    assert found.sync == only(one).sync == "sent"


def test_a_sync_of_nothing_is_one_request(place: Field) -> None:
    one = place.enrolled("un")
    one.interview()
    one.sync.sync()
    again = one.sync.sync()
    assert (again.exchanges, again.sent, again.received) == (1, 0, 0)
    assert again.sentence == "Tout est à jour."


def test_enrolment_gives_the_home_its_organisation_and_its_place(place: Field) -> None:
    one = place.laptop("un")
    one.cases.identity.sign_in("Alex Essai", "À remplacer")
    made = one.sync.enrol(place.url, place.code("77", "91", organisation="CPAM 77"))
    assert (made.organisation, made.role, made.departements) == (
        "CPAM 77",
        "conseiller",
        ("77", "91"),
    )
    me = one.cases.identity.me()
    assert me is not None
    assert (me.name, me.organisation) == ("Alex Essai", "CPAM 77")
    state = one.sync.state()
    assert (state.central, state.locked, state.last_sync) == (place.url, False, None)
    with one.vault.read() as look:
        assert look.connection.execute(sa.select(tables.device.c.id)).scalar() == made.device


def test_a_home_without_a_name_still_learns_its_organisation(place: Field) -> None:
    one = place.enrolled("un")
    other = place.laptop("deux")
    other.sync.enrol(place.url, place.code(organisation="URPS"))
    assert other.cases.identity.me() is None
    assert other.cases.identity.organisation() == "URPS"
    signed = other.cases.identity.sign_in("Camille")
    assert signed.organisation == one.cases.identity.organisation() == "URPS"


def test_what_was_typed_before_enrolment_leaves_under_the_new_name(place: Field) -> None:
    one = place.laptop("un")
    interview = one.interview()
    one.cases.interviews.note(interview, "Première écriture")
    note = only(one).notes[0].id
    one.cases.interviews.revise_note(note, "Reprise avant l’inscription")
    made = one.sync.enrol(place.url, place.code())
    with one.vault.read() as look:
        lines = look.connection.execute(tables.journal.select().order_by("seq")).all()
        versions = look.connection.execute(sa.select(tables.note_version.c.id)).scalars().all()
    assert {line.device for line in lines} == {made.device}
    assert [line.local_seq for line in lines] == list(range(1, len(lines) + 1))
    assert versions
    assert all(one.startswith(f"{made.device}/") for one in versions)
    report = one.sync.sync()
    assert (report.applied, report.quarantined, report.digest_ok) == (len(lines), 0, True)
    other = place.enrolled("deux")
    other.sync.sync()
    assert only(other).notes == only(one).notes
    assert len(only(one).notes[0].versions) == 2


def test_a_home_enrols_once(place: Field) -> None:
    one = place.enrolled("un")
    with pytest.raises(RefusedError, match="déjà inscrit"):
        one.sync.enrol(place.url, place.code())


def test_a_code_serves_once_and_a_wrong_one_changes_nothing(place: Field) -> None:
    code = place.code()
    place.laptop("un").sync.enrol(place.url, code)
    other = place.laptop("deux")
    for wrong in (code, "AAAA-BBBB-CCCC", ""):
        with pytest.raises(RefusedError) as told:
            other.sync.enrol(place.url, wrong)
        assert told.value.message
    assert other.sync.state().enrolment is None


def test_two_answers_to_one_question_are_shown_not_lost(place: Field) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.interview()
    one.sync.sync()
    other.sync.sync()
    one.cases.interviews.set(interview, {"sector": "1"})
    other.cases.interviews.set(interview, {"sector": "2"})
    assert one.sync.sync().conflicts == 0
    assert other.sync.sync().conflicts == 1
    assert other.sync.state().conflicts == 1
    assert only(other).sync == "conflict"
    one.sync.sync()
    assert only(one).sync == "conflict"
    (held,) = one.cases.disagreements.conflicts()
    assert (held.current, {voice.value for voice in held.voices}) == ("1", {"1", "2"})


def test_what_is_written_of_the_person_received_counts_with_the_interview(place: Field) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.interview()
    one.sync.sync()
    other.sync.sync()
    one.cases.interviews.set(interview, {"booking.nom": "Dupont"})
    assert only(one).sync == "local"
    other.cases.interviews.set(interview, {"booking.nom": "Durand"})
    one.sync.sync()
    assert only(one).sync == "sent"
    other.sync.sync()
    assert only(other).sync == "conflict"


def test_what_is_beyond_a_device_s_rights_is_kept_aside_whole(place: Field) -> None:
    one = place.enrolled("un", "77")
    interview = one.interview(departement="91")
    report = one.sync.sync()
    assert report.quarantined == report.sent > 0
    assert "de côté par le central (gardées entières)" in report.sentence
    assert only(one).id == interview
    assert only(one).sync == "quarantined"
    assert one.sync.state().quarantined == report.quarantined


def test_what_arrives_after_an_erasure_is_told_as_not_kept(place: Field) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.interview()
    one.sync.sync()
    other.sync.sync()
    one.cases.vault.erase(only(one).professional.id)
    other.cases.interviews.note(interview, "Tapée trop tard")
    one.sync.sync()
    report = other.sync.sync()
    assert (report.quarantined, report.erased) == (1, 1)
    late = "1 saisie reçue après l’effacement de la personne\u202f: non conservée"
    assert late in report.sentence
    assert "gardée" not in report.sentence
    last = other.sync.state().last_sync
    assert last is not None
    assert late in last.sentence
    assert other.cases.disagreements.quarantined() == []
    assert other.sync.state().quarantined == 0


def test_a_revoked_home_closes_its_cases_and_opens_again_once_enrolled(place: Field) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    one.interview("Avant")
    one.sync.sync()
    interview = one.interview("Après")
    enrolment = one.sync.state().enrolment
    assert enrolment is not None
    revoke(place.central, enrolment.device, utc_now())
    with pytest.raises(LockedError):
        one.sync.sync()
    assert one.sync.state().locked
    for closed in (
        lambda: one.cases.interviews.get(interview),
        one.cases.permanences.list,
        one.cases.journal.entries,
        one.cases.disagreements.conflicts,
        lambda: one.cases.interviews.note(interview, "refusée"),
    ):
        with pytest.raises(LockedError, match="révoqué"):
            closed()
    assert one.sync.state().pending.count > 0
    assert one.cases.vault.check().faults == ()
    one.sync.enrol(place.url, place.code())
    assert not one.sync.state().locked
    assert one.sync.sync().quarantined == 0
    other.sync.sync()
    names = {found.professional.nom for found in other.cases.interviews.list()}
    assert names == {"Avant", "Après"}


def test_what_was_received_unheard_before_a_revocation_comes_once(
    place: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.interview()
    one.cases.interviews.note(interview, "Écrite une fois")
    one.cases.interviews.set(interview, {"sector": "1"})
    exchange = CentralClient.exchange

    def unheard(self: CentralClient, data: bytes) -> bytes:
        exchange(self, data)
        raise NetworkError("Coupé.", "")

    with monkeypatch.context() as cut:
        cut.setattr(CentralClient, "exchange", unheard)
        with pytest.raises(NetworkError):
            one.sync.sync()
    enrolment = one.sync.state().enrolment
    assert enrolment is not None
    revoke(place.central, enrolment.device, utc_now())
    with pytest.raises(LockedError):
        one.sync.sync()
    one.sync.enrol(place.url, place.code())
    report = one.sync.sync()
    assert (report.conflicts, report.quarantined, report.digest_ok) == (0, 0, True)
    other.sync.sync()
    found = only(other)
    assert [note.text for note in found.notes] == ["Écrite une fois"]
    assert found.profile["sector"] == "1"
    assert other.sync.state().conflicts == 0


def test_a_revoked_home_is_not_taken_over_by_another_central(place: Field, tmp_path: Path) -> None:
    one = place.enrolled("un")
    one.interview()
    one.sync.sync()
    enrolment = one.sync.state().enrolment
    assert enrolment is not None
    revoke(place.central, enrolment.device, utc_now())
    with pytest.raises(LockedError):
        one.sync.sync()
    stranger = Central(f"sqlite:///{tmp_path / 'autre.db'}")
    stranger.migrate()
    with RunningServer(stranger) as server:
        elsewhere = Field(stranger, server, tmp_path)
        with pytest.raises(RefusedError, match="n’est pas celui"):
            one.sync.enrol(server.url, elsewhere.code())
    stranger.close()
    assert one.sync.state().locked


def test_a_sync_goes_on_after_the_server_came_back(place: Field) -> None:
    one = place.enrolled("un")
    one.interview()
    address = place.url
    place.server.stop()
    with pytest.raises(NetworkError) as told:
        one.sync.sync()
    assert "Rien n’est perdu" in told.value.hint
    state = one.sync.state()
    assert state.last_sync is not None
    assert (state.last_sync.ok, state.last_sync.sentence) == (False, told.value.message)
    assert state.last_success is None
    place.server.start(address.removeprefix("http://"))
    assert one.sync.sync().digest_ok is True
    assert one.sync.state().pending.count == 0
    assert one.sync.state().last_success is not None


@pytest.mark.parametrize("days", [3650, -3650], ids=["ahead", "behind"])
def test_a_clock_ten_years_off_syncs_and_is_told(place: Field, days: int) -> None:
    one = place.enrolled("un", offset=timedelta(days=days))
    other = place.enrolled("deux")
    interview = one.interview()
    report = one.sync.sync()
    assert report.digest_ok is True
    assert any("horloge" in remark for remark in report.remarks)
    assert other.sync.sync().remarks == ()
    assert only(other).id == interview


def test_a_copy_is_made_before_the_first_sync_of_the_day_only(place: Field) -> None:
    one = place.enrolled("un")
    one.sync.sync()
    assert len(one.cases.vault.backups()) == 1
    one.sync.sync()
    assert len(one.cases.vault.backups()) == 1
    one.offset = timedelta(days=2)
    one.sync.sync()
    assert len(one.cases.vault.backups()) == 2


def test_a_disk_full_while_receiving_is_told_and_goes_on_later(place: Field) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.interview()
    one.cases.interviews.note(interview, "mot " * 4_000)
    one.cases.interviews.note(interview, "mot " * 4_000)
    one.sync.sync()
    other.cases.vault.backup()

    @sa.event.listens_for(other.vault.engine, "begin")
    def no_more_page(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DiskFullError, match="arrive du central") as told:
        other.sync.sync()
    assert "Rien n’est perdu" in told.value.hint
    assert other.cases.interviews.list() == []
    sa.event.remove(other.vault.engine, "begin", no_more_page)
    other.close()
    other.open()
    assert other.sync.sync().digest_ok is True
    assert len(only(other).notes) == 2


def test_one_sync_at_a_time(place: Field) -> None:
    one = place.enrolled("un")
    with SyncLock(one.home), pytest.raises(AlreadyOpenError, match="en cours"):
        one.sync.sync()


def test_stages_are_told_and_a_stop_loses_nothing(place: Field) -> None:
    one, seen = place.enrolled("un"), list[Stage]()
    one.interview()
    waiting = one.sync.state().pending.count
    with pytest.raises(StoppedError):
        one.sync.sync(cancelled=lambda: True)
    assert one.sync.state().pending.count == waiting
    one.sync.sync(on_stage=seen.append)
    names = [stage.name for stage in seen]
    assert StageName.PUSHING in names
    assert all(stage.sentence for stage in seen)
    assert next(stage for stage in seen if stage.name is StageName.PUSHING).total == waiting


def test_another_address_than_the_enrolled_one_is_refused(place: Field) -> None:
    one = place.enrolled("un")
    one.sync.sync(f"{place.url}/")
    with pytest.raises(RefusedError, match="inscrit au central"):
        one.sync.sync("https://ailleurs.example.org")


def test_a_home_never_enrolled_is_told_what_to_do(place: Field) -> None:
    with pytest.raises(RefusedError, match="inscrit à aucun central"):
        place.laptop("un").sync.sync()
    assert place.laptops[0].sync.state().central is None
