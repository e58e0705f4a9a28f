"""Terms tried on history through the API: the same figures, for staff, again the same with its position."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.kernel.actor import Role
from tests.scenarios.story import book, cancel, stockholm
from tests.web.calling import Api, api

TIERS = [{"before": "2026-12-01", "kept": 0}, {"before": "2027-01-03", "kept": 5000}, {"kept": 10000}]


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_a_trial_says_what_would_have_been_kept_and_is_staffs_alone(calls: Api) -> None:
    made = calls.institute
    season = made.conference()
    booking = book(made, season, made.bolt, made.person("Åke", made.bolt)).booking_id
    made.clock.instant = stockholm("2026-12-10 09:00")
    cancel(made, made.admin, booking)
    made.catch_up()
    path = f"/seasons/{season}/terms-trial"

    trial = calls.post(path, {"tiers": TIERS, "fee_outside_vat": False})

    assert (trial["sums"]["more_kept_net"], trial["sums"]["more_kept"]) == (6_000_00, 7_500_00)
    assert [(each["booking_id"], each["kept"]) for each in trial["cancellations"]] == [(str(booking), 5_000)]
    later = book(made, season, made.acme, made.person("Bo", made.acme)).booking_id
    cancel(made, made.admin, later)
    made.catch_up()
    assert calls.post(path, {"tiers": TIERS, "fee_outside_vat": False, "position": trial["position"]}) == trial
    assert calls.post(path, {"tiers": TIERS, "fee_outside_vat": False})["sums"]["more_kept_net"] == 9_000_00
    refused = calls.call("POST", path, {"tiers": TIERS[:1]})
    assert refused.status_code == 422
    calls.token("anna", Role.MEMBER, person=made.person("Anna", made.acme))
    assert calls.call("POST", path, {"tiers": TIERS, "fee_outside_vat": False}, "anna").status_code == 403
