"""Interest on late payment: by the day, at the rate of each half-year, on what was still owed."""

from __future__ import annotations

from datetime import date

import pytest

from domain.billing.interest import ReferenceRateUnknown, Span, amounts, spans
from domain.kernel.money import Money


def interest(found: tuple[Span, ...]) -> int:
    return sum(each.amount for each in amounts(found))


def test_forty_seven_days_at_ten_per_cent() -> None:
    """3 750 000 öre due 2026-05-29, paid 2026-07-15: both half-years have 2 % + 8."""
    found = spans(Money(3_750_000), (), date(2026, 5, 29), date(2026, 7, 15), None, {})
    assert ([(each.days, each.rate) for each in found], interest(found)) == ([(47, 1_000)], 48_288)


def test_a_new_rate_applies_day_by_day_to_an_old_claim() -> None:
    """1 000 000 öre due 2023-12-15, paid 2024-01-15: 16 days at 11.5 % and 15 at 12 %."""
    found = spans(Money(1_000_000), (), date(2023, 12, 15), date(2024, 1, 15), None, {})
    assert [(each.days, each.rate) for each in found] == [(16, 1_150), (15, 1_200)]
    assert interest(found) == 9_973


def test_what_is_paid_bears_interest_up_to_its_day() -> None:
    paid = [(date(2026, 3, 20), 400_000), (date(2026, 4, 10), 600_000)]
    found = spans(Money(1_000_000), paid, date(2026, 3, 10), date(2026, 5, 1), 1_000, {})
    assert [(each.days, each.principal.amount) for each in found] == [(10, 1_000_000), (21, 600_000)]
    assert interest(found) == round(1_000_000 * 0.1 * 10 / 365 + 600_000 * 0.1 * 21 / 365)


def test_what_was_paid_in_time_bears_none() -> None:
    assert spans(Money(100), [(date(2026, 3, 10), 100)], date(2026, 3, 10), date(2026, 5, 1), None, {}) == ()


def test_a_half_year_whose_rate_nobody_has_told_is_refused_and_one_that_was_told_counts() -> None:
    late = (Money(1_000_000), (), date(2026, 12, 30), date(2027, 1, 2), None)
    with pytest.raises(ReferenceRateUnknown) as refused:
        spans(*late, {})
    assert refused.value.facts == {"from_on": "2027-01-01"}
    assert [each.rate for each in spans(*late, {date(2027, 1, 1): 250})] == [1_000, 1_050]


def test_the_sums_of_spans_add_up_to_the_whole_rounded_once() -> None:
    found = tuple(Span(date(2026, 1, no), date(2026, 1, no), Money(333), 1_000 + no) for no in range(1, 29))
    assert interest(found) == (sum(each.weight for each in found) * 2 + 3_650_000) // 7_300_000


def test_what_is_taken_back_bears_interest_again_and_the_days_between_bear_none() -> None:
    """The bank takes a payment back on 10 April: it was here late for ten days, and is owed again since."""
    owed, gone = Money(1_000_000), (date(2026, 4, 10), -1_000_000)
    paid_late = spans(owed, [(date(2026, 3, 20), 1_000_000), gone], date(2026, 3, 10), date(2026, 5, 1), 1_000, {})
    assert [(each.from_on, each.days) for each in paid_late] == [(date(2026, 3, 11), 10), (date(2026, 4, 11), 21)]
    in_time = spans(owed, [(date(2026, 3, 1), 1_000_000), gone], date(2026, 3, 10), date(2026, 5, 1), 1_000, {})
    assert [(each.from_on, each.days) for each in in_time] == [(date(2026, 4, 11), 21)]
