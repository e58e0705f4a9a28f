"""Fifty reach for the last seat through HTTP, again and again: one gets it, and the others are told that it is gone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.torture.town import Crowd, ServedTown, booking_of, seeded, served_town, settings_on
from web.server.server import APP

CLIENTS = 50
ROUNDS = 200
EXACTLY_ONE = Counter({201: 1, 409: CLIENTS - 1})


def rounds(served: ServedTown, number: int) -> list[Counter[int]]:
    chance = seeded()
    crowd = Crowd(served.running, served.town.members)
    seen = []
    try:
        for turn in range(number):
            season_id = served.season(f"Sista platsen {turn}", seats=1)
            order = chance.sample(range(CLIENTS), CLIENTS)
            seen.append(Counter(status for status, _ in crowd.book(booking_of(served.town, season_id), order)))
    finally:
        crowd.go()
    return seen


def reach(database_url: str, home: Path, number: int, app: str = APP) -> list[Counter[int]]:
    settings = settings_on(database_url, home)
    with served_town(settings, seasons=0, people=CLIENTS, app=app, worker=False) as served:
        return rounds(served, number)


def test_the_last_seat_goes_to_exactly_one_of_fifty(database_url: str, tmp_path: Path) -> None:
    assert set(map(str, reach(database_url, tmp_path, ROUNDS))) == {str(EXACTLY_ONE)}


def test_without_the_guard_the_last_seat_goes_to_several(database_url: str, tmp_path: Path) -> None:
    seen = reach(database_url, tmp_path, 10, app="tests.torture.unguarded:open_app")

    assert any(one[201] > 1 for one in seen), seen


@pytest.mark.torture
def test_the_last_seat_goes_to_exactly_one_two_thousand_times(database_url: str, tmp_path: Path) -> None:
    assert set(map(str, reach(database_url, tmp_path, 2000))) == {str(EXACTLY_ONE)}
