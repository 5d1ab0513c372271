"""Runs the product's own command line, in this process or in another."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Advisor, Ran

from advisor.cli.main import run
from advisor.config import Home
from advisor.reference.pack.installation import current_pack

ENGLISH = (
    "Traceback",
    "Error",
    "error:",
    "usage:",
    "optional arguments",
    "positional",
    "invalid",
    "expected",
    "required",
    "No such file",
)


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose starter pack is already built; nobody writes cases in it."""
    home = Home(tmp_path_factory.mktemp("starter"))
    current_pack(home).close()
    return home.root


@pytest.fixture
def home(tmp_path: Path, starter_home: Path) -> Path:
    """Return a new home of one's own, its starter pack already built."""
    root = tmp_path / "home"
    shutil.copytree(starter_home, root)
    return root


@pytest.fixture
def passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a passphrase file for unattended use."""
    file = tmp_path / "phrase"
    file.write_text("des mots pour les essais seulement\n", encoding="utf-8")
    monkeypatch.setenv("ADVISOR_PASSPHRASE_FILE", str(file))
    return file


@pytest.fixture
def advisor(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Advisor:
    """Return a function that runs one command line in this process, in a home of its own."""
    return _in_process(home, capsys, monkeypatch)


@pytest.fixture
def reader(
    starter_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Advisor:
    """Return the same for commands that only read the reference: the home is shared."""
    return _in_process(starter_home, capsys, monkeypatch)


@pytest.fixture
def full_reader(
    full_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Advisor:
    """Return the same on the full pack; skipped, counted, without the official files."""
    return _in_process(full_home, capsys, monkeypatch)


def _in_process(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Advisor:
    def call(*words: object, stdin: str | bytes | None = None) -> Ran:
        if stdin is not None:
            raw = stdin.encode() if isinstance(stdin, str) else stdin
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        capsys.readouterr()
        try:
            status = run([*(str(word) for word in words), "--home", str(home)])
        except SystemExit as ended:  # --help and --version end the program
            status = int(ended.code or 0)
        told = capsys.readouterr()
        return Ran(status, told.out, told.err)

    return call


@pytest.fixture
def refuse(advisor: Advisor) -> Callable[..., str]:
    """Return a function that expects a refusal and checks how it is told, both ways."""

    def expect(status: int, *words: object, stdin: str | bytes | None = None) -> str:
        plain = advisor(*words, stdin=stdin)
        assert plain.status == status, plain
        assert not plain.out, plain.out
        assert plain.err.strip()
        for word in ENGLISH:
            assert word not in plain.err, plain.err
        written = advisor(*words, "--json", stdin=stdin)
        assert written.status == status
        assert set(written.data) == {"error"}
        assert set(written.data["error"]) == {"code", "message", "hint"}
        assert written.data["error"]["message"] == plain.err.splitlines()[0]
        return str(written.data["error"]["message"])

    return expect


@pytest.fixture
def in_a_process(home: Path) -> Advisor:
    """Return a function that runs the real program, as a user's shell does."""

    def call(*words: object, env: dict[str, str] | None = None) -> Ran:
        ran = subprocess.run(
            [sys.executable, "-m", "advisor", *(str(word) for word in words), "--home", str(home)],
            capture_output=True,
            check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **(env or {})},
        )
        return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    return call
