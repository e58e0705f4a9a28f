"""Seats against lines: what each booking, purchase and transfer comes to, beside what has been invoiced for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from domain.billing.collective_account import CollectiveAccount
from domain.billing.credit_note import CreditNote
from domain.billing.crediting import reinstatement_of
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.purchase import Purchase
from domain.kernel.documents import Line
from domain.programme.price import Quote
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Cell, Change, Row, Table
from infrastructure.serialization.event_mapper import Entry

SUBJECT = Table(
    "matching",
    "subject",
    {
        "subject_id": "uuid",
        "organiser_id": "uuid",
        "kind": "text",
        "season_id": "uuid",
        "organisation_id": "uuid",
        "seats": "bigint",
        "agreed": "bigint",
        "invoiced": "bigint",
        "waiting": "bigint",
        "is_free": "boolean",
        "ground": "text",
        "position": "bigint",
    },
    key=("subject_id",),
    indexes=(
        "(organiser_id, position) where agreed <> invoiced + waiting",
        "(organiser_id, position) include (seats) where is_free and seats > 0",
    ),
)
"""`agreed`: the price agreed less what has been given back, in öre with VAT. `ground`: whose price it was.

`waiting`: what stands on a tab until the collective invoice of its month.
"""

TALLY = Table(
    "matching",
    "tally",
    {"organiser_id": "uuid", "seats": "bigint", "agreed": "bigint", "invoiced": "bigint"},
    key=("organiser_id",),
)
MATCHING = Projection("matching", version=1, tables=(SUBJECT, TALLY))

BY_RULE = ("cancellation", "waived", "called_off", "reinstated", "transferred")
"""Credit notes that follow what a booking says by itself; any other is an agreement of its own, made by finance."""


@MATCHING.on(Booking.Made)
def _made(event: Booking.Made, entry: Entry) -> Iterable[Change]:
    seats = sum(not seat.is_cancelled for seat in event.seats)
    amount = event.quote.sums.gross.amount
    said: dict[str, Cell] = {
        "kind": "booking",
        "season_id": event.season_id,
        "organisation_id": event.payer.organisation_id,
        "is_free": not amount,
        "ground": _ground(event.quote),
        "position": entry.position,
    }
    yield from _moved(event.organiser_id, event.originator_id, said, seats=seats, agreed=amount)


@MATCHING.on(Booking.SeatTransferred)
def _transferred(event: Booking.SeatTransferred, entry: Entry) -> Iterable[Change]:
    amount = _gross(each for each in event.difference if each.net.amount > 0)
    if amount:
        said: dict[str, Cell] = {"kind": "transfer", "position": entry.position}
        yield from _moved(event.organiser_id, event.transfer_id, said, agreed=amount)
    yield from _given_back(
        event.organiser_id, tuple(each.reversed() for each in event.difference if each.net.amount < 0)
    )


@MATCHING.on(Booking.SeatsCancelled)
def _seats_cancelled(event: Booking.SeatsCancelled, _: Entry) -> Iterable[Change]:
    yield from _moved(event.organiser_id, event.originator_id, {}, seats=-len(event.seats))
    if event.cancellation_id is None:
        yield from _given_back(event.organiser_id, event.credited)


@MATCHING.on(Booking.Reinstated)
def _reinstated(event: Booking.Reinstated, entry: Entry) -> Iterable[Change]:
    yield from _moved(event.organiser_id, event.originator_id, {}, seats=len(event.seats))
    yield from _given_back(event.organiser_id, event.returned)
    amount = _gross(event.credited)
    if amount:
        anew = reinstatement_of(event.cancellation_id)
        said: dict[str, Cell] = {"kind": "reinstatement", "position": entry.position}
        yield from _moved(event.organiser_id, anew, said, agreed=amount)


@MATCHING.on(CollectiveAccount.Added)
def _put_on_tab(event: CollectiveAccount.Added, _: Entry) -> Iterable[Change]:
    yield _waiting(event.entry.source_id, lambda before: before + _gross(event.entry.lines))


@MATCHING.on(CollectiveAccount.Lowered)
def _tab_lowered(event: CollectiveAccount.Lowered, _: Entry) -> Iterable[Change]:
    yield _waiting(event.source_id, lambda before: before - _gross(event.lines))


@MATCHING.on(CollectiveAccount.Invoiced)
def _tab_invoiced(event: CollectiveAccount.Invoiced, _: Entry) -> Iterable[Change]:
    for source_id in event.sources:
        yield _waiting(source_id, lambda _: 0)


@MATCHING.on(Cancellation.Granted)
def _granted(event: Cancellation.Granted, _: Entry) -> Iterable[Change]:
    yield from _given_back(event.organiser_id, event.credit)


@MATCHING.on(Cancellation.Waived)
def _waived(event: Cancellation.Waived, _: Entry) -> Iterable[Change]:
    yield from _given_back(event.organiser_id, event.credit)


@MATCHING.on(Purchase.Made)
def _bought(event: Purchase.Made, entry: Entry) -> Iterable[Change]:
    amount = _gross(event.lines)
    said: dict[str, Cell] = {
        "kind": "purchase",
        "organisation_id": event.payer.organisation_id,
        "is_free": not amount,
        "position": entry.position,
    }
    yield from _moved(event.organiser_id, event.originator_id, said, agreed=amount)


@MATCHING.on(Invoice.Issued)
def _issued(event: Invoice.Issued, _: Entry) -> Iterable[Change]:
    for subject_id, amount in _by_subject(event.lines, event.source_id).items():
        yield from _moved(event.organiser_id, subject_id, {}, invoiced=amount)


@MATCHING.on(CreditNote.Issued)
def _credit_note_issued(event: CreditNote.Issued, _: Entry) -> Iterable[Change]:
    is_agreement = event.reason not in BY_RULE
    for subject_id, amount in _by_subject(event.lines, event.source_id).items():
        yield from _moved(event.organiser_id, subject_id, {}, agreed=amount if is_agreement else 0, invoiced=amount)


def _given_back(organiser_id: UUID, lines: tuple[Line, ...]) -> Iterable[Change]:
    named = [line for line in lines if line.refers_to is not None]
    for subject_id, amount in _by_subject(named, organiser_id).items():
        yield from _moved(organiser_id, subject_id, {}, agreed=-amount)


def _moved(organiser_id: UUID, subject_id: UUID, said: Row, **amounts: int) -> Iterable[Change]:
    """Amounts added to a subject and to the organiser's tally; what is said of it stays said."""

    def become(row: Row | None) -> Row:
        before = row or _unknown(subject_id, organiser_id)
        return {**before, **said, **{name: int(str(before[name])) + amount for name, amount in amounts.items()}}

    yield Change(SUBJECT, (subject_id,), become, needs_row=True)
    yield TALLY.count((organiser_id,), **amounts)


def _waiting(subject_id: UUID, waits: Callable[[int], int]) -> Change:
    """What waits on a tab for a subject, told from what waited before."""

    def become(row: Row | None) -> Row:
        before = row or _unknown(subject_id, None)
        return {**before, "waiting": waits(int(str(before["waiting"])))}

    return Change(SUBJECT, (subject_id,), become, needs_row=True)


def _unknown(subject_id: UUID, organiser_id: UUID | None) -> Row:
    """What nothing has been said of yet."""
    return {
        "subject_id": subject_id,
        "organiser_id": organiser_id,
        "kind": "",
        "season_id": None,
        "organisation_id": None,
        "seats": 0,
        "agreed": 0,
        "invoiced": 0,
        "waiting": 0,
        "is_free": False,
        "ground": "",
        "position": 0,
    }


def _by_subject(lines: Iterable[Line], otherwise: UUID) -> dict[UUID, int]:
    """What lines come to with VAT, by what they are for; those that do not say: `otherwise`."""
    found: dict[UUID, int] = {}
    for line in lines:
        subject_id = line.refers_to or otherwise
        found[subject_id] = found.get(subject_id, 0) + line.gross.amount
    return found


def _gross(lines: Iterable[Line]) -> int:
    return sum(line.gross.amount for line in lines)


def _ground(quote: Quote) -> str:
    return "everyone" if quote.price.audience is None else quote.price.audience.value
