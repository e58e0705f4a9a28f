"""A season as a drawing: what stands under the meetings can be read on a phone."""

from __future__ import annotations

import pytest

from application.programme.meeting import PlannedMeeting
from domain.kernel.money import Money
from domain.programme.meeting_time import TO_COME, in_month
from domain.programme.price import Price, PriceList
from tests.samples import full_day
from tests.web.stage import SLUG, stage

FREE = PriceList(0, (Price(Money(0)),))
WAITING = PlannedMeeting("Mötet", TO_COME)


@pytest.mark.parametrize(
    ("meetings", "said"),
    [
        ((full_day("Dag 1", 2027, 2, 3), WAITING, WAITING, WAITING), 1),
        ((WAITING, PlannedMeeting("I juni", in_month("2027-06")), WAITING), 2),
        ((full_day("Dag 1", 2027, 2, 3), full_day("Dag 2", 2027, 2, 4)), 0),
    ],
)
def test_of_meetings_without_a_date_side_by_side_only_the_first_says_so(
    database_url: str, meetings: tuple[PlannedMeeting, ...], said: int
) -> None:
    with stage(database_url) as acted:
        season = acted.institute.season("Nätverket", 10, FREE, meetings=meetings)
        page = acted.browser().open(f"/{SLUG}/seasons/{season}")
        assert page.html.count(">dag kommer</text>") == said
