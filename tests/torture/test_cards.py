"""The worker is killed between a notice and its effect: one payment, one letter, one refund, one state."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.kernel.actor import Actor
from domain.kernel.ids import BookingId
from tests.scenarios.cards import Cards, cards, signed_now
from tests.scenarios.story import documents, seated

TIMEOUT = 600.0
"""Seconds after which a worker is taken for stuck, also on a busy machine."""


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


@contextmanager
def worker(shop: Cards, database_url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own, with the same database, keys and card company."""
    environment = {
        **os.environ,
        **shop.settings,
        "DATABASE_URL": database_url,
        "PLATS_HOME": str(Path(shop.settings["PLATS_KEYS"]).parent),
    }
    process = subprocess.Popen([Path(sys.executable).with_name("plats"), "worker"], env=environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()


def tell(shop: Cards, chance: Random) -> None:
    """All notices so far, five times over, in no order."""
    services = shop.institute.services
    assert services.card_signatures is not None
    told = list(shop.company.notices) * 5
    chance.shuffle(told)
    for each in told:
        body, signature = signed_now(shop.company, each)
        services.card_notices.keep(services.card_signatures.read(body, signature), body)


def test_killed_between_receipt_and_effect_it_is_still_one_of_each(shop: Cards, database_url: str) -> None:
    one_of_each(shop, database_url, payers=2, rounds=1, longest=1.5)


@pytest.mark.torture
def test_killed_again_and_again_it_is_still_one_of_each(shop: Cards, database_url: str) -> None:
    one_of_each(shop, database_url, payers=6, rounds=4, longest=6.0)


def one_of_each(shop: Cards, database_url: str, payers: int, rounds: int, longest: float) -> None:
    """Everybody pays and half of them cancel, while workers are killed after up to `longest` seconds each."""
    seed = Random().randrange(10**6)
    chance, made, half = Random(seed), shop.institute, payers // 2
    bookings = _booked(shop, payers)
    for row in documents(made, "invoice"):
        shop.pay(shop.open(row.document_id))

    _kill_and_kill(shop, database_url, chance, rounds, longest)
    _let_it_end(shop, database_url, refunds=0)
    for payer, booking_id in bookings[:half]:
        made.services.cancellations.request(payer, RequestCancellation(booking_id))
    _kill_and_kill(shop, database_url, chance, rounds, longest)
    _let_it_end(shop, database_url, refunds=half)

    rows = documents(made, "invoice")
    told = f"seed {seed}"
    assert [row.balance for row in rows] == [0] * payers, told
    assert sorted(row.paid for row in rows) == [0] * half + [15_000_00] * (payers - half), told
    assert [each["amount"] for each in shop.company.of("refund")] == [15_000_00] * half, told
    letters = [letter.kind for letter in made.services.letters.list(made.admin, limit=200)]
    assert (letters.count("payment_received"), letters.count("payment_refunded")) == (payers, half), told
    assert made.services.payment_questions.suspense(made.finance) == (), told


def _booked(shop: Cards, payers: int) -> list[tuple[Actor, BookingId]]:
    """Everybody books a seat for themselves."""
    made = shop.institute
    conference, people = made.conference(), [made.member(f"Payer{number}") for number in range(payers)]
    commands = [MakeBooking(conference, seated(each.person_id)) for each in people]
    made_ = [made.services.bookings.make(each, command).answer for each, command in zip(people, commands, strict=True)]
    return [(each, booking.booking_id) for each, booking in zip(people, made_, strict=True)]


def _kill_and_kill(shop: Cards, database_url: str, chance: Random, rounds: int, longest: float) -> None:
    tell(shop, chance)
    for _ in range(rounds):
        with worker(shop, database_url):
            time.sleep(chance.uniform(longest / 6, longest))
        tell(shop, chance)


def _let_it_end(shop: Cards, database_url: str, refunds: int) -> None:
    with worker(shop, database_url) as process:
        until = time.monotonic() + TIMEOUT
        while time.monotonic() < until and not _is_settled(shop, refunds):
            assert process.poll() is None
            time.sleep(0.2)
    shop.institute.catch_up()


def _is_settled(shop: Cards, refunds: int) -> bool:
    made = shop.institute
    asked = made.services.payment_questions.card_refunds(made.finance)
    return not made.services.card_notices.waiting(1) and not asked and len(shop.company.of("refund")) == refunds
