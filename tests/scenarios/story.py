"""What the stories say again and again: somebody books, cancels, hands over; who sits there, what has been invoiced."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from application.billing.queries.invoice import DocumentFilter, DocumentRow, DocumentView
from application.booking.booking import BookingMade, MakeBooking
from application.booking.cancellation import CancellationOutcome, RequestCancellation
from application.booking.transfer import TransferOutcome
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.actor import Actor
from application.people.participant import TO_BE_NAMED, Participant
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId
from domain.programme.price import Price, PriceList
from infrastructure.serialization.event_mapper import FactRow
from tests.samples import Institute, kronor

Amounts = tuple[int, int, int]
FREE = PriceList(0, (Price(kronor(0)),))


def stockholm(text: str) -> datetime:
    """The instant of a wall-clock time in Stockholm."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Stockholm")).astimezone(UTC)


def seated(*people: PersonId | None) -> tuple[Participant, ...]:
    """Participants: somebody known, or to be named."""
    return tuple(TO_BE_NAMED if person is None else Participant(person) for person in people)


def book(
    institute: Institute, season: SeasonId, organisation: OrganisationId | None, *people: PersonId | None
) -> BookingMade:
    """An organisation's booking, made by the desk."""
    command = MakeBooking(season, seated(*people), organisation)
    return institute.services.bookings.make(institute.admin, command).answer


def cancel(institute: Institute, actor: Actor, booking: BookingId, *seats: int) -> CancellationOutcome:
    """Seats are given up by the terms."""
    return institute.services.cancellations.request(actor, RequestCancellation(booking, seats or None)).answer


def hand_over(institute: Institute, actor: Actor, booking: BookingId, seat: int, to: PersonId) -> TransferOutcome:
    """A seat to a colleague."""
    return institute.services.transfers.propose(actor, ProposeTransfer(booking, seat, Participant(to))).answer


def documents(institute: Institute, kind: str = "") -> list[DocumentRow]:
    """Invoices and credit notes, in order of number, once all that follows has followed."""
    institute.catch_up()
    rows = institute.services.invoice_questions.list(institute.finance, DocumentFilter(kind=kind), limit=200).items
    return sorted(rows, key=lambda row: (row.kind != "invoice", row.number))


def invoices(institute: Institute) -> list[Amounts]:
    """Net, VAT and gross of each invoice, in whole kronor and öre as one number."""
    return [amounts(row) for row in documents(institute, "invoice")]


def credit_notes(institute: Institute) -> list[Amounts]:
    """The same of each credit note."""
    return [amounts(row) for row in documents(institute, "credit_note")]


def whole(institute: Institute, row: DocumentRow) -> DocumentView:
    """A document as it is printed."""
    return institute.services.invoice_questions.one(institute.finance, row.document_id)


def amounts(row: DocumentRow) -> Amounts:
    return row.net, row.vat, row.gross


def sitting(
    institute: Institute, season: SeasonId, at: datetime | None = None, known_at: datetime | None = None
) -> list[str]:
    """Who sits there: names, or the organisation whose seat is to be named."""
    institute.catch_up()
    lines = institute.services.rosters.of(institute.admin, season, at, known_at)
    return sorted(line.name or f"{line.organisation} – to be named" for line in lines)


def facts(institute: Institute) -> list[object]:
    """Everything that has been recorded, in order."""
    store = institute.house.store
    columns = "topic, originator_id, originator_version, recorded_at, state, position"
    rows = store.recorder.query(f"select {columns} from event order by position", [])
    return [store.mapper.decode(FactRow(*row)) for row in rows]


def seats_left(institute: Institute, season: SeasonId) -> int:
    """How many seats the programme shows as free."""
    institute.catch_up()
    return institute.services.programme.season(institute.admin, season).row.left
