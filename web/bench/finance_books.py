"""Books to measure: so many invoice lines of two years, taken in by the projections themselves from events in order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from uuid import UUID

from domain.aggregate import Aggregate
from domain.booking import Booking, Seat
from domain.credit_note import CreditNote
from domain.documents import Buyer, Line, LineKind, Seller, Supply, line, ocr_of
from domain.ids import BookingId, CreditNoteId, InvoiceId, OrganiserId, derived
from domain.invoice import Invoice
from domain.money import Money
from domain.payer import Payer
from domain.price import Price, Quote
from domain.vat import VAT_6, VAT_25
from infrastructure.events.event_mapper import Fact
from infrastructure.events.log import Entry, Log
from infrastructure.following.batches import without_collecting
from infrastructure.following.change_set import write
from infrastructure.projections.invoice import INVOICES
from infrastructure.projections.ledger import LEDGER
from infrastructure.projections.matching import MATCHING
from infrastructure.store import Store

FIRST_DAY, DAYS = date(2025, 1, 1), 730
LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)
LINES_EACH = (1, 2, 3, 4)
BATCH = 2_000


@dataclass(frozen=True)
class Templates:
    """The buyers, the seller and the seasons of invoices that were issued in the usual way."""

    organiser: OrganiserId
    buyers: Sequence[Buyer]
    seller: Seller
    seasons: Sequence[UUID]
    position: int


def templates(store: Store, seasons: Sequence[UUID]) -> Templates:
    """From the invoices that have been issued."""
    entries = Log(store.recorder, store.mapper).after(0, 100_000)
    issued = [entry.event for entry in entries if isinstance(entry.event, Invoice.Issued)]
    buyers = [event.buyer for event in issued]
    return Templates(issued[0].organiser_id, buyers, issued[0].seller, seasons, entries[-1].position)


def fill(store: Store, source: Templates, lines: int) -> tuple[int, int]:
    """Take in so many lines; how many lines and documents there were."""
    told = Told(source, lines)
    entries = told.entries()
    with without_collecting(), store.connections.dedicated() as connection:
        connection.execute("set statement_timeout = 0")
        connection.execute("set synchronous_commit = off")
        while batch := list(islice(entries, BATCH)):
            every = (INVOICES, LEDGER, MATCHING)
            changes = [change for one in every for entry in batch for change in one.changes(entry)]
            with connection.transaction():
                write(connection, changes, puts_are_new=True)
        for one in (INVOICES, LEDGER, MATCHING):
            for table in one.tables:
                connection.execute(f"vacuum analyze {table}".encode())
    return told.lines, told.documents


class Told:
    """Bookings, invoices, payments and credit notes in order; chance with a fixed seed, so always the same."""

    def __init__(self, source: Templates, wanted: int) -> None:
        self._source, self._wanted = source, wanted
        self._chance = random.Random(1)  # noqa: S311  # the same books each time
        self._positions = count(source.position + 1)
        self.lines = self.documents = 0

    def entries(self) -> Iterator[Entry]:
        """The events as the log would hold them."""
        while self.lines < self._wanted:
            day = FIRST_DAY + timedelta(days=DAYS * self.lines // self._wanted)
            yield from self._sale(self.documents + 1, day)

    def _sale(self, number: int, day: date) -> Iterator[Entry]:
        booking_id, chance = UUID(int=self._chance.getrandbits(128)), self._chance
        invoice_id, season = InvoiceId(derived(booking_id, "invoice")), chance.choice(self._source.seasons)
        buyer = chance.choice(self._source.buyers)
        lines = tuple(each.about(booking_id).within(season) for each in _lines(chance.choice(LINES_EACH)))
        self.lines, self.documents = self.lines + len(lines), self.documents + 1
        gross = sum(each.gross.amount for each in lines)
        yield self._entry(self._booking(BookingId(booking_id), season, buyer, lines, day), day)
        yield self._entry(self._invoice(invoice_id, booking_id, season, buyer, lines, number, day), day)
        fate = chance.random()
        if fate < 0.05:
            yield from self._credit(invoice_id, booking_id, season, buyer, lines[0], number, day)
        elif fate < 0.90 and day + timedelta(days=40) < LAST_DAY:
            paid = day + timedelta(days=chance.randint(1, 60))
            yield self._entry(_paid(invoice_id, Money(gross), f"BG {number}", min(paid, LAST_DAY)), day)

    def _credit(
        self, invoice_id: InvoiceId, source: UUID, season: UUID, buyer: Buyer, credited: Line, number: int, day: date
    ) -> Iterator[Entry]:
        note_id = CreditNoteId(derived(invoice_id, "credit"))
        self.documents += 1
        yield self._entry(_credited(invoice_id, note_id, credited.gross, day), day)
        note = _fact(
            CreditNote.Issued,
            note_id,
            day,
            organiser_id=self._source.organiser,
            number=number,
            invoice_id=invoice_id,
            invoice_number=number,
            source_id=source,
            reason="Prisavdrag",
            seller=self._source.seller,
            buyer=buyer,
            issued_on=day,
            lines=(credited.reversed(),),
            currency="SEK",
            season_id=season,
        )
        yield self._entry(note, day)

    def _invoice(
        self,
        invoice_id: InvoiceId,
        source: UUID,
        season: UUID,
        buyer: Buyer,
        lines: tuple[Line, ...],
        no: int,
        on: date,
    ) -> Fact:
        return _fact(
            Invoice.Issued,
            invoice_id,
            on,
            organiser_id=self._source.organiser,
            number=no,
            source_id=source,
            seller=self._source.seller,
            buyer=buyer,
            issued_on=on,
            due_on=on + timedelta(days=30),
            supply=(Supply("Dag 1", on.isoformat()),),
            lines=lines,
            currency="SEK",
            ocr=ocr_of(no),
            season_id=season,
        )

    def _booking(self, booking_id: BookingId, season: UUID, buyer: Buyer, lines: tuple[Line, ...], day: date) -> Fact:
        return _fact(
            Booking.Made,
            booking_id,
            day,
            organiser_id=self._source.organiser,
            season_id=season,
            booked_by=None,
            payer=Payer(organisation_id=buyer.organisation_id),
            seats=(Seat(1),),
            quote=Quote(lines, Price(Money(1_200_000)), 1, day),
            terms=None,
            made_at=_at(day),
        )

    def _entry(self, event: Fact, day: date) -> Entry:
        return Entry(event, type(event).__qualname__, next(self._positions), _at(day), "bench", None)


def _lines(number: int) -> Iterator[Line]:
    seat = line(LineKind.SEAT, "Säsongen", 1, Money(1_200_000), VAT_25)
    goods = line(LineKind.GOODS, "Boken", 1, Money(12_500), VAT_6, unit_includes_vat=True)
    yield seat
    for no in range(1, number):
        yield replace(goods, text=f"Boken {no}")


def _paid(invoice_id: InvoiceId, amount: Money, reference: str, day: date) -> Fact:
    return _fact(Invoice.PaymentReceived, invoice_id, day, amount=amount, reference=reference, received_on=day)


def _credited(invoice_id: InvoiceId, note_id: CreditNoteId, amount: Money, day: date) -> Fact:
    return _fact(Invoice.Credited, invoice_id, day, credit_note_id=note_id, amount=amount)


def _fact(kind: type[Fact], owner: UUID, day: date, **facts: object) -> Fact:
    """An event as the mapper would read it from the log; what a kind takes is known to the library alone."""
    made: Callable[..., Fact] = kind
    is_first = issubclass(kind, Aggregate.Created)
    head = {"originator_topic": kind.__qualname__.partition(".")[0]} if is_first else {}
    version = 1 if is_first else 2
    return made(originator_id=owner, originator_version=version, timestamp=_at(day), **head, **facts)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
