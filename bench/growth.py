"""The bench of growth: what bookings, pages, searches, memory and a rebuild cost as an organiser's past grows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from bench.apart import apart
from bench.growth_asking import Visitors, searched, timed, web, worker
from bench.growth_loading import Loaded, load
from bench.machine import describe
from bench.rebuild import rebuilt
from infrastructure.kernel.settings import Settings
from web.server.interpreter import settle
from web.wiring import Installation, build

SIZES, TORTURE = (1_000, 10_000, 100_000), 1_000_000
S79_BOOKINGS = 10_000
AT_MOST_RATIO = {"CPU per booking": 1.15}
AT_LEAST_REBUILD = 0.4
AT_MOST = {"people search p95_ms": 20.0, "my data p95_ms": 100.0, "web_private_mib": 80.0, "worker_private_mib": 120.0}
S79_AT_MOST = {"booking_p95_ms": 300.0, "roster_as_of_ms": 1000.0, "rebuild_s": 120.0}

Say = Callable[[str], None]
Report = dict[str, Any]


def measure(settings: Settings, say: Say, sizes: Sequence[int] = SIZES, s79: int = S79_BOOKINGS) -> Report:
    """Load each number of bookings into a database of its own and measure there; then the scenario S79 in one season.

    Some minutes at a hundred thousand. Raises UnexpectedAnswer.
    """
    report: Report = {"machine": describe(), "sizes": {}}
    for number in sizes:
        report["sizes"][str(number)] = _one(settings, say, number)
    if s79:
        report["S79"] = _s79(settings, say, s79)
    small, large = (report["sizes"][str(each)] for each in (min(sizes), max(sizes)))
    report["ratios"] = _ratios(small, large)
    report["to_reach"] = {
        "ratios_at_most": AT_MOST_RATIO,
        "rebuild_to_reading_at_least": AT_LEAST_REBUILD,
        "at_most": AT_MOST,
        "S79_at_most": S79_AT_MOST,
    }
    return report


def _one(settings: Settings, say: Say, number: int) -> Report:
    with apart(settings, workers=1, threads=4) as own:
        house = build(own.database_url or "", own)
        try:
            say(f"{number} bookings of as many people are loaded")
            loaded = load(house, number)
            say("read models are made again")
            report: Report = {"events": loaded.events, "rebuild": rebuilt(house.store)}
            _vacuum(own.database_url or "")
            say("people are searched")
            report["search"] = searched(house, loaded)
            say("pages are opened, seats are booked")
            report |= web(own, Visitors(house, loaded))
            say("the worker follows")
            return report | worker(own, house)
        finally:
            house.close()


def _s79(settings: Settings, say: Say, number: int) -> Report:
    """S79: a season in which so many have booked; a booking, the roster as of an earlier instant, a rebuild."""
    with apart(settings, workers=1, threads=4) as own:
        house = build(own.database_url or "", own)
        try:
            say(f"S79: {number} bookings in one season")
            loaded = load(house, number, in_season=number)
            rebuild = rebuilt(house.store)
            _vacuum(own.database_url or "")
            figures = web(own, Visitors(house, loaded))
            return {
                "events": loaded.events,
                "booking_p95_ms": figures["booking"]["p95_ms"],  # type: ignore[index]
                "roster_as_of_ms": _roster_as_of(house, loaded),
                "rebuild_s": rebuild["seconds"],
            }
        finally:
            house.close()


def _roster_as_of(house: Installation, loaded: Loaded) -> float:
    """Asked in this process, once it is settled as those are that serve."""
    settle()
    town, now = loaded.town, house.store.clock.now()
    return timed(lambda: house.services.rosters.of(town.admin, town.seasons[0], now, now), 3)["p95_ms"]


def _ratios(small: Report, large: Report) -> dict[str, float]:
    """How many times as much, from the smallest to the largest."""
    pairs = {
        "CPU per booking": [each["booking"].get("cpu_ms") for each in (small, large)],
        "booking": [each["booking"]["p50_ms"] for each in (small, large)],
        "start": [each["start_s"] for each in (small, large)],
        "web memory": [each["web_private_mib"] for each in (small, large)],
        "worker memory": [each["worker_private_mib"] for each in (small, large)],
        "catching up with the same": [each["catching_up_s"] for each in (small, large)],
        **{f"page: {name}": [each["pages"][name]["p50_ms"] for each in (small, large)] for name in small["pages"]},
    }
    return {
        **{name: round(after / before, 2) for name, (before, after) in pairs.items() if before and after},
        "rebuild to reading and decoding": large["rebuild"]["ratio"],
    }


def _vacuum(url: str) -> None:
    """What the server does by itself within a minute of so many rows; it shall not do it while pages are timed."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set statement_timeout = 0")
        connection.execute("vacuum (analyze)")
        connection.execute("checkpoint")
