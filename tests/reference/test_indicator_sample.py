"""What a table looks like before anything is matched."""

from pathlib import Path

import pytest

from advisor.domain.territories.code_list import read_codes
from advisor.errors import BadDataError
from advisor.reference.imported.sample import look_at


def test_the_header_is_found_under_title_lines_with_the_code_s_column(tmp_path: Path) -> None:
    file = tmp_path / "mg.csv"
    file.write_text("Médecins\n\nCODGEO;Commune;NB_MG\n77379;Provins;12\n", encoding="utf-8")
    (found,) = look_at(file)
    assert (found.line, found.headers) == (3, ("CODGEO", "Commune", "NB_MG"))
    assert (found.territory, found.kind, found.known) == ("CODGEO", "commune", False)
    assert found.lines == (("77379", "Provins", "12"),)


def test_a_file_without_a_header_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rien.csv"
    file.write_text("1;2\n3;4\n", encoding="utf-8")
    with pytest.raises(BadDataError, match="en-tête"):
        look_at(file)


def test_a_list_of_codes_is_read_as_pasted() -> None:
    found = read_codes("Code;Nom\n77379;Provins\n2A004 95051, 38185\nMelun\n")
    assert found.codes == ("77379", "2A004", "95051", "38185")
    assert found.rejected == ((4, "Melun"),)


def test_a_code_badly_typed_among_others_is_told_and_the_others_are_kept() -> None:
    found = read_codes("77379, 77014, 7701\n77288;Melun;77000;45000\n")
    assert found.codes == ("77379", "77014", "77288")
    assert found.rejected == ((1, "7701"),)
