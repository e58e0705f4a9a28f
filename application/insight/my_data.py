"""Everything that is kept about one person, and nobody else's data with it (GDPR art. 15 and 20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeVar, get_type_hints
from uuid import UUID

from application.access.passkey import PasskeyRow
from application.access.session import Sessions
from application.accounting.queries.bookkeeping import YearsKnown
from application.billing.queries.invoice import InvoiceQuestions
from application.booking.opening_list import OpeningQuestions
from application.booking.queries.booking import BookingQuestions, BookingRow
from application.booking.queries.desk import CaseRow, DeskQuestions
from application.booking.queries.roster import Rosters
from application.insight.history import HistoryQuestions
from application.insight.my_data_rows import (
    MyBooking,
    MyCase,
    MyData,
    MyLetter,
    MyPasskey,
    MySeat,
    MySession,
    kept_until,
)
from application.insight.seats_held import SeatsHeld
from application.kernel.actor import Actor, Role
from application.kernel.page import MOST
from application.kernel.ports import Clock
from application.kernel.queries import every
from application.mail.letter_desk import LetterDesk
from application.people.queries.own_facts import OwnFactModel
from application.people.queries.people import PeopleQuestions, PersonRow
from application.programme.queries.goods import GoodsQuestions
from domain.kernel.ids import PersonId

T = TypeVar("T")


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
        openings: OpeningQuestions,
        history: HistoryQuestions,
        letters: LetterDesk,
        sessions: Sessions,
        passkeys: Passkeys,
        facts: OwnFactModel,
        years: YearsKnown,
    ) -> None:
        self._clock, self._people, self._goods = clock, people, goods
        self._bookings, self._desk = bookings, desk
        self._invoices, self._rosters, self._history = invoices, rosters, history
        self._openings = openings
        self._letters, self._sessions, self._passkeys = letters, sessions, passkeys
        self._facts, self._years = facts, years

    def of(self, actor: Actor, person_id: UUID) -> MyData:
        """Everything about a person (S65). Raises NotFound unless it is oneself, or the actor is admin there."""
        person, me = self._me(actor, person_id)
        bookings = list(every(lambda after: self._bookings.about(me, after, MOST)))
        history = tuple(every(lambda after: self._history.of_person(me, person_id, after, MOST)))
        documents = tuple(every(lambda after: self._invoices.about(me, after, MOST)))
        held = SeatsHeld(history, me)
        return MyData(
            made_at=self._clock.now(),
            person=person,
            memberships=self._people.memberships_of(me, person_id),
            bookings=tuple(_booking(each, me) for each in bookings),
            cases=tuple(_like(MyCase, case) for each in bookings for case in self._cases(me, each, held)),
            places=self._rosters.my_places(me),
            openings=self._openings.mine(me),
            documents=documents,
            purchases=self._goods.my_purchases(me),
            letters=tuple(_like(MyLetter, each) for each in self._letters.list(me, person_id=person_id, limit=None)),
            sessions=tuple(_like(MySession, each) for each in self._sessions.mine(me)),
            passkeys=tuple(_like(MyPasskey, each) for each in self._passkeys.of(PersonId(person_id))),
            history=history,
            facts=self._facts.of({person.person_id, *person.also}),
            kept_until=kept_until(documents, self._years.of(person.organiser_id)),
        )

    def latest(self, actor: Actor, person_id: UUID, most: int) -> MyData:
        """What a page shows of it: of bookings, documents and history so many, of cases and single values none.

        However much somebody has booked, it takes as long. Raises NotFound as `of`.
        """
        person, me = self._me(actor, person_id)
        bookings = self._bookings.about(me, None, most)
        documents = self._invoices.about(me, None, most)
        history = self._history.of_person(me, person_id, None, most)
        after = {
            "bookings": bookings.next_cursor,
            "documents": documents.next_cursor,
            "history": history.next_cursor,
        }
        return MyData(
            made_at=self._clock.now(),
            person=person,
            memberships=self._people.memberships_of(me, person_id),
            bookings=tuple(_booking(each, me) for each in bookings.items),
            cases=(),
            places=self._rosters.my_places(me),
            openings=self._openings.mine(me),
            documents=documents.items,
            purchases=self._goods.my_purchases(me),
            letters=tuple(_like(MyLetter, each) for each in self._letters.list(me, person_id=person_id, limit=1000)),
            sessions=tuple(_like(MySession, each) for each in self._sessions.mine(me)),
            passkeys=(),
            history=history.items,
            facts=(),
            kept_until=kept_until(documents.items, self._years.of(person.organiser_id)),
            more=frozenset(name for name, cursor in after.items() if cursor),
        )

    def _me(self, actor: Actor, person_id: UUID) -> tuple[PersonRow, Actor]:
        person = self._people.person(actor, person_id)
        also = frozenset(PersonId(each) for each in person.also)
        return person, Actor(actor.id, person.organiser_id, frozenset({Role.MEMBER}), person.person_id, also=also)

    def _cases(self, me: Actor, booking: BookingRow, held: SeatsHeld) -> Iterator[CaseRow]:
        """Those about me: another's plea is nobody's business, not even of whoever booked for both."""
        for case in self._desk.of_booking(me, booking.booking_id):
            if case.kind == "transfer":
                is_mine = me.is_person(case.person_id) or me.is_person(case.to_person_id)
            else:
                is_mine = all(held.at(booking.booking_id, no, case.requested_at) for no in case.seats)
            if is_mine:
                yield case


def _like(kind: type[T], row: object) -> T:
    """The fields of a kind, and no others, as a row has them."""
    return kind(**{name: getattr(row, name) for name in get_type_hints(kind)})


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
