"""Eight processes issue invoices at once and some are killed in the middle of it: the numbers have no gap (S48)."""

from __future__ import annotations

import multiprocessing
from multiprocessing.process import BaseProcess
from random import Random

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import TO_BE_NAMED
from domain.billing.invoice import Invoice
from domain.kernel.ids import BookingId
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.verify import Verification
from tests.infrastructure.followers import until
from tests.samples import Institute, institute
from tests.torture.issuing import Task, issue
from tests.torture.town import seeded

PROCESSES = 8
TIMEOUT = 600.0
"""Seconds after which a process is taken for stuck, also on a busy machine."""


def booked(made: Institute, number: int) -> list[BookingId]:
    season_id = made.conference(seats=number)
    command = MakeBooking(season_id, (TO_BE_NAMED,), made.acme)
    return [made.services.bookings.make(made.admin, command).answer.booking_id for _ in range(number)]


def tasks(made: Institute, database_url: str, bookings: list[BookingId], killed: int, chance: Random) -> list[Task]:
    share = len(bookings) // PROCESSES
    doomed = chance.sample(range(PROCESSES), killed)
    home = made.house.store.key_files.folder.parent
    return [
        Task(
            database_url,
            home,
            made.organiser,
            bookings[number * share : (number + 1) * share],
            chance.randrange(1, share - 1) if number in doomed else None,
        )
        for number in range(PROCESSES)
    ]


def started(task: Task) -> BaseProcess:
    fork_server = multiprocessing.get_context("forkserver")
    fork_server.set_forkserver_preload(["tests.torture.issuing"])
    process = fork_server.Process(target=issue, args=(task,))
    process.start()
    return process


def without_what_was_aborted(task: Task) -> Task:
    assert task.killed_at is not None
    return Task(task.database_url, task.home, task.organiser, task.bookings[task.killed_at + 1 :])


def issue_all(all_tasks: list[Task]) -> None:
    """Run them all at once; what a killed process leaves, another one takes up, except what it was at."""
    successors = []
    for task, process in [(task, started(task)) for task in all_tasks]:
        process.join(TIMEOUT)
        assert process.exitcode == (0 if task.killed_at is None else -9)
        if task.killed_at is not None:
            successors.append(started(without_what_was_aborted(task)))
    for process in successors:
        process.join(TIMEOUT)
        assert process.exitcode == 0


def numbers_after(database_url: str, bookings: int, killed: int) -> list[int]:
    with institute(database_url) as made:
        issue_all(tasks(made, database_url, booked(made, bookings), killed, seeded()))
        log = Log(made.house.store.recorder, made.house.store.mapper)
        until(lambda: log.head() == log.recorded())
        entries = log.after(0, 100_000)
        assert Verification(made.house.store).run().ok
        return [entry.event.number for entry in entries if isinstance(entry.event, Invoice.Issued)]


def test_of_two_hundred_invoices_with_three_aborted_the_numbers_run_from_1_to_197(database_url: str) -> None:
    assert numbers_after(database_url, 200, 3) == list(range(1, 198))


@pytest.mark.torture
def test_of_four_thousand_invoices_with_eight_aborted_the_numbers_run_without_a_gap(database_url: str) -> None:
    assert numbers_after(database_url, 4000, 8) == list(range(1, 3993))
