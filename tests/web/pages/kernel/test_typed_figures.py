"""Figures as people type them: read as they are meant, or asked about."""

from __future__ import annotations

import pytest

from web.pages.kernel.typed_figures import sum_of, whole_of


@pytest.mark.parametrize(
    ("typed", "ore"),
    [("7500", 7_500_00), ("7 500,50", 7_500_50), ("7500.5", 7_500_50), ("7.500,50", 7_500_50), ("0,05", 5),
     ("7500,", 7_500_00), ("1\N{NO-BREAK SPACE}250 000", 1_250_000_00), ("0", 0)],
)  # fmt: skip
def test_a_sum_is_read_as_it_is_written(typed: str, ore: int) -> None:
    assert sum_of(typed) == ore


@pytest.mark.parametrize(
    "typed",
    ["", "12 50", "1 25,50", "7.500", "7,500", "7,505", "1.2.3,5", "-5", "7,\N{SUPERSCRIPT TWO}", "\u0663", "1e5", ","],
)
def test_what_may_be_another_sum_is_asked_about(typed: str) -> None:
    assert sum_of(typed) is None


def test_a_whole_number_has_one_sign_at_most() -> None:
    assert [whole_of(each) for each in ("12", "-12", "\N{MINUS SIGN}12")] == [12, -12, -12]
    assert [whole_of(each) for each in ("--12", "-", "", "1 2", "\N{SUPERSCRIPT TWO}", "1234567890")] == [None] * 6
