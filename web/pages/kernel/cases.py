"""Cases as those they are about meet them: what waits, for whom, and how it ended."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from application.booking.cancellation import CancellationOutcome
from application.booking.queries.desk import CaseRow
from application.booking.reinstatement import Reinstated, UndoCancellation
from domain.kernel.errors import PlatsError
from domain.kernel.ids import CancellationId, TransferId
from web.kernel.errors import sentence
from web.pages.kernel.visit import Visit, say, services


@dataclass(frozen=True)
class Undoing:
    """What undoing a cancellation would come to now, or why it cannot be undone."""

    outcome: Reinstated | None
    refusal: str = ""


def undoings(reader: Visit, cases: tuple[CaseRow, ...]) -> dict[UUID, Undoing]:
    """What an admin may undo of a booking's cancellations, each with what it would come to."""
    settled = [each for each in cases if each.kind == "cancellation" and each.status in ("granted", "waived")]
    return {each.case_id: _undoing(reader, CancellationId(each.case_id)) for each in settled if reader.is_admin}


def _undoing(reader: Visit, cancellation_id: CancellationId) -> Undoing:
    try:
        return Undoing(services().reinstatements.preview(reader.actor, UndoCancellation(cancellation_id)))
    except PlatsError as error:
        return Undoing(None, sentence(error, say().language))


def waivers(reader: Visit, cases: tuple[CaseRow, ...]) -> dict[UUID, CancellationOutcome]:
    """What waiving would come to now, for each cancellation that waits and can be waived."""
    found = {}
    for each in cases:
        if each.kind == "cancellation" and each.needs_decision:
            with suppress(PlatsError):
                cancellation = CancellationId(each.case_id)
                found[each.case_id] = services().cancellations.preview_waiver(reader.actor, cancellation)
    return found


def to_answer(reader: Visit) -> list[CaseRow]:
    """The proposed transfers that the reader may say yes or no to."""
    return [case for case in services().desk.proposed_to(reader.actor) if may_answer(reader, case)]


def may_answer(reader: Visit, case: CaseRow) -> bool:
    """Whether a case is a transfer that waits for a yes or a no, and the reader's counts."""
    if case.kind != "transfer" or not case.needs_decision:
        return False
    answers = services().transfers.answers(reader.actor, TransferId(case.case_id))
    return answers.may_accept or answers.may_decline
