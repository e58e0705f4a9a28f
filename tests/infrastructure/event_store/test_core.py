"""The core of the event store records, reads and decides by itself, without anything that makes it fast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext, KeyReused, UniqueKeyTaken, UnitOfWork
from domain.booking.seating import Seating, SeatsShort
from domain.kernel.personal import Encrypted
from infrastructure.event_store.decisions import StoreDecisions
from infrastructure.event_store.recorder import Recorder
from infrastructure.event_store.store import Store
from infrastructure.event_store.streams import StreamReader
from infrastructure.event_store.throughput.together import Together
from infrastructure.event_store.write_batch import NewEvent, WriteBatch
from infrastructure.keys.key_files import KeyFiles
from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.connections import Connections
from infrastructure.postgres.notifier import Notifier
from infrastructure.serialization.aggregates import AGGREGATES
from infrastructure.serialization.event_mapper import EventMapper
from tests.clock import FixedClock
from tests.infrastructure.log_of_tests import Seated, all_at_once, open_seating, readable, seats_left, take_seat


@pytest.fixture
def core(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """A store of the core alone: no queue, no cache, no snapshots, and the driver's own arrays."""
    connections, key_files, clock = Connections(database_url), KeyFiles(tmp_path / "keys"), FixedClock()
    recorder, mapper = Recorder(connections), EventMapper(AGGREGATES)
    keyring = Keyring(key_files, connections.query)
    decisions = StoreDecisions(recorder, StreamReader(mapper), keyring, clock)
    told, together = Notifier(connections), Together(decisions, decisions)
    store = Store(connections, recorder, mapper, keyring, key_files, decisions, told, clock, together)
    yield store
    store.close()


def test_it_records_and_reads_what_was_decided(core: Store) -> None:
    seating = open_seating(core, seats=40)

    positions = [take_seat(core, seating).position for _ in range(35)]

    assert seats_left(core, seating) == 5
    assert positions == sorted(set(positions))
    [last] = readable(core, positions[-1])
    assert (last.topic, last.event.originator_version, last.position) == ("Seating.SeatsTaken", 36, positions[-1])
    assert core.recorder.query("select count(*) from snapshot", []) == [(0,)]


def test_an_event_may_belong_to_no_organiser(core: Store) -> None:
    event = NewEvent(uuid4(), 1, "Seating.SeatsAdded", b'{"seats":1}', FixedClock().now(), "test", uuid4())

    position = core.recorder.append(WriteBatch(events=[event]))

    assert [entry.organiser_id for entry in readable(core, position)] == [None]
    assert core.recorder.written_by(event) == position


def test_of_many_at_once_each_gets_a_seat_of_their_own(core: Store) -> None:
    seating = open_seating(core, seats=10)

    came_of_it = all_at_once(12, lambda _: take_seat(core, seating).answer)

    seated = [one.left for one in came_of_it if isinstance(one, Seated)]
    assert sorted(seated) == list(range(10))
    assert len([one for one in came_of_it if isinstance(one, SeatsShort)]) == 2


def test_a_command_sent_again_gets_the_answer_it_got(core: Store) -> None:
    seating = open_seating(core, seats=5)
    first, again = take_seat(core, seating, key="k"), take_seat(core, seating, key="k")

    assert (again.answer, again.position, again.repeated) == (first.answer, first.position, True)
    with pytest.raises(KeyReused):
        take_seat(core, seating, key="k", content="something else")
    assert seats_left(core, seating) == 4


def test_what_must_be_unique_is_one_owner_s(core: Store) -> None:
    anna, bo = uuid4(), uuid4()

    def take(owner: UUID) -> None:
        core.decisions.execute(CommandContext(SYSTEM), type(None), lambda w: w.take_unique_key("email", "a", owner))

    take(anna)
    with pytest.raises(UniqueKeyTaken):
        take(bo)
    assert core.decisions.dry_run(SYSTEM, lambda work: work.unique_key_owner("email", "a")) == anna


def test_what_is_encrypted_is_read_until_its_key_is_destroyed(core: Store) -> None:
    person = uuid4()

    def encrypt(work: UnitOfWork) -> Encrypted:
        return work.encrypt(person, "name", "Anna")

    encrypted = core.decisions.execute(CommandContext(SYSTEM), Encrypted, encrypt).answer
    assert core.decisions.dry_run(SYSTEM, lambda work: work.decrypt(encrypted)) == "Anna"
    core.decisions.execute(CommandContext(SYSTEM), type(None), lambda work: work.destroy_key(person))
    assert core.decisions.dry_run(SYSTEM, lambda work: work.decrypt(encrypted)) is None


def test_a_preview_records_nothing(core: Store) -> None:
    seating = open_seating(core, seats=5)
    assert core.decisions.dry_run(SYSTEM, lambda work: len(work.load(Seating, seating).pending_events)) == 0
    assert seats_left(core, seating) == 5
