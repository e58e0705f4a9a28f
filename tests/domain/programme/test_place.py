"""Where a meeting is: a venue, its street address and its town, told in one breath and remembered as typed."""

from __future__ import annotations

import pytest

from domain.kernel.errors import BadValue
from domain.programme.meeting import Format, Place


def test_a_place_is_told_as_far_as_it_is_known() -> None:
    assert Place(venue="Salongen", address="Vindgränd 4", town="Malmö").on_a_map == "Salongen, Vindgränd 4, Malmö"
    assert Place(venue="Salongen").on_a_map == "Salongen"
    assert Place(town="Malmö").on_a_map == "Malmö"
    assert Place(Format.ONLINE).on_a_map == ""


def test_a_town_that_the_venue_names_is_not_said_twice() -> None:
    assert Place(venue="Salongen, Malmö", town="Malmö").on_a_map == "Salongen, Malmö"
    assert Place(venue="Malmö konsthall", town="Malmö").on_a_map == "Malmö konsthall, Malmö"


def test_what_surrounds_a_place_is_not_remembered() -> None:
    place = Place(venue=" Salongen ", address="Vindgränd 4 ", town="Västra  Frölunda ").checked()
    assert place == Place(venue="Salongen", address="Vindgränd 4", town="Västra Frölunda")


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("venue", Place(venue="x" * 301)),
        ("address", Place(address="Vindgränd 4\nSvalgången")),
        ("town", Place(town="M" * 101)),
    ],
)
def test_what_is_no_place_is_refused_at_its_field(field: str, place: Place) -> None:
    with pytest.raises(BadValue) as refused:
        place.checked()
    assert refused.value.facts["field"] == field
