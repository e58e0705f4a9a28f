"""What the events that come most will need when what follows from them is decided, so that it is read in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from application.billing.charges import BY_CARD
from application.billing.invoicing import CHARGED
from domain.billing.invoice import Invoice
from domain.billing.number_series import NumberSeries
from domain.booking.booking import Booking
from domain.booking.purchase import Purchase
from domain.kernel.aggregate import Aggregate
from domain.kernel.ids import BookingId, invoice_of, learning_of, letter_rules_of, purchase_with, series_of
from domain.learning.learning import Learning
from domain.mail.letter_rules import LetterRules
from domain.payments.payment_rules import PaymentRules
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.programme.season import Season

Wanted = tuple[type[Aggregate], UUID]


@dataclass(frozen=True)
class Foreseen:
    """What is known to be read, and the ids of which nobody else may decide meanwhile.

    `unique_keys`: kinds and values of which the owner will be asked.
    """

    serial: tuple[UUID, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    unique_keys: tuple[tuple[str, str], ...] = ()


def foreseen(events: Iterable[object]) -> Foreseen:
    """What some events will need. Whatever is not foreseen is read when it is needed."""
    serial: dict[UUID, None] = {}
    wanted: dict[UUID, type[Aggregate]] = {}
    keys: dict[tuple[str, str], None] = {}
    for event in events:
        if isinstance(event, Booking.Made):
            serial[series_of(event.organiser_id, "invoice")] = None
            wanted |= {each: kind for kind, each in _of_booking(event)}
            keys |= dict.fromkeys((kind, str(event.originator_id)) for kind in (BY_CARD, *CHARGED))
        elif isinstance(event, Invoice.Issued):
            wanted |= {each: kind for kind, each in _of_invoice(event)}
            keys |= dict.fromkeys((kind, str(event.source_id)) for kind in (BY_CARD, *CHARGED))
    return Foreseen(tuple(serial), tuple((kind, each) for each, kind in wanted.items()), tuple(keys))


def _of_booking(event: Booking.Made) -> Iterator[Wanted]:
    booking_id = BookingId(event.originator_id)
    yield Organiser, event.organiser_id
    yield PaymentRules, PaymentRules.create_id(event.organiser_id)
    yield NumberSeries, series_of(event.organiser_id, "invoice")
    yield Booking, booking_id
    yield Season, event.season_id
    yield Learning, learning_of(event.season_id)
    yield Purchase, purchase_with(booking_id)
    yield Invoice, invoice_of(booking_id)
    yield from ((LetterRules, letter_rules_of(event.organiser_id, owner)) for owner in (event.season_id, None))
    if event.payer.organisation_id is not None:
        yield Organisation, event.payer.organisation_id
    people = (event.booked_by, event.payer.person_id, *(seat.person_id for seat in event.seats))
    yield from ((Person, each) for each in people if each is not None)


def _of_invoice(event: Invoice.Issued) -> Iterator[Wanted]:
    yield Organiser, event.organiser_id
    yield Invoice, event.originator_id
    yield Booking, event.source_id
    if event.season_id is not None:
        yield Season, event.season_id
    if event.buyer.organisation_id is not None:
        yield Organisation, event.buyer.organisation_id
    if event.buyer.person_id is not None:
        yield Person, event.buyer.person_id
