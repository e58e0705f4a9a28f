"""Money that is no payment is left out or booked to an account of choice; a card payout closes the clearing."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from application.accounting.bookkeeping import ChooseAccounts, ExportPeriod
from application.accounting.queries.ledger import PostingFilter
from application.kernel.actor import Actor, Role
from application.payments.bank_outcome import Elsewhere
from application.payments.other_money import OtherKind, UndoOther, kind_of
from application.payments.payment import BookElsewhere
from domain.accounting.account import AccountChoice, AccountKept
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import OrganiserId
from domain.payments.other_money import NotBookedElsewhere
from domain.payments.payment import PaymentSpent
from infrastructure.bank.files import BankFiles
from tests.samples import Institute
from tests.scenarios.payments.test_bank_file import balances, entry, statement, suspended

TODAY = date(2026, 11, 30)
TAX = entry("T1", "5000.00", text="SKATTEKONTO UTBET").replace("Bolt AB", "SKATTEVERKET")
SALARY = entry("S1", "31000.00", text="Lön december", way="DBIT").replace("Bolt AB", "")


def take_in(institute: Institute, file: bytes, *elsewhere: Elsewhere) -> tuple[int, int]:
    taken = institute.services.bank.import_file(institute.finance, file, elsewhere=elsewhere)
    institute.catch_up()
    return taken.new, taken.elsewhere


def ledger(institute: Institute) -> dict[str, int]:
    return {each.account: each.amount for each in institute.services.ledger.balances(institute.finance)}


def test_it_is_booked_to_the_account_of_choice_once(institute: Institute) -> None:
    file = statement(TAX, SALARY)
    said = Elsewhere(1, "1630", "Skattekonto"), Elsewhere(2, "7210", "Lön")
    assert take_in(institute, file, *said) == (0, 2)
    assert take_in(institute, file, *said) == (0, 0) == take_in(institute, file)
    assert suspended(institute) == []
    assert ledger(institute) == {"bas_1630": -5_000_00, "bas_7210": 31_000_00, "cash_bank": -26_000_00}
    told = [(row.account, row.text, row.amount) for row in institute.services.bank.other_money(institute.finance)]
    assert told == [("bas_7210", "Lön", -31_000_00), ("bas_1630", "Skattekonto", 5_000_00)]


def test_what_is_left_out_is_in_no_books_and_not_asked_about_again(institute: Institute) -> None:
    file = statement(TAX)
    assert take_in(institute, file, Elsewhere(1)) == (0, 1)
    assert [each.outcome for each in institute.services.bank.preview(institute.finance, file)] == ["known"]
    assert ledger(institute) == {} and suspended(institute) == []
    row = b"Datum;Text;Belopp\n2026-08-31;Skatteverket;5000,00\n"
    assert [each.outcome for each in institute.services.bank.preview(institute.finance, row)] == ["perhaps_known"]


def test_the_file_for_the_bookkeeping_has_it(institute: Institute) -> None:
    take_in(institute, statement(TAX), Elsewhere(1, "1630"))
    institute.at(2027, 1, 5)
    institute.services.bookkeeping.export(institute.finance, ExportPeriod(date(2026, 8, 1), date(2026, 8, 31)))
    institute.catch_up()
    written = institute.services.bookkeeping_questions.file(institute.finance, 1).content.decode("cp437")
    assert '#KONTO 1630 "Skattekonto"' in written
    assert "#TRANS 1630 {} -5000.00" in written and "#TRANS 1930 {} 5000.00" in written


@pytest.mark.parametrize("account", ["163", "0999", "9010", "cash_bank", "receivable", "16 30", "-"])
def test_an_account_that_is_none_is_refused_before_anything_is_recorded(institute: Institute, account: str) -> None:
    with pytest.raises(BadValue):
        take_in(institute, statement(entry("A1", "1.00", text="Tack"), TAX), Elsewhere(2, account))
    assert suspended(institute) == []


@pytest.mark.parametrize("account", ["1510", "1686", "1930", "2420", "2611", "2970", "3041", "3053"])
def test_what_the_ledger_reconciles_takes_no_other_money(institute: Institute, account: str) -> None:
    with pytest.raises(AccountKept):
        take_in(institute, statement(entry("A1", "1.00", text="Tack"), TAX), Elsewhere(2, account))
    assert suspended(institute) == []
    take_in(institute, statement(TAX))
    [row] = institute.services.payment_questions.suspense(institute.finance)
    with pytest.raises(AccountKept):
        institute.services.payments.book_elsewhere(institute.finance, BookElsewhere(row.payment_id, account))
    assert suspended(institute) == [5_000_00]


def test_it_is_the_account_that_the_ledger_has_now(institute: Institute) -> None:
    chosen = AccountChoice("receivable", 1511), AccountChoice("cash_bank", 1940)
    institute.services.bookkeeping.choose_accounts(institute.finance, ChooseAccounts(chosen))
    with pytest.raises(AccountKept):
        take_in(institute, statement(TAX), Elsewhere(1, "1511"))
    assert take_in(institute, statement(TAX), Elsewhere(1, "1930", "Till huvudkontot")) == (0, 1)


@pytest.mark.parametrize(
    ("payer", "words", "kind"),
    [("SKATTEVERKET", "SKATTEKONTO UTBET", OtherKind.TAX), ("STRIPE", "STRIPE PAYOUT PO_1", OtherKind.PAYOUT),
     ("", "Kreditränta", OtherKind.INTEREST), ("", "SWISH/MÅNAVG", OtherKind.FEE),
     ("", "Lön december", OtherKind.SALARY),
     ("Bolt AB", "Tack för kursen", None), ("Slöjd AB", "Slön", None)],
)  # fmt: skip
def test_what_it_looks_like_is_suggested(payer: str, words: str, kind: OtherKind | None) -> None:
    file = statement(entry("A1", "10.00", text=words).replace("Bolt AB", payer))
    assert [kind_of(each) for each in BankFiles().read(file, TODAY).entries] == [kind]


def test_nothing_is_booked_elsewhere_before_somebody_says_so(institute: Institute) -> None:
    assert take_in(institute, statement(TAX, SALARY)) == (1, 0)
    assert suspended(institute) == [5_000_00] and balances(institute) == []


@pytest.mark.parametrize(("account", "becomes"), [("1630", {"bas_1630": -5_000_00, "cash_bank": 5_000_00}), ("", {})])
def test_what_was_taken_for_a_payment_is_booked_elsewhere_afterwards(
    institute: Institute, account: str, becomes: dict[str, int]
) -> None:
    take_in(institute, statement(TAX))
    [row] = institute.services.payment_questions.suspense(institute.finance)
    command = BookElsewhere(row.payment_id, account, "Skatt")
    for _ in range(2):
        institute.services.payments.book_elsewhere(institute.finance, command, "press")
    institute.catch_up()
    assert {each: amount for each, amount in ledger(institute).items() if amount} == becomes
    assert suspended(institute) == []
    assert [(each.account, each.amount) for each in institute.services.bank.other_money(institute.finance)] == [
        (f"bas_{account}" if account else "", 5_000_00)
    ]
    with pytest.raises(PaymentSpent):
        institute.services.payments.book_elsewhere(institute.finance, command)


def undo(institute: Institute, reason: str = "Fel konto") -> None:
    [row] = institute.services.bank.other_money(institute.finance)
    institute.services.other_money.undo(institute.finance, UndoOther(row.other_id, reason))
    institute.catch_up()


@pytest.mark.parametrize("account", ["1630", ""])
def test_what_went_to_the_wrong_account_is_undone_and_booked_anew_by_its_file(
    institute: Institute, account: str
) -> None:
    file = statement(TAX)
    take_in(institute, file, Elsewhere(1, account))
    institute.at(2027, 1, 5)
    undo(institute)
    assert {each: amount for each, amount in ledger(institute).items() if amount} == {}
    assert institute.services.bank.other_money(institute.finance) == ()

    assert take_in(institute, file, Elsewhere(1, "1650", "Moms")) == (0, 1)
    assert take_in(institute, file, Elsewhere(1, "1630")) == (0, 0)
    assert {each: amount for each, amount in ledger(institute).items() if amount} == {
        "bas_1650": -5_000_00,
        "cash_bank": 5_000_00,
    }
    undo(institute)
    assert take_in(institute, file) == (1, 0)
    assert suspended(institute) == [5_000_00]


def test_it_is_undone_by_a_voucher_of_its_day(institute: Institute) -> None:
    """The month it was booked in stays as it was (bokföringslagen 5:5)."""
    take_in(institute, statement(TAX), Elsewhere(1, "1630"))
    institute.at(2027, 1, 5)
    undo(institute)
    lines = institute.services.ledger.postings(institute.finance, PostingFilter(account="bas_1630")).items
    assert [(each.day, each.amount) for each in lines] == [
        (date(2027, 1, 5), 5_000_00),
        (date(2026, 8, 31), -5_000_00),
    ]


@pytest.mark.parametrize("account", ["1630", ""])
def test_a_payment_that_was_booked_elsewhere_waits_in_suspense_again(institute: Institute, account: str) -> None:
    take_in(institute, statement(TAX))
    [row] = institute.services.payment_questions.suspense(institute.finance)
    institute.services.payments.book_elsewhere(institute.finance, BookElsewhere(row.payment_id, account))
    institute.catch_up()
    assert suspended(institute) == []
    undo(institute)
    assert suspended(institute) == [5_000_00]
    assert institute.services.bank.other_money(institute.finance) == ()
    assert {each: amount for each, amount in ledger(institute).items() if amount} == {
        "cash_bank": 5_000_00,
        "unallotted": -5_000_00,
    }
    institute.services.payments.book_elsewhere(institute.finance, BookElsewhere(row.payment_id, "1650"))
    institute.catch_up()
    assert suspended(institute) == [] and ledger(institute)["bas_1650"] == -5_000_00


@pytest.mark.parametrize("is_payment", [False, True])
def test_it_is_undone_once_with_a_reason_and_by_finance_of_that_organiser_alone(
    institute: Institute, *, is_payment: bool
) -> None:
    take_in(institute, statement(TAX), *([] if is_payment else [Elsewhere(1, "1630")]))
    if is_payment:
        [row] = institute.services.payment_questions.suspense(institute.finance)
        institute.services.payments.book_elsewhere(institute.finance, BookElsewhere(row.payment_id, "1630"))
        institute.catch_up()
    [booked] = institute.services.bank.other_money(institute.finance)
    command = UndoOther(booked.other_id, "Fel konto")
    office = institute.services.other_money
    with pytest.raises(BadValue):
        office.undo(institute.finance, UndoOther(booked.other_id, "  "))
    with pytest.raises(NotAllowed):
        office.undo(institute.admin, command)
    other = Actor("other", OrganiserId(uuid4()), frozenset({Role.FINANCE}))
    with pytest.raises(NotFound):
        office.undo(other, command)
    office.undo(institute.finance, command)
    with pytest.raises(NotBookedElsewhere):
        office.undo(institute.finance, command)
