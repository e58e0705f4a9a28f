"""One event that cannot be taken in stops its own organiser there; everybody else goes on, and all catch up."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from uuid import UUID

import pytest

from application.kernel.actor import SYSTEM, Actor, Role
from application.people.organiser import FoundOrganiser
from application.programme.season import CallOffSeason
from domain.kernel.errors import PlatsError
from domain.kernel.ids import OrganisationId, SeasonId
from infrastructure.read_models.booking.roster import ROSTER
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.broken import PolicyBroken, ProjectionBroken
from infrastructure.subscriptions.rebuild import Rebuild
from infrastructure.subscriptions.verify import Verification
from tests.infrastructure.followers import all_digests, book_many, count
from tests.infrastructure.jobs.test_worker import SeasonBookingsThatFail, another
from tests.samples import Institute
from tests.scenarios.story import book, documents, sitting

LATER = "update event set topic = 'Booking.Annulled' where topic = 'Booking.Made' and position = %s"
BYTES = r"update event set state = '\xff007b'::bytea where position = %s"
SPOILT = {"a fact of a later version": LATER, "bytes that are none": BYTES}


def other_organiser(institute: Institute) -> Institute:
    """A second seller on the same installation, with an organisation of its own."""
    found = FoundOrganiser("Staden", "staden", "212000-9903", "SE212000990301")
    organiser = institute.services.organisers.found(SYSTEM, found).answer.organiser_id
    admin = Actor("admin2", organiser, frozenset({Role.ADMIN}))
    finance = Actor("finance2", organiser, frozenset({Role.FINANCE}))
    other = replace(institute, organiser=organiser, admin=admin, finance=finance)
    return replace(other, acme=OrganisationId(other.organisation("Cirkel AB", "556999-3008")))


def last_booking(institute: Institute) -> int:
    return count(institute.house.store, "select max(position) from event where topic = 'Booking.Made'")


@contextmanager
def spoilt(institute: Institute, statement: str, position: int) -> Iterator[None]:
    """An event that cannot be read while the block lasts."""
    with institute.house.store.connections.borrow() as connection:
        [(topic, state)] = connection.execute("select topic, state from event where position = %s", [position])
        connection.execute(statement.encode(), [position])
    yield
    with institute.house.store.connections.borrow() as connection:
        connection.execute("update event set topic = %s, state = %s where position = %s", [topic, state, position])


def catch_up(institute: Institute) -> PlatsError:
    """All there is to do is done for whom it can be; why it cannot for somebody."""
    with pytest.raises(PlatsError) as told:
        institute.catch_up()
    return told.value


def is_said_to_stand_still(institute: Institute, position: int) -> None:
    """Readiness and verification name organiser and position."""
    stopped = institute.services.health.look()
    assert (stopped.is_ready, stopped.status) == (True, "stands still")
    assert {(one.organiser_id, one.position, one.of) for one in stopped.stands_still} == {
        (institute.organiser, position, "read models"),
        (institute.organiser, position, "reactions"),
    }
    unread = next(one for one in Verification(institute.house.store).run().checks if "taken in" in one.name)
    assert not unread.ok
    assert f"organiser {institute.organiser} stands still at position {position}" in unread.seen


@pytest.mark.parametrize("spoil", SPOILT)
def test_an_event_that_cannot_be_read_stops_its_own_organiser(
    institute: Institute, spoil: str, caplog: pytest.LogCaptureFixture
) -> None:
    """8.7, S78: that organiser's read models and invoices wait, the others' come; said once; all catch up, once."""
    staden = other_organiser(institute)
    ours, theirs = institute.conference(), staden.conference()
    book(institute, ours, institute.acme, institute.person("Anna", institute.acme))
    assert (sitting(institute, ours), len(documents(institute))) == (["Anna"], 1)
    book(institute, ours, institute.acme, institute.person("Bertil", institute.acme))
    position = last_booking(institute)
    with spoilt(institute, SPOILT[spoil], position), caplog.at_level(logging.ERROR):
        book(staden, theirs, staden.acme, staden.person("Cecilia", staden.acme))
        book(institute, ours, institute.acme, institute.person("David", institute.acme))
        for _ in range(3):
            assert f"at position {position}" in str(catch_up(institute))

        assert [line.name for line in institute.services.rosters.of(institute.admin, ours)] == ["Anna"]
        assert [line.name for line in institute.services.rosters.of(staden.admin, theirs)] == ["Cecilia"]
        assert count(institute.house.store, "select count(*) from invoice.document") == 2
        is_said_to_stand_still(institute, position)
        said = [record.getMessage() for record in caplog.records if str(position) in record.getMessage()]
        assert len([text for text in said if "read models of" in text]) == 1

    institute.catch_up()

    assert sitting(institute, ours) == ["Anna", "Bertil", "David"]
    assert count(institute.house.store, "select count(*) from invoice.document") == 4
    assert institute.services.health.look().stands_still == ()
    assert Verification(institute.house.store).run().ok


def test_what_is_made_again_meanwhile_stands_where_the_rest_stands(institute: Institute) -> None:
    """8.7: a rebuild goes round the event as well, and nothing is taken in twice afterwards."""
    staden = other_organiser(institute)
    ours, theirs = institute.conference(), staden.conference()
    book_many(institute, ours, 2)
    institute.catch_up()
    position = last_booking(institute)
    book_many(staden, theirs, 1, first=5)
    with spoilt(institute, BYTES, position):  # it was taken in before it was spoilt
        Rebuild(institute.house.store, PROJECTIONS[: PROJECTIONS.index(ROSTER) + 1]).run()
        book_many(institute, ours, 1, first=9)
        catch_up(institute)
        assert len(institute.services.rosters.of(institute.admin, ours)) == 1
        assert len(institute.services.rosters.of(staden.admin, theirs)) == 1

    institute.catch_up()

    live = all_digests(institute.house.store)
    assert len(institute.services.rosters.of(institute.admin, ours)) == 3
    Rebuild(institute.house.store, PROJECTIONS).run()
    assert all_digests(institute.house.store) == live
    assert count(institute.house.store, "select count(*) from standstill") == 0


def test_a_reaction_that_cannot_be_carried_out_waits_alone(institute: Institute) -> None:
    """8.7: the season called off is not credited, the other's booking is invoiced; later each is done once."""
    staden = other_organiser(institute)
    ours, theirs = institute.conference(), staden.conference()
    book_many(institute, ours, 2)
    institute.services.seasons.call_off(institute.admin, CallOffSeason(ours, "För få"))
    book_many(staden, theirs, 1, first=5)
    faulty = another(institute, SeasonBookingsThatFail(institute, ZeroDivisionError("oj"), times=3))
    # once with all others, and each time alone
    for _ in range(2):
        with pytest.raises(PolicyBroken, match=r"Season\.CalledOff at position \d+ cannot be done"):
            faulty.catch_up()

    assert invoiced(institute) == {"Invoice.Issued": 3}
    [stopped] = institute.services.health.look().stands_still
    assert (stopped.organiser_id, stopped.of) == (institute.organiser, "reactions")
    faulty.catch_up()
    institute.catch_up()
    assert invoiced(institute) == {"Invoice.Issued": 3, "CreditNote.Issued": 2}
    assert institute.services.health.look().stands_still == ()


def test_a_mistake_in_a_read_model_stops_who_meets_it(institute: Institute, monkeypatch: pytest.MonkeyPatch) -> None:
    """8.7: whatever goes wrong in taking an event in, it is that organiser's; the mended version brings it all."""
    staden = other_organiser(institute)
    ours, theirs = institute.conference(), staden.conference()
    roster = next(one for one in PROJECTIONS if one.name == "roster")
    made = next(kind for kind in roster.handlers if kind.__qualname__ == "Booking.Made")
    right = roster.handlers[made]

    def wrong(event: object, entry: object) -> object:
        if getattr(event, "season_id", None) == ours:
            raise KeyError("ett fel")
        return right(event, entry)  # type: ignore[arg-type]  # a handler is of its own event

    book_many(institute, ours, 2)
    book_many(staden, theirs, 2, first=5)
    with monkeypatch.context() as mistaken:
        mistaken.setitem(roster.handlers, made, wrong)
        with pytest.raises(ProjectionBroken):
            institute.catch_up()
        seats = [
            len(institute.services.rosters.of(who.admin, which)) for who, which in each(institute, ours, staden, theirs)
        ]
        assert seats == [0, 2]

    institute.catch_up()

    seats = [
        len(institute.services.rosters.of(who.admin, which)) for who, which in each(institute, ours, staden, theirs)
    ]
    assert seats == [2, 2]
    assert Verification(institute.house.store).run().ok


def test_an_event_that_nobody_can_be_told_of_stops_everybody_and_says_so(institute: Institute) -> None:
    """S78: of a whole stream that nobody knows there is no organiser; people are sent elsewhere."""
    store = institute.house.store
    with store.connections.borrow() as connection:
        connection.execute(
            "insert into event"
            " (originator_id, originator_version, topic, state, position, recorded_at, actor, command_id)"
            " values (gen_random_uuid(), 1, 'Comet.Sighted', %s, position_here(), now(), 'later', null)",
            [json.dumps({"tail": "long"}).encode()],
        )
    with suppress(PlatsError):
        institute.catch_up()

    report = institute.services.health.look()
    assert (report.is_ready, [one.of for one in report.stands_still]) == (False, ["everybody"])


def each(*pairs: object) -> Iterator[tuple[Institute, SeasonId]]:
    for who, which in zip(pairs[::2], pairs[1::2], strict=True):
        assert isinstance(who, Institute)
        assert isinstance(which, UUID)
        yield who, SeasonId(which)


def invoiced(institute: Institute) -> dict[str, int]:
    rows = institute.house.store.recorder.query(
        "select topic, count(*) from event where topic in ('Invoice.Issued', 'CreditNote.Issued') group by topic", []
    )
    return {str(topic): int(number) for topic, number in rows}
