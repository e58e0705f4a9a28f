"""The bench of bookings, whole: a town in a database of its own, a server, the rounds, and what came of them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor

import psycopg

from bench import following
from bench.apart import apart
from bench.floor import TABLE
from bench.inserts import insert_and_commit
from bench.machine import children, describe, resident_mib
from bench.rounds import CYCLES, SECONDS, Requests, Rounds
from bench.town import PEOPLE, SEASONS, furnish
from infrastructure.kernel.settings import Settings
from web.server.server import served
from web.wiring import build

WORKERS, THREADS = 2, 16
APP = "bench.floor:open_app"
BUSIEST = 16
AT_LEAST = {"spread_16": 0.5, "hot_16": 0.4, "rebuild": 20.0}
AT_MOST = {"p99_16": 4.0}

Say = Callable[[str], None]
Report = dict[str, object]


def measure(settings: Settings, say: Say) -> Report:
    """Measure in a database of its own on the server that the settings name. Takes about a minute and a half.

    Raises UnexpectedAnswer when a single request is not answered as it should be.
    """
    report: Report = {"machine": describe(), "setting": _setting()}
    spawned = multiprocessing.get_context("spawn")
    with apart(settings, WORKERS, THREADS) as own, ProcessPoolExecutor(1, spawned) as pool:
        url = own.database_url or ""
        report["machine"] = {**describe(), **_database(url)}
        say("a town is furnished")
        _floor(url)
        house = build(url, own)
        try:
            town = furnish(house.services)
            following.make_tables(house.store)
            report["insert_and_commit_per_second"] = _inserts(pool, url)
            requests = Requests(town)
            rounds = _booked(report, own, requests, pool, say)
            say("read models are made again")
            report["read_models"] = rebuilt = following.rebuild(house.store)
            say("the worker follows")
            report |= _with_worker(own, requests, pool)
        finally:
            house.close()
    report["ratios"] = _ratios(rounds) | {"rebuild": rebuilt["ratio"]}
    report["to_reach"] = {"at_least": AT_LEAST, "at_most": AT_MOST}
    return report


def _floor(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLE.encode())


def _inserts(pool: Executor, url: str) -> dict[str, float]:
    return {str(clients): pool.submit(insert_and_commit, url, clients).result() for clients in CYCLES}


def _booked(report: Report, own: Settings, requests: Requests, pool: Executor, say: Say) -> Rounds:
    with served(own, APP, worker=False) as running:
        rounds = Rounds(requests, running, pool)
        rounds.warm_up()
        for part in rounds.run():
            say(f"bookings by {part}")
        memory = [resident_mib(pid) or 0.0 for pid in children(running.supervisor.pid("web") or 0)]
    for kind in ("floor", "spread", "hot"):
        report[kind] = {str(clients): rounds.results[kind, clients].figures() for clients in CYCLES}
    report["web_process_mib"] = max(memory, default=None)
    return rounds


def _with_worker(own: Settings, requests: Requests, pool: Executor) -> Report:
    with served(own, APP) as running:
        rounds = Rounds(requests, running, pool)
        seen = following.visible(running, requests.ready("hot", following.READS))
        requests.sent("hot", following.READS)
        rounds.round("spread", BUSIEST)
        return {"save_to_visible": seen, "spread_16_while_followed": rounds.results["spread", BUSIEST].figures()}


def _ratios(rounds: Rounds) -> dict[str, float | None]:
    floor, spread, hot = (rounds.results[kind, BUSIEST] for kind in ("floor", "spread", "hot"))
    floor_cpu, spread_cpu = floor.cpu(), spread.cpu()
    return {
        "spread_16": rounds.against_floor("spread", BUSIEST),
        "hot_16": rounds.against_floor("hot", BUSIEST),
        "p99_16": round(spread.latency(0.99) / floor.latency(0.99), 2),
        "p99_hot_16": round(hot.latency(0.99) / floor.latency(0.99), 2),
        "cpu_16": round(spread_cpu / floor_cpu, 2) if spread_cpu and floor_cpu else None,
    }


def _database(url: str) -> dict[str, object]:
    with psycopg.connect(url) as connection:
        asked = ("server_version", "fsync", "synchronous_commit", "shared_buffers")
        return {f"postgresql_{name}": connection.execute(f"show {name}".encode()).fetchall()[0][0] for name in asked}


def _setting() -> dict[str, object]:
    return {
        "web_processes": WORKERS,
        "threads_each": THREADS,
        "seconds_a_round": SECONDS,
        "seasons": SEASONS,
        "members": PEOPLE,
        "spread": "a colleague by name and one to be named, each colleague once a season",
        "hot": "two to be named, all in one season",
        "worker": "stopped while bookings are compared with the floor",
    }
