"""What comes back is told to whom it belongs, and as it is: nothing comes back of what nobody has paid."""

from __future__ import annotations

from datetime import date

import pytest

from application.billing.invoice import RecordPayment
from application.booking.booking import BookingMade, MakeBooking
from application.booking.reinstatement import UndoCancellation
from application.notifications.money_back import MoneyBack, parted
from application.programme.season import CallOffSeason
from domain.kernel.ids import InvoiceId, OrganisationId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier, free_before
from domain.kernel.vat import EXEMPT, NO_VAT, VatRate
from domain.programme.price import Price, PriceList
from tests.samples import Institute, conference_prices, full_day
from tests.scenarios.mailed import deliver, mailed_to
from tests.scenarios.story import FREE, cancel, documents, seated

ONE_DAY = (full_day("Dag 1", 2027, 2, 3),)


def season_of(institute: Institute) -> SeasonId:
    return institute.season("Konferensen", 9, conference_prices(), free_before(date(2027, 1, 3)), meetings=ONE_DAY)


def booked(institute: Institute, season: SeasonId, payer: OrganisationId | None = None) -> BookingMade:
    anna = institute.member("Anna", payer)
    return institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id), payer)).answer


def pay(institute: Institute, amount: int) -> None:
    [row] = documents(institute, "invoice")
    paid = RecordPayment(InvoiceId(row.document_id), amount, "BG 1", institute.clock.instant.date())
    institute.services.invoices.record_payment(institute.finance, paid)


def told(institute: Institute, subject: str) -> str:
    [letter] = [each for each in mailed_to(deliver(institute), "anna") if each.subject.startswith(subject)]
    return letter.text


@pytest.mark.parametrize(
    ("credited", "balance", "said"),
    [
        (750_000, 0, MoneyBack(0, 750_000, 0, is_credited=True)),
        (750_000, -750_000, MoneyBack(750_000, 0, 0, is_credited=True)),
        (750_000, -250_000, MoneyBack(250_000, 500_000, 0, is_credited=True)),
        (262_500, 487_500, MoneyBack(0, 262_500, 487_500, is_credited=True)),
        (750_000, -900_000, MoneyBack(750_000, 0, 0, is_credited=True)),
    ],
)
def test_only_what_was_paid_too_much_comes_back(credited: int, balance: int, said: MoneyBack) -> None:
    assert parted(credited, balance) == said


def test_what_was_not_paid_need_not_be_paid(institute: Institute) -> None:
    booking = booked(institute, season_of(institute))
    deliver(institute)
    cancel(institute, institute.admin, booking.booking_id)
    text = told(institute, "Avbokat")
    assert "Du slipper betala 15 000 kr inkl. moms." in text and "får tillbaka" not in text


def test_what_was_paid_comes_back(institute: Institute) -> None:
    booking = booked(institute, season_of(institute))
    pay(institute, 15_000_00)
    deliver(institute)
    cancel(institute, institute.admin, booking.booking_id)
    text = told(institute, "Avbokat")
    assert "Du får tillbaka 15 000 kr inkl. moms." in text and "slipper" not in text


def test_the_money_of_an_organisation_is_not_called_the_readers(institute: Institute) -> None:
    booking = booked(institute, season_of(institute), institute.acme)
    pay(institute, 5_000_00)
    deliver(institute)
    cancel(institute, institute.admin, booking.booking_id)
    text = told(institute, "Avbokat")
    assert "Acme AB får tillbaka 5 000 kr inkl. moms." in text
    assert "Acme AB slipper betala 2 500 kr inkl. moms." in text
    assert "Du får" not in text and "Du slipper" not in text


def test_what_was_free_is_said_to_be(institute: Institute) -> None:
    season = institute.season("Frukosten", 9, FREE, meetings=ONE_DAY)
    booking = booked(institute, season)
    assert "BETALNING\n\nDet är kostnadsfritt för alla." in told(institute, "Bokat")
    cancel(institute, institute.admin, booking.booking_id)
    text = told(institute, "Avbokat")
    assert "Det fanns inget att betala." in text and "kr" not in text and "villkoren" not in text


def test_who_cancels_too_late_hears_that_it_is_still_to_be_paid(institute: Institute) -> None:
    booking = booked(institute, season_of(institute))
    institute.at(2027, 1, 20)
    deliver(institute)
    cancel(institute, institute.admin, booking.booking_id)
    text = told(institute, "Avbokat")
    assert "ges ingenting tillbaka." in text and "Kvar att betala: 15 000 kr inkl. moms." in text


def test_a_season_called_off_says_what_of_it_was_paid(institute: Institute) -> None:
    season = season_of(institute)
    booked(institute, season)
    pay(institute, 15_000_00)
    deliver(institute)
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få."))
    assert "Du får tillbaka 15 000 kr inkl. moms." in told(institute, "Inställd")


@pytest.mark.parametrize(("rate", "said"), [(EXEMPT, "6 000 kr, momsfritt."), (NO_VAT, "6 000 kr, ingen moms.")])
def test_no_letter_speaks_of_vat_where_there_is_none(institute: Institute, rate: VatRate, said: str) -> None:
    """Booked, cancelled, restored and called off: each says the sum as the pages do."""
    prices = PriceList(0, (Price(Money(6_000_00), vat=rate),))
    season = institute.season("Kursen", 9, prices, free_before(date(2027, 1, 3)), meetings=ONE_DAY)
    booking = booked(institute, season)
    assert said in told(institute, "Bokat")
    given_up = cancel(institute, institute.admin, booking.booking_id)
    cancelled = told(institute, "Avbokat")
    assert f"Du slipper betala {said}" in cancelled and "inkl." not in cancelled
    institute.services.reinstatements.undo(institute.admin, UndoCancellation(given_up.cancellation_id))
    restored = told(institute, "Avbokningen")
    assert f"Du får en ny faktura på {said}" in restored and "inkl." not in restored
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få."))
    called_off = told(institute, "Inställd")
    assert f"Du slipper betala {said}" in called_off and "inkl." not in called_off


def test_a_fee_outside_vat_that_is_left_to_pay_has_none(institute: Institute) -> None:
    terms = Terms(0, (Tier(None, 5_000),), fee_outside_vat=True)
    season = institute.season("Konferensen", 9, conference_prices(), terms, meetings=ONE_DAY)
    booking = booked(institute, season)
    deliver(institute)
    cancel(institute, institute.admin, booking.booking_id)
    text = told(institute, "Avbokat")
    assert "slipper betala" in text and "Kvar att betala: 7 500 kr, ingen moms." in text
