"""Deferred revenue posted at the end of a month by a closing voucher, and back the day after (S57, K3 chapter 23)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.accounting.bookkeeping import DeferralRef, DeferRevenue, ExportPeriod
from application.accounting.queries.ageing import AsOf
from application.programme.meeting import PostponeMeeting
from domain.accounting.closing import DayHandedOver, shared_out
from domain.accounting.period import PeriodNotOver
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import MeetingId
from tests.samples import Institute
from tests.scenarios.accounting.test_ledger import balances, four_workshops
from tests.scenarios.sie_reader import read

APRIL = date(2027, 4, 30)


def close(institute: Institute, on: date) -> DeferralRef:
    institute.catch_up()
    done = institute.services.bookkeeping.defer(institute.finance, DeferRevenue(on)).answer
    institute.catch_up()
    return done


def export(institute: Institute, first: date, last: date) -> dict[str, dict[int, int]]:
    """The closing vouchers of a period, by their days."""
    period = ExportPeriod(first, last, is_confirmed=True)
    ref = institute.services.bookkeeping.export(institute.finance, period).answer
    institute.catch_up()
    found = read(institute.services.bookkeeping_questions.file(institute.finance, ref.number).content)
    return {each.day: each.amounts for each in found.vouchers if each.series == "P"}


def test_what_is_deferred_is_posted_and_goes_back_the_day_after(institute: Institute) -> None:
    """Three of four workshops held: 52 500 of 210 000 is deferred at the end of April; VAT and receivables stay."""
    four_workshops(institute)
    institute.at(2027, 5, 3)
    assert close(institute, APRIL) == DeferralRef(APRIL, 52_500_00, is_again=False)
    then, after = balances(institute, AsOf(APRIL)), balances(institute, AsOf(date(2027, 5, 1)))
    assert (then["deferred"], then["revenue"] + then["deferral"]) == (-52_500_00, -157_500_00)
    assert (then["receivable"], then["vat_2500"]) == (262_500_00, -52_500_00)
    assert "deferred" not in after and "deferral" not in after and after["revenue"] == -210_000_00

    assert close(institute, APRIL) == DeferralRef(APRIL, 52_500_00, is_again=True)
    assert balances(institute, AsOf(APRIL)) == then
    institute.at(2027, 6, 1)
    vouchers = export(institute, date(2027, 4, 1), APRIL) | export(institute, date(2027, 5, 1), date(2027, 5, 31))
    assert vouchers == {
        "20270430": {3041: 52_500_00, 2970: -52_500_00},
        "20270501": {3041: -52_500_00, 2970: 52_500_00},
    }


def test_a_moved_meeting_changes_the_next_closing_and_not_the_last(institute: Institute) -> None:
    cluster = four_workshops(institute)
    institute.at(2027, 4, 1)
    assert close(institute, date(2027, 3, 31)).amount == 105_000_00
    third = institute.services.programme.season(institute.admin, cluster).meetings[2]
    institute.at(2027, 4, 15)
    postpone = PostponeMeeting(cluster, MeetingId(third.meeting_id), "Sjukdom")
    institute.services.meetings.postpone(institute.admin, postpone)
    institute.at(2027, 5, 1)
    assert close(institute, date(2027, 3, 31)) == DeferralRef(date(2027, 3, 31), 105_000_00, is_again=True)
    assert close(institute, APRIL).amount == 105_000_00
    assert [(row.on, row.amount) for row in institute.services.ledger.closings(institute.finance)] == [
        (APRIL, 105_000_00),
        (date(2027, 3, 31), 105_000_00),
    ]
    assert institute.services.ledger.vat(institute.finance)[0].net == 210_000_00


def test_any_day_that_is_over_and_not_handed_over_can_be_closed(institute: Institute) -> None:
    four_workshops(institute)
    institute.at(2028, 2, 29)
    with pytest.raises(NotAllowed):
        institute.services.bookkeeping.defer(institute.admin, DeferRevenue(APRIL))
    with pytest.raises(PeriodNotOver):
        close(institute, date(2028, 2, 29))
    assert close(institute, date(2028, 2, 28)).amount == 0
    assert close(institute, date(2027, 1, 19)).amount == 210_000_00
    export(institute, date(2027, 2, 1), date(2027, 2, 28))
    with pytest.raises(DayHandedOver):
        close(institute, date(2027, 2, 28))


@given(st.integers(-10_000_00, 10_000_00), st.lists(st.integers(1, 5_000_00), min_size=1, max_size=6))
def test_shares_add_up_to_the_amount(amount: int, parts: list[int]) -> None:
    assert sum(shared_out(amount, parts)) == amount and len(shared_out(amount, parts)) == len(parts)
