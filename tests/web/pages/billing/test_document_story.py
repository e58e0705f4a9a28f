"""Why a document says what it says: each line leads to what made it, in either language (S74)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from application.billing.crediting import CreditInvoice
from application.booking.agreement import GoodsBeside
from application.booking.booking import MakeBooking
from application.booking.reinstatement import UndoCancellation
from application.booking.transfer import AcceptTransfer
from application.booking.transfer_proposal import DifferencePaidBy, ProposeTransfer
from application.payments.interest import ClaimInterest
from application.payments.payment_rules import AgreePaymentRules
from application.people.participant import Participant
from application.programme.price import AgreeTerms
from domain.kernel.ids import BookingId, InvoiceId, invoice_of
from domain.kernel.terms import Tier
from tests.samples import Institute
from tests.scenarios.paper_trail import buy, close_the_month, collective
from tests.scenarios.story import book, cancel, documents, stockholm
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def test_every_line_says_by_which_booking_price_membership_and_tax_it_stands(acted: Stage) -> None:
    """S74 of S08: a seat at 6 000 and a book, each line with its own VAT; and what each leads to."""
    made = acted.institute
    goods = made.services.goods_questions.goods(made.organiser)[0].goods_id
    beside = GoodsBeside(goods, 1, "Storgatan 1\n111 22 Stockholm")
    command = MakeBooking(made.conference(), (Participant(acted.anna),), made.acme, "Ref 1", goods=beside)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.catch_up()
    [row] = documents(made, "invoice")
    at = f"/{SLUG}/invoices/{row.document_id}"

    swedish = acted.browser("finance").open(at)
    assert swedish.says(
        "Bokad tisdag 1 september 2026 kl. 10.00, 1 plats.",
        "Acme AB är medlem till och med 31 december 2027. Prislista 1, som gällde 1 september 2026.",
        "Moms 25 % på 6 000,00 är 1 500,00, avrundad till hela ören på raden.",
        "Moms 6 % på 117,92 är 7,08, avrundad till hela ören på raden.",
        "Köpt tisdag 1 september 2026 kl. 10.00.",
    )
    assert f"/{SLUG}/bookings/{booking}" in swedish.elements.links
    assert (
        acted.browser("finance", "en")
        .open(at)
        .says(
            "Booked Tuesday 1 September 2026 at 10:00, 1 seat.",
            "Acme AB is a member until 31 December 2027. Price list 1, in force on 1 September 2026.",
            "VAT 6% on 117.92 is 7.08, rounded to whole öre on the line.",
        )
    )


def test_a_credit_note_leads_to_the_cancellation_and_its_deadline_by_both_clocks(acted: Stage) -> None:
    """S74 of S24: the last millisecond in which it was free, in local time and in UTC."""
    made = acted.institute
    command = MakeBooking(made.conference(), (Participant(acted.anna),), made.acme, "Ref 1")
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.clock.instant = stockholm("2027-01-02 23:59:59.999")
    cancel(made, made.admin, booking)
    made.catch_up()
    [note] = documents(made, "credit_note")

    page = acted.browser("finance").open(f"/{SLUG}/invoices/{note.document_id}")

    assert page.says(
        "Avbokningen kom in lördag 2 januari 2027 kl. 23.59 (2027-01-02 22:59 UTC).",
        "Villkoren säger: ingen kostnad, eftersom begäran kom före söndag 3 januari 2027 kl. 00.00.",
        "Moms 25 % på \N{MINUS SIGN}6 000,00 är \N{MINUS SIGN}1 500,00, avrundad till hela ören på raden.",
    )
    assert f"/{SLUG}/bookings/{booking}" in page.elements.links


def test_every_line_of_every_kind_of_document_says_what_made_it(acted: Stage) -> None:
    """Seats, goods with postage, a fee kept, a seat that came back, a difference, a reminder, interest, a month."""
    made = acted.institute
    sold_every_way(made)
    said: dict[str, set[str]] = {}
    finance = acted.browser("finance")
    for row in documents(made):
        page = finance.open(f"/{SLUG}/invoices/{row.document_id}").html
        why = page.partition('<section aria-labelledby="why">')[2].partition("</section>")[0]
        for line in why.split("<details>")[1:]:
            words = re.findall(r"<p>([^<]+)</p>", line)
            assert len(words) > 1, line
            said.setdefault(row.kind, set()).update(words)
    for kind, sentence in [
        ("invoice", "Köpt onsdag 2 september 2026"),
        ("invoice", "En avbokning är ångrad"),
        ("invoice", "Platsen är överlåten, och priset"),
        ("invoice", "Avgift för en påminnelse"),
        ("invoice", "Ränta på det som var obetalt"),
        ("invoice", "Avgift för en avbokning"),
        ("credit_note", "Avgift för en avbokning"),
        ("credit_note", "Villkoren säger: 50 %"),
        ("credit_note", "Skäl: Fel bok."),
    ]:
        assert any(sentence in each.replace("\N{NO-BREAK SPACE}", " ") for each in said[kind]), (sentence, said[kind])


def sold_every_way(made: Institute) -> None:
    """Everything that ever becomes a line of an invoice or of a credit note."""
    made.at(2026, 9, 2)
    made.services.payment_rules.agree(made.finance, AgreePaymentRules(reminder_fee=60_00))
    half = AgreeTerms(made.conference(), (Tier(None, 5_000),), fee_outside_vat=True)
    made.services.seasons.agree_terms(made.admin, half)
    bookings = [
        book(made, half.season_id, made.acme, made.person(name, made.acme)).booking_id for name in ("Bo", "Ida")
    ]
    cancel(made, made.admin, bookings[0])
    undone = cancel(made, made.admin, bookings[1])
    made.services.reinstatements.undo(made.admin, UndoCancellation(undone.cancellation_id))
    _handed_over_for_more(made, book(made, half.season_id, made.acme, made.person("Eva", made.acme)).booking_id)
    bought = buy(made, made.bolt, 2, postage=45).purchase_id
    made.catch_up()
    made.services.crediting.credit(made.finance, CreditInvoice(invoice_of(bought), "Fel bok"))
    owed = documents(made, "invoice")[0]
    collective(made, made.delta)
    cancel(made, made.admin, book(made, half.season_id, made.delta, None).booking_id)
    close_the_month(made)
    made.at(2026, 11, 20)
    made.catch_up()
    made.house.worker.jobs.finish()
    made.catch_up()
    made.services.interests.claim(made.finance, ClaimInterest(InvoiceId(owed.document_id)))


def _handed_over_for_more(made: Institute, booking: BookingId) -> None:
    """To somebody at an organisation that is no member."""
    to = Participant(made.person("Cecilia", made.bolt))
    asked = ProposeTransfer(booking, 1, to, "Byter arbete", paid_by=DifferencePaidBy.PAYER)
    transfer = made.services.transfers.propose(made.admin, asked).answer.transfer_id
    made.services.transfers.accept(made.admin, AcceptTransfer(transfer))
