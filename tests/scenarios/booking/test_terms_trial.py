"""A rule is tried on history before it is adopted: what it would have given back; nothing is recorded by that (S73)."""

from __future__ import annotations

from datetime import date

import pytest

from application.booking.cancellation import RequestCancellation
from application.booking.reinstatement import UndoCancellation
from application.booking.settlement import WaiveCancellation
from application.booking.terms_trial import TermsTrial, TryTerms
from application.programme.price import AgreeTerms
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import BookingId, CancellationId, SeasonId
from domain.kernel.terms import Tier
from tests.infrastructure.followers import all_digests
from tests.samples import Institute
from tests.scenarios.story import book, cancel, facts, stockholm

TIERS = (Tier(date(2026, 12, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000))
"""Free until 1 December, half until 3 January, then all (S29)."""


def four_cancelled(institute: Institute) -> tuple[SeasonId, list[BookingId], list[CancellationId]]:
    """Two at 12 000 and two at 6 000 without VAT, who booked under "free before 3 January"."""
    conference = institute.conference()
    payers = institute.bolt, institute.acme, institute.bolt, institute.acme
    bookings = [
        book(institute, conference, payer, institute.person(name, payer)).booking_id
        for name, payer in zip(("Anna", "Bo", "Carin", "David"), payers, strict=True)
    ]
    days = "2026-11-20 09:00", "2026-12-10 09:00", "2027-01-02 23:30", "2027-01-03 00:10"
    cancelled = []
    for booking, day in zip(bookings, days, strict=True):
        institute.clock.instant = stockholm(day)
        cancelled.append(cancel(institute, institute.admin, booking).cancellation_id)
    return conference, bookings, cancelled


def tried(institute: Institute, season: SeasonId, *, outside: bool = False) -> TermsTrial:
    return institute.services.terms_trials.of(institute.finance, TryTerms(season, TIERS, outside))


def test_tiers_tried_on_four_cancellations(institute: Institute) -> None:
    """S73: 30 000 credited and 6 000 kept become 21 000 and 15 000; 9 000 more without VAT, 11 250 with it."""
    conference, bookings, _ = four_cancelled(institute)
    institute.catch_up()
    before = len(facts(institute)), all_digests(institute.house.store)

    trial = tried(institute, conference)

    assert [(each.booking_id, each.kept_then, each.kept) for each in trial.cancellations] == [
        (bookings[0], 0, 0),
        (bookings[1], 0, 5_000),
        (bookings[2], 0, 5_000),
        (bookings[3], 10_000, 10_000),
    ]
    sums = trial.sums
    assert (sums.credited_net, sums.kept_then_net) == (30_000_00, 6_000_00)
    assert (sums.credit_net, sums.kept_net) == (21_000_00, 15_000_00)
    assert (sums.more_kept_net, sums.more_kept) == (9_000_00, 11_250_00)
    assert [each.more_kept for each in trial.cancellations] == [0, 3_750_00, 7_500_00, 0]
    institute.catch_up()
    assert (len(facts(institute)), all_digests(institute.house.store)) == before


def test_a_fee_outside_vat_keeps_the_gross_share_without_tax(institute: Institute) -> None:
    conference, _, _ = four_cancelled(institute)
    institute.catch_up()
    sums = tried(institute, conference, outside=True).sums
    assert (sums.more_kept_net, sums.more_kept) == (7_500_00 // 2 + 15_000_00 // 2, 11_250_00)


def test_the_terms_as_they_were_change_nothing(institute: Institute) -> None:
    conference, _, _ = four_cancelled(institute)
    institute.catch_up()
    as_agreed = Tier(date(2027, 1, 3), 0), Tier(None, 10_000)
    trial = institute.services.terms_trials.of(institute.admin, TryTerms(conference, as_agreed))
    assert (trial.sums.more_kept_net, trial.sums.more_kept) == (0, 0)


def test_a_trial_asked_again_with_its_position_is_the_same_for_ever(institute: Institute) -> None:
    conference, _, cancelled = four_cancelled(institute)
    institute.catch_up()
    trial = tried(institute, conference)

    institute.clock.instant = stockholm("2027-01-20 09:00")
    institute.services.settlements.waive(institute.admin, WaiveCancellation(cancelled[3], "Sjukdom"))
    late = book(institute, conference, institute.bolt, institute.person("Eva", institute.bolt))
    cancel(institute, institute.admin, late.booking_id)
    institute.services.seasons.agree_terms(institute.admin, AgreeTerms(conference, (Tier(None, 10_000),)))
    institute.catch_up()

    again = institute.services.terms_trials.of(institute.finance, TryTerms(conference, TIERS, False, trial.position))
    assert again == trial
    now = tried(institute, conference)
    assert len(now.cancellations) == 5
    assert [each.is_waived for each in now.cancellations] == [False, False, False, True, False]
    assert now.sums.credited_net == 36_000_00


def test_what_was_undone_or_only_asked_for_does_not_count(institute: Institute) -> None:
    conference, bookings, cancelled = four_cancelled(institute)
    institute.services.reinstatements.undo(institute.admin, UndoCancellation(cancelled[0]))
    asked = book(institute, conference, institute.acme, institute.person("Eva", institute.acme))
    plea = RequestCancellation(asked.booking_id, plea="Sjukdom")
    institute.services.cancellations.request(institute.admin, plea)
    institute.catch_up()
    assert [each.booking_id for each in tried(institute, conference).cancellations] == bookings[1:]


def test_staff_alone_try_and_only_what_can_be_terms(institute: Institute) -> None:
    conference = institute.conference()
    institute.catch_up()
    trials = institute.services.terms_trials
    with pytest.raises(NotAllowed):
        trials.of(institute.member("Anna", institute.acme), TryTerms(conference, TIERS))
    with pytest.raises(NotFound):
        trials.of(institute.admin, TryTerms(SeasonId(institute.acme), TIERS))
    with pytest.raises(BadValue):
        trials.of(institute.admin, TryTerms(conference, (Tier(date(2026, 12, 1), 0),)))
    assert trials.of(institute.admin, TryTerms(conference, TIERS)).cancellations == ()
