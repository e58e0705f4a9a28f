"""Words and ways on which a first reader would stumble: each page says no more and no less than what is the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from application.billing.invoice import RecordPayment
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.people.participant import TO_BE_NAMED, Participant
from domain.kernel.ids import BookingId, InvoiceId
from domain.kernel.terms import Terms, Tier
from domain.programme.price import Price, PriceList
from tests.samples import kronor
from tests.scenarios.paper_trail import collective
from tests.scenarios.story import documents
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def booked(acted: Stage) -> BookingId:
    """Anna has booked two seats for Acme, 15 000 kronor in all."""
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna), TO_BE_NAMED), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.catch_up()
    return booking


def test_a_half_paid_invoice_is_not_called_unpaid_and_a_credit_note_is_issued(acted: Stage) -> None:
    made, anna = acted.institute, acted.browser("anna")
    booking = booked(acted)
    [invoice] = documents(made, "invoice")
    paid = RecordPayment(InvoiceId(invoice.document_id), 5_000_00, "BG 1", date(2026, 9, 1))
    made.services.invoices.record_payment(made.finance, paid)
    assert anna.open(f"/{SLUG}/bookings/{booking}").says("Faktura 1 · delvis betald")
    assert anna.open(f"/{SLUG}/invoices/{invoice.document_id}").says("delvis betald · 10 000 kr att betala")
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking, (2,)))
    assert acted.browser("finance").open(f"/{SLUG}/invoices").says("7 500,00 0,00 utställd", "2 500,00 delvis betald")
    [note] = documents(made, "credit_note")
    english = acted.browser("anna", "en").open(f"/{SLUG}/invoices/{note.document_id}")
    assert english.says("issued") and "credited" not in english.words


def test_my_page_counts_the_seats_that_are_left_and_speaks_to_me(acted: Stage) -> None:
    made, anna = acted.institute, acted.browser("anna")
    booking = booked(acted)
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking, (2,)))
    mine = anna.open(f"/{SLUG}/me")
    assert mine.says("1 plats", "allt som finns sparat om dig") and "personen" not in mine.words
    assert "Inloggad på" not in mine.words
    assert acted.browser("admin").open(f"/{SLUG}/people/{acted.anna}").says("allt som finns sparat om personen")
    assert anna.open(f"/{SLUG}/sign-ins").says("Här är du inloggad med en nyckel.")


def test_signing_in_offers_no_way_to_itself_and_shares_no_secret_address(acted: Stage) -> None:
    token, stranger = acted.tokens["anna"], acted.browser()
    for address in (
        f"/{SLUG}/sign-in",
        f"/sign-in/{token}",
        f"/{SLUG}/sign-in/{token}",
        f"/{SLUG}/confirm/{UUID(int=1)}/x",
    ):
        page = stranger.open(address)
        assert page.status == 200 and "next=" not in page.html and "og:url" not in page.html, address
    season = stranger.open(f"/{SLUG}/seasons/{acted.conference}?for=x")
    assert f'<meta property="og:url" content="http://localhost/{SLUG}/seasons/{acted.conference}">' in season.html
    assert (
        f"/{SLUG}/sign-in?next=/{SLUG}/seasons/{acted.network}"
        in stranger.open(f"/{SLUG}/seasons/{acted.network}").html
    )


def test_an_address_that_was_never_made_cannot_be_stopped(acted: Stage) -> None:
    anna = acted.browser("anna")
    before = anna.open(f"/{SLUG}/calendar")
    assert before.says("Skapa en hemlig adress") and "Sluta dela" not in before.words
    assert anna.press(before, "/calendar").says("Sluta dela min kalender")
    shared = anna.open(f"/{SLUG}/calendar")
    stopping = next(form for form in shared.elements.forms if "/calendar" in form["action"][0])
    after = anna._post(shared, stopping, {"do": "stop"})
    assert after.says("Ingen adress till din kalender fungerar längre.") and "Sluta dela" not in after.words


def test_a_free_season_speaks_of_no_prices(acted: Stage) -> None:
    made = acted.institute
    free = made.season("Öppet hus", 20, PriceList(0, (Price(kronor(0)),)), Terms(1, (Tier(None, 0),)))
    made.catch_up()
    page = acted.browser().open(f"/{SLUG}/seasons/{free}")
    assert page.says("slipper du fylla i dina uppgifter", "Du får ett mejl med en länk att bekräfta med.")
    assert "medlemspris" not in page.words and "dina priser" not in page.words


def test_a_booking_says_when_its_invoice_waits_for_the_end_of_the_month(acted: Stage) -> None:
    collective(acted.institute, acted.institute.acme)
    booking, anna = booked(acted), acted.browser("anna")
    assert anna.open(f"/{SLUG}/bookings/{booking}").says("Kommer på organisationens samlingsfaktura")
    just_made = anna.open(f"/{SLUG}/bookings/{booking}?done=booked")
    assert just_made.says("Kommer på organisationens samlingsfaktura") and "ställs ut till" not in just_made.words
