"""Reminders by rule: on the third and thirteenth day, once each, never of what is disputed or credited."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentRow
from application.booking.booking import MakeBooking
from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext, UnitOfWork
from application.payments.account_entry import PaymentRef
from application.payments.payment_rules import AgreePaymentRules
from application.payments.queries.receivable import LateRow
from application.payments.receivable import ForwardToCollection, WriteOff
from application.payments.reminder import is_to_hand_over
from application.people.organisation import AppointContact
from domain.billing.demand import InvoiceSettled, ReminderSent
from domain.billing.dispute import open_dispute
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import receive
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, InvoiceId
from domain.kernel.money import Means, Money
from domain.kernel.terms import free_before
from domain.programme.price import Price, PriceList
from tests.samples import Institute, kronor
from tests.scenarios.e_invoice_rules import broken_rules, texts
from tests.scenarios.paper_trail import close_the_month, collective, e_invoice
from tests.scenarios.story import book, cancel, documents, seated, stockholm


def late(institute: Institute, name: str = "Anna", *, agreed: bool = True) -> DocumentRow:
    """An invoice that is due on 2027-02-15."""
    if agreed:
        institute.services.payment_rules.agree(institute.finance, AgreePaymentRules())
    institute.clock.instant = stockholm("2027-01-16 09:00")
    anna = institute.member(name, institute.bolt)
    season = institute.season("Vår", 10, one_price(), free_before(date(2027, 2, 1)))
    institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id)))
    row = documents(institute, "invoice")[-1]
    assert row.due_on == date(2027, 2, 15)
    return row


def one_price() -> PriceList:
    return PriceList(0, (Price(kronor(12_000)),))


def on(institute: Institute, day: str) -> None:
    """The worker's day."""
    institute.clock.instant = stockholm(f"{day} 06:00")
    for _ in range(2):
        institute.catch_up()
        institute.house.worker.jobs.finish()
    institute.catch_up()


def lates(institute: Institute) -> list[LateRow]:
    today = institute.clock.now().date()
    return list(institute.services.payment_questions.late(institute.finance, today))


def reminders(institute: Institute) -> int:
    return sum(letter.kind == "reminder" for letter in institute.services.letters.list(institute.admin))


def forward(institute: Institute, invoice_id: UUID) -> None:
    command = ForwardToCollection(InvoiceId(invoice_id))
    institute.services.receivables.forward_to_collection(institute.finance, command)


def test_reminders_follow_the_rule_and_then_the_list(institute: Institute) -> None:
    """S55: due 2027-02-15: reminded on the 18th and the 28th, then on the list to hand over."""
    late(institute)
    told = {}
    for day in ("2027-02-17", "2027-02-18", "2027-02-19", "2027-02-27", "2027-02-28", "2027-03-05"):
        on(institute, day)
        told[day[5:]] = (lates(institute)[0].reminded, reminders(institute))
    assert list(told.values()) == [(0, 0), (1, 1), (1, 1), (1, 1), (2, 2), (2, 2)]

    days = institute.services.payment_rules.current(institute.finance).reminder_days
    assert not is_to_hand_over(lates(institute)[0], days, date(2027, 3, 9))
    assert is_to_hand_over(lates(institute)[0], days, date(2027, 3, 10))
    [row] = lates(institute)
    institute.services.receivables.forward_to_collection(
        institute.finance, ForwardToCollection(InvoiceId(row.invoice_id))
    )
    on(institute, "2027-04-20")
    assert (lates(institute)[0].handed_over_on, reminders(institute)) == (date(2027, 3, 5), 2)
    with pytest.raises(ReminderSent):
        institute.services.receivables.forward_to_collection(
            institute.finance, ForwardToCollection(InvoiceId(row.invoice_id))
        )


def test_a_worker_that_was_away_sends_one_at_a_time(institute: Institute) -> None:
    late(institute)
    on(institute, "2027-03-20")
    on(institute, "2027-03-21")
    assert lates(institute)[0].reminded == 1
    on(institute, "2027-03-30")
    assert lates(institute)[0].reminded == 2


def test_what_is_paid_or_credited_is_not_reminded_of(institute: Institute) -> None:
    """S55: a credited invoice gets none."""
    first, second = late(institute), late(institute, "Bo")
    cancel(institute, institute.admin, BookingId(first.source_id))
    paid = RecordPayment(InvoiceId(second.document_id), second.gross, "BG 1", date(2027, 1, 16))
    institute.services.invoices.record_payment(institute.finance, paid)
    on(institute, "2027-02-18")
    assert (lates(institute), reminders(institute)) == ([], 0)


def test_a_disputed_invoice_is_not_reminded_of(institute: Institute) -> None:
    """S55: part of it was paid by card and is disputed: no reminder of the rest until that has been decided."""
    row = late(institute)

    def dispute(work: UnitOfWork) -> PaymentRef:
        invoice = work.load(Invoice, row.document_id)
        receive(invoice, Money(100), "card", date(2027, 2, 1), Means.CARD)
        open_dispute(invoice, "dp_1", Money(100), date(2027, 2, 2))
        return PaymentRef(invoice.id, 0)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), PaymentRef, dispute)
    on(institute, "2027-02-18")
    assert (lates(institute)[0].is_disputed, reminders(institute)) == (True, 0)


def test_a_fee_comes_only_where_the_invoice_said_so_once_and_on_a_document_of_its_own(institute: Institute) -> None:
    """S55, lag 1981:739: 60 kr outside the scope of VAT, with the first reminder; its own reminder costs nothing."""
    institute.services.payment_rules.agree(institute.finance, AgreePaymentRules(reminder_fee=60_00))
    row = late(institute, agreed=False)
    on(institute, "2027-02-18")

    fee = documents(institute, "invoice")[-1]
    assert (fee.number, fee.net, fee.vat, fee.gross) == (row.number + 1, 60_00, 0, 60_00)
    assert documents(institute, "invoice")[-2].gross == row.gross
    on(institute, "2027-03-23")
    assert [each.number for each in documents(institute, "invoice")] == [row.number, fee.number]
    assert {each.number: each.reminded for each in lates(institute)} == {row.number: 2, fee.number: 1}


def test_a_fee_that_was_agreed_after_the_invoice_is_not_asked(institute: Institute) -> None:
    """2 §: agreed no later than when the debt arose."""
    row = late(institute)
    institute.services.payment_rules.agree(institute.finance, AgreePaymentRules(reminder_fee=60_00))
    on(institute, "2027-03-23")
    assert [each.number for each in documents(institute, "invoice")] == [row.number]
    assert lates(institute)[0].reminded == 1


@pytest.mark.parametrize("fee", [60_01, 600_00])
def test_a_reminder_costs_no_more_than_the_law_lets_it(institute: Institute, fee: int) -> None:
    with pytest.raises(BadValue) as refused:
        institute.services.payment_rules.agree(institute.finance, AgreePaymentRules(reminder_fee=fee))
    assert refused.value.facts["field"] == "reminder_fee"


def test_what_is_given_up_is_written_off_with_a_reason(institute: Institute) -> None:
    row = late(institute)
    command = WriteOff(InvoiceId(row.document_id), "Konkurs")
    institute.services.receivables.write_off(institute.finance, command, "click")
    institute.services.receivables.write_off(institute.finance, command, "click")
    institute.catch_up()
    told = institute.services.payment_questions.demand(row.document_id)
    assert told is not None
    assert (told.written_off, told.reason, documents(institute, "invoice")[-1].balance) == (row.gross, "Konkurs", 0)
    with pytest.raises(InvoiceSettled):
        institute.services.receivables.write_off(institute.finance, command)


@pytest.mark.parametrize("days", [(13, 3), (0,), (1, 2, 3, 4, 5, 6)])
def test_a_rule_that_cannot_be_is_refused(institute: Institute, days: tuple[int, ...]) -> None:
    with pytest.raises(BadValue):
        institute.services.payment_rules.agree(institute.finance, AgreePaymentRules(days))


def test_nobody_is_reminded_before_the_organiser_has_agreed_rules(institute: Institute) -> None:
    """Also where the service was taken into use with old invoices: first the rules, then the reminders."""
    late(institute, agreed=False)
    on(institute, "2027-02-18")
    assert (lates(institute)[0].reminded, reminders(institute)) == (0, 0)
    assert not institute.services.reminder_questions.is_agreed(institute.finance)

    institute.services.payment_rules.agree(institute.finance, AgreePaymentRules())
    on(institute, "2027-02-19")
    assert (lates(institute)[0].reminded, reminders(institute)) == (1, 1)


def test_where_nobody_can_be_written_to_nobody_is_reminded_and_no_fee_is_asked(institute: Institute) -> None:
    """A collective invoice of an organisation without contacts, booked by the desk: it is listed for staff instead."""
    institute.services.payment_rules.agree(institute.finance, AgreePaymentRules(reminder_fee=60_00))
    collective(institute, institute.acme)
    book(institute, institute.conference(), institute.acme, None)
    close_the_month(institute)
    on(institute, "2026-12-01")

    [row] = documents(institute, "invoice")
    assert (lates(institute)[0].reminded, reminders(institute)) == (0, 0)
    asked = institute.services.reminder_questions
    assert asked.unreached(institute.finance, [row.document_id]) == {row.document_id}

    anna = institute.person("Anna", institute.acme)
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, anna))
    on(institute, "2026-12-02")
    assert (lates(institute)[0].reminded, reminders(institute)) == (1, 1)
    fee = documents(institute, "invoice")[-1]
    assert [each.gross for each in documents(institute, "invoice")] == [7_500_00, 60_00]
    xml = e_invoice(institute, fee)
    assert (broken_rules(xml), texts(xml, "InvoiceLine/Item/Name")) == ([], ["Påminnelseavgift, faktura 1"])
    assert asked.unreached(institute.finance, [row.document_id]) == frozenset()


def test_a_collective_invoice_is_reminded_of_where_somebody_booked(institute: Institute) -> None:
    institute.services.payment_rules.agree(institute.finance, AgreePaymentRules())
    collective(institute, institute.acme)
    anna = institute.member("Anna", institute.acme)
    season = institute.conference()
    institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id), institute.acme))
    close_the_month(institute)
    on(institute, "2026-12-01")
    assert (lates(institute)[0].reminded, reminders(institute)) == (1, 1)
