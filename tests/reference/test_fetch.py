"""Bringing official files home, over a server on this machine that misbehaves on demand."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.config import data_folder
from advisor.errors import BadDataError, PackError
from advisor.reference.files.source_files import load_sources
from advisor.reference.official.download import DownloadError, Wanted, download
from advisor.reference.official.fetch import fetch

BODY = bytes(range(256)) * 20
HASH = hashlib.sha256(BODY).hexdigest()


@dataclass(slots=True)
class Behaviour:
    """How the server answers: where it cuts, what it says, and what it was asked."""

    body: bytes = BODY
    status: int = 200
    kind: str = "text/csv"
    tag: str = '"v1"'
    ranges: bool = True
    cut_at: list[int] = field(default_factory=list)
    wrong_start: bool = False
    asked: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    behaviour = Behaviour()

    def do_GET(self) -> None:
        how = self.behaviour
        wanted = self.headers.get("Range", "")
        how.asked.append(wanted)
        if self.headers.get("If-None-Match") == how.tag and how.tag:
            self._answer(304, b"", len(b""))
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and how.ranges else 0
        if self.headers.get("If-Range", how.tag) != how.tag:
            start = 0
        if start and start >= len(how.body):
            self._answer(416, b"", 0, f"bytes */{len(how.body)}")
            return
        status = 206 if start and how.status == 200 else how.status
        told = f"bytes {start + how.wrong_start}-{len(how.body) - 1}/{len(how.body)}"
        body = how.body[start:]
        cut = how.cut_at.pop(0) if how.cut_at else len(body)
        self._answer(status, body[:cut], len(body), told if status == 206 else "")
        if cut < len(body):
            self.close_connection = True

    def _answer(self, status: int, body: bytes, length: int, told: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", self.behaviour.kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Last-Modified", formatdate(0, usegmt=True))
        if self.behaviour.tag:
            self.send_header("ETag", self.behaviour.tag)
        if told:
            self.send_header("Content-Range", told)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing on the screen."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/fichier.csv"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def how() -> Behaviour:
    Handler.behaviour = Behaviour()
    return Handler.behaviour


def bring(address: str, target: Path, sha256: str = "") -> bool:
    with httpx.Client(trust_env=False) as client:
        return download(client, Wanted(address, target, sha256))


def test_a_file_arrives_whole_and_nothing_else_stays(
    tmp_path: Path, address: str, how: Behaviour
) -> None:
    target = tmp_path / "dossier" / "fichier.csv"
    assert bring(address, target, HASH)
    assert target.read_bytes() == BODY
    assert not list(target.parent.glob("*.part*"))
    assert not bring(address, target, HASH)
    assert len(how.asked) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cut=st.integers(0, len(BODY) - 1), tag=st.sampled_from(('"v1"', "")))
def test_a_download_cut_at_any_byte_resumes_where_it_stopped(
    tmp_path_factory: pytest.TempPathFactory, address: str, cut: int, tag: str
) -> None:
    how = Handler.behaviour = Behaviour(cut_at=[cut], tag=tag)
    target = tmp_path_factory.mktemp("cut") / "fichier.csv"
    assert bring(address, target, HASH)
    assert target.read_bytes() == BODY
    assert len(how.asked) == 2
    assert how.asked[1] == (f"bytes={cut}-" if cut else "")


def test_what_arrived_is_kept_for_another_day(tmp_path: Path, address: str, how: Behaviour) -> None:
    how.cut_at = [1000, 500, 100]
    target = tmp_path / "fichier.csv"
    with pytest.raises(DownloadError, match="coupée ou refusée") as refused:
        bring(address, target)
    assert "reprendra" in refused.value.hint
    assert not target.exists()
    assert (tmp_path / "fichier.csv.part").stat().st_size == 1600
    assert bring(address, target)
    assert how.asked[-1] == "bytes=1600-"
    assert target.read_bytes() == BODY


def test_a_file_changed_in_between_is_taken_from_the_beginning(
    tmp_path: Path, address: str, how: Behaviour
) -> None:
    how.cut_at = [1000, 0, 0]
    target = tmp_path / "fichier.csv"
    with pytest.raises(DownloadError):
        bring(address, target)
    how.body, how.tag = BODY[::-1], '"v2"'
    assert bring(address, target)
    assert target.read_bytes() == BODY[::-1]


def test_a_server_that_cannot_resume_sends_it_all_again(
    tmp_path: Path, address: str, how: Behaviour
) -> None:
    how.ranges, how.cut_at = False, [1000]
    target = tmp_path / "fichier.csv"
    assert bring(address, target, HASH)
    assert target.read_bytes() == BODY


def test_a_server_that_resumes_elsewhere_is_not_believed(
    tmp_path: Path, address: str, how: Behaviour
) -> None:
    how.wrong_start, how.cut_at = True, [1000]
    target = tmp_path / "fichier.csv"
    assert bring(address, target)
    assert how.asked == ["", "bytes=1000-", ""]
    assert target.read_bytes() == BODY


def test_a_whole_part_is_recognised(tmp_path: Path, address: str, how: Behaviour) -> None:
    how.cut_at = [1000, 0, 0]
    target = tmp_path / "fichier.csv"
    with pytest.raises(DownloadError):
        bring(address, target)
    (tmp_path / "fichier.csv.part").write_bytes(BODY)
    assert bring(address, target)
    assert target.read_bytes() == BODY


def test_an_unchanged_file_is_not_sent_again(tmp_path: Path, address: str, how: Behaviour) -> None:
    target = tmp_path / "fichier.csv"
    assert bring(address, target)
    assert not bring(address, target)
    assert target.read_bytes() == BODY


def test_another_content_than_expected_is_thrown_away(
    tmp_path: Path, address: str, how: Behaviour
) -> None:
    target = tmp_path / "fichier.csv"
    with pytest.raises(DownloadError, match="empreinte différente"):
        bring(address, target, "0" * 64)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [404, 403, 500])
def test_a_refusal_of_the_server_is_said(
    tmp_path: Path, address: str, how: Behaviour, status: int
) -> None:
    how.status = status
    with pytest.raises(DownloadError, match=f"répond « {status} »"):
        bring(address, tmp_path / "fichier.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/csv"])
def test_a_web_page_in_place_of_the_file_is_refused(
    tmp_path: Path, address: str, how: Behaviour, kind: str
) -> None:
    how.body, how.kind = b"\n<!DOCTYPE html><html>Nous avons change d'adresse</html>", kind
    with pytest.raises(DownloadError, match="page web à la place du fichier"):
        bring(address, tmp_path / "fichier.csv")
    assert list(tmp_path.iterdir()) == []


def sources_file(folder: Path, files: str) -> Path:
    (folder / "schema").mkdir(parents=True)
    schema = data_folder() / "schema" / "sources.schema.json"
    (folder / "schema" / schema.name).write_bytes(schema.read_bytes())
    (folder / "sources.yaml").write_text(
        "sources:\n"
        "  - {id: avec, title: Avec, publisher: Insee, licence: LO, checked: non vérifiée,"
        f" files: [{files}]}}\n"
        "  - {id: sans, title: Sans, publisher: Insee, licence: LO, checked: 2026-11-22,"
        " page: 'https://example.org/', files: []}\n",
        encoding="utf-8",
    )
    return folder / "sources.yaml"


def test_each_file_has_its_own_fate(tmp_path: Path, address: str, how: Behaviour) -> None:
    files = f"{{to: a/b.csv, url: '{address}'}}, {{to: c.csv, url: 'http://127.0.0.1:9/c.csv'}}"
    told: list[str] = []
    report = fetch(tmp_path / "out", sources_file(tmp_path / "d", files), told.append)
    assert [(one.id, one.ok) for one in report] == [
        ("a/b.csv", True),
        ("c.csv", False),
        ("sans", False),
    ]
    assert "coupée ou refusée" in report[1].state
    assert report[2].state.endswith("https://example.org/")
    assert (tmp_path / "out" / "a" / "b.csv").read_bytes() == BODY
    assert len(told) == 2


def test_without_any_network_it_is_said_once(tmp_path: Path) -> None:
    file = sources_file(tmp_path / "d", "{to: c.csv, url: 'http://127.0.0.1:9/c.csv'}")
    with pytest.raises(PackError, match="Aucun fichier n’a pu être téléchargé"):
        fetch(tmp_path / "out", file)


@pytest.mark.parametrize("path", ["../dehors.csv", "/etc/passwd", "a/../../b.csv", ".cache"])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    file = sources_file(tmp_path / "d", f"{{to: {path}, url: 'http://127.0.0.1:9/'}}")
    with pytest.raises(BadDataError, match="ligne 2"):
        load_sources(file)


def test_every_shipped_address_is_dated_or_said_unverified() -> None:
    sources = load_sources(data_folder() / "sources.yaml")
    wanted = {"insee_cog", "insee_populations", "laposte_hexasmal", "dgcl_epci", "anct_zrr"}
    wanted |= {"anct_frr", "anct_qpv", "finess", "drees_apl", "ars_zonage_medecins"}
    assert wanted <= {source.id for source in sources}
    for source in sources:
        assert source.files or source.page or source.note
        assert all(len(file.sha256) == 64 for file in source.files)


def test_shipped_addresses_bring_the_very_files_that_a_build_reads(opendata: Path) -> None:
    for source in load_sources(data_folder() / "sources.yaml"):
        for file in source.files:
            held = (opendata / file.to).read_bytes()
            assert hashlib.sha256(held).hexdigest() == file.sha256, file.to
