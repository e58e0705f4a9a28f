"""What people type: kept as it is, or refused when it cannot be what it claims to be."""

from __future__ import annotations

import pytest

from domain.kernel.errors import BadValue
from domain.kernel.text import clean, clean_line, email_of, name_of, same_name, title_of

UNSEEN = (
    *("\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u202e", "\u2066", "\u061c", "\ufe0f", "\u3164"),
    *("\U000e0041", "\u034f", "\u180e", "\U000e0101", "\u115f", "\u2800"),
)
OTHER_LETTERS = ("ñ@example.org", "åsa@example.org", "\u0430.berg@example.org", "\uff4eils@example.org")


def test_text_is_kept_without_the_space_around_it() -> None:
    assert clean("note", "  Åsa\n {'_type_': 1} ", 100) == "Åsa\n {'_type_': 1}"


def test_letters_are_the_same_however_they_were_typed() -> None:
    assert clean_line("name", "A\u030asa", 10) == "Åsa"


@pytest.mark.parametrize(
    "value", ["", "   ", "x" * 11, "a\0b", "a\x1b[31m", "a\ud800", "a\ufffd", "a\ue000", "a\U0010ffff", "\u200b"]
)
def test_what_is_not_text_is_refused(value: str) -> None:
    with pytest.raises(BadValue):
        clean("name", value, 10)


def test_a_line_is_one_line() -> None:
    with pytest.raises(BadValue):
        clean_line("name", "a\nb", 10)


def test_an_address_is_in_lower_case() -> None:
    assert email_of(" Anna.A@Example.ORG ") == "anna.a@example.org"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("nils@räksmörgås.se", "nils@xn--rksmrgs-5wao1o.se"),
        ("nils@RÄKSMÖRGÅS.SE", "nils@xn--rksmrgs-5wao1o.se"),
        ("nils@xn--rksmrgs-5wao1o.se", "nils@xn--rksmrgs-5wao1o.se"),
        ("nils@пример.рф", "nils@xn--e1afmkfd.xn--p1ai"),
        ("nils@\uff45xample.org", "nils@example.org"),
        ("o'neil+plats@example.org", "o'neil+plats@example.org"),
    ],
)
def test_a_domain_is_kept_as_mail_servers_read_it(typed: str, kept: str) -> None:
    assert email_of(typed) == kept


@pytest.mark.parametrize("value", OTHER_LETTERS)
def test_other_letters_before_the_at_are_refused_with_the_reason(value: str) -> None:
    with pytest.raises(BadValue) as refused:
        email_of(value)
    assert refused.value.facts == {"field": "email", "why": "has letters before the @ that mail cannot carry"}


@pytest.mark.parametrize("mark", UNSEEN)
def test_one_address_that_is_seen_is_one_address(mark: str) -> None:
    assert email_of(f"nils{mark}@exam{mark}ple.org{mark}") == "nils@example.org"


@pytest.mark.parametrize("mark", UNSEEN)
def test_marks_that_nobody_sees_are_not_in_any_text(mark: str) -> None:
    assert name_of("name", f"{mark}Bo{mark} Lager") == "Bo Lager"
    assert clean("note", f"a{mark}\nb", 10) == "a\nb"
    with pytest.raises(BadValue):
        name_of("name", mark * 3)


@pytest.mark.parametrize(
    "value", ["-", "123", "…", "\u0301", "\N{SMILING FACE WITH OPEN MOUTH}", "\u3164\u200b", "\u2800"]
)
def test_a_name_has_a_letter(value: str) -> None:
    with pytest.raises(BadValue):
        name_of("name", value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Anna\u00a0 \u3000Berg", "Anna Berg"),
        ("A\u200d\u030asa", "Åsa"),
        ("李小龍", "李小龍"),
        ("Nguyễn Thị Minh", "Nguyễn Thị Minh"),
        ("D'Arcy-Öst, Bo", "D'Arcy-Öst, Bo"),
    ],
)
def test_names_of_the_world_stay_as_they_are(typed: str, kept: str) -> None:
    assert name_of("name", typed) == kept


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Åsa Öberg", "asa oberg", True),
        ("Anna-Karin Berg", "Anna Karin  BERG", True),
        ("Bo Lager", "Anna Reception", False),
        ("Bo Lager", "Bo", False),
    ],
)
def test_names_are_the_same_whatever_their_case_and_accents(one: str, other: str, *, same: bool) -> None:
    assert same_name(one, other) is same


NO_ADDRESSES = (
    *(
        "anna",
        "anna@",
        "@example.org",
        "anna@example",
        "a b@example.org",
        "a@b@c.org",
        "a@example.org, b@example.org",
        "",
    ),
    *("nils@example..org", ".nils@example.org", "nils.@example.org", "nils..x@example.org", "nils@-example.org"),
    *("nils@example-.org", "nils@.example.org", "nils@example.org.", "nils@[192.0.2.1]", '"nils x"@example.org'),
    *("nils@exa_mple.org", "nils@localhost", "Nils <nils@example.org>", "nils@192.0.2.1", f"{'n' * 65}@example.org"),
    *(f"nils@{'a' * 64}.org", "nils@xn--99zz.se", "nils@example.org\r\nBcc: x@example.org"),
)


@pytest.mark.parametrize("value", NO_ADDRESSES)
def test_what_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(BadValue):
        email_of(value)


@pytest.mark.parametrize("typed", ["\u0301\u0301", "\u200b", "–", "...", "Två\nrader"])
def test_what_a_thing_is_called_can_be_read(typed: str) -> None:
    """An organisation of marks alone, or an organiser on two lines in the head of a letter, is none."""
    with pytest.raises(BadValue):
        title_of("title", typed)


@pytest.mark.parametrize("typed", ["3M", "118 118", "Säsong 4", "京"])
def test_letters_or_digits_are_enough_to_be_called_something(typed: str) -> None:
    assert title_of("title", typed) == typed
