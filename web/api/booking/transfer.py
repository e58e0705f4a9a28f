"""Transfers: a seat to another person, at once within the organisation, otherwise by an admin and a yes."""

from __future__ import annotations

from uuid import UUID

from application.booking.queries.desk import CaseRow
from application.booking.transfer import AcceptTransfer, DeclineTransfer, TransferOutcome
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.page import Page
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId, TransferId
from web.api.booking.booking_schema import AcceptTransferBody, CasesQuery, TransferBody
from web.api.kernel.call import Call, Written
from web.api.kernel.common_schema import ReasonBody
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

transfers = ApiBlueprint("transfers", "Transfers of a seat to another person.")
OF_BOOKING = "/bookings/<uuid:booking_id>/transfers"
ONE = "/transfers/<uuid:transfer_id>"


@transfers.look(f"{OF_BOOKING}/preview", Who.SIGNED_IN, TransferOutcome, TransferBody)
def preview_transfer(call: Call, booking_id: BookingId) -> TransferOutcome:
    """What a transfer would cost now; nothing is recorded."""
    return call.services.transfers.preview(call.actor, ProposeTransfer(booking_id, **call.body))


@transfers.write("POST", OF_BOOKING, Who.SIGNED_IN, TransferOutcome, body=TransferBody, status=201)
def propose_transfer(call: Call, booking_id: BookingId) -> Written:
    """Hand a seat over: at once and free within the organisation, otherwise proposed by an admin with a reason."""
    return call.execute(
        call.services.transfers.propose, ProposeTransfer(booking_id, **call.body), "/transfers/{transfer_id}"
    )


@transfers.read("/transfers", Who.ADMIN, Page[CaseRow], CasesQuery)
def list_transfers(call: Call) -> Page[CaseRow]:
    """The organiser's transfers, those that need a decision first."""
    return call.services.desk.list(call.actor, "transfer", **call.query)


@transfers.read(ONE, Who.ADMIN, CaseRow)
def read_transfer(call: Call, transfer_id: UUID) -> CaseRow:
    """One transfer with what it costs."""
    case = call.services.desk.one(call.actor, transfer_id)
    if case.kind != "transfer":
        raise NotFound(what="case")
    return case


@transfers.write("POST", f"{ONE}/accept", Who.SIGNED_IN, TransferOutcome, body=AcceptTransferBody)
def accept_transfer(call: Call, transfer_id: TransferId) -> Written:
    """Say yes for whoever pays; the seat changes hands and the difference is invoiced."""
    return call.execute(call.services.transfers.accept, AcceptTransfer(transfer_id, **call.body))


@transfers.write("POST", f"{ONE}/decline", Who.SIGNED_IN, TransferOutcome, body=ReasonBody)
def decline_transfer(call: Call, transfer_id: TransferId) -> Written:
    """Say no, with the reason; the seat stays as it was."""
    return call.execute(call.services.transfers.decline, DeclineTransfer(transfer_id, **call.body))
