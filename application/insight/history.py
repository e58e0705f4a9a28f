"""The history of a booking, a season, a person, an organisation or a document: what happened, when, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.billing.queries.invoice import InvoiceQuestions
from application.booking.queries.booking import BookingQuestions
from application.kernel.actor import Actor, Role
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from application.people.queries.people import PeopleQuestions
from application.programme.queries.goods import GoodsQuestions
from application.programme.queries.programme import Programme
from domain.booking.booking import Booking
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId

UNTOLD = frozenset({
    "Booking.Ended",  # its last seat was given up, which is told
    "Cancellation.Assessed",  # the outcome is told
    "Checkout.Started", "Checkout.RefundFailed", "Checkout.RefundCameBack",  # between us and the card payments
    "Checkout.Booked",  # the booking is told
    "Checkout.FeeTold",  # what the card company keeps is between it and the organiser
    "Payment.CameBack",  # finance finds it where it is due
    "Invoice.Credited",  # the credit note is told
    "Membership.PersonCovered", "Membership.CoverEnded",  # the bookings are told
    "NumberSeries.Begun", "NumberSeries.Drawn",  # the document is told
    "Payment.AllotmentUndone",  # that the invoice lost it is told
    "Payment.Allotted",  # the payment of the invoice is told
    "Registration.Held", "Registration.Confirmed", "Registration.Lapsed", "Registration.Forgotten",  # of nobody yet
    "Application.Asked", "Application.Lapsed", "Application.Forgotten",  # of nobody yet, or told as made
    "Order.Placed", "Order.Confirmed", "Order.Lapsed", "Order.Forgotten",  # the booking or the purchase is told
    "Answer.Given", "Answer.Changed", "Contribution.Written", "Contribution.Rewritten", "Contribution.Withdrawn",
    "Contribution.Shown", "Contribution.HeldBack", "Contribution.Themed",  # who wrote, and what became of it, is theirs
    "Topic.Proposed", "Topic.Chosen", "Topic.PutBack", "Topic.TakenBack",  # the list of topics tells
    "Learning.Begun",  # what it began with is told
    "Round.Fixed",  # that it closed is told
    "Attendance.SeenAgain", "Door.TurnedAway",  # seen at the door; the list of who came shows them
    "Person.EmailConfirmationAsked",  # the confirmation is told
    "Tab.Added", "Tab.Lowered", "Tab.Invoiced",  # the bookings and the collective invoice are told
    "Seating.QueueLeft", "Seating.SeatsReleased", "Seating.SeatsTaken",  # the bookings are told
    "Seating.PartyLessened",  # somebody of the party got a seat, which is told
    "Seating.OfferProlonged",  # somebody pays by card just then
    "QueueRequest.Asked", "QueueRequest.Confirmed", "QueueRequest.Lapsed", "QueueRequest.Forgotten",  # of nobody yet
    "MoveRequest.Made",  # the letter that asks is kept, and the move is told
    "OpeningRequest.Asked", "OpeningRequest.Confirmed", "OpeningRequest.Lapsed", "OpeningRequest.Forgotten",  # the same
    "OpeningList.Begun", "OpeningList.Joined", "OpeningList.Left", "OpeningList.Told",  # the letter, and one's own data
    "PricePromise.Given", "PricePromise.Renewed",  # the place in line and the offer are told
    "Seating.SeatsHeld", "Seating.HoldEnded", "Seating.QueueJoinedFirst",  # the card payment or first refusal is told
})  # fmt: skip
"""Events that no history tells, because another one says the same in words that matter to people."""


@dataclass(frozen=True)
class By:
    """Who did it: in which roles ("system": the service itself), and as which person; empty where it is not known.

    `is_by_link`: they had not signed in, the link of a mail opened the booking for them.
    """

    roles: tuple[str, ...] = ()
    person_id: PersonId | None = None
    name: str | None = None
    is_by_link: bool = False


@dataclass(frozen=True)
class Happening:
    """One event that somebody tells. `event` is the fact itself, `topic` its name.

    `hides_sum`: it is told to somebody who sits in a booking, and neither made nor pays it: what it cost is not theirs.

    `names` tells what the ids in it are called: people (None once erased), organisations, seasons, meetings, networks.
    """

    position: int
    topic: str
    stream_id: UUID
    event: object
    recorded_at: datetime
    by: By
    names: Mapping[UUID, str | None]
    hides_sum: bool = False


class HistoryModel(Protocol):
    """The read model behind histories."""

    def of_thing(self, subject_id: UUID, after: str | None, limit: int) -> Page[Happening]:
        """What happened to a booking, season, organisation or document and what belongs to it; latest first."""

    def of_person(self, person_id: UUID, after: str | None, limit: int) -> Page[Happening]:
        """What is remembered about somebody; latest first."""


class HistoryQuestions:
    """Whoever may see a thing may see its history; of a booking, those who only sit in it see what is about them."""

    def __init__(
        self,
        model: HistoryModel,
        bookings: BookingQuestions,
        people: PeopleQuestions,
        invoices: InvoiceQuestions,
        programme: Programme,
        goods: GoodsQuestions,
    ) -> None:
        self._model, self._bookings, self._people = model, bookings, people
        self._invoices, self._programme, self._goods = invoices, programme, goods

    def of_booking(self, actor: Actor, booking_id: UUID, after: str | None = None, limit: int = 50) -> Page[Happening]:
        """A booking with its cancellations, transfers and documents. Raises NotFound."""
        booking = self._bookings.one(actor, booking_id)
        if self._bookings.answers_for_all(actor, booking) or actor.is_staff_of(booking.organiser_id):
            return self._model.of_thing(booking_id, after, limit)
        if actor.person_id is None:
            return Page(())
        mine = _without_others_sums(self._model.of_person(actor.person_id, after, limit), actor)
        here = {each.stream_id for each in self._model.of_thing(booking_id, None, 200).items}
        return Page(tuple(each for each in mine.items if each.stream_id in here), mine.next_cursor)

    def of_document(
        self, actor: Actor, document_id: UUID, after: str | None = None, limit: int = 50
    ) -> Page[Happening]:
        """An invoice with its credit notes, or a credit note. Raises NotFound."""
        self._invoices.one(actor, document_id)
        return self._model.of_thing(document_id, after, limit)

    def of_season(self, actor: Actor, season_id: UUID, after: str | None = None, limit: int = 50) -> Page[Happening]:
        """A season: its plan, prices, meetings and seats. Raises NotFound, NotAllowed unless admin."""
        actor.must_be(organiser_of(actor), Role.ADMIN)
        self._programme.season(actor, season_id)
        return self._model.of_thing(season_id, after, limit)

    def of_network(self, actor: Actor, network_id: UUID, after: str | None = None, limit: int = 50) -> Page[Happening]:
        """A network: its name, rule, partners and decisions. Raises NotFound, NotAllowed unless admin."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.ADMIN)
        self._programme.network(organiser, network_id)
        return self._model.of_thing(network_id, after, limit)

    def of_goods(self, actor: Actor, goods_id: UUID, after: str | None = None, limit: int = 50) -> Page[Happening]:
        """Goods: their title, price and when they were sold. Raises NotFound, NotAllowed unless admin."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.ADMIN)
        if all(each.goods_id != goods_id for each in self._goods.goods(organiser)):
            raise NotFound(what="goods")
        return self._model.of_thing(goods_id, after, limit)

    def of_staff(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[Happening]:
        """The organiser itself: payment details, staff, what is asked before they change, keys. Raises NotAllowed."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.ADMIN, Role.FINANCE)
        return self._model.of_thing(organiser, after, limit)

    def of_organisation(
        self, actor: Actor, organisation_id: UUID, after: str | None = None, limit: int = 50
    ) -> Page[Happening]:
        """An organisation: details, contacts, memberships, bookings, documents. Raises NotFound, NotAllowed."""
        self._people.organisation(actor, organisation_id)
        return self._model.of_thing(organisation_id, after, limit)

    def of_person(self, actor: Actor, person_id: UUID, after: str | None = None, limit: int = 50) -> Page[Happening]:
        """Somebody, for themselves or an admin. Raises NotFound."""
        person = self._people.person(actor, person_id)
        also = frozenset(PersonId(each) for each in person.also)
        them = Actor(actor.id, person.organiser_id, frozenset(), person.person_id, also=also)
        return _without_others_sums(self._model.of_person(person.person_id, after, limit), them)


def _without_others_sums(page: Page[Happening], them: Actor) -> Page[Happening]:
    """A person's own history: bookings that they neither made nor pay are told without what they cost."""
    return replace(page, items=tuple(_own(each, them) for each in page.items))


def _own(each: Happening, them: Actor) -> Happening:
    event = each.event
    if isinstance(event, Booking.Made) and not (
        them.is_person(event.booked_by) or them.is_person(event.payer.person_id)
    ):
        return replace(each, hides_sum=True)
    return each
