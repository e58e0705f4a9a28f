"""Effects let those be first who follow the log, for as long as these are behind, and never rest for long."""

from __future__ import annotations

from infrastructure.jobs.giving_way import BEHIND, LONGEST, WhileBehind
from tests.infrastructure.followers import book_many
from tests.samples import Institute


def test_whoever_carries_out_effects_rests_while_much_has_not_been_followed(institute: Institute) -> None:
    book_many(institute, institute.conference(seats=BEHIND), BEHIND)
    way = WhileBehind(institute.house.store)
    assert 0.001 < way.rest(0.001) < LONGEST
    assert way.rest(60.0) == LONGEST


def test_nobody_rests_when_all_has_been_followed(institute: Institute) -> None:
    book_many(institute, institute.conference(seats=2), 2)
    institute.catch_up()
    assert WhileBehind(institute.house.store).rest(60.0) == 0.0
