"""What is read follows from the log alone: made again on another day, in another zone, it is the same to the byte."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from psycopg.sql import SQL, Identifier

from application.booking import MakeBooking, NameParticipant, Participant
from application.cancellation import RequestCancellation, WaiveCancellation
from application.goods import OfferGoods
from application.person import ErasePerson
from application.purchase import MakePurchase
from application.season import CallOffSeason, PostponeMeeting
from application.waiting_list import JoinWaitingList
from domain.vat import VAT_6
from infrastructure.digest import digests
from infrastructure.event_mapper import UnknownEvent
from infrastructure.projection_catalogue import PROJECTIONS
from infrastructure.rebuild import Rebuild
from tests.samples import Institute, kronor
from tests.scenarios.story import book, cancel, documents, hand_over, seated, sitting, stockholm


@pytest.fixture
def in_los_angeles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands eight hours west of Greenwich."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "America/Los_Angeles")
        time.tzset()
        yield
    time.tzset()


def test_read_models_are_made_again_to_the_byte(institute: Institute, in_los_angeles: None) -> None:
    """S75: all of them are dropped and rebuilt, on another day, with machine and database in UTC-8."""
    _live_a_little(institute)
    live = _digests(institute)
    assert len(live) > 20

    institute.clock.instant = stockholm("2029-06-30 23:59")
    with institute.house.store.connections.borrow() as connection:
        name = connection.info.dbname
        connection.execute(SQL("alter database {} set timezone to 'America/Los_Angeles'").format(Identifier(name)))
        for schema in {table.schema for projection in PROJECTIONS for table in projection.tables}:
            connection.execute(SQL("drop schema {} cascade").format(Identifier(schema)))
    Rebuild(institute.house.store, PROJECTIONS).run()

    assert _digests(institute) == live
    institute.catch_up()
    assert _digests(institute) == live


def test_an_event_that_nobody_knows_stops_the_read_models_and_says_so(institute: Institute) -> None:
    """S78: a fact of a later version is not skipped; what came before it can be read, what comes after waits."""
    conference = institute.conference()
    book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    assert sitting(institute, conference) == ["Anna"]
    _append(institute, "Booking.Reinstated", {"reason": "misstag"})
    book(institute, conference, institute.acme, institute.person("Bertil", institute.acme))

    with pytest.raises(UnknownEvent, match=r"Booking\.Reinstated"):
        institute.catch_up()

    assert [line.name for line in institute.services.rosters.of(institute.admin, conference)] == ["Anna"]


def _live_a_little(institute: Institute) -> None:
    """A bit of everything that the read models tell of."""
    services, admin = institute.services, institute.admin
    conference, cluster = institute.conference(seats=5), institute.cluster()
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna, bertil, None)
    carin = institute.person("Carin", institute.acme)
    services.bookings.name_participant(admin, NameParticipant(made.booking_id, 3, Participant(carin)))
    private = institute.member("Åsa")
    mine = services.bookings.make(private, MakeBooking(conference, seated(private.person_id))).answer
    book(institute, conference, institute.bolt, None)
    services.waiting_lists.join(institute.member("Vera"), JoinWaitingList(conference, seats=1))
    outcome = cancel(institute, admin, made.booking_id, 2)
    institute.clock.instant = stockholm("2026-12-30 23:30")
    services.cancellations.waive(admin, WaiveCancellation(outcome.cancellation_id, "Sjukdom"))
    services.cancellations.request(private, RequestCancellation(mine.booking_id, plea="Snälla"))
    hand_over(institute, admin, made.booking_id, 1, institute.person("Dora", institute.acme))
    book(institute, cluster, institute.bolt, None, None)
    institute.catch_up()
    first = services.programme.season(admin, cluster).meetings[0].meeting_id
    services.seasons.postpone_meeting(admin, PostponeMeeting(cluster, first, "Sjukdom"))
    services.seasons.call_off(admin, CallOffSeason(cluster, "För få anmälda"))
    goods = services.goods.offer(admin, OfferGoods("Boken", kronor(125), kronor(49), VAT_6)).answer.goods_id
    services.purchases.make(private, MakePurchase(goods, 3, "Gatan 1"))
    services.people.erase(admin, ErasePerson(anna))
    assert len(documents(institute)) == 7


def _digests(institute: Institute) -> dict[str, str]:
    with institute.house.store.connections.borrow() as connection:
        return {name: sum_ for projection in PROJECTIONS for name, sum_ in digests(connection, projection).items()}


def _append(institute: Institute, topic: str, state: dict[str, str]) -> None:
    """Record a fact as a later version of the programme would have."""
    with institute.house.store.connections.borrow() as connection:
        connection.execute(
            "insert into event"
            " (originator_id, originator_version, topic, state, position, recorded_at, actor, command_id)"
            " values (gen_random_uuid(), 1, %s, %s, position_here(), now(), 'later', gen_random_uuid())",
            [topic, json.dumps(state).encode()],
        )
