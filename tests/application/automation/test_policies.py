"""Whenever this, then that: events in, commands out, and the same event again asks for the same command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

import pytest

from application.access.token import TokenRecord, Tokens
from application.automation.leaving import leaving
from application.automation.policies import Policies, documents
from application.billing.credit_note import CreditNotes
from application.billing.invoice import Invoices
from application.booking.calling_off import CalledOffBookings
from application.booking.waiting_list import WaitingLists
from application.kernel.actor import Actor, Role
from application.kernel.ports import CommandContext, Committed, UnitOfWork
from domain.booking.cancellation import Cancellation
from domain.kernel.documents import LineKind, line
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, CancellationId, OrganiserId, PersonId, SeasonId, TransferId
from domain.kernel.money import Money
from domain.kernel.personal import Encrypted
from domain.kernel.vat import VAT_25
from domain.people.organiser import found
from domain.people.person import Person
from domain.programme.price import Price, PriceList
from tests.domain.agreements import SEASON, booking, season
from tests.domain.vocabulary import ANNA, BERTIL, BOLT, NOON, ORGANISER, kronor

R = TypeVar("R")
LINE = line(LineKind.SEAT, "Konferens", 1, kronor(6_000), VAT_25)
CANCELLATION, TRANSFER = CancellationId(UUID(int=71)), TransferId(UUID(int=72))
PLACE = UUID(int=73)
REASON = Encrypted("person", ANNA, "", "reason", b"...")


@dataclass
class Ordered:
    """Keeps what is ordered instead of deciding it."""

    orders: list[CommandContext] = field(default_factory=list)

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]) -> Committed[R]:  # noqa: ARG002  # the port's signature
        self.orders.append(order)
        return Committed(answer.__new__(answer), 0)

    def dry_run(self, actor: Actor, question: Callable[[UnitOfWork], R]) -> R:
        raise AssertionError(f"a policy asks nothing: {actor} {question}")


class TwoBookings:
    """A season with two bookings."""

    def bookings_of(self, season_id: SeasonId) -> tuple[BookingId, ...]:
        assert season_id == SEASON
        return (BookingId(UUID(int=41)), BookingId(UUID(int=42)))


class OnePlace:
    """Anna waits for a seat in one season."""

    def waiting_of(self, person_id: PersonId) -> tuple[tuple[SeasonId, UUID], ...]:
        return ((SEASON, PLACE),) if person_id == ANNA else ()


@dataclass
class NoTokens:
    """Keeps no tokens, and remembers whose were to be revoked."""

    revoked: list[tuple[PersonId, Role | None]] = field(default_factory=list)

    def keep(self, record: TokenRecord) -> None:
        raise AssertionError(record)

    def find(self, token_id: str) -> TokenRecord | None:
        raise AssertionError(token_id)

    def used(self, record: TokenRecord) -> None:
        raise AssertionError(record)

    def revoke(self, token_id: str, by: PersonId | None = None) -> bool:
        raise AssertionError(token_id, by)

    def list(self, organiser_id: OrganiserId | None) -> tuple[TokenRecord, ...]:
        raise AssertionError(organiser_id)

    def revoke_named(self, person_id: PersonId, name: str) -> None:
        raise AssertionError(person_id, name)

    def has_named(self, person_id: PersonId, name: str) -> bool:
        raise AssertionError(person_id, name)

    def revoke_of(self, person_id: PersonId, role: Role | None) -> None:
        self.revoked.append((person_id, role))


def policies_with(decisions: Ordered, tokens: NoTokens) -> Policies:
    """What follows in money and when somebody leaves, on stand-ins; that none is left out `tests/mutants` proves."""
    ended = CalledOffBookings(decisions)
    owed = documents(Invoices(decisions), CreditNotes(decisions), ended, TwoBookings())
    return Policies(owed, leaving(Tokens(tokens), WaitingLists(decisions), OnePlace()))


def commanded(event: object) -> list[str]:
    """The keys of the commands that follow, the same when the event is given again."""
    decisions = Ordered()
    policies = policies_with(decisions, NoTokens())
    policies.react(event)
    once = list(decisions.orders)
    policies.react(event)
    assert decisions.orders[len(once) :] == once
    assert all(order.actor.is_system for order in once)
    return [order.key or "" for order in once]


def test_a_booking_is_invoiced() -> None:
    made = booking(ANNA)

    assert commanded(made.pending_events[0]) == [f"invoice/{made.id}"]


def test_what_is_free_is_not_invoiced() -> None:
    assert commanded(booking(ANNA, prices=PriceList(1, (Price(Money(0)),))).pending_events[0]) == []


def test_what_a_transfer_costs_is_invoiced_and_a_free_one_is_not() -> None:
    dear, free = booking(ANNA), booking(ANNA)
    dear.hand_over(1, TRANSFER, BERTIL, BOLT, (LINE,), NOON)
    free.hand_over(1, TRANSFER, BERTIL, BOLT, (), NOON)

    assert commanded(dear.pending_events[-1]) == [f"invoice/{TRANSFER}"]
    assert commanded(free.pending_events[-1]) == []


def test_what_a_cancellation_gives_back_is_credited_when_granted_and_when_waived() -> None:
    request = Cancellation(
        id=CANCELLATION,
        organiser_id=ORGANISER,
        booking_id=BookingId(UUID(int=41)),
        season_id=SEASON,
        seats=(1,),
        received_at=NOON,
        plea=None,
    )
    made = booking(ANNA)
    request.assess(made.assess(NOON), made.credit_for((1,), 5_000), made.credit_for((1,), 0))
    assert commanded(request.pending_events[-1]) == []
    request.grant("admin")
    assert commanded(request.pending_events[-1]) == [f"credit/{CANCELLATION}/granted"]
    request.waive(REASON, "admin")
    assert commanded(request.pending_events[-1]) == [f"credit/{CANCELLATION}/waived"]


def test_seats_given_up_are_credited_by_their_cancellation_or_when_the_season_is_called_off() -> None:
    cancelled, called_off, late = booking(ANNA), booking(ANNA), booking(ANNA)
    cancelled.give_up((1,), CANCELLATION, (LINE,), NOON)
    called_off.give_up((1,), None, (LINE,), NOON)
    late.give_up((1,), None, (), NOON)

    assert commanded(cancelled.pending_events[1]) == []
    assert commanded(called_off.pending_events[1]) == [f"credit/{called_off.id}/called-off"]
    assert commanded(late.pending_events[1]) == []
    assert commanded(late.pending_events[2]) == []


def test_a_season_called_off_ends_each_of_its_bookings() -> None:
    planned = season(datetime(2027, 2, 3, tzinfo=UTC).date())
    planned.call_off("För få anmälda")

    assert commanded(planned.pending_events[-1]) == [f"called-off/{UUID(int=41)}", f"called-off/{UUID(int=42)}"]


def test_nothing_follows_from_the_rest() -> None:
    planned = season(datetime(2027, 2, 3, tzinfo=UTC).date())

    assert [key for event in planned.pending_events for key in commanded(event)] == []


def test_only_the_installation_itself_issues_documents() -> None:
    decisions, admin = Ordered(), Actor("admin", ORGANISER)
    with pytest.raises(NotAllowed):
        Invoices(decisions).issue_for_booking(admin, ORGANISER, BookingId(UUID(int=41)))
    with pytest.raises(NotAllowed):
        CalledOffBookings(decisions).end(admin, BookingId(UUID(int=41)))
    assert decisions.orders == []


def test_the_keys_of_a_dismissed_admin_open_nothing() -> None:
    tokens = NoTokens()
    organiser = found(
        ORGANISER, name="I", slug="institutet", org_number="556036-0793", vat_number="", currency="SEK", zone="UTC"
    )
    organiser.appoint(ANNA, "admin")
    organiser.dismiss(ANNA, "admin")

    policies_with(Ordered(), tokens).react(organiser.pending_events[-1])

    assert tokens.revoked == [(ANNA, Role.ADMIN)]


def erased(person_id: PersonId) -> Person.Erased:
    """The fact as it is read from the log."""
    fact = Person.Erased()
    vars(fact).update(originator_id=person_id, originator_version=2, timestamp=NOON)
    return fact


def test_the_keys_of_an_erased_person_open_nothing() -> None:
    tokens = NoTokens()

    policies_with(Ordered(), tokens).react(erased(ANNA))

    assert tokens.revoked == [(ANNA, None)]


def test_an_erased_person_waits_for_nothing() -> None:
    assert commanded(erased(ANNA)) == [f"erased/{PLACE}"]
    assert commanded(erased(BERTIL)) == []
