"""The worker is killed while a season is called off, a letter goes to many, and seasons go public: each once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from application.notifications.mailing import SendMailing, WriteMailing
from application.people.person import RegisterPerson
from application.programme.publication import PlanPublication
from application.programme.season import CallOffSeason, PlanSeason
from domain.kernel.ids import SeasonId
from domain.mail.mailing import Audience, AudienceKind
from domain.programme.season_opening import Visibility
from infrastructure.subscriptions.verify import Verification
from tests.infrastructure.followers import book_many, count
from tests.samples import full_day
from tests.scenarios.cards import cards
from tests.scenarios.story import FREE
from tests.torture.killed_worker import Killed
from tests.torture.test_mail import Sink, served

WORDS = "Nytt rum", "Vi ses i stora salen, {name}."
INSTANT = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
"""In the night in which the clock is turned back; it has passed by the worker's clock."""


@pytest.fixture
def killed(database_url: str) -> Iterator[Killed]:
    with cards(database_url) as shop:
        yield Killed(shop, database_url)


def test_a_season_is_called_off_once_though_the_worker_is_killed(killed: Killed) -> None:
    call_off(killed, bookings=12, times=2)


@pytest.mark.torture
def test_a_season_of_five_hundred_is_called_off_once_through_fifty_kills(killed: Killed) -> None:
    call_off(killed, bookings=500, times=50)


def test_a_letter_goes_to_each_once_though_the_worker_is_killed(killed: Killed) -> None:
    write_to_many(killed, people=20, times=2)


@pytest.mark.torture
def test_a_letter_goes_to_two_thousand_once_each_through_fifty_kills(killed: Killed) -> None:
    write_to_many(killed, people=2000, times=50)


def test_seasons_go_public_once_though_the_worker_is_killed(killed: Killed) -> None:
    publish(killed, seasons=6, times=2)


@pytest.mark.torture
def test_a_hundred_seasons_go_public_once_each_through_fifty_kills(killed: Killed) -> None:
    publish(killed, seasons=100, times=50)


def call_off(killed: Killed, bookings: int, times: int) -> None:
    """Every booking ends once, is credited once under a number of its own, and is told once."""
    made = killed.shop.institute
    season = made.conference(seats=bookings)
    book_many(made, season, bookings)
    made.catch_up()
    made.services.seasons.call_off(made.admin, CallOffSeason(season, "Lokalen har brunnit."))
    killed.kill(lambda: killed.count("CreditNote.Issued"), bookings, times)
    killed.end(lambda: killed.count("CreditNote.Issued") >= bookings <= killed.letters("season_called_off")[0])
    for topic in ("Booking.SeatsCancelled", "Booking.Ended", "CreditNote.Issued"):
        assert killed.count(topic) == bookings, (topic, killed.seed)
    assert killed.letters("season_called_off") == (bookings, bookings), killed.seed
    assert killed.kills == times
    assert [each for each in Verification(made.house.store).run().checks if not each.ok] == []


def write_to_many(killed: Killed, people: int, times: int) -> None:
    """Each has one letter; what was on its way at a kill may come again under its Message-ID, and nothing else does."""
    made, sink = killed.shop.institute, Sink()
    acme, register = made.organisation("Storföretaget", "556999-7207"), made.services.people.register
    for no in range(people):
        register(made.admin, RegisterPerson(f"Person {no}", f"p{no}@x.example", acme, from_on=date(2020, 1, 1)))
    made.catch_up()
    made.house.store.execute("update letter set state = 'unwanted' where state = 'waiting'", [])
    mailings = made.services.mailings
    written = mailings.write(made.admin, WriteMailing(Audience(AudienceKind.ORGANISATION, acme), *WORDS)).answer
    shown = mailings.preview(made.admin, written.mailing_id).shown
    mailings.send(made.admin, SendMailing(written.mailing_id, shown))
    with served(sink) as url:
        killed.shop = replace(killed.shop, settings={**killed.shop.settings, "PLATS_MAIL": url})
        killed.kill(lambda: len(sink.letters), people, times)
        _minutes_pass(killed)
        killed.end(lambda: _waiting(killed) == 0 and len(sink.letters) >= people)
    assert killed.letters("mailing") == (people, people), killed.seed
    assert len(sink.letters) == people and set(sink.readers.values()) == {1}, killed.seed
    assert sum(sink.letters.values()) <= people + killed.kills, killed.seed
    assert killed.kills == times


def publish(killed: Killed, seasons: int, times: int) -> None:
    """Each goes public once and opens once."""
    for no in range(seasons):
        _draft(killed, f"Säsong {no}")
    killed.shop.institute.catch_up()
    killed.kill(lambda: killed.count("Season.BookingOpened"), seasons, times)
    killed.end(lambda: killed.count("Season.BookingOpened") >= seasons)
    for topic in ("Season.VisibilityChosen", "Season.BookingOpened"):
        assert killed.count(topic) == seasons, (topic, killed.seed)
        once = f"select count(distinct originator_id) from event where topic = '{topic}'"
        assert count(killed.shop.institute.house.store, once) == seasons, (topic, killed.seed)
    made = killed.shop.institute
    assert len(made.services.programme.seasons(made.organiser, limit=200).items) == seasons
    assert killed.kills == times


def _draft(killed: Killed, title: str) -> SeasonId:
    """A draft that goes public and opens by itself at the instant."""
    made = killed.shop.institute
    plan = PlanSeason(made.network(title), title, 5, meetings=(full_day("Ett", 2027, 9, 1),), prices=FREE)
    season = made.services.seasons.plan(made.admin, replace(plan, visibility=Visibility.DRAFT)).answer.season_id
    made.services.publications.plan(made.admin, PlanPublication(season, INSTANT, INSTANT))
    return season


def _minutes_pass(killed: Killed) -> None:
    """A letter that was taken by a worker that died is due again after a while."""
    killed.shop.institute.house.store.execute("update letter set due_at = posted_at where state = 'waiting'", [])


def _waiting(killed: Killed) -> int:
    return count(killed.shop.institute.house.store, "select count(*) from letter where state = 'waiting'")
