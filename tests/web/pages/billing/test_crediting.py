"""Crediting by hand on the pages: finance sees the credit note before it is there, and one click is one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.people.participant import Participant
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage

MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


@pytest.fixture
def invoice(acted: Stage) -> str:
    """The address of an invoice of 2 × 6 000 kr and 25 % VAT."""
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna), Participant()), made.acme, "PO 4711")
    made.services.bookings.make(made.acting(acted.anna), command)
    made.catch_up()
    document = made.services.invoice_questions.list(made.finance, DocumentFilter()).items[0].document_id
    return f"/{SLUG}/invoices/{document}"


def numbers(acted: Stage) -> list[tuple[str, int, int]]:
    made = acted.institute
    made.catch_up()
    found = made.services.invoice_questions.list(made.finance, DocumentFilter()).items
    return [(each.kind, each.number, each.gross) for each in found]


def credit(finance: Browser, page: Page, **typed: str) -> Page:
    return finance.send(page, "reason", **{"do": "credit", "reason": "Prisavdrag", **typed})


def test_the_whole_invoice_is_shown_before_it_is_credited(acted: Stage, invoice: str) -> None:
    finance = acted.browser("finance")
    page = finance.open(f"{invoice}/credit")
    assert page.says(
        "Kreditera faktura 1",
        "Moms 25 % på \N{MINUS SIGN}12 000,00",
        f"{MINUS}15 000,00",
        "Kreditera 15 000 kr inkl. moms",
    )
    credited = credit(finance, page)
    assert credited.says("Kreditfakturan är utställd.", "Kreditfaktura 1", "Prisavdrag", "Faktura 1")
    assert finance.open(f"{invoice}/credit").says("Hela fakturan är krediterad.")
    assert finance.open(invoice).says("krediterad")


def test_a_part_of_a_line_is_credited_and_never_more_than_is_left(acted: Stage, invoice: str) -> None:
    finance = acted.browser("finance")
    page = finance.open(f"{invoice}/credit")
    shown = finance.send(page, "reason", do="sum", what="parts", **{"line-1": "1 000,50"})
    assert shown.status == 200 and shown.says(
        f"{MINUS}1 000,50", f"{MINUS}250,13", "Kreditera 1 250,63 kr", "13 749,37 kr"
    )
    assert credit(finance, shown, what="parts").says("Kreditfaktura 1", "1 250,63")
    too_much = finance.send(page, "reason", do="sum", what="parts", **{"line-1": "11 000"})
    assert too_much.says("högst 10 999,50 exkl. moms kvar") and "Kreditera 1" not in too_much.words
    assert credit(finance, page, what="parts", **{"line-1": "11 000", "shown": ""}).status == 409
    rest = credit(finance, finance.open(f"{invoice}/credit"))
    assert rest.says("Kreditfaktura 2", f"{MINUS}13 749,37")
    assert sum(gross for *_, gross in numbers(acted)) == 0


def test_the_same_click_twice_is_one_credit_note(acted: Stage, invoice: str) -> None:
    finance = acted.browser("finance")
    page = finance.send(finance.open(f"{invoice}/credit"), "reason", do="sum", what="parts", **{"line-1": "100"})
    first, second = credit(finance, page, what="parts"), credit(finance, page, what="parts")
    assert first.address == second.address
    assert numbers(acted) == [("credit_note", 1, -12_500), ("invoice", 1, 1_500_000)]


def test_what_was_shown_is_what_is_credited_or_it_stops(acted: Stage, invoice: str) -> None:
    finance = acted.browser("finance")
    seen = finance.open(f"{invoice}/credit")
    credit(finance, finance.send(seen, "reason", do="sum", what="parts", **{"line-1": "100"}), what="parts")
    stopped = credit(finance, seen, key="another")
    assert stopped.status == 409 and stopped.says("Något har krediterats sedan du öppnade sidan", "14 875")
    assert len(numbers(acted)) == 2


def test_a_paid_invoice_that_is_credited_says_what_is_to_be_paid_back(acted: Stage, invoice: str) -> None:
    finance = acted.browser("finance")
    finance.send(finance.open(invoice), "amount", amount="15 000", reference="BG 1", received_on="2026-09-01")
    assert finance.open(f"{invoice}/credit").says("Att betala tillbaka 15 000 kr", "Kvar att betala efteråt 0 kr")


def test_a_reason_is_asked_for_and_only_finance_credits(acted: Stage, invoice: str) -> None:
    finance = acted.browser("finance")
    page = finance.open(f"{invoice}/credit")
    refused = credit(finance, page, reason="")
    assert refused.status == 422 and 'id="reason-problem"' in refused.html
    for who in ("anna", "admin"):
        assert acted.browser(who).open(f"{invoice}/credit").status == 403


def test_whoever_booked_sees_what_is_to_be_paid_back(acted: Stage, invoice: str) -> None:
    finance, anna = acted.browser("finance"), acted.browser("anna")
    finance.send(finance.open(invoice), "amount", amount="15 000", reference="BG 1", received_on="2026-09-01")
    credit(
        finance,
        finance.send(finance.open(f"{invoice}/credit"), "reason", do="sum", what="parts", **{"line-1": "100"}),
        what="parts",
    )
    acted.institute.catch_up()
    mine = anna.open(f"/{SLUG}/bookings").elements.links
    [booking] = {each for each in mine if each.startswith(f"/{SLUG}/bookings/") and "/seats/" not in each}
    assert anna.open(booking).says("Faktura 1 · betald", "125 kr att betala tillbaka")
