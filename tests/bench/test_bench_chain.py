"""The bench of the chain waits for all that follows: each booking is invoiced, seen and told of when it has ended."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg

from bench.chain import Bench, Requests
from bench.chain_apart import documents_printed, letters_written
from bench.chain_floor import floor_served
from bench.town import furnish
from infrastructure.kernel.settings import Settings
from web.wiring import build


def test_at_the_end_of_the_chain_every_booking_has_its_invoice_and_its_letters(
    database_url: str, tmp_path: Path
) -> None:
    own = replace(Settings.read({"PLATS_HOME": str(tmp_path)}), database_url=database_url, workers=1, threads=4)
    house = build(database_url, own)
    town = furnish(house.services, seasons=3, people=4)
    house.close()
    spawned = multiprocessing.get_context("spawn")
    with floor_served(database_url, 1, 4) as floor, ProcessPoolExecutor(2, spawned) as pool:
        report = Bench(own, Requests(town), floor, (pool, pool), seconds=1.0).report(lambda _: None)
        letters = pool.submit(letters_written, own, 0.2).result()
        documents = pool.submit(documents_printed, own, 0.2).result()

    assert report["bookings"] == report["invoices"] != 0
    assert {"web", "worker", "database"} <= set(report["cpu_ms_per_booking"])  # type: ignore[call-overload]  # a dict
    assert letters["done"] > 0
    assert documents["done"] > 0
    with psycopg.connect(database_url) as connection:
        [(told,)] = connection.execute("select count(*) from letter where kind = 'booked'").fetchall()
        [(made,)] = connection.execute("select count(*) from event where topic = 'Booking.Made'").fetchall()
    assert told >= int(str(report["bookings"]))
    assert made > int(str(report["bookings"]))
