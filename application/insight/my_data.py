"""Everything that is kept about one person, and nobody else's data with it (GDPR art. 15 and 20)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar, get_type_hints
from uuid import UUID

from application.access.passkey import PasskeyRow
from application.access.session import Sessions
from application.billing.queries.invoice import DocumentFilter, DocumentRow, InvoiceQuestions
from application.booking.queries.booking import BookingQuestions, BookingRow
from application.booking.queries.desk import CaseRow, DeskQuestions
from application.booking.queries.roster import PlaceRow, Rosters
from application.insight.history import Happening, HistoryQuestions
from application.insight.seats_held import SeatsHeld
from application.kernel.actor import Actor, Role
from application.kernel.page import MOST, Page
from application.kernel.ports import Clock
from application.mail.letter_desk import LetterDesk
from application.people.queries.own_facts import OwnFact, OwnFactModel
from application.people.queries.people import MembershipRow, PeopleQuestions, PersonRow
from application.programme.queries.goods import GoodsQuestions, PurchaseRow
from domain.accounting.bookkeeping import YEARS_KEPT
from domain.kernel.ids import PersonId

T = TypeVar("T")


@dataclass(frozen=True)
class MySeat:
    """A seat of mine, in whose name it is."""

    no: int
    organisation_id: UUID | None
    is_cancelled: bool


@dataclass(frozen=True)
class MyBooking:
    """A booking that I made, pay, or sit in. Of the seats only mine; sums in öre incl. VAT where I made or pay it.

    `seats_held`: how many of them all are not cancelled.
    """

    booking_id: UUID
    season: str
    network: str
    made_at: datetime
    is_booked_by_me: bool
    is_paid_by_me: bool
    seats: tuple[MySeat, ...]
    seats_in_all: int
    seats_held: int
    gross: int | None
    credited: int | None
    currency: str
    reference: str
    ended_for: str


@dataclass(frozen=True)
class MyCase:
    """A cancellation or a transfer about me, with what I wrote and what I was answered."""

    case_id: UUID
    kind: str
    status: str
    season: str
    booking_id: UUID
    requested_at: datetime
    received_at: datetime
    plea: str | None
    reason: str | None
    credit: int
    difference: int
    decided_at: datetime | None


@dataclass(frozen=True)
class MyLetter:
    """A letter to me, and what came of it."""

    kind: str
    to: str | None
    state: str
    posted_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class MySession:
    """A place where I am signed in."""

    method: str
    browser: str
    made_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class MyPasskey:
    """A passkey of mine: what I call it, and when I used it last."""

    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class MyData:
    """All of it, as of an instant.

    `facts`: each value as it was given, wherever it was recorded: earlier names and addresses, whom invoices go to,
    order numbers, notes, needs. `kept_until`: the last day that bookkeeping law keeps my documents, if I have any.
    """

    made_at: datetime
    person: PersonRow
    memberships: tuple[MembershipRow, ...]
    bookings: tuple[MyBooking, ...]
    cases: tuple[MyCase, ...]
    places: tuple[PlaceRow, ...]
    documents: tuple[DocumentRow, ...]
    purchases: tuple[PurchaseRow, ...]
    letters: tuple[MyLetter, ...]
    sessions: tuple[MySession, ...]
    passkeys: tuple[MyPasskey, ...]
    history: tuple[Happening, ...]
    facts: tuple[OwnFact, ...]
    kept_until: date | None


class Passkeys(Protocol):
    """Where passkeys are kept."""

    def of(self, person_id: PersonId) -> tuple[PasskeyRow, ...]:
        """A person's, oldest first."""


class MyDataQuestions:
    """For the person themselves, and for an admin who answers somebody that has written."""

    def __init__(
        self,
        clock: Clock,
        people: PeopleQuestions,
        goods: GoodsQuestions,
        bookings: BookingQuestions,
        desk: DeskQuestions,
        invoices: InvoiceQuestions,
        rosters: Rosters,
        history: HistoryQuestions,
        letters: LetterDesk,
        sessions: Sessions,
        passkeys: Passkeys,
        facts: OwnFactModel,
    ) -> None:
        self._clock, self._people, self._goods = clock, people, goods
        self._bookings, self._desk = bookings, desk
        self._invoices, self._rosters, self._history = invoices, rosters, history
        self._letters, self._sessions, self._passkeys = letters, sessions, passkeys
        self._facts = facts

    def of(self, actor: Actor, person_id: UUID) -> MyData:
        """Everything about a person (S65). Raises NotFound unless it is oneself, or the actor is admin there."""
        person = self._people.person(actor, person_id)
        also = frozenset(PersonId(each) for each in person.also)
        me = Actor(actor.id, person.organiser_id, frozenset({Role.MEMBER}), person.person_id, also=also)
        bookings = [each for each in _all(lambda after: self._bookings.mine(me, after, MOST)) if _concerns(each, me)]
        history = tuple(_all(lambda after: self._history.of_person(me, person_id, after, MOST)))
        papers = _all(lambda after: self._invoices.list(me, DocumentFilter(), after, MOST))
        documents = tuple(each for each in papers if me.is_person(each.person_id))
        held = SeatsHeld(history, me)
        return MyData(
            made_at=self._clock.now(),
            person=person,
            memberships=self._people.memberships_of(me, person_id),
            bookings=tuple(_booking(each, me) for each in bookings),
            cases=tuple(_like(MyCase, case) for each in bookings for case in self._cases(me, each, held)),
            places=self._rosters.my_places(me),
            documents=documents,
            purchases=self._goods.my_purchases(me),
            letters=tuple(_like(MyLetter, each) for each in self._letters.list(me, person_id=person_id, limit=1000)),
            sessions=tuple(_like(MySession, each) for each in self._sessions.mine(me)),
            passkeys=tuple(_like(MyPasskey, each) for each in self._passkeys.of(PersonId(person_id))),
            history=history,
            facts=self._facts.of({person.person_id, *person.also}),
            kept_until=kept_until(documents),
        )

    def _cases(self, me: Actor, booking: BookingRow, held: SeatsHeld) -> Iterator[CaseRow]:
        """Those about me: another's plea is nobody's business, not even of whoever booked for both."""
        for case in self._desk.of_booking(me, booking.booking_id):
            if case.kind == "transfer":
                is_mine = me.is_person(case.person_id) or me.is_person(case.to_person_id)
            else:
                is_mine = all(held.at(booking.booking_id, no, case.requested_at) for no in case.seats)
            if is_mine:
                yield case


def _all(page_after: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """The rows of all pages of a list."""
    page = page_after(None)
    yield from page.items
    while page.next_cursor:
        page = page_after(page.next_cursor)
        yield from page.items


def _like(kind: type[T], row: object) -> T:
    """The fields of a kind, and no others, as a row has them."""
    return kind(**{name: getattr(row, name) for name in get_type_hints(kind)})


def kept_until(documents: tuple[DocumentRow, ...]) -> date | None:
    """The last day on which the latest of the documents must be kept."""
    return date(max(each.issued_on.year for each in documents) + YEARS_KEPT, 12, 31) if documents else None


def _concerns(booking: BookingRow, me: Actor) -> bool:
    seated = any(me.is_person(seat.person_id) for seat in booking.seats)
    return seated or me.is_person(booking.booked_by) or me.is_person(booking.payer_person_id)


def _booking(row: BookingRow, me: Actor) -> MyBooking:
    is_mine = me.is_person(row.booked_by) or me.is_person(row.payer_person_id)
    my_seats = [each for each in row.seats if me.is_person(each.person_id)]
    return MyBooking(
        booking_id=row.booking_id,
        season=row.season,
        network=row.network,
        made_at=row.made_at,
        is_booked_by_me=me.is_person(row.booked_by),
        is_paid_by_me=me.is_person(row.payer_person_id),
        seats=tuple(MySeat(each.no, each.organisation_id, each.is_cancelled) for each in my_seats),
        seats_in_all=len(row.seats),
        seats_held=sum(not seat.is_cancelled for seat in row.seats),
        gross=row.gross if is_mine else None,
        credited=row.credited if is_mine else None,
        currency=row.currency,
        reference=row.reference if is_mine else "",
        ended_for=row.ended_for,
    )
