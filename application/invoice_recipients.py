"""Who is written to about an invoice: the person who pays; of an organisation its address, contacts, or who booked."""

from __future__ import annotations

from dataclasses import dataclass

from application.ports import Work
from domain.booking import Booking
from domain.ids import PersonId
from domain.invoice import Invoice
from domain.organisation import Organisation
from domain.person import Person
from domain.personal import Sealed
from domain.purchase import Purchase


@dataclass(frozen=True)
class Recipient:
    """A person at the address they are known by, or an address that is nobody's own."""

    person_id: PersonId | None
    address: Sealed | None = None
    language: str = ""

    @property
    def name(self) -> str:
        """What tells them apart in the key of a letter."""
        return str(self.person_id or "organisation")


def recipients(work: Work, invoice: Invoice) -> tuple[Recipient, ...]:
    """Everybody to write to, none of whom is erased or without an address; nobody where there is none."""
    buyer = invoice.buyer
    if buyer.person_id is not None:
        return _reached(work, {buyer.person_id})
    organisation = work.find(Organisation, buyer.organisation_id) if buyer.organisation_id else None
    if organisation is not None and organisation.invoice_email is not None:
        return (Recipient(None, organisation.invoice_email, organisation.language),)
    contacts = _reached(work, organisation.contacts) if organisation is not None else ()
    return contacts or _reached(work, _who_booked(work, invoice))


def _reached(work: Work, people: set[PersonId]) -> tuple[Recipient, ...]:
    found = [(each, work.find(Person, each)) for each in sorted(people)]
    return tuple(
        Recipient(person_id) for person_id, person in found if person and person.email and not person.is_erased
    )


def _who_booked(work: Work, invoice: Invoice) -> set[PersonId]:
    """Whoever booked or bought what stands on it, also where it stands there with others' purchases."""
    found: set[PersonId] = set()
    for source in {invoice.source_id, *(each.refers_to for each in invoice.lines if each.refers_to)}:
        booking, purchase = work.find(Booking, source), work.find(Purchase, source)
        if booking is not None and booking.booked_by is not None:
            found.add(booking.booked_by)
        if purchase is not None:
            found.add(purchase.bought_by)
    return found
