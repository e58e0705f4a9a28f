"""Compensation for late payment: of businesses and public bodies, once, in place of a fee, never of consumers."""

from __future__ import annotations

from datetime import date

import pytest

from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentRow
from application.booking.booking import MakeBooking
from application.payments.compensation import ClaimCompensation
from application.payments.payment_rules import AgreePaymentRules
from application.people.organisation import CorrectOrganisation
from domain.billing.compensation import NoCompensation
from domain.kernel.documents import LineKind
from domain.kernel.eligibility import Sector
from domain.kernel.errors import NotAllowed, OutcomeChanged
from domain.kernel.ids import InvoiceId
from domain.kernel.terms import free_before
from tests.samples import Institute
from tests.scenarios.e_invoice_rules import broken_rules
from tests.scenarios.paper_trail import e_invoice
from tests.scenarios.payments.test_reminders import on, one_price
from tests.scenarios.story import documents, seated, stockholm

CLAIMS = AgreePaymentRules(reminder_fee=60_00, claims_compensation=True)


def late(institute: Institute, name: str = "Anna") -> DocumentRow:
    """An invoice of Bolt's that is due on 2027-02-15."""
    institute.clock.instant = stockholm("2027-01-16 09:00")
    anna = institute.member(name, institute.bolt)
    season = institute.season("Vår", 10, one_price(), free_before(date(2027, 2, 1)))
    institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id), institute.bolt))
    row = documents(institute, "invoice")[-1]
    assert row.due_on == date(2027, 2, 15)
    return row


def claim(institute: Institute, row: DocumentRow, shown: int | None = None) -> None:
    command = ClaimCompensation(InvoiceId(row.document_id), shown)
    institute.services.compensations.claim(institute.finance, command)


def due(institute: Institute, row: DocumentRow) -> tuple[int, str | None]:
    told = institute.services.compensations.due(institute.finance, InvoiceId(row.document_id))
    return told.amount, told.why


def sums(institute: Institute) -> list[int]:
    return [each.gross for each in documents(institute, "invoice")[1:]]


def test_it_is_due_the_day_after_the_due_date_and_claimed_once_on_a_document_of_its_own(institute: Institute) -> None:
    """4 a §: 450 kr, outside the scope of VAT, without having been agreed."""
    row = late(institute)
    institute.clock.instant = stockholm("2027-02-15 12:00")
    assert due(institute, row) == (0, "not_late")
    with pytest.raises(NoCompensation):
        claim(institute, row)
    institute.clock.instant = stockholm("2027-02-16 12:00")
    assert due(institute, row) == (450_00, None)
    with pytest.raises(OutcomeChanged):
        claim(institute, row, shown=60_00)
    claim(institute, row, shown=450_00)

    claimed = documents(institute, "invoice")[-1]
    assert (claimed.net, claimed.vat, claimed.gross) == (450_00, 0, 450_00)
    view = institute.services.invoice_questions.one(institute.finance, claimed.document_id)
    assert [(each.kind, each.text) for each in view.lines] == [
        (LineKind.FEE, f"Förseningsersättning, faktura {row.number}")
    ]
    assert broken_rules(e_invoice(institute, claimed)) == []
    balances = {each.account: each.amount for each in institute.services.ledger.balances(institute.finance)}
    assert balances["receivable"] == row.gross + 450_00
    assert (due(institute, row), due(institute, claimed)) == ((0, "claimed"), (0, "of_fees"))


def test_what_was_paid_too_late_owes_it_and_what_was_paid_in_time_does_not(institute: Institute) -> None:
    first, second = late(institute), late(institute, "Bo")
    institute.clock.instant = stockholm("2027-03-01 12:00")
    for row, day in ((first, date(2027, 2, 15)), (second, date(2027, 2, 16))):
        paid = RecordPayment(InvoiceId(row.document_id), row.gross, f"BG {row.number}", day)
        institute.services.invoices.record_payment(institute.finance, paid)
    assert (due(institute, first), due(institute, second)) == ((0, "not_late"), (450_00, None))


def test_a_consumer_never_owes_it(institute: Institute) -> None:
    institute.services.payment_rules.agree(institute.finance, CLAIMS)
    institute.clock.instant = stockholm("2027-01-16 09:00")
    eva = institute.member("Eva")
    season = institute.season("Vår", 10, one_price(), free_before(date(2027, 2, 1)))
    institute.services.bookings.make(eva, MakeBooking(season, seated(eva.person_id)))
    [row] = documents(institute, "invoice")
    on(institute, "2027-02-18")
    assert due(institute, row) == (0, "consumer")
    with pytest.raises(NoCompensation):
        claim(institute, row)
    assert sums(institute) == [60_00]


def test_a_reminder_claims_it_in_place_of_its_fee_where_the_organiser_has_chosen_so(institute: Institute) -> None:
    institute.services.payment_rules.agree(institute.finance, CLAIMS)
    late(institute)
    for day in ("2027-02-18", "2027-02-28"):
        on(institute, day)
    assert sums(institute) == [450_00]
    letters = institute.services.letters
    kept = [row.letter_id for row in letters.list(institute.admin) if row.kind == "reminder"]
    said = [str(letters.words(institute.admin, each)).replace("\\xa0", " ").replace("\xa0", " ") for each in kept]
    compensation = "Förseningsersättning på 450 kr (lag 1981:739 4 a §) står på en egen faktura."
    assert sorted(compensation in each for each in said) == [False, True]
    assert not any("En påminnelseavgift" in each for each in said)
    assert institute.services.payment_rules.current(institute.finance).claims_compensation


def test_a_fee_that_was_asked_for_is_a_part_of_it_and_none_is_asked_after_it(institute: Institute) -> None:
    institute.services.payment_rules.agree(institute.finance, AgreePaymentRules(reminder_fee=60_00))
    first, second = late(institute), late(institute, "Bo")
    institute.clock.instant = stockholm("2027-02-16 12:00")
    claim(institute, second)
    on(institute, "2027-02-18")
    assert due(institute, first) == (390_00, None)
    claim(institute, first)
    assert sorted(sums(institute)[1:]) == [60_00, 390_00, 450_00]


def test_of_an_association_finance_alone_claims_it(institute: Institute) -> None:
    institute.services.payment_rules.agree(institute.finance, CLAIMS)
    institute.services.organisations.correct(
        institute.admin, CorrectOrganisation(institute.bolt, sector=Sector.NON_PROFIT)
    )
    row = late(institute)
    on(institute, "2027-02-18")
    assert sums(institute) == [60_00]
    assert due(institute, row) == (390_00, None)


def test_nobody_but_finance_claims_it(institute: Institute) -> None:
    row = late(institute)
    with pytest.raises(NotAllowed):
        institute.services.compensations.claim(institute.member("Eva"), ClaimCompensation(InvoiceId(row.document_id)))
