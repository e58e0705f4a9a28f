"""Cases as those they are about meet them: what waits, for whom, and how it ended."""

from __future__ import annotations

from application.reading.desk import CaseRow
from domain.ids import TransferId
from web.reader import Visit, services


def to_answer(reader: Visit) -> list[CaseRow]:
    """The proposed transfers that the reader may say yes or no to."""
    return [case for case in services().desk.proposed_to(reader.actor) if may_answer(reader, case)]


def may_answer(reader: Visit, case: CaseRow) -> bool:
    """Whether a case is a transfer that waits for a yes or a no, and the reader's counts."""
    if case.kind != "transfer" or not case.needs_decision:
        return False
    answers = services().transfers.answers(reader.actor, TransferId(case.case_id))
    return answers.may_accept or answers.may_decline
