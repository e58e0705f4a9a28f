"""The bench of the chain: how what follows a booking keeps pace with it, as a user would run it.

16 clients book while everything follows, half of the time all over the programme and half in one season; then it is
waited until nothing is left. The floor has its turns before, between and after, in the same run.
"""

from __future__ import annotations

import itertools
import multiprocessing
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial

from bench import chain_load
from bench.apart import apart
from bench.chain_apart import documents_printed, letters_written, read_models_made_again
from bench.chain_figures import Loaded, latency, per_second, speed, spread
from bench.chain_floor import PATH, RunningFloor, floor_served
from bench.chain_following import TRACKED, Processes, wait_for_the_rest
from bench.chain_load import Watch, look_on
from bench.load import Outcome, Plan, drive
from bench.machine import backends, children, cpu_seconds, describe, private_mib, resident_mib
from bench.rounds import BOOKINGS, Asked, request_of
from bench.town import PEOPLE, SEASONS, Town, furnish
from infrastructure.kernel.settings import Settings
from web.server.server import Running, served
from web.wiring import build

CLIENTS = 16
FASTEST: Mapping[str, int] = {"floor": 3000, "spread": 1500, "hot": 1500}
"""Requests a second that are prepared for a round; more would not be sent."""
TO_REACH: Mapping[str, str] = {
    "booking_followed": "at least 0.8",
    "booking_alone_spread": "at least 1",
    "booking_alone_hot": "at least 1",
    "chain": "at least 0.25",
    "p99_followed": "at most 1.5",
    "rebuild": "at least 0.4",
}

Say = Callable[[str], None]
Report = dict[str, object]


def measure(settings: Settings, say: Say, seconds: float) -> Report:
    """Measure with so many seconds of bookings. Raises UnexpectedAnswer, TimeoutError."""
    spawned = multiprocessing.get_context("spawn")
    own_process = partial(ProcessPoolExecutor, 1, spawned)
    with apart(settings, settings.workers, settings.threads) as own, own_process() as pool, own_process() as onlooker:
        say("a town is furnished")
        town = _furnished(own)
        for each in (pool, onlooker):
            each.submit(int).result()  # has read its program before anything is measured
        with floor_served(own.database_url or "", own.workers, own.threads) as floor:
            bench = Bench(own, Requests(town), floor, (pool, onlooker), seconds)
            report = bench.report(say)
        say("letters are written, documents printed and read models made again")
        report["letters"] = pool.submit(letters_written, own, seconds / 3).result()
        with_documents = pool.submit(letters_written, own, seconds / 3, with_documents=True)
        report["letters_with_documents"] = with_documents.result()
        report["documents"] = pool.submit(documents_printed, own, seconds / 3).result()
        report["read_models"] = made = pool.submit(read_models_made_again, own).result()
    ratios = report["ratios"]
    report["ratios"] = {**(ratios if isinstance(ratios, dict) else {}), "rebuild": made["ratio"]}
    return {"machine": describe(), "setting": _setting(settings, seconds), **report, "to_reach": dict(TO_REACH)}


def _furnished(own: Settings) -> Town:
    house = build(own.database_url or "", own)
    try:
        return furnish(house.services)
    finally:
        house.close()


class Requests:
    """Bookings of each kind, each sent once, and bodies for the floor."""

    def __init__(self, town: Town) -> None:
        self._sources = {
            "spread": chain_load.spread(town),
            "hot": chain_load.hot(town),
            "floor": chain_load.spread(town),
        }

    def take(self, kind: str, number: int) -> list[bytes]:
        """So many, to be sent in this order."""
        asked: itertools.islice[Asked] = itertools.islice(self._sources[kind], number)
        return [request_of(PATH if kind == "floor" else BOOKINGS, *each) for each in asked]


class Bench:
    """The rounds on one town: the floor, bookings with everything following, bookings alone."""

    def __init__(
        self, own: Settings, requests: Requests, floor: RunningFloor, pools: tuple[Executor, Executor], seconds: float
    ) -> None:
        self._own, self._requests, self._floor = own, requests, floor
        self._pool, self._onlooker = pools
        self._seconds, self._turn = seconds, max(1.0, seconds / 6)
        self._floors: list[Outcome] = []
        self._floor_cpu: list[float] = []

    def report(self, say: Say) -> Report:
        """All rounds, and what they come to."""
        self._round_of_floor()
        self._floors.clear()  # it has met every process now
        self._floor_cpu.clear()
        self._round_of_floor()
        say(f"bookings for {self._seconds:.0f} s, with everything following")
        with served(self._own) as running:
            report, ratios = self._followed(running)
        self._round_of_floor()
        say("bookings alone")
        alone = self._alone()
        floor_cpu = statistics.median(self._floor_cpu)
        floor = {
            "per_second": self._floor_speed(),
            "p99_ms": self._floor_latency(0.99),
            "cpu_ms": round(floor_cpu, 3),
            "rounds": len(self._floors),
        }
        ratios["cpu"] = floor_cpu / ratios["cpu"]
        ratios = {name: round(each, 3) for name, each in ratios.items()}
        return {"floor": floor, **report, "alone": alone[0], "ratios": {**ratios, **alone[1]}}

    def _followed(self, running: Running) -> tuple[Report, dict[str, float]]:
        self._load(running, 0.5)
        plans, watch = self._plans(running, self._seconds / 2), self._watch(running, self._seconds)
        before, processes = wait_for_the_rest(running.database_url), Processes(running)
        began = time.perf_counter()
        loaded = self._sent(plans, watch)
        ended, loading = time.perf_counter(), processes.used()
        memory, private = processes.memory(resident_mib), processes.memory(private_mib)
        after, used = wait_for_the_rest(running.database_url), processes.used()
        bookings = len(loaded.latencies) + loaded.seen.bookings
        report: Report = {
            "followed": speed(loaded.latencies, loaded.seconds),
            "bookings": bookings,
            "chain_per_second": round(bookings / (after.at - began), 1),
            "behind_seconds": round(after.at - ended, 2),
            "invoices": after.invoices - before.invoices,
            "letters_posted": after.letters - before.letters,
            "visible_ms": {name: spread(each) for name, each in vars(loaded.seen).items()},
            "cpu_ms_per_booking": {name: round(each * 1000 / bookings, 3) for name, each in used.items()},
            "cpu_ms_while_booking": {name: round(each * 1000 / bookings, 3) for name, each in loading.items()},
            "memory_mib": {"resident": memory, "private": private},
        }
        floor, p99 = statistics.median(map(per_second, self._floors)), latency(loaded.latencies, 0.99)
        followed, chain = len(loaded.latencies) / loaded.seconds, bookings / (after.at - began)
        chain_cpu = sum(each for name, each in used.items() if name != "effects") * 1000 / bookings
        ratios = {"booking_followed": followed / floor, "chain": chain / floor, "cpu": chain_cpu}
        return report, {**ratios, "p99_followed": p99 / self._floor_latency(0.99)}

    def _alone(self) -> tuple[Report, dict[str, float]]:
        ratios: dict[str, float] = {}
        report: Report = {}
        with served(self._own, worker=False) as running:
            self._drive(running, "spread", 0.5)
            for kind in ("spread", "hot"):
                before = self._floors[-1]
                outcome = self._drive(running, kind, self._turn)
                self._round_of_floor()
                around = (per_second(before) + per_second(self._floors[-1])) / 2
                ratios[f"booking_alone_{kind}"] = round(per_second(outcome) / around, 3)
                report[kind] = speed(sorted(outcome.latencies), outcome.seconds)
        return report, ratios

    def _load(self, running: Running, seconds: float) -> Loaded:
        """Who looks on goes on until the last booking, so that what it waits for is under load."""
        return self._sent(self._plans(running, seconds), self._watch(running, seconds * 2))

    def _plans(self, running: Running, seconds: float) -> list[Plan]:
        return [self._plan(running, kind, seconds) for kind in ("spread", "hot")]

    def _watch(self, running: Running, seconds: float) -> Watch:
        watched = self._requests.take("spread", int(seconds * 10) + 1)
        return Watch(running.host, running.port, running.database_url, seconds, TRACKED, watched)

    def _sent(self, plans: Sequence[Plan], watch: Watch) -> Loaded:
        looking = self._onlooker.submit(look_on, watch)
        outcomes = [self._pool.submit(drive, plan).result() for plan in plans]
        return Loaded(outcomes, looking.result())

    def _round_of_floor(self) -> None:
        before = self._cpu_of_floor()
        self._floors.append(self._drive(self._floor, "floor", self._turn))
        self._floor_cpu.append((self._cpu_of_floor() - before) / len(self._floors[-1].latencies) * 1000)

    def _cpu_of_floor(self) -> float:
        """CPU seconds of its processes and the database's until now."""
        pids = [self._floor.pid, *children(self._floor.pid), *backends(self._own.database_url or "")]
        return cpu_seconds(pids) or 0.0

    def _drive(self, where: Running | RunningFloor, kind: str, seconds: float) -> Outcome:
        return self._pool.submit(drive, self._plan(where, kind, seconds)).result()

    def _plan(self, where: Running | RunningFloor, kind: str, seconds: float) -> Plan:
        ready = self._requests.take(kind, int(FASTEST[kind] * seconds))
        return Plan(where.host, where.port, CLIENTS, seconds, ready)

    def _floor_speed(self) -> float:
        return round(statistics.median(map(per_second, self._floors)), 1)

    def _floor_latency(self, share: float) -> float:
        return latency(sorted(each for outcome in self._floors for each in outcome.latencies), share)


def _setting(settings: Settings, seconds: float) -> Report:
    return {
        "clients": CLIENTS,
        "seconds": seconds,
        "web_processes": settings.workers,
        "threads_each": settings.threads,
        "seasons": SEASONS,
        "members": PEOPLE,
        "bookings": "one to three seats, a third of them named; half of the time in all seasons, half in one",
        "chain": "from the first booking until every read model is current, every invoice issued, every letter posted",
        "visible": "from a booking's answer until the read models have it; read: until a page has answered with it",
    }
