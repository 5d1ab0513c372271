"""Guards against known faults of the libraries underneath."""

import sys

import pytest
from PySide6 import QtWidgets


@pytest.mark.usefixtures("qapp")
def test_calls_that_return_none_do_not_wear_none_out() -> None:
    label = QtWidgets.QLabel("x")
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 100
