"""Cancellations: what it costs to cancel, asked for, and settled at the desk."""

from __future__ import annotations

from uuid import UUID

from application.booking import cancellation as commands
from application.booking.queries.desk import CaseRow
from application.booking.reinstatement import Reinstated, UndoCancellation
from application.booking.settlement import DeclineCancellation, GrantCancellation, WaiveCancellation
from application.kernel.page import Page
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId, CancellationId
from web.api.booking.booking_schema import ALL, CancellationBody, CasesQuery
from web.api.kernel.call import Call, Written
from web.api.kernel.common_schema import ReasonBody, ShownBody, ShownReasonBody
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

cancellations = ApiBlueprint(
    "cancellations", "Cancellations: previewed, asked for, granted, waived, declined, withdrawn."
)
OF_BOOKING = "/bookings/<uuid:booking_id>/cancellations"
ONE = "/cancellations/<uuid:cancellation_id>"


@cancellations.look(f"{OF_BOOKING}/preview", Who.SIGNED_IN, commands.CancellationPreview, CancellationBody)
def preview_cancellation(call: Call, booking_id: UUID) -> commands.CancellationPreview:
    """What cancelling would give back now, and until when it stays so; nothing is recorded."""
    return call.services.cancellations.preview(call.actor, _command(call, booking_id))


@cancellations.write("POST", OF_BOOKING, Who.SIGNED_IN, commands.CancellationOutcome, body=CancellationBody, status=201)
def request_cancellation(call: Call, booking_id: UUID) -> Written:
    """Give up seats by the terms of the booking, at once; with a plea it waits for the desk."""
    return call.execute(
        call.services.cancellations.request, _command(call, booking_id), "/cancellations/{cancellation_id}"
    )


@cancellations.read("/cancellations", Who.ADMIN, Page[CaseRow], CasesQuery)
def list_cancellations(call: Call) -> Page[CaseRow]:
    """The organiser's cancellations, those that need a decision first."""
    return call.services.desk.list(call.actor, "cancellation", **call.query)


@cancellations.read(ONE, Who.ADMIN, CaseRow)
def read_cancellation(call: Call, cancellation_id: UUID) -> CaseRow:
    """One cancellation with its rule and its effect."""
    case = call.services.desk.one(call.actor, cancellation_id)
    if case.kind != "cancellation":
        raise NotFound(what="case")
    return case


@cancellations.write("POST", f"{ONE}/grant", Who.ADMIN, commands.CancellationOutcome, body=ShownBody)
def grant_cancellation(call: Call, cancellation_id: CancellationId) -> Written:
    """Settle a waiting request as the terms say."""
    return call.execute(call.services.settlements.grant, GrantCancellation(cancellation_id, **call.body))


@cancellations.write("POST", f"{ONE}/waive", Who.ADMIN, commands.CancellationOutcome, body=ShownReasonBody)
def waive_cancellation(call: Call, cancellation_id: CancellationId) -> Written:
    """Give back the whole price whatever the terms say, also afterwards, with the reason."""
    return call.execute(call.services.settlements.waive, WaiveCancellation(cancellation_id, **call.body))


@cancellations.write("POST", f"{ONE}/decline", Who.ADMIN, commands.CancellationOutcome, body=ReasonBody)
def decline_cancellation(call: Call, cancellation_id: CancellationId) -> Written:
    """Turn a waiting request down, with the reason; the seats stay booked."""
    return call.execute(call.services.settlements.decline, DeclineCancellation(cancellation_id, **call.body))


@cancellations.write("POST", f"{ONE}/withdraw", Who.SIGNED_IN, commands.CancellationOutcome)
def withdraw_cancellation(call: Call, cancellation_id: CancellationId) -> Written:
    """Take a waiting request back; the seats stay booked."""
    return call.execute(call.services.cancellations.withdraw, commands.WithdrawCancellation(cancellation_id))


@cancellations.read(f"{ONE}/grant/preview", Who.ADMIN, commands.CancellationOutcome, previews=True)
def preview_grant(call: Call, cancellation_id: CancellationId) -> commands.CancellationOutcome:
    """What granting would give back now, less what has been credited since it was asked; nothing is recorded."""
    return call.services.settlements.preview_grant(call.actor, GrantCancellation(cancellation_id))


@cancellations.read(f"{ONE}/waive/preview", Who.ADMIN, commands.CancellationOutcome, previews=True)
def preview_waiver(call: Call, cancellation_id: CancellationId) -> commands.CancellationOutcome:
    """What waiving would give back now, with what was given back before; nothing is recorded."""
    return call.services.settlements.preview_waiver(call.actor, cancellation_id)


@cancellations.read(f"{ONE}/undo/preview", Who.ADMIN, Reinstated, previews=True)
def preview_undoing(call: Call, cancellation_id: CancellationId) -> Reinstated:
    """What undoing would come to now: what is invoiced anew, set off, and to be paid; nothing is recorded."""
    return call.services.reinstatements.preview(call.actor, UndoCancellation(cancellation_id))


@cancellations.write("POST", f"{ONE}/undo", Who.ADMIN, Reinstated, body=ShownBody)
def undo_cancellation(call: Call, cancellation_id: CancellationId) -> Written:
    """Undo a cancellation made by mistake, if its seats are free: a new invoice takes back what was credited."""
    return call.execute(call.services.reinstatements.undo, UndoCancellation(cancellation_id, **call.body))


def _command(call: Call, booking_id: UUID) -> commands.RequestCancellation:
    told = dict(call.body)
    seats = told.pop("seats")
    return commands.RequestCancellation(BookingId(booking_id), None if seats == ALL else tuple(seats), **told)
