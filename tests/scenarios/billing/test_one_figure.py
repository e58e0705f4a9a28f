"""Whole kronor: a document has one figure wherever it is shown; and what is earned on a day is known by two clocks."""

from __future__ import annotations

from datetime import date

import pytest

from application.accounting.queries.ageing import AsOf
from application.accounting.queries.ledger import PostingFilter
from application.billing.crediting import CreditInvoice
from application.billing.queries.invoice import DocumentFilter
from application.people.organiser import ArrangeInvoicing
from application.programme.meeting import CallOffMeeting, HoldMeeting, PlannedMeeting, PostponeMeeting, UndoHolding
from application.programme.season import CallOffSeason
from domain.kernel.ids import InvoiceId, MeetingId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier
from domain.programme.meeting_time import MeetingTime, TimeKind
from domain.programme.price import Price, PriceList
from tests.samples import Institute, full_day, kronor
from tests.scenarios.story import book, cancel, documents, whole


def test_a_credit_note_in_whole_kronor_says_the_same_everywhere(institute: Institute) -> None:
    institute.services.organisers.arrange_invoicing(
        institute.admin, ArrangeInvoicing(institute.organiser, is_rounded=True)
    )
    season = institute.season("Öre", 20, PriceList(0, (Price(Money(2_400_33)),)), Terms(0, (Tier(None, 0),)))
    book(institute, season, institute.bolt, None)
    [invoice] = documents(institute)
    institute.services.crediting.credit(institute.finance, CreditInvoice(InvoiceId(invoice.document_id), "Avdrag"))

    note = documents(institute, "credit_note")[0]
    asked = institute.services.invoice_questions
    found = institute.services.finding.find(institute.finance, "3000")
    receivable = institute.services.ledger.postings(
        institute.finance, PostingFilter(account="receivable", document_id=note.document_id)
    ).items
    assert whole(institute, note).rounding == 41
    assert {
        note.payable,
        whole(institute, note).payable,
        whole(institute, invoice).credit_notes[0].payable,
        asked.totals(institute.finance, DocumentFilter(kind="credit_note")).payable,
        asked.totals(institute.finance, DocumentFilter(number=note.number, kind="credit_note")).payable,
        next(each.payable for each in found.documents if each.kind == "credit_note"),
        receivable[0].amount,
    } == {-3_000_00}
    assert (note.net, note.vat) == (-2_400_33, -600_08)
    assert asked.totals(institute.finance, DocumentFilter(status="open")).payable == 0


def two_meetings(institute: Institute, *meetings: PlannedMeeting) -> SeasonId:
    """A season of which nothing comes back once it is cancelled."""
    planned = meetings or (full_day("Träff 1", 2027, 1, 20), full_day("Träff 2", 2027, 3, 10))
    prices, terms = PriceList(0, (Price(kronor(4_000)),)), Terms(0, (Tier(None, 10_000),))
    return institute.season("Nätverk", 20, prices, terms, meetings=planned)


def deferred(institute: Institute, asked: AsOf) -> tuple[int, int]:
    institute.catch_up()
    [row] = institute.services.ledger.deferred(institute.finance, asked)
    return row.earned, row.deferred


@pytest.mark.parametrize("day", [(2027, 1, 15), (2027, 1, 25)])
def test_nothing_is_deferred_to_a_meeting_that_will_not_be(institute: Institute, day: tuple[int, int, int]) -> None:
    """4 000 net are kept of a cancelled seat, then the season is called off, before or after its first meeting."""
    season = two_meetings(institute)
    cancel(institute, institute.admin, book(institute, season, institute.bolt, None).booking_id)
    institute.catch_up()
    institute.at(*day)
    before = deferred(institute, AsOf())
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "Sjukdom"))

    assert deferred(institute, AsOf()) == (4_000_00, 0)
    institute.at(2027, 6, 1)
    assert deferred(institute, AsOf()) == (4_000_00, 0)
    the_day_before = date(day[0], day[1], day[2] - 1)
    assert deferred(institute, AsOf(the_day_before)) == before
    assert before == ((2_000_00, 2_000_00) if day[2] > 20 else (0, 4_000_00))


def test_where_every_meeting_has_been_called_off_nothing_is_to_come(institute: Institute) -> None:
    season = two_meetings(institute, full_day("Träff 1", 2027, 1, 20))
    cancel(institute, institute.admin, book(institute, season, institute.bolt, None).booking_id)
    institute.catch_up()
    [meeting] = institute.services.programme.season(institute.admin, season).meetings

    institute.services.meetings.call_off(institute.admin, CallOffMeeting(season, MeetingId(meeting.meeting_id), "Snö"))

    assert deferred(institute, AsOf()) == (4_000_00, 0)


def test_a_meeting_recorded_late_counts_from_its_day_as_known_now_and_not_as_known_then(institute: Institute) -> None:
    """Held on 20 January, recorded on the 25th; earned as of the 22nd."""
    season = two_meetings(
        institute, PlannedMeeting("Träff 1", MeetingTime(TimeKind.TO_COME)), full_day("Träff 2", 2027, 3, 10)
    )
    book(institute, season, institute.bolt, None)
    institute.catch_up()
    first = institute.services.programme.season(institute.admin, season).meetings[0]
    institute.at(2027, 1, 22, 22)
    then = institute.clock.instant
    institute.at(2027, 1, 25)
    institute.services.meetings.hold(
        institute.admin, HoldMeeting(season, MeetingId(first.meeting_id), date(2027, 1, 20))
    )

    on = date(2027, 1, 22)
    assert deferred(institute, AsOf(on)) == (2_000_00, 2_000_00)
    assert deferred(institute, AsOf(on, then)) == (0, 4_000_00)
    assert deferred(institute, AsOf(date(2027, 1, 19))) == (0, 4_000_00)


def test_a_meeting_held_by_mistake_has_earned_nothing_once_that_is_undone(institute: Institute) -> None:
    season = two_meetings(
        institute, PlannedMeeting("Träff 1", MeetingTime(TimeKind.TO_COME)), full_day("Träff 2", 2027, 3, 10)
    )
    book(institute, season, institute.bolt, None)
    institute.catch_up()
    first = MeetingId(institute.services.programme.season(institute.admin, season).meetings[0].meeting_id)
    institute.at(2027, 1, 20)
    institute.services.meetings.hold(institute.admin, HoldMeeting(season, first, date(2027, 1, 20)))
    institute.at(2027, 1, 21)
    then, on = institute.clock.instant, date(2027, 1, 22)
    assert deferred(institute, AsOf(on)) == (2_000_00, 2_000_00)
    institute.at(2027, 1, 23)
    institute.services.meetings.undo_holding(institute.admin, UndoHolding(season, first))

    assert deferred(institute, AsOf(on)) == (0, 4_000_00)
    assert deferred(institute, AsOf(on, then)) == (2_000_00, 2_000_00)


def test_a_meeting_that_is_known_now_not_to_have_been_held_has_earned_nothing(institute: Institute) -> None:
    """The same kind the other way: it was to be on the 20th, and on the 25th it is recorded as postponed."""
    season = two_meetings(institute)
    book(institute, season, institute.bolt, None)
    institute.catch_up()
    institute.at(2027, 1, 22, 22)
    then, on = institute.clock.instant, date(2027, 1, 22)
    as_it_seemed = deferred(institute, AsOf(on))
    institute.at(2027, 1, 25)
    first = institute.services.programme.season(institute.admin, season).meetings[0]
    institute.services.meetings.postpone(
        institute.admin, PostponeMeeting(season, MeetingId(first.meeting_id), "Sjukdom")
    )

    assert as_it_seemed == deferred(institute, AsOf(on, then)) == (2_000_00, 2_000_00)
    assert deferred(institute, AsOf(on)) == (0, 4_000_00)
