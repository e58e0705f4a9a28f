"""Books to measure: the sales of two years as events in order, each paid, credited or left open."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.kernel.aggregate import Aggregate
from domain.kernel.documents import Buyer, Line, LineKind, Seller, Supply, line, ocr_of
from domain.kernel.ids import BookingId, CreditNoteId, InvoiceId, OrganiserId, derived
from domain.kernel.money import Money
from domain.kernel.payer import Payer
from domain.kernel.vat import VAT_6, VAT_25
from domain.programme.price import Price, Quote
from infrastructure.event_store.store import Store
from infrastructure.serialization.event_mapper import Entry, Fact
from infrastructure.subscriptions.log import Log

FIRST_DAY, DAYS = date(2025, 1, 1), 730
LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)
EVENTS = 4
"""Places in the log that each sale has."""


@dataclass(frozen=True)
class Books:
    """How many sales to make, the buyers, the seller and the seasons, and the place in the log to begin after."""

    organiser: OrganiserId
    buyers: Sequence[Buyer]
    seller: Seller
    seasons: Sequence[UUID]
    position: int
    sales: int


def books_of(store: Store, seasons: Sequence[UUID], lines: int) -> Books:
    """Books of at least so many lines, like the invoices that have been issued in the usual way."""
    entries = Log(store.recorder, store.mapper).after(0, 100_000)
    issued = [entry.event for entry in entries if isinstance(entry.event, Invoice.Issued)]
    buyers = [event.buyer for event in issued]
    each = sum(range(1, len(_LINES) + 1)) / len(_LINES)
    wanted = int(lines / each) + len(_LINES)
    return Books(issued[0].organiser_id, buyers, issued[0].seller, seasons, entries[-1].position, wanted)


def sales(books: Books, numbers: range) -> Iterator[tuple[list[Entry], int]]:
    """The events of some sales as the log would hold them, each with how many lines its invoice has."""
    for number in numbers:
        sale = Sale(books, number)
        yield list(sale.entries()), len(sale.lines)


class Sale:
    """A booking, its invoice, and a payment or a credit note; chance has its number for a seed: always the same."""

    def __init__(self, books: Books, number: int) -> None:
        chance = random.Random(number)  # noqa: S311  # the same books each time
        self._books, self._number, self._chance = books, number + 1, chance
        self._day = FIRST_DAY + timedelta(days=DAYS * number // books.sales)
        self._at = datetime(self._day.year, self._day.month, self._day.day, 12, tzinfo=UTC)
        self._position = books.position + number * EVENTS
        self._booking_id = BookingId(UUID(int=chance.getrandbits(128)))
        self._invoice_id = InvoiceId(derived(self._booking_id, "invoice"))
        self._season, self._buyer = chance.choice(books.seasons), chance.choice(books.buyers)
        lines = _LINES[: 1 + number % len(_LINES)]
        self.lines = tuple([replace(each, refers_to=self._booking_id, season_id=self._season) for each in lines])

    def entries(self) -> Iterator[Entry]:
        """The events of the sale."""
        yield self._entry(self._booking())
        yield self._entry(self._invoice())
        fate, day = self._chance.random(), self._day
        if fate < 0.05:
            yield from map(self._entry, self._credit(self.lines[0]))
        elif fate < 0.90 and day + timedelta(days=40) < LAST_DAY:
            paid_on = min(day + timedelta(days=self._chance.randint(1, 60)), LAST_DAY)
            gross, reference = Money(sum(each.gross.amount for each in self.lines)), f"BG {self._number}"
            paid = {"amount": gross, "reference": reference, "received_on": paid_on}
            yield self._entry(self._fact(Invoice.PaymentReceived, self._invoice_id, **paid))

    def _booking(self) -> Fact:
        return self._fact(
            Booking.Made,
            self._booking_id,
            organiser_id=self._books.organiser,
            season_id=self._season,
            booked_by=None,
            payer=Payer(organisation_id=self._buyer.organisation_id),
            seats=(Seat(1),),
            quote=Quote(self.lines, Price(Money(1_200_000)), 1, self._day),
            terms=None,
            made_at=self._at,
        )

    def _invoice(self) -> Fact:
        return self._fact(
            Invoice.Issued,
            self._invoice_id,
            **self._document(self.lines),
            due_on=self._day + timedelta(days=30),
            supply=(Supply("Dag 1", self._day.isoformat()),),
            ocr=ocr_of(self._number),
        )

    def _credit(self, credited: Line) -> Iterator[Fact]:
        note_id = CreditNoteId(derived(self._invoice_id, "credit"))
        yield self._fact(Invoice.Credited, self._invoice_id, credit_note_id=note_id, amount=credited.gross)
        yield self._fact(
            CreditNote.Issued,
            note_id,
            **self._document((credited.reversed(),)),
            invoice_id=self._invoice_id,
            invoice_number=self._number,
            reason="Prisavdrag",
        )

    def _document(self, lines: tuple[Line, ...]) -> dict[str, object]:
        """What invoices and credit notes both say."""
        return {
            "organiser_id": self._books.organiser,
            "number": self._number,
            "source_id": self._booking_id,
            "seller": self._books.seller,
            "buyer": self._buyer,
            "issued_on": self._day,
            "lines": lines,
            "currency": "SEK",
            "season_id": self._season,
        }

    def _entry(self, event: Fact) -> Entry:
        self._position += 1
        return Entry(event, type(event).__qualname__, self._position, self._at, "bench", None)

    def _fact(self, kind: type[Fact], owner: UUID, **facts: object) -> Fact:
        """An event as the mapper would read it from the log; what a kind takes is known to the library alone."""
        made: Callable[..., Fact] = kind
        head = {"originator_id": owner, "originator_version": 2, "timestamp": self._at}
        if issubclass(kind, Aggregate.Created):
            topic = kind.__qualname__.partition(".")[0]
            return made(**{**head, "originator_version": 1}, originator_topic=topic, **facts)
        fact = made(**facts)
        vars(fact).update(head)
        return fact


def _lines() -> Iterator[Line]:
    """A seat and three books."""
    yield line(LineKind.SEAT, "Säsongen", 1, Money(1_200_000), VAT_25)
    for no in range(1, 4):
        yield line(LineKind.GOODS, f"Boken {no}", 1, Money(12_500), VAT_6, unit_includes_vat=True)


_LINES = tuple(_lines())
