import errno
from pathlib import Path

import pytest

from advisor.errors import BadDataError, DiskFullError, NotFoundError, RefusedError
from advisor.services import exchange_file
from advisor.services.exchange_file import read_file, write_file
from advisor.sync.bundle import MAGIC

DATA = MAGIC + b"contenu"


def test_a_file_is_written_whole_and_replaces_a_former_one(tmp_path: Path) -> None:
    file = tmp_path / "échange.advisor"
    write_file(file, DATA)
    write_file(file, DATA + b" suivant")
    assert read_file(file) == DATA + b" suivant"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_named_like_an_unfinished_one_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "échange.advisor.part"
    theirs.write_bytes(b"un film qui descend")
    write_file(tmp_path / "échange.advisor", DATA)
    assert theirs.read_bytes() == b"un film qui descend"
    assert len(list(tmp_path.iterdir())) == 2


def test_what_is_no_exchange_file_is_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "notes.docx"
    file.write_bytes(b"PK le rapport annuel")
    with pytest.raises(RefusedError, match="laissé"):
        write_file(file, DATA)
    assert file.read_bytes() == b"PK le rapport annuel"
    with pytest.raises(RefusedError, match="dossier"):
        write_file(tmp_path, DATA)


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [
        (errno.ENOSPC, DiskFullError, "plus de place"),
        (errno.EIO, RefusedError, "n’est plus là"),
        (errno.ENODEV, RefusedError, "n’est plus là"),
        (errno.EROFS, RefusedError, "ne peut pas être écrit"),
    ],
)
def test_a_full_or_unplugged_key_leaves_the_former_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    kind: type[Exception],
    said: str,
) -> None:
    file = tmp_path / "échange.advisor"
    write_file(file, DATA)

    def refuses(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(exchange_file.os, "fsync", refuses)
    with pytest.raises(kind, match=said):
        write_file(file, DATA + b" suivant")
    assert file.read_bytes() == DATA
    assert list(tmp_path.iterdir()) == [file]


def test_a_key_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="introuvable"):
        write_file(tmp_path / "clé" / "échange", DATA)
    with pytest.raises(NotFoundError, match="introuvable"):
        read_file(tmp_path / "clé" / "échange")
    with pytest.raises(RefusedError, match="ne peut pas être lu"):
        read_file(tmp_path)


def test_a_huge_file_is_not_taken_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_file, "LARGEST_FILE", 100)
    file = tmp_path / "énorme"
    file.write_bytes(bytes(101))
    with pytest.raises(BadDataError, match="trop gros"):
        read_file(file)
