"""Single sessions of an open programme by the API: by somebody without a token, all or none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.kernel.ids import SeasonId
from tests.samples import full_day
from tests.scenarios.story import FREE
from tests.strangers import links_of
from tests.web.calling import Api, api

AT = "/organisers/institutet/session-registrations"


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_a_stranger_registers_for_several_without_a_token_and_is_mailed_a_link_to_each(calls: Api) -> None:
    one, other, at_once = (session(calls, day) for day in (1, 2, 2))
    siv = {"name": "Siv", "email": "siv@example.org"}
    refused = calls.refused("POST", AT, {"season_ids": [str(other), str(at_once)], **siv}, "")
    assert refused["status"] == 409
    held = calls.post(AT, {"season_ids": [str(one), str(other)], **siv}, "")
    assert held["next_step"] == "confirm_registration" and len(held["held_until"]) == 2
    assert len(links_of(calls.institute, "siv@example.org")) == 2


def session(calls: Api, day: int) -> SeasonId:
    """One on a day in March."""
    return calls.institute.season(f"Pass {day}", 5, FREE, meetings=(full_day("Passet", 2027, 3, day),))
