"""Where somebody is reached by Peppol, and their address in parts: only what is known is said."""

from __future__ import annotations

import pytest

from infrastructure.documents.ubl_parties import address_of, electronic_address


@pytest.mark.parametrize("country", ["SE", "NO", "DK", "FI", "DE", "FR"])
def test_whoever_has_no_number_has_no_electronic_address(country: str) -> None:
    assert electronic_address(country, "", "") == ("", "")


def test_a_finnish_number_is_an_address_of_its_scheme() -> None:
    assert electronic_address("FI", "20774740", "") == ("0216", "003720774740")


@pytest.mark.parametrize(
    ("place", "code", "town"),
    [("D-10115 Berlin", "10115", "Berlin"), ("DK-2100 København Ø", "2100", "København Ø"),
     ("N-0150 Oslo", "0150", "Oslo"), ("SE-111 22 Stockholm", "111 22", "Stockholm"),
     ("00100 Helsinki", "00100", "Helsinki")],
)  # fmt: skip
def test_a_town_is_found_by_its_postal_code_whatever_country_stands_before_it(place: str, code: str, town: str) -> None:
    found = address_of(f"Storgatan 1\n{place}")
    assert (found.street, found.code, found.town) == ("Storgatan 1", code, town)
