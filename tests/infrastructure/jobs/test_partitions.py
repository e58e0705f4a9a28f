"""Organisers in several partitions are followed by several processes, each once, and none waits for another's."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from uuid import uuid4

import pytest

from infrastructure.event_store.store import Store
from infrastructure.jobs.following import Following
from infrastructure.kernel.settings import SettingRefused, Settings
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.serialization.event_mapper import UnknownEvent
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.partitions import MOST, Partition, partition_of, partitions
from infrastructure.subscriptions.rebuild import Rebuild
from infrastructure.subscriptions.repartition import OtherPartitions
from infrastructure.subscriptions.verify import Verification
from tests.infrastructure.followers import all_digests, book_many, count, running, until
from tests.infrastructure.jobs.neighbours import another_house, divide, follower_process, led, led_by, neighbour, number
from tests.samples import Institute
from tests.samples import institute as furnished

INVOICED = "select count(distinct source_id), count(*) from invoice.document where organiser_id = %s"
UNREADABLE = """insert into event
(originator_id, originator_version, topic, state, position, recorded_at, actor, command_id, organiser_id)
values (%s, 1, 'Booking.Annulled', %s, position_here(), now(), 'later', null, %s)"""


@pytest.fixture
def both(institute: Institute) -> Iterator[tuple[Institute, Institute]]:
    """Two organisers who are followed apart, where there are two partitions."""
    yield institute, neighbour(institute)


def wrong(store: Store) -> list[str]:
    return [f"{check.name}: {check.seen}" for check in Verification(store).run().checks if not check.ok]


def invoiced(made: Institute) -> tuple[int, int]:
    """How many bookings of an organiser have an invoice, and how many invoices there are."""
    [(bookings, invoices)] = made.house.store.recorder.query(INVOICED, [made.organiser])
    return int(bookings), int(invoices)


def follow_only(made: Institute, of: int = 2) -> None:
    """Let only the partition of this organiser be followed, to the end."""
    store, worker = made.house.store, made.house.worker
    log = Log(store.recorder, store.mapper)
    following = Following(store, worker.policies, partition_of(made.organiser, of))
    following.begin()
    has_done = 1
    while has_done:
        until(lambda: log.head() == log.recorded())  # others' transactions, in any database, may hide what is there
        has_done = following.advance() or following.react()


def test_two_processes_share_two_partitions_and_one_takes_over_when_the_other_is_killed(database_url: str) -> None:
    with furnished(database_url) as one:
        other, store = neighbour(one), one.house.store
        with follower_process(one, 2) as first, follower_process(one, 2) as second:
            until(lambda: sorted(led_by(store).values()) == [[0], [1]])
            seasons = {made.organiser: made.conference(seats=100) for made in (one, other)}
            for made in (one, other):
                book_many(made, seasons[made.organiser], 10)
            until(lambda: invoiced(one) == invoiced(other) == (10, 10))
            for made in (one, other):
                book_many(made, seasons[made.organiser], 10, first=10)
            os.kill(first.pid, signal.SIGKILL)
            for made in (one, other):
                book_many(made, seasons[made.organiser], 5, first=20)
            until(lambda: invoiced(one) == invoiced(other) == (25, 25))
            assert list(led_by(store).values()) == [[0, 1]]
            assert second.poll() is None
        assert count(store, "select count(*) from event where topic = 'Invoice.Issued'") == 50
        one.catch_up()
        assert wrong(store) == []


def test_one_who_follows_alone_leads_all_and_gives_its_share_to_whoever_comes(
    both: tuple[Institute, Institute],
) -> None:
    one, _ = both
    store = one.house.store
    with another_house(one, 4) as house, running(house.worker) as deaths:
        until(lambda: led(store) == [0, 1, 2, 3])
        with follower_process(one, None):
            until(lambda: sorted(map(len, led_by(store).values())) == [2, 2])
        until(lambda: sorted(map(len, led_by(store).values())) == [4])
    assert deaths == []


def test_an_organiser_whose_event_cannot_be_read_stops_alone(both: tuple[Institute, Institute]) -> None:
    """S78."""
    one, other = both
    divide(one, 2)
    store = one.house.store
    seasons = one.conference(), other.conference()
    with store.connections.borrow() as connection:
        connection.execute(UNREADABLE, [uuid4(), json.dumps({"reason": "misstag"}).encode(), one.organiser])
    book_many(one, seasons[0], 2)
    book_many(other, seasons[1], 2)

    with pytest.raises(UnknownEvent):
        one.catch_up()

    assert (invoiced(one), invoiced(other)) == ((0, 0), (2, 2))
    [stands] = {each.organiser_id for each in one.services.health.look().stands_still}
    assert stands == one.organiser
    assert any(f"organiser {one.organiser} stands still" in each for each in wrong(store))

    divide(one, 3)  # whoever stands still does so in whichever partition they come to
    with store.connections.borrow() as connection:
        connection.execute("delete from event where topic = 'Booking.Annulled'")
    one.catch_up()
    assert (invoiced(one), invoiced(other)) == ((2, 2), (2, 2))
    assert [each for each in wrong(store) if "chained" not in each] == []


def test_an_event_of_which_nobody_can_tell_whose_it_is_stops_every_partition(both: tuple[Institute, Institute]) -> None:
    divide(both[0], 2)
    store = both[0].house.store
    seasons = [made.conference() for made in both]
    both[0].catch_up()
    with store.connections.borrow() as connection:
        connection.execute(UNREADABLE, [uuid4(), b"{}", None])
    for made, season in zip(both, seasons, strict=True):
        book_many(made, season, 1)
        with pytest.raises(UnknownEvent):
            follow_only(made)

    assert [invoiced(made) for made in both] == [(0, 0), (0, 0)]
    assert not both[0].services.health.look().is_ready


def test_nobody_waits_for_a_partition_of_others_and_all_adds_up_meanwhile(both: tuple[Institute, Institute]) -> None:
    one, other = both
    divide(one, 2)
    seasons = one.conference(), other.conference()
    one.catch_up()
    late, here = book_many(other, seasons[1], 3), book_many(one, seasons[0], 3)
    follow_only(one)

    freshness = one.services.freshness
    assert freshness.wait_for(here, 0.0) and not freshness.wait_for(late, 0.01)
    assert freshness.position(one.organiser) >= here > late > freshness.position(other.organiser)
    assert freshness.now()(one.organiser) >= here and freshness.position() < late
    assert not one.house.models.has_caught_up()
    assert (invoiced(one), invoiced(other)) == ((3, 3), (0, 0))
    assert wrong(one.house.store) == []

    one.catch_up()
    assert freshness.wait_for(late, 0.0) and freshness.position() >= here and one.house.models.has_caught_up()
    assert (invoiced(one), invoiced(other)) == ((3, 3), (3, 3))
    assert wrong(one.house.store) == []


def test_read_models_are_made_again_while_partitions_stand_at_different_positions(
    both: tuple[Institute, Institute],
) -> None:
    one, other = both
    divide(one, 2)
    seasons = one.conference(), other.conference()
    one.catch_up()
    book_many(other, seasons[1], 2)
    book_many(one, seasons[0], 2)
    follow_only(one)
    store = one.house.store

    Rebuild(store, [each for each in PROJECTIONS if each.name in ("roster", "invoice")]).run()
    assert len(one.services.rosters.of(other.admin, seasons[1])) == 2
    assert wrong(store) == []
    one.catch_up()
    assert (invoiced(one), invoiced(other)) == ((2, 2), (2, 2))
    assert wrong(store) == []


def test_the_number_goes_up_and_down_and_nothing_is_lost_or_doubled(both: tuple[Institute, Institute]) -> None:
    one, other = both
    store = one.house.store
    seasons = one.conference(seats=50), other.conference(seats=50)
    for first, of in enumerate((2, 5, MOST, 3, 1)):
        divide(one, of)
        assert number(store) == of
        book_many(one, seasons[0], 2, first=2 * first)
        book_many(other, seasons[1], 2, first=2 * first)
        if partition_of(one.organiser, of) != partition_of(other.organiser, of):
            follow_only(one, of)
            assert wrong(store) == []

    one.catch_up()
    assert (invoiced(one), invoiced(other)) == ((10, 10), (10, 10))
    assert wrong(store) == []
    assert count(store, "select count(*) from tracking where position('#' in name) > 0") == 0
    before = all_digests(store)
    Rebuild(store, PROJECTIONS).run()
    assert all_digests(store) == before


def test_whoever_wants_another_number_is_refused_while_others_lead(
    both: tuple[Institute, Institute], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = both
    monkeypatch.setattr("infrastructure.subscriptions.repartition._PATIENCE", 0.2)
    with (
        another_house(one, 2) as house,
        running(house.worker) as deaths,
        another_house(one, 3) as third,
        another_house(one) as unsaid,
    ):
        until(lambda: led(one.house.store) == [0, 1])
        with running(third.worker) as refused:
            until(lambda: bool(refused))
        with running(unsaid.worker) as welcome:
            until(lambda: sorted(map(len, led_by(one.house.store).values())) in ([2], [1, 1]))
    assert (deaths, welcome) == ([], [])
    [why] = refused
    assert isinstance(why, OtherPartitions)
    assert str(why).startswith("PLATS_PARTITIONS is 3, but the log is followed in 2 by processes that run")


@pytest.mark.parametrize("value", ["0", "17", "-1", "two", "2.0"])
def test_a_number_that_cannot_be_used_is_refused(value: str) -> None:
    with pytest.raises(SettingRefused, match="PLATS_PARTITIONS must be a whole number from 1 to 16"):
        Settings.read({"PLATS_PARTITIONS": value})


def test_each_partition_tells_how_far_behind_it_is_and_whether_it_is_led(both: tuple[Institute, Institute]) -> None:
    one, other = both
    divide(one, 2)
    seasons = one.conference(), other.conference()
    one.catch_up()
    book_many(one, seasons[0], 1)
    book_many(other, seasons[1], 1)
    follow_only(one)
    here, there = (partition_of(made.organiser, 2).place for made in both)

    report = one.services.health.look()
    assert [each.place for each in report.partitions] == [0, 1]
    assert report.partitions[here].behind == 0.0 < report.partitions[there].behind == report.behind
    assert not report.is_led
    with one.house.store.connections.dedicated() as leading:
        leading.execute(f"select pg_advisory_lock({7_226_356})".encode())
        assert [each.is_led for each in one.services.health.look().partitions] == [True, False]
        leading.execute(f"select pg_advisory_lock({7_226_356 + 2**32})".encode())
        assert one.services.health.look().is_led


def test_an_organiser_stands_in_the_same_partition_for_the_database_and_for_us(store: Store) -> None:
    for of in range(1, MOST + 1):
        organiser = uuid4()
        [(place,)] = store.recorder.query("select mod(get_byte(uuid_send(%s), 15), %s)", [organiser, of])
        assert [each.has(organiser) for each in partitions(of)].index(True) == place
        assert partition_of(organiser, of) == Partition(place, of)
