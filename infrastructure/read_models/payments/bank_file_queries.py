"""What is asked of payments by bank while a file is read: what of it is here already, and which files came before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from application.payments.queries.bank_file import ArrivedTogether, BankFileRow, KnownPayment
from application.payments.queries.other_money import Came, OtherMoneyRow, PaidByCard
from application.payments.queries.payment import AllotmentRow
from domain.payments.origin import Statement
from infrastructure.read_models.kernel.query import Shape, Tables

_KNOWN = """select p.payment_id, p.source, p.amount, p.remaining as left, p.currency, p.reference, p.arrived_on,
p.payer, p.account, p.entry, p.bank_reference, p.kind, p.account_balance, coalesce(f.name, '') as file, f.taken_on
from payment.payment p left join payment.bank_file f on f.file_id = p.file_id
where p.organiser_id = %s and p.means = 'bank' and """

_TOGETHER = """select p.entry, p.arrived_on, count(*)::bigint as payments, sum(p.amount)::bigint as amount,
(array_agg(p.payment_id order by p.position))[1] as payment_id, min(p.bank_reference) as bank_reference,
min(p.account) as account, coalesce(min(f.name), '') as file, min(f.taken_on) as taken_on
from payment.payment p left join payment.bank_file f on f.file_id = p.file_id
where p.organiser_id = %s and p.entry <> '' and {chosen} group by p.entry, p.arrived_on"""

_ALLOTMENTS = """select a.payment_id, a.invoice_id, d.number, d.details as buyer, a.amount, d.currency,
a.day as "on", a.reason from payment.allotment a join payment.payment p on p.payment_id = a.payment_id
join invoice.document d on d.document_id = a.invoice_id
where p.organiser_id = %s and {chosen} order by a.position"""

_PLACED = """select o.other_id as payment_id, coalesce(f.name, '') as file, f.taken_on, o.booked_on as arrived_on,
false as is_payment from payment.other_money o left join payment.bank_file f on f.file_id = o.file_id
where o.organiser_id = %s and o.other_id = any(%s)"""

_OTHER = """select other_id, amount, currency, account, text, booked_on, card_payments from payment.other_money
where organiser_id = %s order by booked_on desc, position desc limit 50"""

_PLACED_NEAR = """select other_id, amount, currency, account, text, booked_on, card_payments from payment.other_money
where organiser_id = %s and booked_on between %s and %s and amount = any(%s)"""

_BY_CARD = """select checkout_id, paid_on, amount, fee, refunded from payment.checkout
where organiser_id = %s and paid_on is not null and payout_id is null order by paid_on, checkout_id limit 2000"""

_FILES = """select file_id, name, taken_on, statements::text from payment.bank_file
where organiser_id = %s order by position desc limit 400"""

_KNOWN_ROW, _TOGETHER_ROW = Shape(KnownPayment, encrypted=("payer",)), Shape(ArrivedTogether)
_ALLOTMENT = Shape(AllotmentRow, typed=("buyer",))
_CAME, _OTHER_ROW, _CARD = Shape(Came), Shape(OtherMoneyRow), Shape(PaidByCard)
_FILE = Shape(BankFileRow, json={"statements": tuple[Statement, ...]})


class BankFileTables(Tables):
    """The part of `PaymentRecords` that is about bank files."""

    def known(self, organiser_id: UUID, payment_ids: Sequence[UUID]) -> tuple[KnownPayment, ...]:
        return self._reader.rows(_KNOWN_ROW, f"{_KNOWN} p.payment_id = any(%s)", [organiser_id, list(payment_ids)])

    def arrived_near(
        self, organiser_id: UUID, days: tuple[date, date], amounts: Sequence[int]
    ) -> tuple[KnownPayment, ...]:
        near = "p.arrived_on between %s and %s and p.amount = any(%s) order by p.arrived_on, p.position"
        return self._reader.rows(_KNOWN_ROW, _KNOWN + near, [organiser_id, *days, list(amounts)])

    def arrived_together(self, organiser_id: UUID, entries: Sequence[str]) -> tuple[ArrivedTogether, ...]:
        statement = _TOGETHER.format(chosen="p.entry = any(%s)")
        return self._reader.rows(_TOGETHER_ROW, statement, [organiser_id, list(entries)])

    def sums_near(
        self, organiser_id: UUID, days: tuple[date, date], amounts: Sequence[int]
    ) -> tuple[ArrivedTogether, ...]:
        near = _TOGETHER.format(chosen="p.arrived_on between %s and %s")
        several = f"{near} having count(*) > 1 and sum(p.amount) = any(%s)"
        return self._reader.rows(_TOGETHER_ROW, several, [organiser_id, *days, list(amounts)])

    def allotments(
        self, organiser_id: UUID, payment_id: UUID | None = None, invoice_id: UUID | None = None
    ) -> tuple[AllotmentRow, ...]:
        chosen = "a.payment_id = %s" if payment_id is not None else "a.invoice_id = %s"
        return self._reader.rows(
            _ALLOTMENT, _ALLOTMENTS.format(chosen=chosen), [organiser_id, payment_id or invoice_id]
        )

    def placed(self, organiser_id: UUID, other_ids: Sequence[UUID]) -> tuple[Came, ...]:
        return self._reader.rows(_CAME, _PLACED, [organiser_id, list(other_ids)])

    def placed_near(
        self, organiser_id: UUID, days: tuple[date, date], amounts: Sequence[int]
    ) -> tuple[OtherMoneyRow, ...]:
        return self._reader.rows(_OTHER_ROW, _PLACED_NEAR, [organiser_id, *days, list(amounts)])

    def other_money(self, organiser_id: UUID) -> tuple[OtherMoneyRow, ...]:
        return self._reader.rows(_OTHER_ROW, _OTHER, [organiser_id])

    def paid_by_card(self, organiser_id: UUID) -> tuple[PaidByCard, ...]:
        return self._reader.rows(_CARD, _BY_CARD, [organiser_id])

    def bank_files(self, organiser_id: UUID) -> tuple[BankFileRow, ...]:
        return self._reader.rows(_FILE, _FILES, [organiser_id])
