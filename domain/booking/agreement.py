"""The agreement of a booking: everything that it must satisfy, in order, and what comes of it: payer, price and seats.

Booking, holding for a card, registering as a stranger, booking from the waiting list or by first refusal, and looking
at the price beforehand all ask here, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.booking.price_promise import PromisedPrices
from domain.booking.seat import Seat
from domain.booking.seating import Seating
from domain.kernel.documents import Line, Sums, sums
from domain.kernel.eligibility import NO_GROUNDS, Eligibility
from domain.kernel.errors import BadValue, OutcomeChanged, RuleBroken
from domain.kernel.ids import PersonId
from domain.kernel.money import Money
from domain.kernel.payer import Payer
from domain.kernel.terms import Terms, day_in
from domain.people.admission import OPEN, Admission, Applicant, NotAdmitted
from domain.people.organisation import Organisation, ReferenceRequired
from domain.programme.price import Per, Quote
from domain.programme.season import Season
from domain.programme.season_opening import BookingNotOpen

MOST_SEATS = 100


class PersonHasSeat(RuleBroken):
    """The person has a seat in this season already."""


class OrganisationHasBooked(RuleBroken):
    """The price is for the organisation, which has booked this season already."""


class SameContent(RuleBroken):
    """The person has a seat for the same content elsewhere (`season`), which can be moved here (`rule`: ask, refuse).

    `booking_id`, `seat`: which it is, where whoever asks may know it.
    """


@dataclass(frozen=True)
class Agreement:
    """What a booking is made of. `beside`: what the goods bought with the seats cost, line by line."""

    payer: Payer
    seats: tuple[Seat, ...]
    quote: Quote
    terms: Terms | None
    beside: tuple[Line, ...] = ()

    @property
    def sums(self) -> Sums:
        """What it all comes to."""
        return sums((*self.quote.lines, *self.beside), self.quote.price.amount.currency)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Who sits there, as far as it is known."""
        return tuple(seat.person_id for seat in self.seats if seat.person_id is not None)


@dataclass(frozen=True)
class Turn:
    """Where those who ask stand when the seats of a season are given out.

    `place_id`: the place on the waiting list that they come from. `hold_id`: seats that are held for them until now.
    `kept`: for whom of them a seat is kept by first refusal.
    """

    seating: Seating
    place_id: UUID | None = None
    hold_id: UUID | None = None
    kept: tuple[PersonId, ...] = ()

    @property
    def own(self) -> int:
        """How many seats are held for them already: by first refusal, for their place on the list, while they pay."""
        held = [each for each in (self.hold_id, self.place_id) if each is not None]
        return len(self.kept) + sum(self.seating.holds.get(each, (0, None))[0] for each in held)


@dataclass(frozen=True)
class Facts:
    """All that a booking is decided by, as it stands at an instant (`now`).

    `applicants`: who is to sit, seat by seat. `eligibility`: what the payer stands on. `beside`: what the goods cost.
    `stated`: what an admin says each person costs whom a membership does not cover (öre excl. VAT). `shown`: the sum
    in öre incl. VAT that the buyer was shown, if it was. `promised`: what was agreed when the seats began to be held.
    `turn`: None where no seats are asked for yet. `seated`, `has_booked`: which of them have a seat, and whether the
    organisation has booked, where that is asked before the unique keys refuse it. `organisation`: the one that pays.
    `called`: what lines call the season ("": by its title). `promise`: the price that was promised on the waiting list.
    `seller_country`: from where it is sold.
    """

    season: Season
    now: datetime
    payer: Payer
    applicants: tuple[Applicant, ...]
    eligibility: Eligibility = NO_GROUNDS
    beside: tuple[Line, ...] = ()
    stated: int | None = None
    shown: int | None = None
    promised: Agreement | None = None
    turn: Turn | None = None
    seated: frozenset[PersonId] = frozenset()
    has_booked: bool = False
    organisation: Organisation | None = None
    called: str = ""
    promise: PromisedPrices | None = None
    seller_country: str = "SE"


def must_have_reference(organisation: Organisation, *references: str) -> None:
    """Raises ReferenceRequired where an invoice of theirs needs one of these, as an e-invoice always does."""
    if (organisation.needs_reference or organisation.peppol_id) and not any(references):
        raise ReferenceRequired(organisation=organisation.name)


def agree(facts: Facts) -> Agreement:
    """Everything that a booking must satisfy: the season, who sits, the price, the sum that was shown, claims, seats.

    Raises SeasonCalledOff, BookingNotOpen, BadValue, ReferenceRequired, NotAdmitted, AdmissionToDecide, MembershipFull,
    PersonHasSeat, NoPriceForBuyer, SeatsGoTogether, OutcomeChanged, OrganisationHasBooked, SeatingClosed, SeatsShort,
    SeatsPromised.
    """
    agreement = facts.promised or _as_of_now(facts)
    facts.season.must_be_on()
    if facts.shown is not None and facts.shown != agreement.sums.gross.amount:
        raise OutcomeChanged(shown=facts.shown, now=agreement.sums.gross.amount)
    if not facts.seated.isdisjoint(agreement.people):
        raise PersonHasSeat
    if facts.has_booked and agreement.quote.price.per is Per.ORGANISATION:
        raise OrganisationHasBooked
    if facts.turn is not None:
        facts.turn.seating.must_have_room(len(agreement.seats), place_id=facts.turn.place_id, own=facts.turn.own)
    return agreement


def _as_of_now(facts: Facts) -> Agreement:
    """At the price and under the terms of this instant."""
    facts.season.must_take_bookings(facts.now)
    if not 1 <= len(facts.applicants) <= MOST_SEATS:
        raise BadValue(field="participants", why="1 to 100 seats in one booking")
    if facts.organisation is not None:
        must_have_reference(facts.organisation, facts.payer.reference, facts.payer.order_number)
    return Agreement(facts.payer, _seats(facts), quote_of(facts), facts.season.terms, facts.beside)


def _seats(facts: Facts) -> tuple[Seat, ...]:
    """Who sits where, if everybody may, and nobody twice."""
    admission, day = facts.season.admission, day_in(facts.now, facts.season.zone)
    for no, applicant in enumerate(facts.applicants, start=1):
        if admission != OPEN:
            _must_admit(admission, applicant, day, no)
    named = [each.person_id for each in facts.applicants if each.person_id is not None]
    if len(set(named)) < len(named):
        raise PersonHasSeat
    home = facts.payer.organisation_id
    return tuple(Seat(no, who.person_id, who.employer or home) for no, who in enumerate(facts.applicants, start=1))


def _must_admit(admission: Admission, applicant: Applicant, day: date, seat: int) -> None:
    try:
        admission.must_admit(applicant, day)
    except NotAdmitted as refused:
        raise NotAdmitted(**refused.facts, seat=seat) from None


def quote_of(facts: Facts) -> Quote:
    """The payer's price; or, for those whom a membership does not cover, what an admin says.

    Raises BookingNotOpen, NoPriceForBuyer, SeatsGoTogether, MembershipFull, VatNumberNeeded, BadValue.
    """
    season, prices, seats = facts.season, facts.promise or facts.season.prices, len(facts.applicants)
    text = facts.called or season.title
    if prices is None:
        raise BookingNotOpen(closed_on="")
    if facts.stated is not None:
        each = Money(facts.stated, prices.prices[0].amount.currency)
        quote = prices.stated(text, seats, each, facts.eligibility, facts.now)
    else:
        left = season.meetings_left(facts.now) if prices.pro_rata else None
        quote = prices.quote(text, seats, facts.eligibility, facts.now, left)
    payer = facts.organisation
    if payer is None or payer.country == facts.seller_country:
        return quote
    return season.taxed(quote, facts.seller_country, payer.place)
