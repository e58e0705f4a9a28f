"""What each kind of act rests on, as facts of the aggregates: asked for a page, and again inside the decision."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.kernel.seen import Facts
from application.kernel.use_case import load_for, organiser_of
from domain.accounting.bookkeeping import Bookkeeping
from domain.attendance.door import Door
from domain.attendance.participation import Participation, participation_of
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal
from domain.booking.registration_rules import RegistrationRules
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.booking.waiting_rules import WaitingRules
from domain.kernel.aggregate import Aggregate
from domain.kernel.eligibility import Ground
from domain.kernel.ids import (
    MeetingId,
    NetworkId,
    PersonId,
    SeasonId,
    first_refusal_of,
    letter_rules_of,
    membership_of,
    seating_of,
    waiting_rules_of,
)
from domain.learning.learning import Learning
from domain.mail.letter_rules import LetterRules
from domain.payments.checkout import Checkout
from domain.payments.other_money import OtherMoney
from domain.payments.payment import Payment
from domain.payments.payment_rules import PaymentRules
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.programme.goods import Goods
from domain.programme.meeting_time import TimeKind
from domain.programme.network import Network
from domain.programme.season import Season

P = ParamSpec("P")


def facts(read: Callable[Concatenate[UnitOfWork, P], object]) -> Callable[P, Facts]:
    """Facts of a thing that is named now and read later, within a decision: `person(person_id)` is read of `work`."""

    @wraps(read)
    def of(*args: P.args, **kwargs: P.kwargs) -> Facts:
        return lambda work: read(work, *args, **kwargs)

    return of


def all_of(*facts: Facts) -> Facts:
    """Several facts together."""
    return lambda work: tuple(each(work) for each in facts)


@facts
def nothing_but(work: UnitOfWork, kind: type[Aggregate], aggregate_id: UUID) -> object:
    """One thing as it is: whatever happens to it counts."""
    return kind.__name__, aggregate_id, load_for(work, kind, aggregate_id).version


@facts
def person(work: UnitOfWork, person_id: UUID) -> object:
    """Somebody as they are, but for the language they read in: that is noted with whatever they send."""
    found = load_for(work, Person, person_id)
    return Person.__name__, person_id, found.version - found.languages_chosen


@facts
def offer(work: UnitOfWork, season_id: UUID) -> object:
    """What a buyer is shown of a season: meetings with time and place, prices, terms, who may come, open until when."""
    season = load_for(work, Season, season_id)
    meetings = [(each.meeting_id, each.title, each.time, each.place) for each in season.meetings.values()]
    agreed = season.prices, season.terms, season.admission
    return season_id, season.title, season.zone, meetings, agreed, season.is_open, season.closes_on, _is_on(season)


@facts
def seats(work: UnitOfWork, booking_id: UUID, numbers: Collection[int] = ()) -> object:
    """Seats of a booking (none named: all it holds): who sits in each, what it is charged, and whether all is on."""
    booking = load_for(work, Booking, booking_id)
    about = [booking.seats.get(no) for no in sorted(set(numbers))] if numbers else booking.held
    charged = [booking.charges.of_seat(seat.no) for seat in about if seat is not None]
    return booking_id, about, charged, booking.ended_for, _is_on(work.load(Season, booking.season_id))


@facts
def case(work: UnitOfWork, case_id: UUID) -> object:
    """A case at the desk, with the seats it is about."""
    kind: type[Transfer | Cancellation] = Transfer if work.find(Transfer, case_id) else Cancellation
    about = load_for(work, kind, case_id)
    numbers = about.seats if isinstance(about, Cancellation) else (about.seat,)
    return case_id, about.version, seats(about.booking_id, numbers)(work)


@facts
def run(work: UnitOfWork, season_id: UUID) -> object:
    """A season as its admins run it, with how many seats it has."""
    seating = load_for(work, Seating, seating_of(SeasonId(season_id)))
    return season_id, load_for(work, Season, season_id).version, seating.capacity


@facts
def meeting(work: UnitOfWork, season_id: UUID, meeting_id: UUID) -> object:
    """One meeting of a season that is on."""
    season = load_for(work, Season, season_id)
    return meeting_id, season.meetings.get(MeetingId(meeting_id)), _is_on(season)


@facts
def taking_part(work: UnitOfWork, booking_id: UUID, meeting_id: UUID) -> object:
    """How those who sit in a booking take part in a meeting, and who they are."""
    booking = load_for(work, Booking, booking_id)
    answers = work.find(Participation, participation_of(booking.season_id, MeetingId(meeting_id)))
    theirs = [(at, said) for at, said in answers.answers.items() if at.booking_id == booking_id] if answers else []
    return seats(booking_id)(work), meeting(booking.season_id, meeting_id)(work), theirs


@facts
def material(work: UnitOfWork, season_id: UUID, material_id: UUID) -> object:
    """One item of material of a season."""
    return material_id, load_for(work, Season, season_id).materials.get(material_id)


@facts
def which_meetings(work: UnitOfWork, season_id: UUID) -> object:
    """Which meetings a season has that can still be changed; what has become of each, its own row says."""
    season = load_for(work, Season, season_id)
    over = TimeKind.CALLED_OFF
    coming = [each.meeting_id for each in season.meetings.values() if not each.is_held and each.time.kind is not over]
    return season_id, coming, _is_on(season)


@facts
def place_in_line(work: UnitOfWork, season_id: UUID, place_id: UUID) -> object:
    """A place on a waiting list: who stands there, for how many, and where they work."""
    queue = load_for(work, Seating, seating_of(SeasonId(season_id))).queue
    found = next((each for each in queue if each[0] == place_id), None)
    return found, found and load_for(work, Person, found[1]).employments


@facts
def waiting_rules(work: UnitOfWork, season_id: UUID | None = None) -> object:
    """How waiting lists move: the organiser's rules, or a season's own."""
    found = work.find(WaitingRules, waiting_rules_of(season_id or organiser_of(work.actor)))
    return found and found.version


@facts
def kept_seat(work: UnitOfWork, season_id: UUID, person_id: UUID) -> object:
    """A seat that is kept for somebody who may choose first."""
    found = work.find(FirstRefusal, first_refusal_of(SeasonId(season_id), PersonId(person_id)))
    return found and (found.status, found.until)


@facts
def holders(work: UnitOfWork, *season_ids: UUID) -> object:
    """How the seats of seasons are given out: taken, held, waited for, and that the seasons are on."""
    found = []
    for season_id in season_ids:
        seating = load_for(work, Seating, seating_of(SeasonId(season_id)))
        found.append((season_id, seating.version, _is_on(load_for(work, Season, season_id))))
    return found


@facts
def admission(work: UnitOfWork, network_id: UUID, person_id: UUID) -> object:
    """Whether somebody has asked to be admitted, what was decided before, and where they work."""
    network, person = load_for(work, Network, network_id), PersonId(person_id)
    asked = person in network.asked, network.decided.get(person)
    return NetworkId(network_id), person, asked, load_for(work, Person, person).employments


@facts
def asking(work: UnitOfWork, season_id: UUID, person_id: UUID | None) -> object:
    """What is offered, and how it stands with the admission of who asks."""
    network = load_for(work, Season, season_id).network_id
    return offer(season_id)(work), admission(network, person_id)(work) if person_id else None


@facts
def claim(work: UnitOfWork, person_id: UUID) -> object:
    """What somebody says to be, and what has been verified of it."""
    person = load_for(work, Person, person_id)
    return person_id, person.claims, person.affiliations, person.is_erased


@facts
def memberships(work: UnitOfWork, holder_id: UUID) -> object:
    """All memberships of a holder with their periods."""
    organiser = organiser_of(work.actor)
    found = [work.find(Membership, membership_of(organiser, holder_id, ground)) for ground in Ground]
    return holder_id, [each and each.version for each in found]


@facts
def payment(work: UnitOfWork, payment_id: UUID) -> object:
    """A payment with what is left of it; on its way back to a card included."""
    found = load_for(work, Payment, payment_id)
    checkout = work.find(Checkout, UUID(found.reference)) if found.means == "card" else None
    return payment_id, found.version, checkout and checkout.version


@facts
def other_money(work: UnitOfWork, other_id: UUID) -> object:
    """An entry that was booked elsewhere, at once or as what was left of a payment."""
    kind: type[Payment | OtherMoney] = Payment if work.find(Payment, other_id) else OtherMoney
    return other_id, load_for(work, kind, other_id).version


@facts
def payment_rules(work: UnitOfWork) -> object:
    """An organiser's rules for payments; None while they are the usual ones."""
    found = work.find(PaymentRules, PaymentRules.create_id(organiser_of(work.actor)))
    return found and found.version


@facts
def learning(work: UnitOfWork, season_id: UUID) -> object:
    """What is written down of a season's learning; None while nothing is. What participants answer is not in it."""
    found = work.find(Learning, Learning.create_id(SeasonId(season_id)))
    return found and found.version


@facts
def door(work: UnitOfWork, season_id: UUID) -> object:
    """What holds at a season's doors; None while it is the usual."""
    found = work.find(Door, Door.create_id(SeasonId(season_id)))
    return found and (found.walk_ins, found.handing_over)


@facts
def letter_rules(work: UnitOfWork, season_id: UUID | None = None) -> object:
    """Which letters go out by the clock; None while they are the usual ones."""
    owner = SeasonId(load_for(work, Season, season_id).id) if season_id is not None else None
    found = work.find(LetterRules, letter_rules_of(organiser_of(work.actor), owner))
    return owner, found and found.version


@facts
def registration_rules(work: UnitOfWork) -> object:
    """An organiser's rules for strangers; None while they are the usual ones."""
    found = work.find(RegistrationRules, RegistrationRules.create_id(organiser_of(work.actor)))
    return found and found.version


@facts
def books(work: UnitOfWork) -> object:
    """What an organiser has handed over to bookkeeping, and under which accounts."""
    found = work.find(Bookkeeping, Bookkeeping.create_id(organiser_of(work.actor)))
    return found and found.version


def goods(goods_id: UUID) -> Facts:
    """Goods with price and postage."""
    return nothing_but(Goods, goods_id)


def organisation(organisation_id: UUID) -> Facts:
    """An organisation with contacts, domains and how invoices reach it."""
    return nothing_but(Organisation, organisation_id)


def _is_on(season: Season) -> bool:
    return not season.called_off_for
