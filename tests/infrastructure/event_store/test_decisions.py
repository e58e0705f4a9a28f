"""Decisions are recorded exactly once, whole or not at all, whatever breaks and whoever comes first."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid4

import pytest

from application.kernel.actor import SYSTEM, Actor
from application.kernel.ports import CommandContext, Committed, DecisionTooLarge, KeyReused, UniqueKeyTaken, UnitOfWork
from domain.billing.number_series import NumberSeries
from domain.booking.seating import Seating, SeatsShort
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import BookingId, OrganiserId, PersonId, SeasonId
from infrastructure.event_store.store import Store
from tests.infrastructure.log_of_tests import (
    Seated,
    all_at_once,
    open_seating,
    readable,
    seats_left,
    take_seat,
)


def rows(store: Store, table: str) -> int:
    with store.connections.borrow() as connection:
        [(count,)] = connection.execute(f"select count(*) from {table}".encode()).fetchall()
    return int(count)


def test_the_same_key_gives_the_same_answer(store: Store) -> None:
    seating = open_seating(store, seats=5)

    first = take_seat(store, seating, key="k")
    again = take_seat(store, seating, key="k")

    assert (again.answer, again.position) == (first.answer, first.position)
    assert (first.repeated, again.repeated) == (False, True)
    assert seats_left(store, seating) == 4


def test_who_is_overtaken_by_their_own_command_gets_its_answer_and_no_refusal(store: Store) -> None:
    """Sent twice at once: the other was answered after this one had looked for an answer."""
    seating = open_seating(store, seats=1)
    order = CommandContext(SYSTEM, key="k", content="", needs=((Seating, seating),))
    given: list[Committed[Seated]] = []

    def decision(work: UnitOfWork) -> Seated:
        if not given:
            given.append(take_seat(store, seating, key="k", queue=False))
        raise SeatsShort(asked=1, left=0)

    answer = store.decisions.execute(order, Seated, decision)
    assert (answer.answer, answer.repeated) == (given[0].answer, True)
    with pytest.raises(SeatsShort):
        store.decisions.execute(CommandContext(SYSTEM, key="other"), Seated, decision)


def test_a_key_belongs_to_its_actor(store: Store) -> None:
    seating = open_seating(store, seats=5)

    take_seat(store, seating, key="k", actor=Actor("anna", None, is_system=True))
    take_seat(store, seating, key="k", actor=Actor("bo", None, is_system=True))

    assert seats_left(store, seating) == 3


def test_a_key_used_for_something_else_is_refused(store: Store) -> None:
    seating = open_seating(store, seats=5)
    take_seat(store, seating, key="k", content="one seat")

    with pytest.raises(KeyReused):
        take_seat(store, seating, key="k", content="another seat")
    assert seats_left(store, seating) == 4


def test_the_same_key_from_sixteen_threads_at_once_is_one_decision(store: Store) -> None:
    seating = open_seating(store, seats=50)

    answers = all_at_once(16, lambda _: take_seat(store, seating, key="k").answer)

    assert len({str(answer) for answer in answers}) == 1
    assert isinstance(answers[0], Seated)
    assert seats_left(store, seating) == 49


def test_of_sixteen_who_claim_the_same_exactly_one_gets_it(store: Store) -> None:
    def claim(which: int) -> UUID:
        person = UUID(int=which)

        def decision(work: UnitOfWork) -> UUID:
            work.take_unique_key("email", "anna", person)
            seating = Seating(OrganiserId(uuid4()), SeasonId(uuid4()), 1)
            work.add(seating)
            return person

        return store.decisions.execute(CommandContext(SYSTEM), UUID, decision).answer

    came_of_it = all_at_once(16, claim)

    winners = [one for one in came_of_it if isinstance(one, UUID)]
    losers = [
        one for one in came_of_it if isinstance(one, UniqueKeyTaken) and (one.kind, one.value) == ("email", "anna")
    ]
    assert (len(winners), len(losers)) == (1, 15)
    assert rows(store, "event") == 1
    assert store.decisions.dry_run(SYSTEM, lambda work: work.unique_key_owner("email", "anna")) == winners[0]


def test_a_unique_key_can_be_released_kept_and_transferred(store: Store) -> None:
    anna, bo = uuid4(), uuid4()

    def claim(work: UnitOfWork) -> None:
        work.take_unique_key("email", "a", anna)

    def pass_on(work: UnitOfWork) -> None:
        work.release_unique_key("email", "a")
        work.take_unique_key("email", "a", bo)

    def give_up(work: UnitOfWork) -> None:
        work.release_unique_key("email", "a")

    owners = []
    for decision in (claim, claim, pass_on, give_up):
        store.decisions.execute(CommandContext(SYSTEM), type(None), decision)
        owners.append(store.decisions.dry_run(SYSTEM, lambda work: work.unique_key_owner("email", "a")))
    assert owners == [anna, anna, bo, None]


@pytest.mark.parametrize("queue", [True, False])
def test_a_value_that_cannot_be_stored_records_nothing_at_all(store: Store, queue: bool) -> None:
    organiser = OrganiserId(uuid4())

    def decision(work: UnitOfWork) -> None:
        work.take_unique_key("email", "anna", uuid4())
        work.encrypt(uuid4(), "name", "Anna")
        work.add(NumberSeries(organiser, "nul \0 in text", 1))

    serial = (organiser,) if queue else ()
    with pytest.raises(BadValue):
        store.decisions.execute(CommandContext(SYSTEM, key="k", serial=serial), type(None), decision)
    assert [rows(store, table) for table in ("event", "claim", "data_key", "command")] == [0, 0, 0, 0]


def test_an_error_in_the_middle_of_the_append_records_nothing_at_all(store: Store) -> None:
    def decision(work: UnitOfWork) -> None:
        work.take_unique_key("email", "anna", uuid4())
        work.add(Seating(OrganiserId(uuid4()), SeasonId(uuid4()), 1))

    order = CommandContext(Actor("nul \0 in the actor", None, is_system=True), key="k")
    with pytest.raises(BadValue):
        store.decisions.execute(order, type(None), decision)
    assert [rows(store, table) for table in ("event", "claim", "command")] == [0, 0, 0]


def test_a_decision_that_is_too_large_is_refused_and_nothing_hangs(store: Store) -> None:
    seating = open_seating(store, seats=5)

    def too_many(work: UnitOfWork) -> None:
        hall = work.load(Seating, seating)
        for _ in range(501):
            hall.add_seats(1, work.now)

    def too_long(work: UnitOfWork) -> None:
        work.add(NumberSeries(OrganiserId(uuid4()), "x" * 1_100_000, 1))

    def just_fits(work: UnitOfWork) -> int:
        work.add(NumberSeries(OrganiserId(uuid4()), "x" * 900_000, 1))
        hall = work.load(Seating, seating)
        for _ in range(499):
            hall.add_seats(1, work.now)
        return hall.left_at(work.now)

    for decision in (too_many, too_long):
        with pytest.raises(DecisionTooLarge):
            store.decisions.execute(CommandContext(SYSTEM), type(None), decision)
    assert store.decisions.execute(CommandContext(SYSTEM), int, just_fits).answer == 504


def test_a_refusal_in_a_line_does_not_touch_the_others(store: Store) -> None:
    seating = open_seating(store, seats=1000)

    def change_of_mind(turn: int, which: int) -> int:
        def decision(work: UnitOfWork) -> int:
            hall = work.load(Seating, seating)
            hall.take(BookingId(uuid4()), 1)
            if which % 3 == 0:
                raise NotFound(which=which)
            return hall.left_at(work.now)

        order = CommandContext(SYSTEM, key=f"{turn} {which}", serial=(seating,), needs=((Seating, seating),))
        return store.decisions.execute(order, int, decision).answer

    for turn in range(4):
        came_of_it = all_at_once(30, partial(change_of_mind, turn))
        assert [one for one in came_of_it if not isinstance(one, int | NotFound)] == []
        assert len([one for one in came_of_it if isinstance(one, NotFound)]) == 10
    assert seats_left(store, seating) == 1000 - 4 * 20
    assert rows(store, "event") == 1 + 4 * 20


def test_the_last_seat_refuses_the_next(store: Store) -> None:
    seating = open_seating(store, seats=1)
    take_seat(store, seating)

    with pytest.raises(SeatsShort):
        take_seat(store, seating)


def test_looking_changes_nothing(store: Store) -> None:
    seating = open_seating(store, seats=1)

    def preview(work: UnitOfWork) -> int:
        hall = work.load(Seating, seating)
        hall.take(BookingId(uuid4()), 1)
        work.take_unique_key("email", "anna", uuid4())
        return hall.left_at(work.now)

    assert store.decisions.dry_run(SYSTEM, preview) == 0
    assert seats_left(store, seating) == 1
    assert rows(store, "claim") == 0


def test_what_is_of_another_kind_is_not_found(store: Store) -> None:
    seating = open_seating(store, seats=1)

    assert store.decisions.dry_run(SYSTEM, lambda work: work.find(NumberSeries, seating)) is None


def test_the_time_and_the_actor_are_those_of_the_decision(store: Store) -> None:
    seating = open_seating(store, seats=1)
    person = PersonId(uuid4())
    recorded = take_seat(store, seating, actor=Actor("anna", None, person_id=person, is_system=True))

    [fact] = readable(store, recorded.position)
    assert (fact.actor, fact.recorded_at, fact.topic) == ("anna", store.clock.now(), "Seating.SeatsTaken")


def test_a_refusal_that_rests_on_what_was_not_recorded_is_taken_back(store: Store) -> None:
    """Whoever takes the last seat and may not keep it, for a claim that is another's, refuses nobody else."""
    owner = uuid4()
    store.decisions.execute(CommandContext(SYSTEM), type(None), lambda work: work.take_unique_key("badge", "7", owner))

    def reach(seating: UUID, which: int) -> int:
        def decision(work: UnitOfWork) -> int:
            hall = work.load(Seating, seating)
            hall.take(BookingId(uuid4()), 1)
            if which != 5:  # in the middle of the line
                work.take_unique_key("badge", "7", uuid4())
            return hall.left_at(work.now)

        order = CommandContext(SYSTEM, key=f"{seating} {which}", serial=(seating,), needs=((Seating, seating),))
        return store.decisions.execute(order, int, decision).answer

    for _ in range(20):
        came_of_it = all_at_once(12, partial(reach, open_seating(store, seats=1)))
        assert [one for one in came_of_it if isinstance(one, int)] == [0], came_of_it
