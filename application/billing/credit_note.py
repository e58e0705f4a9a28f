"""Credit notes: issued by policy for what a cancellation gives back, referring to the invoice it takes back from."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.billing.invoicing import charged_with, collective_account_of, invoice_for, issue_note
from application.billing.refunding import note_of, note_on, was_taken_off
from application.kernel.actor import Actor
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.use_case import UseCases
from domain.billing.credit_note import CreditNote
from domain.billing.number_series import NumberSeries
from domain.kernel.documents import Line
from domain.kernel.errors import NotFound
from domain.kernel.ids import CreditNoteId, OrganiserId, series_of
from domain.people.organiser import Organiser


@dataclass(frozen=True)
class IssueCreditNotes:
    """What is given back: lines with positive amounts, each naming the booking, purchase or transfer it is for.

    `source_id` and `occasion` name what gave rise to it: the same again issues nothing more.
    """

    organiser_id: OrganiserId
    source_id: UUID
    occasion: str
    reason: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CreditNotesIssued:
    """Which credit notes, by id and number."""

    credit_note_ids: tuple[CreditNoteId, ...]
    numbers: tuple[int, ...]


class CreditNotes(UseCases):
    """Issue (by policy, exactly once)."""

    def issue(self, actor: Actor, command: IssueCreditNotes) -> Committed[CreditNotesIssued]:
        """One credit note for each invoice that lines are taken back from; never more than is left of its lines."""
        actor.must_be_system()
        series = series_of(command.organiser_id, "credit-note")

        def decide(work: UnitOfWork) -> CreditNotesIssued:
            taken = _by_source(command.lines).items()
            found = [_issue(work, command, source, tuple(lines)) for source, lines in taken]
            issued = [note for note in found if note is not None]
            return CreditNotesIssued(
                tuple(note.credit_note_id for note in issued), tuple(note.number for note in issued)
            )

        needs = ((Organiser, command.organiser_id), (NumberSeries, series))
        key = f"credit/{command.source_id}/{command.occasion}"
        asked = ("credit", command.source_id, command.occasion)
        return self._record(actor, asked, CreditNotesIssued, decide, key, serial=(series,), needs=needs)


def _by_source(lines: tuple[Line, ...]) -> dict[UUID, list[Line]]:
    found: dict[UUID, list[Line]] = {}
    for each in lines:
        if each.refers_to is not None and each.gross.amount:
            found.setdefault(each.refers_to, []).append(each)
    return found


def _issue(work: UnitOfWork, command: IssueCreditNotes, source: UUID, asked: tuple[Line, ...]) -> CreditNote | None:
    """What was promised is what is left, unless finance has credited it meanwhile: never more than is left."""
    invoice, note_id = invoice_for(work, source), note_of(command.source_id, command.occasion, source)
    if was_taken_off(work, note_id):
        return None
    if invoice is None:
        _lower(work, source, asked, note_id)
        return None
    back = note_on(work, invoice, note_id, asked)
    return issue_note(work, invoice, note_id, command.source_id, command.reason, back) if back.lines else None


def _lower(work: UnitOfWork, source: UUID, lines: tuple[Line, ...], note_id: CreditNoteId) -> None:
    """What waits on a tab is lowered instead, so that its invoice never asks for it."""
    charged = charged_with(work, source)
    tab = collective_account_of(work, charged)
    if tab is None:
        raise NotFound(what="invoice")
    tab.lower(charged, lines, note_id)
