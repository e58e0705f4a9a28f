"""An invoice is paid by card on pages: on to the card company, back, its notice comes, and the invoice is paid."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from application.booking.booking import MakeBooking
from application.kernel.actor import Role
from tests.scenarios.cards import Cards, cards, signed_now
from tests.scenarios.story import documents, seated
from tests.web.page import Page
from web.api.payments.card_notices import ADDRESS
from web.app import create_app


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


def test_a_member_pays_an_invoice_by_card(shop: Cards) -> None:
    """Only this page may send its form to the card company; the notice is signed over the raw body."""
    made = shop.institute
    anna = made.person("Anna")
    command = MakeBooking(made.conference(), seated(anna))
    made.services.bookings.make(made.acting(anna), command)
    [row] = documents(made, "invoice")
    client = create_app(made.services).test_client()
    token = made.services.tokens.make("anna", made.organiser, frozenset({Role.MEMBER}), anna)
    client.set_cookie("plats_token", token)

    page = Page(client.get(f"/institutet/invoices/{row.document_id}/card"))
    company = shop.settings["PLATS_STRIPE_URL"]
    assert f"form-action 'self' {company};" in page.headers["Content-Security-Policy"]
    form = page.form("key")
    sent = client.post(page.address, data={name: value[0] for name, value in form.items()})
    assert sent.status_code == 303
    assert sent.headers["Location"].startswith(f"{company}/pay/")

    paid = requests.post(sent.headers["Location"], data={"do": "pay"}, allow_redirects=False, timeout=60)
    assert paid.headers["Location"].endswith(f"/institutet/invoices/{row.document_id}?done=card")
    stranger = create_app(made.services).test_client()
    for told in list(shop.company.notices):
        body, signature = signed_now(shop.company, told)
        assert stranger.post(ADDRESS, data=body, headers={"Stripe-Signature": signature}).status_code == 200
    shop.settle()

    assert documents(made, "invoice")[0].balance == 0
    again = Page(client.get(f"/institutet/invoices/{row.document_id}/card"))
    assert "Det finns inget kvar att betala." in again.words


def test_the_page_of_a_booking_leads_to_paying_its_invoice_by_card(shop: Cards) -> None:
    made = shop.institute
    anna = made.person("Anna")
    booking = made.services.bookings.make(made.acting(anna), MakeBooking(made.conference(), seated(anna))).answer
    [row] = documents(made, "invoice")
    client = create_app(made.services).test_client()
    token = made.services.tokens.make("anna", made.organiser, frozenset({Role.MEMBER}), anna)
    client.set_cookie("plats_token", token)

    page = Page(client.get(f"/institutet/bookings/{booking.booking_id}"))
    assert page.status == 200
    [way] = [each for each in page.elements.links if each.endswith("/card")]
    assert str(row.document_id) in way
    assert (
        f"form-action 'self' {shop.settings['PLATS_STRIPE_URL']};" in client.get(way).headers["Content-Security-Policy"]
    )

    back = Page(client.get(f"/institutet/invoices/{row.document_id}?done=card"))
    assert back.says("Tack. Betalningen syns på fakturan") and "med kort" not in back.words, "nobody pays twice"
