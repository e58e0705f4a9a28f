"""The VAT return through the API: a period by boxes, returns made, and their files."""

from __future__ import annotations

from marshmallow import fields

from application.accounting.bookkeeping import BookkeepingRef
from application.accounting.queries.vat_return import VatReturnRow, VatView
from application.accounting.vat_return import ChooseAdvanceVat, ChooseVatPeriod, DeclareVat, VatReturnRef
from domain.accounting.dormant_vat import AdvanceVat
from domain.accounting.vat_return import BoxAmount
from domain.kernel.errors import NotFound
from web.api.kernel.call import Call, FileAnswer, Written
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Choice, Day, Text, Whole
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.reports.ec_sales import ec_sales_file

vat_returns = ApiBlueprint("vat_returns", "VAT by boxes (SKV 4700), declared once and corrected by another return.")
XML, TEXT = "application/xml", "text/plain"
MOST = 10**12


class OnQuery(Body):
    """The period of which day; without one the last that is over."""

    on = Day(load_default=None)


class EcPeriodQuery(Body):
    """A calendar month or quarter (local days, both included); without both: the quarter that was over last."""

    from_on = Day(load_default=None, example="2026-07-01")
    until_on = Day(load_default=None, example="2026-09-30")


class BoxBody(Body):
    """A box of what was bought, in whole kronor."""

    makes = BoxAmount
    no = Text(2, 2, required=True, example="48")
    kronor = Whole(-MOST, MOST, required=True, example=1234)


class VatReturnBody(Body):
    """A period of VAT (local days, both included), and the boxes of what was bought as other books have them."""

    from_on = Day(required=True, example="2026-04-01")
    until_on = Day(required=True, example="2026-06-30")
    bought = fields.List(fields.Nested(BoxBody), load_default=())


class VatPeriodBody(Body):
    """Months (1), calendar quarters (3) or financial years (12)."""

    months = Whole(1, 12, required=True, example=3)


class AdvanceVatBody(Body):
    """From when VAT on invoices sent ahead is owed, for those issued from a local day on.

    `on_invoice`: on the invoice's date. `when_paid_or_held`: when it is paid or the meeting is held, whichever comes
    first.
    """

    way = Choice(*(each.value for each in AdvanceVat), required=True)
    from_on = Day(required=True, example="2026-09-01")


@vat_returns.read("/vat-return", Who.STAFF, VatView, OnQuery)
def read_vat_boxes(call: Call) -> VatView:
    """A period of VAT by its boxes of what was sold, as the ledger has it now and as it was last declared."""
    return call.services.vat_return_questions.vat_view(call.actor, call.query["on"])


@vat_returns.write("PUT", "/vat-return/period", Who.FINANCE, BookkeepingRef, body=VatPeriodBody)
def choose_vat_period(call: Call) -> Written:
    """How long periods of VAT are from now on."""
    return call.execute(call.services.vat_returns.choose_period, ChooseVatPeriod(**call.body))


@vat_returns.write("PUT", "/vat-return/advances", Who.FINANCE, BookkeepingRef, body=AdvanceVatBody)
def choose_advance_vat(call: Call) -> Written:
    """From when VAT on invoices sent ahead is owed; those issued before keep the way they had."""
    command = ChooseAdvanceVat(AdvanceVat(call.body["way"]), call.body["from_on"])
    return call.execute(call.services.vat_returns.choose_advance, command)


@vat_returns.read("/vat-returns", Who.STAFF, tuple[VatReturnRow, ...])
def list_vat_returns(call: Call) -> tuple[VatReturnRow, ...]:
    """The returns made, latest first."""
    return call.services.vat_return_questions.vat_returns(call.actor)


@vat_returns.write("POST", "/vat-returns", Who.FINANCE, VatReturnRef, body=VatReturnBody, status=201, is_keyed=True)
def declare_vat(call: Call) -> Written:
    """Declare a period that is over: the same boxes again are the same return, others correct the one before."""
    body = {**call.body, "bought": tuple(call.body["bought"])}
    return call.execute(call.services.vat_returns.declare, DeclareVat(**body), "/vat-returns/{number}/file")


@vat_returns.file("/vat-return/ec-sales", Who.STAFF, TEXT, EcPeriodQuery)
def read_ec_sales_file(call: Call) -> FileAnswer:
    """The EC sales list of a calendar month or quarter, as a file for the tax agency's e-service (SKV574008)."""
    name, content = ec_sales_file(call.services, call.actor, call.query["from_on"], call.query["until_on"])
    return FileAnswer(name, TEXT, content)


@vat_returns.file("/vat-returns/<return_number>/file", Who.STAFF, XML)
def read_vat_file(call: Call, return_number: str) -> FileAnswer:
    """The return as a file for the tax agency's e-service (eSKDUpload 6.0)."""
    if not (return_number.isascii() and return_number.isdigit() and len(return_number) <= len("99999")):
        raise NotFound(what="vat_return")
    file = call.services.vat_return_questions.vat_file(call.actor, int(return_number))
    return FileAnswer(file.name, XML, file.content)
