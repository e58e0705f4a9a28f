"""What the API takes about payments: bank files, allotments, refunds, write-offs, rules, cards."""

from __future__ import annotations

from marshmallow import fields, validate

from application.payments.bank_entry import TakenBack
from application.payments.payment import Part
from domain.billing.crediting.difference import DifferenceBy, LowerPrice
from web.api.kernel.common_schema import A_SENTENCE, MOST_MONEY, Body
from web.api.kernel.fields import Day, Flag, Id, Text, Whole

_MOST_OF_A_FILE = 200_000
_A_REFERENCE = 140


class BankFileBody(Body):
    """A file from the bank: camt.053, camt.054 or CSV, in base64."""

    content = Text(_MOST_OF_A_FILE, 1, required=True, about="Base64.")


class TakenBackBody(Body):
    """What an unclear entry (by its number in the preview, from 1) took back: a payment in suspense, or an invoice."""

    makes = TakenBack
    entry = Whole(1, 100_000, required=True)
    payment_id = Id(load_default=None)
    invoice_id = Id(load_default=None)


class TakeInBody(BankFileBody):
    """The same file as was shown, and what its unclear entries took back."""

    taken_back = fields.List(fields.Nested(TakenBackBody), load_default=list, validate=validate.Length(0, 100))


class PartBody(Body):
    """An amount (öre) for one invoice."""

    makes = Part
    invoice_id = Id(required=True)
    amount = Whole(1, MOST_MONEY, required=True)


class AllotBody(Body):
    """Which invoices a payment pays."""

    parts = fields.List(fields.Nested(PartBody), required=True, validate=validate.Length(1, 20))


class ReturnBody(Body):
    """What was paid back by bank, in öre, with the bank's reference and the local day."""

    amount = Whole(1, MOST_MONEY, required=True)
    reference = Text(_A_REFERENCE, 1, required=True)
    returned_on = Day(required=True)


class RefundBody(Body):
    """What was paid back by bank, in öre, with the bank's reference and the local day."""

    amount = Whole(1, MOST_MONEY, required=True)
    reference = Text(_A_REFERENCE, 1, required=True)
    refunded_on = Day(required=True)


class SetOffBody(Body):
    """Which invoice of the same payer is paid with what was paid too much."""

    to_invoice_id = Id(required=True)


class WriteOffBody(Body):
    """Why what is owed is given up."""

    reason = Text(A_SENTENCE, 1, required=True)


class PaymentRulesBody(Body):
    """Reminders (days after the due date) and their fee (öre, 0: none), holds, disputes, what a transfer costs."""

    reminder_days = fields.List(Whole(1, 365), required=True, validate=validate.Length(0, 5))
    reminder_fee = Whole(0, MOST_MONEY, load_default=0)
    hold_minutes = Whole(5, 1440, load_default=30)
    suspends_disputed = Flag(load_default=False)
    lower_price = fields.Enum(LowerPrice, by_value=True, load_default=LowerPrice.NOTHING)
    difference_by = fields.Enum(DifferenceBy, by_value=True, load_default=DifferenceBy.WHOLE)


class PayByCardBody(Body):
    """Where the card company sends the payer afterwards: when it is paid, and when not."""

    paid_url = Text(A_SENTENCE, 1, r"^https?://", required=True)
    back_url = Text(A_SENTENCE, 1, r"^https?://", required=True)
