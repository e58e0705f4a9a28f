"""How fast the read models follow: rebuilt from the log, kept up an event at a time, seen by who has just booked."""

from __future__ import annotations

import statistics
import time
from http.client import HTTPConnection

from bench.load import UnexpectedAnswer
from infrastructure.event_store.store import Store
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.kernel.projection import NEXT
from infrastructure.subscriptions.change_set import index
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.projector import Projector
from infrastructure.subscriptions.rebuild import Rebuild, alone, begin
from infrastructure.subscriptions.replay import Replay, without_timeouts
from web.server.server import Running

SECONDS = 3.0
READS = 100


def make_tables(store: Store) -> None:
    """Make the read models of what has been recorded so far."""
    Rebuild(store, PROJECTIONS).run()


def rebuild(store: Store) -> dict[str, float]:
    """Events a second: rebuilt whole, before and after as many as there is time for in transactions of one each."""
    before = _rebuilt_beside(store)
    one_by_one = _one_by_one(store)
    began = time.perf_counter()
    events = Rebuild(store, PROJECTIONS).run()
    rebuilt = (before + events / (time.perf_counter() - began)) / 2
    return {
        "events": events,
        "one_transaction_an_event_per_second": round(one_by_one, 1),
        "rebuild_per_second": round(rebuilt, 1),
        "ratio": round(rebuilt / one_by_one, 1),
    }


def _rebuilt_beside(store: Store) -> float:
    """The whole rebuild but for putting it in place, so that there is something left to take in one by one."""
    began = time.perf_counter()
    with store.connections.dedicated() as connection, alone(connection):
        without_timeouts(connection)
        begin(connection, PROJECTIONS, NEXT)
        replay = Replay(Log(store.recorder, store.mapper), connection, PROJECTIONS, NEXT)
        replay.run()
        for one in PROJECTIONS:
            index(connection, one, NEXT)
    return replay.count / (time.perf_counter() - began)


def _one_by_one(store: Store) -> float:
    projector = Projector(Log(store.recorder, store.mapper), store.connections, PROJECTIONS)
    taken_in, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS and projector.advance(limit=1):
        taken_in += 1
    return taken_in / (time.perf_counter() - began)


def visible(running: Running, bookings: list[bytes]) -> dict[str, float]:
    """Milliseconds from the answer to a booking until a read has answered with it."""
    connection = HTTPConnection(running.host, running.port, timeout=30)
    seen = []
    for sent in bookings[:READS]:
        seen.append(_seconds_until_seen(connection, sent) * 1000)
    connection.close()
    cuts = statistics.quantiles(seen, n=20)
    return {"p50_ms": round(statistics.median(seen), 1), "p95_ms": round(cuts[18], 1), "bookings": len(seen)}


def _seconds_until_seen(connection: HTTPConnection, sent: bytes) -> float:
    head, _, body = sent.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    given = dict(line.split(": ", 1) for line in lines[1:] if not line.startswith("Host"))
    connection.request("POST", lines[0].split()[1], body, given)
    booked = _answer(connection, 201)
    began = time.perf_counter()
    read = {"Authorization": given["Authorization"], "Plats-Position": booked["Plats-Position"]}
    connection.request("GET", booked["Location"], headers=read)
    _answer(connection, 200)
    return time.perf_counter() - began


def _answer(connection: HTTPConnection, status: int) -> dict[str, str]:
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != status:
        raise UnexpectedAnswer.instead_of(status, f"{answer.status} ".encode() + said)
    return dict(answer.getheaders())
