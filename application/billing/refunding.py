"""How much of what was charged can still be given back: what domain.billing.crediting asks, gathered within a decision.

What has been promised counts as given back, also where its credit note has not been written yet: so that what is shown
is what will be credited, whoever looks, and whatever is decided before the worker gets there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from application.billing.charges import (
    Charge,
    charge_of_booking,
    charge_of_reinstatement,
    charge_of_transfer,
    is_collective,
    rounding_of,
)
from application.billing.invoicing import collective_account_of, invoice_elsewhere
from application.kernel.ports import UnitOfWork
from domain.billing.collective_account import CollectiveAccount
from domain.billing.credit_note import CreditNote
from domain.billing.crediting import NOTHING, Back, GivenBack, Remainder, reinstatement_of, remainder
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.transfer import Transfer
from domain.kernel.documents import Line, LineKind
from domain.kernel.ids import CreditNoteId, TransferId, derived, invoice_of
from domain.people.organiser import Organiser

_REINSTATED, _TAKEN_OFF = "reinstated", "taken-off"


class GivingBack:
    """One decision, or one preview, about money given back: what it takes of a document is gone for what follows."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._left: dict[UUID, Remainder] = {}

    def of(self, booking: Booking, lines: tuple[Line, ...]) -> Back:
        """Of these lines what is left, as a credit note for each thing will give it back, in the same order."""
        back = NOTHING
        for source in dict.fromkeys(each.refers_to for each in lines):
            asked = tuple(each for each in lines if each.refers_to == source)
            back = back.and_(self._of_thing(booking, source, asked) if source is not None else Back(asked))
        return back if any(each.gross.amount for each in back.lines) else NOTHING

    def _of_thing(self, booking: Booking, source: UUID, asked: tuple[Line, ...]) -> Back:
        invoice = self._work.find(Invoice, invoice_of(source)) or invoice_elsewhere(self._work, source)
        document = invoice.id if invoice is not None else source
        if document not in self._left:
            left = left_of_invoice(self._work, invoice) if invoice else _left_of_charge(self._work, booking, source)
            if left is None:
                return Back(asked)
            self._left[document] = left
        back = self._left[document].give_back(asked)
        self._left[document] = self._left[document].after(back)
        return back


def fetch_documents(work: UnitOfWork, bookings: Iterable[Booking]) -> None:
    """Read in a few round trips what many bookings have been charged and given back."""
    found = tuple(bookings)
    things = {thing for each in found for thing in (each.id, *_things(each.charges.owed(_held(each), len(each.held))))}
    work.fetch(*((Invoice, invoice_of(thing)) for thing in things))
    invoices = [work.find(Invoice, invoice_of(thing)) for thing in things]
    notes = [(CreditNote, note) for each in invoices if each is not None for note in each.credit_notes]
    work.fetch(*notes, *((Cancellation, one) for each in found for one in each.cancellations))


def left_of_invoice(work: UnitOfWork, invoice: Invoice, but: CreditNoteId | None = None) -> Remainder:
    """What is left of an invoice, credit notes that are still to be issued (`but` one) taken off."""
    left = remainder_of(work, invoice)
    for lines in _still_to_come(work, invoice, but):
        left = left.after(left.give_back(lines))
    return left


def note_on(work: UnitOfWork, invoice: Invoice, note_id: CreditNoteId, promised: tuple[Line, ...]) -> Back:
    """What was promised, as the next credit note; never more than what nothing else has been promised or issued of."""
    back = left_of_invoice(work, invoice, but=note_id).give_back(promised)
    return remainder_of(work, invoice).rounded(tuple(each for each in back.lines if each.gross.amount))


def remainder_of(work: UnitOfWork, invoice: Invoice) -> Remainder:
    """What is left of an invoice after the credit notes that have been issued."""
    notes = (work.load(CreditNote, each) for each in invoice.credit_notes)
    backs = [Back(tuple(each.reversed() for each in note.lines), -note.rounding) for note in notes]
    rounds = work.load(Organiser, invoice.organiser_id).is_rounded
    return remainder(invoice.lines, invoice.rounding, backs, rounds=rounds)


def note_of(source_id: UUID, occasion: str, thing: UUID) -> CreditNoteId:
    """The one credit note that something (`source_id`) gives rise to, on an occasion, for a thing that was invoiced."""
    return CreditNoteId(derived(source_id, occasion, thing))


def remember_reinstatement(work: UnitOfWork, booking: Booking, source: UUID) -> None:
    """What is invoiced when a cancellation is undone is of this booking."""
    work.take_unique_key(_REINSTATED, str(source), booking.id)


def take_off_promised(work: UnitOfWork, tab: CollectiveAccount, before: date) -> None:
    """What has been promised back of what is due on an account is taken off before it is invoiced, each once."""
    for entry in tab.due(before):
        for booking in _bookings_on(work, entry.lines):
            for each, thing, lines in _promised(work, booking, _things(entry.lines)):
                note_id = note_of(each.source_id, each.occasion, thing)
                if not tab.has_lowered(note_id, lines):
                    tab.lower(entry.source_id, lines, note_id)
                    work.take_unique_key(_TAKEN_OFF, str(note_id), tab.id)


def was_taken_off(work: UnitOfWork, note_id: CreditNoteId) -> bool:
    """Whether an account was lowered by it before it was invoiced, so that there is nothing to credit."""
    return work.unique_key_owner(_TAKEN_OFF, str(note_id)) is not None


def booking_reinstated(work: UnitOfWork, source: UUID) -> Booking | None:
    """The booking for which this is invoiced anew, if it is."""
    owner = work.unique_key_owner(_REINSTATED, str(source))
    return work.find(Booking, owner) if owner is not None else None


def _still_to_come(work: UnitOfWork, invoice: Invoice, but: CreditNoteId | None) -> Iterator[tuple[Line, ...]]:
    """The lines of each credit note (`but` one) that policy has yet to issue for something on an invoice."""
    things, issued = _things(invoice.lines), (but, *invoice.credit_notes)
    for booking in _bookings_on(work, invoice.lines):
        for each, thing, lines in _promised(work, booking, things):
            note_id = note_of(each.source_id, each.occasion, thing)
            if note_id not in issued and not _lowered_account(work, invoice, note_id, lines):
                yield lines


def _promised(
    work: UnitOfWork, booking: Booking, things: Iterable[UUID]
) -> Iterator[tuple[GivenBack, UUID, tuple[Line, ...]]]:
    """What a booking has promised to give back of these things, each with the lines of its credit note."""
    settled = [work.find(Cancellation, each) for each in booking.cancellations]
    promised = [*(each for one in settled if one is not None for each in one.given_back), *booking.given_back]
    for each in promised:
        for thing in things:
            lines = tuple(line for line in each.lines if line.refers_to == thing and line.gross.amount)
            if lines:
                yield each, thing, lines


def _left_of_charge(work: UnitOfWork, booking: Booking, source: UUID) -> Remainder | None:
    """What is left of an invoice that policy has yet to issue; None where it waits on a tab instead."""
    what = _charge_of(work, booking, source)
    if what is None or collective_account_of(work, source) is not None or is_collective(work, what.payer):
        return None
    organiser = work.load(Organiser, booking.organiser_id)
    left = remainder(what.lines, rounding_of(work, organiser, what), (), rounds=organiser.is_rounded)
    for _, _, lines in _promised(work, booking, _things(what.lines)):
        left = left.after(left.give_back(lines))
    return left


def _charge_of(work: UnitOfWork, booking: Booking, source: UUID) -> Charge | None:
    if source == booking.id:
        return charge_of_booking(work, booking.booking_id)
    undone = next((each for each in booking.reinstated if reinstatement_of(each) == source), None)
    if undone is not None:
        return charge_of_reinstatement(work, booking.booking_id, undone)
    return charge_of_transfer(work, TransferId(source)) if work.find(Transfer, source) is not None else None


def _bookings_on(work: UnitOfWork, lines: tuple[Line, ...]) -> list[Booking]:
    """The bookings that an invoice is for, each once."""
    found = (_booking_of(work, each) for each in {line.refers_to: line for line in lines}.values())
    return list({each.id: each for each in found if each is not None}.values())


def _booking_of(work: UnitOfWork, line: Line) -> Booking | None:
    thing = line.refers_to
    if thing is None or line.kind in (LineKind.GOODS, LineKind.POSTAGE):
        return None
    if line.kind is LineKind.DIFFERENCE:
        transfer = work.find(Transfer, thing)
        if transfer is not None:
            return work.find(Booking, transfer.booking_id)
    else:
        booking = work.find(Booking, thing)
        if booking is not None:
            return booking
    return booking_reinstated(work, thing)


def _things(lines: Iterable[Line]) -> list[UUID]:
    return list(dict.fromkeys(each.refers_to for each in lines if each.refers_to is not None))


def _held(booking: Booking) -> tuple[int, ...]:
    return tuple(seat.no for seat in booking.held)


def _lowered_account(work: UnitOfWork, invoice: Invoice, note_id: CreditNoteId, lines: tuple[Line, ...]) -> bool:
    organisation_id = invoice.buyer.organisation_id
    if organisation_id is None:
        return False
    tab = work.find(CollectiveAccount, CollectiveAccount.create_id(invoice.organiser_id, organisation_id))
    return tab is not None and tab.has_lowered(note_id, lines)
