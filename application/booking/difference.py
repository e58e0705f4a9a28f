"""What a transfer costs: nothing within the organisation a seat belongs to, else by the organiser's written rule."""

from __future__ import annotations

from application.billing.refunding import GivingBack
from application.kernel.eligibility import Asking, eligibility_of, eligibility_of_person, employer_on, grounds_of
from application.kernel.ports import UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import load_for
from domain.billing.crediting.difference import Difference, TransferRule, difference
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.booking.transfer import Transfer, TransferSettled, TransferStatus
from domain.kernel.documents import Line, sums
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId, TransferId
from domain.kernel.terms import day_in
from domain.payments.payment_rules import PaymentRules
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.programme.no_price import NoPriceForBuyer
from domain.programme.price import Per, Quote
from domain.programme.season import Season


def home_of(work: UnitOfWork, season: Season, booking: Booking, seat: Seat) -> OrganisationId | None:
    """The organisation a seat belongs to: the one it was handed over to, the payer's, or the sitter's employer."""
    home = booking.home_of(seat.no)
    if home is not None or seat.person_id is None:
        return home
    return employer_on(load_for(work, Person, seat.person_id), day_in(work.now, season.zone))


def rule_of(work: UnitOfWork, organiser_id: OrganiserId) -> TransferRule:
    """By which rule the organiser reckons a transfer now."""
    rules = work.find(PaymentRules, PaymentRules.create_id(organiser_id))
    return rules.transfer if rules is not None else TransferRule()


def difference_of(
    work: UnitOfWork, season: Season, booking: Booking, seat: Seat, employer: OrganisationId | None, to: PersonId
) -> Difference:
    """What the seat costs its new holder (organisation or person) more, or less, than has been agreed for it so far."""
    if booking.quote.price.per is Per.ORGANISATION or season.prices is None:
        return Difference()
    price = quote_of(work, season, booking, seat, employer, to).price
    rule = rule_of(work, booking.organiser_id)
    return difference(booking.charges, seat.no, price, called(work, season), rule, season.meetings_left(work.now))


def quote_of(
    work: UnitOfWork, season: Season, booking: Booking, seat: Seat, employer: OrganisationId | None, to: PersonId
) -> Quote:
    """What a seat costs for its new holder, by a membership only while that covers one person more."""
    asking = Asking((to,), day_in(work.now, season.zone), (booking.id, seat.no))
    grounds = grounds_of(season.prices, season.admission)
    if employer is None:
        eligibility = eligibility_of_person(work, load_for(work, Person, to), grounds, asking)
    else:
        eligibility = eligibility_of(work, season.organiser_id, employer, grounds, asking)
    if season.prices is None:
        raise NoPriceForBuyer(grounds=[])
    quote = season.prices.quote(called(work, season), 1, eligibility, work.now)
    return taxed_for(work, season, quote, employer)


def taxed_for(work: UnitOfWork, season: Season, quote: Quote, organisation_id: OrganisationId | None) -> Quote:
    """The same where the organisation that pays is. Raises VatNumberNeeded."""
    if organisation_id is None:
        return quote
    place = load_for(work, Organisation, organisation_id).place
    return season.taxed(quote, work.load(Organiser, season.organiser_id).country, place)


def charged_or_returned(
    work: UnitOfWork, booking: Booking, transfer_id: TransferId, lines: tuple[Line, ...]
) -> tuple[Line, ...]:
    """What it costs more is of the transfer; what it costs less (below zero) of what is left of what was charged."""
    more = tuple(each.about(transfer_id) for each in lines if each.net.amount > 0)
    back = GivingBack(work).of(booking, tuple(each.reversed() for each in lines if each.net.amount < 0))
    return (*more, *(each.reversed() for each in back.lines if each.gross.amount))


def must_be_left(work: UnitOfWork, booking: Booking, transfer: Transfer) -> None:
    """Raises TransferSettled when what would be given back has been credited meanwhile: another sum was shown."""
    if not transfer.is_open:
        return
    back = tuple(each.reversed() for each in transfer.difference if each.net.amount < 0)
    if sums(GivingBack(work).of(booking, back).lines) != sums(back):
        raise TransferSettled(status=TransferStatus.OVERTAKEN.value)
