import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sheet_samples as samples

from advisor.documents.disk import staged, write_whole
from advisor.documents.sheet import make_sheet
from advisor.errors import DiskFullError, RefusedError

linux_only = pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")


@contextmanager
def no_room_for_more_than(size: int) -> Iterator[None]:
    """Have the system refuse files larger than ``size``, as a full disk does."""
    import resource  # noqa: PLC0415 - POSIX only

    held = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, held[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, held)


@linux_only
def test_a_full_disk_leaves_the_old_sheet_whole_and_says_so(tmp_path: Path) -> None:
    out = tmp_path / "synthese.pdf"
    write_whole(out, b"ancienne")
    with no_room_for_more_than(1000), pytest.raises(DiskFullError) as refused:
        make_sheet(samples.ordinary(), out)
    assert "Le disque est plein" in refused.value.message
    assert refused.value.hint
    assert out.read_bytes() == b"ancienne"
    assert [one.name for one in tmp_path.iterdir()] == ["synthese.pdf"]


def test_a_folder_that_is_a_file_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "dossier").write_text("pas un dossier", encoding="utf-8")
    with pytest.raises(RefusedError, match="n’a pas pu être écrit"):
        write_whole(tmp_path / "dossier" / "synthese.pdf", b"x")


def test_documents_appear_only_when_the_work_between_succeeds(tmp_path: Path) -> None:
    one, two = tmp_path / "a.pdf", tmp_path / "b.pdf"
    with pytest.raises(ValueError, match="non"), staged({one: b"1", two: b"2"}):
        raise ValueError("non")
    assert list(tmp_path.iterdir()) == []
    with staged({one: b"1", two: b"2"}):
        assert not one.exists()
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
