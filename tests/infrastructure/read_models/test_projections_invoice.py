"""Events in, rows out: invoices and credit notes, payments and balances, and the sums of each season."""

from __future__ import annotations

from datetime import date

import pytest

from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentFilter, PaymentRow
from application.billing.queries.season_sums import SeasonSums
from application.booking.cancellation import RequestCancellation
from application.booking.purchase import MakePurchase
from application.people.organisation import AppointContact
from application.programme.goods import OfferGoods
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import InvoiceId
from domain.kernel.vat import VAT_6
from tests.samples import Institute, kronor
from tests.scenarios.story import book, cancel, documents, stockholm, whole


def pay(institute: Institute, document: InvoiceId, amount: int, reference: str) -> None:
    command = RecordPayment(document, amount, reference, date(2026, 9, 1))
    institute.services.invoices.record_payment(institute.finance, command)


def listed(institute: Institute, **asked: object) -> list[tuple[str, int]]:
    page = institute.services.invoice_questions.list(institute.finance, DocumentFilter(**asked))  # type: ignore[arg-type]  # by name
    return [(row.kind, row.number) for row in page.items]


def test_what_is_owed_is_what_was_invoiced_less_credits_and_payments(institute: Institute) -> None:
    season = institute.conference()
    people = [institute.person(name, institute.acme) for name in ("Anna", "Bo", "Carin")]
    made = book(institute, season, institute.acme, *people)
    [invoice] = documents(institute)
    assert (invoice.status, invoice.gross, invoice.balance) == ("open", 22_500_00, 22_500_00)

    cancel(institute, institute.admin, made.booking_id, 1)
    pay(institute, InvoiceId(invoice.document_id), 10_000_00, "bank-1")
    [invoice, note] = documents(institute)
    assert (invoice.status, invoice.credited, invoice.paid, invoice.balance) == ("open", 7_500_00, 10_000_00, 5_000_00)
    assert (note.kind, note.status, note.gross, note.refers_to_id) == (
        "credit_note",
        "credited",
        -7_500_00,
        invoice.document_id,
    )

    pay(institute, InvoiceId(invoice.document_id), 5_000_00, "bank-2")
    [invoice, note] = documents(institute)
    assert (invoice.status, invoice.balance) == ("paid", 0)
    view = whole(institute, invoice)
    assert view.payments == (
        PaymentRow(10_000_00, "bank-1", date(2026, 9, 1)),
        PaymentRow(5_000_00, "bank-2", date(2026, 9, 1)),
    )
    assert view.credit_notes == (note,)


def test_a_document_reads_whole(institute: Institute) -> None:
    """S49."""
    season = institute.conference()
    book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    [row] = documents(institute)

    view = whole(institute, row)

    assert (view.seller.name, view.seller.bankgiro) == ("Institutet", "991-2346")
    assert (row.buyer, view.buyer_address, view.buyer_org_number, view.buyer_vat_number) == (
        "Acme AB",
        "Storgatan 1, 111 22 Stockholm",
        "5569990004",
        "SE556999000401",
    )
    assert (row.number, row.issued_on, row.due_on, row.season) == (
        1,
        date(2026, 9, 1),
        date(2026, 10, 1),
        "Lära och förändra tillsammans",
    )
    assert [each.on for each in view.supply] == ["2027-02-03", "2027-02-04"]
    assert [(each.quantity, each.net.amount, each.vat.amount) for each in view.lines] == [(1, 6_000_00, 1_500_00)]
    assert [(each.basis_points, each.net, each.vat) for each in view.rates] == [(2_500, 6_000_00, 1_500_00)]


def test_documents_are_listed_by_what_is_asked(institute: Institute) -> None:
    conference, cluster = institute.conference(), institute.cluster()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    book(institute, cluster, institute.bolt, None, None)
    institute.catch_up()
    institute.clock.instant = stockholm("2026-11-15 09:00")
    cancel(institute, institute.admin, made.booking_id)
    institute.catch_up()

    assert listed(institute) == [("credit_note", 1), ("invoice", 2), ("invoice", 1)]
    assert listed(institute, kind="invoice") == [("invoice", 2), ("invoice", 1)]
    assert listed(institute, season_id=conference) == [("credit_note", 1), ("invoice", 1)]
    assert listed(institute, organisation_id=institute.bolt) == [("invoice", 2)]
    assert listed(institute, number=2) == [("invoice", 2)]
    assert listed(institute, issued_from=date(2026, 11, 1)) == [("credit_note", 1)]
    assert listed(institute, issued_until=date(2026, 10, 31)) == [("invoice", 2), ("invoice", 1)]
    assert listed(institute, status="open") == listed(institute, status="overdue") == [("invoice", 2)]
    assert listed(institute, status="credited") == [("credit_note", 1), ("invoice", 1)]
    assert listed(institute, status="paid") == []
    for wrong in ({"status": "lost"}, {"kind": "receipt"}):
        with pytest.raises(BadValue):
            listed(institute, **wrong)


def test_an_invoice_is_overdue_from_the_day_after_its_last_day(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, institute.person("Anna", institute.acme))
    [row] = documents(institute)
    assert row.due_on == date(2026, 10, 1)

    institute.clock.instant = stockholm("2026-10-01 23:59")
    assert listed(institute, status="overdue") == []
    institute.clock.instant = stockholm("2026-10-02 00:00")
    assert listed(institute, status="overdue") == [("invoice", 1)]


def test_pages_of_documents_follow_each_other(institute: Institute) -> None:
    season = institute.conference()
    for no in range(5):
        book(institute, season, institute.acme, institute.person(f"Person{no}", institute.acme))
    institute.catch_up()
    questions, seen, cursor = institute.services.invoice_questions, [], None
    for _ in range(3):
        page = questions.list(institute.finance, DocumentFilter(), after=cursor, limit=2)
        seen += [row.number for row in page.items]
        cursor = page.next_cursor

    assert (seen, cursor) == ([5, 4, 3, 2, 1], None)


def test_the_sums_of_a_season_are_those_of_its_documents(institute: Institute) -> None:
    """S04 in small."""
    conference, cluster = institute.conference(), institute.cluster()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))
    institute.services.cancellations.request(institute.admin, RequestCancellation(made.booking_id))
    bolts = documents(institute)[1]
    pay(institute, InvoiceId(bolts.document_id), 15_000_00, "bank-1")
    institute.catch_up()

    questions = institute.services.invoice_questions
    sums = {row.season_id: row for row in questions.sums(institute.finance)}
    assert [questions.sums_of(institute.finance, season_id) for season_id in sums] == list(sums.values())
    assert [each.season_id for each in questions.seasons(institute.finance)] == list(sums)

    title = "Lära och förändra tillsammans"
    assert sums[conference] == SeasonSums(
        conference, title, title, 3, 12_000_00, 3_000_00, 15_000_00, 7_500_00, 15_000_00, 1
    )
    assert (sums[cluster].documents, sums[cluster].gross, sums[cluster].seats_taken) == (0, 0, 0)


def test_a_payer_and_a_contact_see_their_own_documents_alone(institute: Institute) -> None:
    season = institute.conference()
    private, contact, other = institute.member("Åsa"), institute.member("Bo", institute.acme), institute.member("Cilla")
    book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    goods = institute.services.goods.offer(institute.admin, OfferGoods("Boken", kronor(125), kronor(49), VAT_6)).answer
    institute.services.purchases.make(private, MakePurchase(goods.goods_id, 1, "Gatan 1"))
    assert contact.person_id is not None
    appointed = AppointContact(institute.acme, contact.person_id)
    institute.services.organisations.appoint_contact(institute.admin, appointed)
    acmes, books = documents(institute)
    questions = institute.services.invoice_questions

    theirs = [[row.number for row in questions.list(who, DocumentFilter()).items] for who in (private, contact, other)]

    assert theirs == [[books.number], [acmes.number], []]
    assert questions.one(private, books.document_id).row.buyer == "Åsa"
    for who, document in ((private, acmes), (contact, books), (other, acmes)):
        with pytest.raises(NotFound):
            questions.one(who, document.document_id)
