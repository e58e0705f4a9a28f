"""What people type: kept as it is, or refused when it cannot be what it claims to be."""

from __future__ import annotations

import pytest

from domain.errors import BadValue
from domain.text import clean, clean_line, email_of, org_number_of


def test_text_is_kept_without_the_space_around_it() -> None:
    assert clean("note", "  Åsa\n {'_type_': 1} ", 100) == "Åsa\n {'_type_': 1}"


def test_letters_are_the_same_however_they_were_typed() -> None:
    assert clean_line("name", "A\u030asa", 10) == "Åsa"


@pytest.mark.parametrize("value", ["", "   ", "x" * 11, "a\0b", "a\x1b[31m", "a\ud800"])
def test_what_is_not_text_is_refused(value: str) -> None:
    with pytest.raises(BadValue):
        clean("name", value, 10)


def test_a_line_is_one_line() -> None:
    with pytest.raises(BadValue):
        clean_line("name", "a\nb", 10)


def test_an_address_is_in_lower_case() -> None:
    assert email_of(" Anna.Å@Example.ORG ") == "anna.å@example.org"


@pytest.mark.parametrize(
    "value",
    ["anna", "anna@", "@example.org", "anna@example", "a b@example.org", "a@b@c.org", "a@example.org, b@example.org"],
)
def test_what_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(BadValue):
        email_of(value)


def test_an_organisation_number_has_its_check_digit() -> None:
    assert [org_number_of(number) for number in ("556999-0004", "2120009903", "556999 1002")] == [
        "5569990004",
        "2120009903",
        "5569991002",
    ]


@pytest.mark.parametrize("value", ["556999-0005", "556999-000", "55699900045", "abcdefghij", "٥٥٦٩٩٩٠٠٠٤", ""])
def test_an_impossible_number_is_refused(value: str) -> None:
    with pytest.raises(BadValue):
        org_number_of(value)
