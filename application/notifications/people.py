"""Who is who: who answers for a booking, who is written to about an invoice, who comes to the meetings of a season."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from application.billing.invoicing import charged_for
from application.kernel.actor import Role
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from application.notifications.story import Coming, HeldSeat, People, Recipient, is_reached, recipients_of
from application.notifications.table import Whom
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.purchase import Purchase
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId
from domain.kernel.terms import day_in
from domain.people.employment import has_left
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.programme.meeting import Meeting
from domain.programme.season import Season


def answering(
    work: UnitOfWork,
    organiser_id: OrganiserId,
    booked_by: PersonId | None,
    organisation_id: OrganisationId | None,
    at: datetime,
) -> People:
    """Whoever booked; where the desk did, or they have left the organisation that pays, its contacts."""
    if booked_by is not None and is_reached(work, booked_by):
        today = day_in(at, work.load(Organiser, organiser_id).zone)
        if organisation_id is None or not has_left(load_for(work, Person, booked_by), organisation_id, today):
            return {Whom.BOOKER: recipients_of([booked_by])}
    if organisation_id is None:
        return {}
    return {Whom.CONTACT: recipients_of(work.load(Organisation, organisation_id).contacts)}


def of_booking(work: UnitOfWork, booking: Booking, at: datetime) -> People:
    """Whoever answers for a booking, and the person who pays it."""
    payer = booking.payer
    found = answering(work, booking.organiser_id, booking.booked_by, payer.organisation_id, at)
    return {**found, Whom.PAYER: recipients_of([payer.person_id])} if payer.person_id is not None else found


def of_season(work: UnitOfWork, season: Season, seats: Sequence[HeldSeat], at: datetime) -> People:
    """Everybody who comes to a season or booked a seat in it."""
    bookings = {(each.booked_by, each.organisation_id) for each in seats}
    work.fetch(
        *((Person, booked_by) for booked_by, _ in bookings if booked_by is not None),
        *((Organisation, organisation_id) for _, organisation_id in bookings if organisation_id is not None),
    )
    found = [answering(work, season.organiser_id, *each, at) for each in sorted(bookings, key=str)]
    sitting = {each.person_id for each in seats if each.person_id is not None}
    return {
        Whom.PARTICIPANT: recipients_of(sitting),
        **hosts(season),
        Whom.BOOKER: _together(each.get(Whom.BOOKER, ()) for each in found),
        Whom.CONTACT: _together(each.get(Whom.CONTACT, ()) for each in found),
    }


def hosts(season: Season, meetings: Iterable[Meeting] | None = None) -> People:
    """Who leads a season and who speaks at its meetings (or some of them); nobody before it has been opened."""
    if not season.has_opened:
        return {}
    asked = season.meetings.values() if meetings is None else meetings
    speaking = {who for meeting in asked for who in speakers(meeting)}
    return {Whom.LEADER: recipients_of(season.leaders), Whom.SPEAKER: recipients_of(speaking)}


def speakers(meeting: Meeting) -> set[PersonId]:
    """Who speaks at a meeting."""
    return {who for item in meeting.programme for who in item.speakers}


def hosting(season: Season) -> Coming:
    """To which meetings those come who lead or speak, as far as that has been decided."""
    if not season.has_opened:
        return {}
    meetings = tuple(season.meetings.values())
    speaking = {who for meeting in meetings for who in speakers(meeting)}
    theirs = {who: tuple(each for each in meetings if who in speakers(each)) for who in speaking}
    return {**theirs, **dict.fromkeys(season.leaders, meetings)}


def staff(work: UnitOfWork, organiser_id: OrganiserId, role: Role) -> tuple[Recipient, ...]:
    """The organiser's people in a role."""
    return recipients_of([person for person, held in work.load(Organiser, organiser_id).staff if held == role])


def to_ask(work: UnitOfWork, season: Season) -> tuple[Recipient, ...]:
    """Whom the season names to be asked; where it names nobody, the organiser's admins."""
    return recipients_of(season.contacts) or staff(work, season.organiser_id, Role.ADMIN)


def invoiced(work: UnitOfWork, invoice: Invoice) -> tuple[Recipient, ...]:
    """The person who pays; of an organisation its address, its contacts, or who booked. None is out of reach."""
    buyer = invoice.buyer
    if buyer.person_id is not None:
        return _reached(work, {buyer.person_id})
    organisation = work.find(Organisation, buyer.organisation_id) if buyer.organisation_id else None
    if organisation is not None and organisation.invoice_email is not None:
        return (Recipient(None, organisation.invoice_email, organisation.language),)
    contacts = _reached(work, organisation.contacts) if organisation is not None else ()
    return contacts or _reached(work, _who_bought(work, invoice))


def ids(recipients: Iterable[Recipient]) -> frozenset[PersonId]:
    """The persons among recipients."""
    return frozenset(each.person_id for each in recipients if each.person_id is not None)


def _reached(work: UnitOfWork, people: set[PersonId]) -> tuple[Recipient, ...]:
    return recipients_of([each for each in people if is_reached(work, each)])


def _who_bought(work: UnitOfWork, invoice: Invoice) -> set[PersonId]:
    """Whoever booked or bought what stands on it, or what it follows from; also where others' purchases stand too."""
    found: set[PersonId] = set()
    for source in {invoice.source_id, *(each.refers_to for each in invoice.lines if each.refers_to)}:
        origin = charged_for(work, source)
        booking, purchase = work.find(Booking, origin), work.find(Purchase, origin)
        reminded = work.find(Invoice, origin)
        if booking is not None and booking.booked_by is not None:
            found.add(booking.booked_by)
        if purchase is not None:
            found.add(purchase.bought_by)
        if reminded is not None and reminded.id != invoice.id:
            found |= _who_bought(work, reminded)
    return found


def _together(groups: Iterable[Sequence[Recipient]]) -> tuple[Recipient, ...]:
    return recipients_of(ids(each for group in groups for each in group))
