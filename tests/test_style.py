"""Style, format and types: in a whole run, checked beside the tests and counted with them."""

import subprocess
import sys

import pytest

from run import CHECKS, ROOT


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", CHECKS)
def test_the_code_is_clean(name: str) -> None:
    ran = subprocess.run(
        [sys.executable, *CHECKS[name]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
