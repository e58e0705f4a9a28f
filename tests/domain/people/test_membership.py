"""A membership: periods that follow each other, whose last day counts in whole."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue
from domain.people.membership import Membership, MembershipAlreadyGranted, NoMembershipThen
from tests.domain.vocabulary import ACME, ORGANISER, fact, given

NEW_YEARS_EVE = date(2026, 12, 31)


def membership(until: date | None = NEW_YEARS_EVE) -> Membership:
    return Membership(
        organiser_id=ORGANISER,
        holder_id=ACME,
        ground=Ground.MEMBER,
        from_on=date(2026, 1, 1),
        until_on=until,
        persons=10,
    )


def holds(acme: Membership, day: date) -> bool:
    return acme.eligibility.on(Ground.MEMBER, day) is not None


def test_the_last_day_counts() -> None:
    acme = membership()

    assert [holds(acme, day) for day in (date(2025, 12, 31), date(2026, 1, 1), NEW_YEARS_EVE, date(2027, 1, 1))] == [
        False,
        True,
        True,
        False,
    ]


def test_it_is_renewed_from_the_day_after() -> None:
    given(membership()).when(Membership.renew, date(2027, 1, 1), date(2027, 12, 31)).then(
        fact(Membership.Renewed, from_on=date(2027, 1, 1), until_on=date(2027, 12, 31))
    )


def test_two_periods_do_not_overlap() -> None:
    given(membership()).when(Membership.renew, NEW_YEARS_EVE, None).refused(
        MembershipAlreadyGranted, until="2026-12-31"
    )
    given(membership(None)).when(Membership.renew, date(2030, 1, 1), None).refused(MembershipAlreadyGranted, until="")


def test_a_gap_between_two_periods_is_a_gap() -> None:
    acme = membership()
    acme.renew(date(2027, 3, 1), None)

    assert not holds(acme, date(2027, 2, 28))
    assert holds(acme, date(2027, 3, 1))
    assert acme.eligibility.lapsed(Ground.MEMBER, date(2027, 2, 1)) is not None


def test_it_ends_on_its_last_day() -> None:
    acme = membership()

    given(acme).when(Membership.end, date(2026, 10, 31), "uppsagt").then(
        fact(Membership.Ended, ended_on=date(2026, 10, 31), reason="uppsagt")
    )
    assert holds(acme, date(2026, 10, 31))
    assert not holds(acme, date(2026, 11, 1))


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_it_ends_within_its_period(day: date) -> None:
    given(membership()).when(Membership.end, day, "").refused(NoMembershipThen, day=day.isoformat())


def test_a_period_does_not_end_before_it_begins() -> None:
    given(membership()).when(Membership.renew, date(2027, 6, 1), date(2027, 5, 1)).refused(BadValue, field="until_on")
