"""What the API takes about payments: bank files, allotments, refunds, write-offs, rules, cards."""

from __future__ import annotations

from marshmallow import fields, validate

from application.payments.account_entry import Part
from application.payments.bank_outcome import Elsewhere, TakenBack
from domain.billing.crediting.difference import DifferenceBy, LowerPrice
from domain.payments.payment_rules import ReferenceRate
from web.api.kernel.common_schema import A_SENTENCE, MOST_MONEY, Body
from web.api.kernel.fields import Day, Flag, Id, Text, Whole

_MOST_OF_A_FILE = 32 * 1024 * 1024
_A_REFERENCE = 140


class BankFileBody(Body):
    """A file from the bank: camt.052, .053, .054, BgMax, CSV or XLSX, in base64."""

    content = Text(_MOST_OF_A_FILE, 1, required=True, about="Base64.")


class TakenBackBody(Body):
    """What an unclear entry (by its number in the preview, from 1) took back: a payment in suspense, or an invoice."""

    makes = TakenBack
    entry = Whole(1, 100_000, required=True)
    payment_id = Id(load_default=None)
    invoice_id = Id(load_default=None)


class ElsewhereBody(Body):
    """An entry (by number) that is no payment, and its account: "1630", card_clearing, fees; "": left out."""

    makes = Elsewhere
    entry = Whole(1, 100_000, required=True)
    account = Text(20, load_default="")
    text = Text(100, load_default="")


class TakeInBody(BankFileBody):
    """The same file as was shown, what its unclear entries took back, and which perhaps known ones are new."""

    taken_back = fields.List(fields.Nested(TakenBackBody), load_default=list, validate=validate.Length(0, 100))
    new = fields.List(Whole(1, 100_000), load_default=list, validate=validate.Length(0, 1000))
    elsewhere = fields.List(fields.Nested(ElsewhereBody), load_default=list, validate=validate.Length(0, 1000))
    name = Text(200, load_default="", about="What the file is called.")


class PartBody(Body):
    """An amount (öre) for one invoice: of the payment, or of what was paid too much on another of the same payer."""

    makes = Part
    invoice_id = Id(required=True)
    amount = Whole(1, MOST_MONEY, required=True)
    from_invoice_id = Id(load_default=None)


class AllotBody(Body):
    """Which invoices a payment pays."""

    parts = fields.List(fields.Nested(PartBody), required=True, validate=validate.Length(1, 20))


class BookElsewhereBody(Body):
    """Where what is left of a payment is booked: an account ("1630", card_clearing, fees), or "": left out."""

    account = Text(20, required=True)
    text = Text(100, load_default="")


class UndoOtherBody(Body):
    """Why money that was booked elsewhere should not have been."""

    reason = Text(A_SENTENCE, 1, required=True)


class MoveBody(Body):
    """Which part (öre) of a payment is taken from which invoice, to which other (null: to nobody yet), and why."""

    invoice_id = Id(required=True)
    amount = Whole(1, MOST_MONEY, required=True)
    to_invoice_id = Id(load_default=None)
    reason = Text(A_SENTENCE, 1, required=True)


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
    """Why what is owed is given up, and whether the loss is established, so that the VAT in it is owed no longer."""

    reason = Text(A_SENTENCE, 1, required=True)
    takes_vat_back = Flag(load_default=False)


class InterestBody(Body):
    """Interest until a day (today where none is told), and the sum that was shown."""

    until = Day(optional=True)
    shown = Whole(0, MOST_MONEY, optional=True)


class CompensationBody(Body):
    """The sum of compensation that was shown."""

    shown = Whole(0, MOST_MONEY, optional=True)


class ReferenceRateBody(Body):
    """The Riksbank's reference rate of a half-year, in basis points."""

    makes = ReferenceRate
    from_on = Day(required=True)
    rate = Whole(-10_000, 10_000, required=True)


class PaymentRulesBody(Body):
    """Reminders (days after the due date) and their fee (öre, 0: none), holds, disputes, what a transfer costs."""

    reminder_days = fields.List(Whole(1, 365), required=True, validate=validate.Length(0, 5))
    reminder_fee = Whole(0, 6_000, load_default=0)
    interest = Whole(0, 10_000, optional=True, about="A yearly rate in basis points; without one, by law.")
    reference_rates = fields.List(fields.Nested(ReferenceRateBody), load_default=(), validate=validate.Length(max=20))
    claims_compensation = Flag(load_default=False)
    hold_minutes = Whole(5, 1440, load_default=30)
    suspends_disputed = Flag(load_default=False)
    lower_price = fields.Enum(LowerPrice, by_value=True, load_default=LowerPrice.NOTHING)
    difference_by = fields.Enum(DifferenceBy, by_value=True, load_default=DifferenceBy.WHOLE)


class PayByCardBody(Body):
    """Where the card company sends the payer afterwards: when it is paid, and when not."""

    paid_url = Text(A_SENTENCE, 1, r"^https?://", required=True)
    back_url = Text(A_SENTENCE, 1, r"^https?://", required=True)
