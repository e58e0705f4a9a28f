"""A whole season is called off on the pages: the sum is shown first, and it is the sum that is credited (S32)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.billing.crediting import CreditInvoice, PartOfLine
from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.waiting_list import JoinWaitingList
from application.people.participant import Participant
from domain.kernel.ids import InvoiceId
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def filled(acted: Stage) -> None:
    """Two seats for a member, one for who pays the full price, one given back by half; and one who waits."""
    made = acted.institute
    anna, karla = made.acting(acted.anna), made.member("Karla", made.bolt)
    first = MakeBooking(acted.conference, (Participant(acted.anna), Participant()), made.acme)
    booking = made.services.bookings.make(anna, first).answer.booking_id
    made.at(2026, 12, 10)
    made.services.cancellations.request(anna, RequestCancellation(booking, (2,)))
    for guest in ("Gusten", "Gun"):
        person = made.member(guest)
        made.services.bookings.make(person, MakeBooking(acted.conference, (Participant(person.person_id),)))
    made.services.waiting_lists.join(karla, JoinWaitingList(acted.conference, 1))


def test_the_sum_that_was_shown_is_what_is_credited(acted: Stage) -> None:
    filled(acted)
    made, admin = acted.institute, acted.browser("admin")
    desk = admin.open(f"/{SLUG}/seasons/{acted.conference}/run")
    page = admin.open(next(each for each in desk.elements.links if each.endswith("/call-off")))
    assert page.says(
        "3 bokningar avslutas, 3 platser",
        "37 500 kr inkl. moms",
        "1 väntar",
        "Ställ in säsongen · 37 500 kr krediteras",
    )
    silent = admin.send(page, "reason", reason="")
    assert silent.status == 422 and 'id="reason-problem"' in silent.html
    done = admin.send(silent, "reason", reason="Föreläsaren har fått förhinder.")
    told = "Säsongen är inställd. Föreläsaren har fått förhinder."
    assert done.says("Bokningarna avslutas och krediteras nu", told)
    notes = made.services.invoice_questions.list(made.finance, DocumentFilter(kind="credit_note")).items
    assert sum(note.gross for note in notes) == -3_750_00 - 37_500_00
    assert (
        acted.browser("anna")
        .open(f"/{SLUG}/seasons/{acted.conference}")
        .says(told, "inställd (var onsdag 3 februari 2027 kl. 09.00)")
    )
    assert "Ställ in säsongen" not in admin.open(f"/{SLUG}/seasons/{acted.conference}/run").words
    again = admin.open(page.address)
    assert again.says("Säsongen är inställd.") and "shown" not in again.html


def test_a_sum_that_has_changed_stops_it(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    page = admin.open(f"/{SLUG}/seasons/{acted.conference}/call-off")
    assert page.says("Ingen har bokat", "Ställ in säsongen · inget krediteras")
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme)
    made.services.bookings.make(made.acting(acted.anna), command)
    made.catch_up()
    stopped = admin.send(page, "reason", reason="Få anmälda.")
    assert stopped.status == 409
    assert stopped.says("Det har ändrats sedan sidan visades", "Ställ in säsongen · 7 500 kr krediteras")
    [invoice] = made.services.invoice_questions.list(made.finance, DocumentFilter(kind="invoice")).items
    back = CreditInvoice(InvoiceId(invoice.document_id), "Rabatt", (PartOfLine(1, 1_000_00),))
    made.services.crediting.credit(made.finance, back)
    made.catch_up()
    stopped = admin.send(stopped, "reason")
    assert stopped.says("så säsongen är inte inställd", "Ställ in säsongen · 6 250 kr krediteras")
    assert admin.send(stopped, "reason").says("Säsongen är inställd. Få anmälda.")


def test_only_admins_call_off(acted: Stage) -> None:
    for who in ("anna", "finance"):
        browser = acted.browser(who)
        address = f"/{SLUG}/seasons/{acted.conference}/call-off"
        assert browser.open(address).status == 403
        token = browser.open(f"/{SLUG}").form("form_token")["form_token"][0]
        answer = browser.client.post(address, data={"form_token": token, "reason": "x", "shown": "0"})
        assert answer.status_code == 403
    assert acted.browser().open(f"/{SLUG}/seasons/{acted.conference}/call-off").says("Logga in")
