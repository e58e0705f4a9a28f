"""What the API takes about crediting an invoice by hand."""

from __future__ import annotations

from marshmallow import fields, validate

from application.billing.crediting import PartOfLine
from web.api.kernel.common_schema import MOST_MONEY, Body
from web.api.kernel.fields import Text, Whole

MOST_LINES = 200


class PartOfLineBody(Body):
    """A line of the invoice (from 1) and what to take back of it, in öre without VAT."""

    makes = PartOfLine
    line = Whole(1, MOST_LINES, required=True)
    net = Whole(1, MOST_MONEY, required=True)


class CreditPreviewBody(Body):
    """Parts of lines; none: all that is left of the invoice."""

    parts = fields.List(fields.Nested(PartOfLineBody), load_default=list, validate=validate.Length(0, MOST_LINES))


class CreditBody(CreditPreviewBody):
    """What to take back, and the reason that stands on the credit note. `shown`: the sum in öre that was agreed to."""

    reason = Text(200, 1, required=True, example="Prisavdrag")
    shown = Whole(0, MOST_MONEY, optional=True)
