"""What each kind of act rests on, as facts of the aggregates: asked for a page, and again inside the decision."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.kernel.seen import Facts
from application.kernel.use_case import load_for, organiser_of
from domain.accounting.bookkeeping import Bookkeeping
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal, first_refusal_of
from domain.booking.registration_rules import RegistrationRules
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.kernel.aggregate import Aggregate
from domain.kernel.eligibility import Ground
from domain.kernel.ids import MeetingId, NetworkId, PersonId, SeasonId, membership_of, seating_of
from domain.payments.checkout import Checkout
from domain.payments.payment import Payment
from domain.payments.payment_rules import PaymentRules
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.programme.goods import Goods
from domain.programme.meeting_time import TimeKind
from domain.programme.network import Network
from domain.programme.season import Season


def all_of(*facts: Facts) -> Facts:
    """Several facts together."""
    return lambda work: tuple(each(work) for each in facts)


def nothing_but(kind: type[Aggregate], aggregate_id: UUID) -> Facts:
    """One thing as it is: whatever happens to it counts."""
    return lambda work: (kind.__name__, aggregate_id, load_for(work, kind, aggregate_id).version)


def person(person_id: UUID) -> Facts:
    """Somebody as they are, but for the language they read in: that is noted with whatever they send."""

    def facts(work: UnitOfWork) -> object:
        found = load_for(work, Person, person_id)
        return Person.__name__, person_id, found.version - found.languages_chosen

    return facts


def offer(season_id: UUID) -> Facts:
    """What a buyer is shown of a season: meetings with time and place, prices, terms, who may come, open until when."""

    def facts(work: UnitOfWork) -> object:
        season = load_for(work, Season, season_id)
        meetings = [(each.meeting_id, each.title, each.time, each.place) for each in season.meetings.values()]
        agreed = season.prices, season.terms, season.admission
        return season_id, season.title, season.zone, meetings, agreed, season.is_open, season.closes_on, _is_on(season)

    return facts


def seats(booking_id: UUID, numbers: Iterable[int] = ()) -> Facts:
    """Seats of a booking (none named: all it holds): who sits in each, what it is charged, and whether all is on."""
    named = tuple(sorted(set(numbers)))

    def facts(work: UnitOfWork) -> object:
        booking = load_for(work, Booking, booking_id)
        about = [booking.seats.get(no) for no in named] if named else booking.held
        charged = [booking.charges.of_seat(seat.no) for seat in about if seat is not None]
        return booking_id, about, charged, booking.ended_for, _is_on(work.load(Season, booking.season_id))

    return facts


def case(case_id: UUID) -> Facts:
    """A case at the desk, with the seats it is about."""

    def facts(work: UnitOfWork) -> object:
        found = work.find(Transfer, case_id)
        numbers: tuple[int, ...] = (found.seat,) if found else ()
        about = load_for(work, Transfer, case_id) if found else load_for(work, Cancellation, case_id)
        numbers = numbers or (about.seats if isinstance(about, Cancellation) else ())
        return case_id, about.version, seats(about.booking_id, numbers)(work)

    return facts


def run(season_id: UUID) -> Facts:
    """A season as its admins run it, with how many seats it has."""

    def facts(work: UnitOfWork) -> object:
        seating = load_for(work, Seating, seating_of(SeasonId(season_id)))
        return season_id, load_for(work, Season, season_id).version, seating.capacity

    return facts


def meeting(season_id: UUID, meeting_id: UUID) -> Facts:
    """One meeting of a season that is on."""

    def facts(work: UnitOfWork) -> object:
        season = load_for(work, Season, season_id)
        return meeting_id, season.meetings.get(MeetingId(meeting_id)), _is_on(season)

    return facts


def material(season_id: UUID, material_id: UUID) -> Facts:
    """One item of material of a season."""
    return lambda work: (material_id, load_for(work, Season, season_id).materials.get(material_id))


def which_meetings(season_id: UUID) -> Facts:
    """Which meetings a season has that can still be changed; what has become of each, its own row says."""

    def facts(work: UnitOfWork) -> object:
        season = load_for(work, Season, season_id)
        over = TimeKind.CALLED_OFF
        coming = [
            each.meeting_id for each in season.meetings.values() if not each.is_held and each.time.kind is not over
        ]
        return season_id, coming, _is_on(season)

    return facts


def place_in_line(season_id: UUID, place_id: UUID) -> Facts:
    """A place on a waiting list: who stands there, for how many, and where they work."""

    def facts(work: UnitOfWork) -> object:
        queue = load_for(work, Seating, seating_of(SeasonId(season_id))).queue
        found = next((each for each in queue if each[0] == place_id), None)
        return found, found and load_for(work, Person, found[1]).employments

    return facts


def kept_seat(season_id: UUID, person_id: UUID) -> Facts:
    """A seat that is kept for somebody who may choose first."""

    def facts(work: UnitOfWork) -> object:
        found = work.find(FirstRefusal, first_refusal_of(SeasonId(season_id), PersonId(person_id)))
        return found and (found.status, found.until)

    return facts


def holders(*season_ids: UUID) -> Facts:
    """How the seats of seasons are given out: taken, held, waited for, and that the seasons are on."""

    def facts(work: UnitOfWork) -> object:
        found = []
        for season_id in season_ids:
            seating = load_for(work, Seating, seating_of(SeasonId(season_id)))
            found.append((season_id, seating.version, _is_on(load_for(work, Season, season_id))))
        return found

    return facts


def admission(network_id: UUID, person_id: UUID) -> Facts:
    """Whether somebody has asked to be admitted, what was decided before, and where they work."""

    def facts(work: UnitOfWork) -> object:
        network, person = load_for(work, Network, network_id), PersonId(person_id)
        asked = person in network.asked, network.decided.get(person)
        return NetworkId(network_id), person, asked, load_for(work, Person, person).employments

    return facts


def asking(season_id: UUID, person_id: UUID | None) -> Facts:
    """What is offered, and how it stands with the admission of who asks."""

    def facts(work: UnitOfWork) -> object:
        network = load_for(work, Season, season_id).network_id
        return offer(season_id)(work), admission(network, person_id)(work) if person_id else None

    return facts


def claim(person_id: UUID) -> Facts:
    """What somebody says to be, and what has been verified of it."""

    def facts(work: UnitOfWork) -> object:
        person = load_for(work, Person, person_id)
        return person_id, person.claims, person.affiliations, person.is_erased

    return facts


def memberships(holder_id: UUID) -> Facts:
    """All memberships of a holder with their periods."""

    def facts(work: UnitOfWork) -> object:
        organiser = organiser_of(work.actor)
        found = [work.find(Membership, membership_of(organiser, holder_id, ground)) for ground in Ground]
        return holder_id, [each and each.version for each in found]

    return facts


def payment(payment_id: UUID) -> Facts:
    """A payment with what is left of it; on its way back to a card included."""

    def facts(work: UnitOfWork) -> object:
        found = load_for(work, Payment, payment_id)
        checkout = work.find(Checkout, UUID(found.reference)) if found.means == "card" else None
        return payment_id, found.version, checkout and checkout.version

    return facts


def payment_rules() -> Facts:
    """An organiser's rules for payments; None while they are the usual ones."""

    def facts(work: UnitOfWork) -> object:
        found = work.find(PaymentRules, PaymentRules.create_id(organiser_of(work.actor)))
        return found and found.version

    return facts


def registration_rules() -> Facts:
    """An organiser's rules for strangers; None while they are the usual ones."""

    def facts(work: UnitOfWork) -> object:
        found = work.find(RegistrationRules, RegistrationRules.create_id(organiser_of(work.actor)))
        return found and found.version

    return facts


def books() -> Facts:
    """What an organiser has handed over to bookkeeping, and under which accounts."""

    def facts(work: UnitOfWork) -> object:
        found = work.find(Bookkeeping, Bookkeeping.create_id(organiser_of(work.actor)))
        return found and found.version

    return facts


def goods(goods_id: UUID) -> Facts:
    """Goods with price and postage."""
    return nothing_but(Goods, goods_id)


def organisation(organisation_id: UUID) -> Facts:
    """An organisation with contacts, domains and how invoices reach it."""
    return nothing_but(Organisation, organisation_id)


def _is_on(season: Season) -> bool:
    return not season.called_off_for
