"""Cases as those they are about meet them: what waits, for whom, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.booking.cancellation import CancellationOutcome
from application.booking.queries.booking import BookingRow
from application.booking.queries.desk import CaseRow
from application.booking.reinstatement import Reinstated, UndoCancellation
from application.booking.settlement import GrantCancellation
from domain.kernel.errors import PlatsError
from domain.kernel.ids import CancellationId, TransferId
from web.pages.kernel.visit import Visit, refusal, services

UNDONE_WITHIN = timedelta(days=1)
"""How long a swap is offered to be undone."""


@dataclass(frozen=True)
class Undoing:
    """What undoing a cancellation would come to now, or why it cannot be undone."""

    outcome: Reinstated | None
    refusal: str = ""


def undoings(visit: Visit, cases: tuple[CaseRow, ...]) -> dict[UUID, Undoing]:
    """What an admin may undo of a booking's cancellations, each with what it would come to."""
    settled = [each for each in cases if each.kind == "cancellation" and each.status in ("granted", "waived")]
    return {each.case_id: _undoing(visit, CancellationId(each.case_id)) for each in settled if visit.is_admin}


def _undoing(visit: Visit, cancellation_id: CancellationId) -> Undoing:
    try:
        return Undoing(services().reinstatements.preview(visit.actor, UndoCancellation(cancellation_id)))
    except PlatsError as error:
        return Undoing(None, refusal(error))


def swapped(visit: Visit, booking: BookingRow, cases: tuple[CaseRow, ...]) -> dict[int, CaseRow]:
    """The seats that have changed hands for nothing within a day, as long as that can be undone; by their number."""
    may, since = services().booking_questions.answers_for(visit.actor, booking), services().clock.now() - UNDONE_WITHIN
    sits = {seat.no: seat.person_id for seat in booking.seats if seat.no in may}
    found: dict[int, CaseRow] = {}
    for each in reversed(cases):
        no = each.seats[0] if each.kind == "transfer" and each.status == "accepted" and not each.difference else None
        is_late = each.decided_at is None or each.decided_at < since
        if no is not None and not is_late and each.name and sits.get(no) == each.to_person_id:
            found[no] = each
    return found


@dataclass(frozen=True)
class Settling:
    """What a cancellation that waits would come to now: granted by the terms, and waived (None: it cannot be)."""

    granted: CancellationOutcome | None = None
    waived: CancellationOutcome | None = None


def settling(visit: Visit, case: CaseRow) -> Settling:
    """What is left to give back counts, whatever it was when it was asked."""
    if case.kind != "cancellation" or not case.needs_decision:
        return Settling()
    one, settlements = CancellationId(case.case_id), services().settlements
    granted = _outcome(lambda: settlements.preview_grant(visit.actor, GrantCancellation(one)))
    return Settling(granted, _outcome(lambda: settlements.preview_waiver(visit.actor, one)))


def _outcome(look: Callable[[], CancellationOutcome]) -> CancellationOutcome | None:
    try:
        return look()
    except PlatsError:
        return None


def to_answer(visit: Visit) -> list[CaseRow]:
    """The proposed transfers that the reader may say yes or no to."""
    return [case for case in services().desk.proposed_to(visit.actor) if may_answer(visit, case)]


def may_answer(visit: Visit, case: CaseRow) -> bool:
    """Whether a case is a transfer that waits for a yes or a no, and the reader's counts."""
    if case.kind != "transfer" or not case.needs_decision:
        return False
    answers = services().transfers.answers(visit.actor, TransferId(case.case_id))
    return answers.may_accept or answers.may_decline
