"""What the API takes about invoices, payments, goods, purchases and tokens."""

from __future__ import annotations

from web.api.kernel.common_schema import A_TITLE, MOST_MONEY, Body, PageQuery
from web.api.kernel.fields import AskedWhole, Choice, Day, Id, Instant, Text, Whole


class DocumentsQuery(PageQuery):
    """Which documents."""

    status = Choice("", "open", "paid", "credited", "overdue", "written_off", load_default="")
    organisation_id = Id(load_default=None)
    season_id = Id(load_default=None)
    issued_from = Day(load_default=None)
    issued_until = Day(load_default=None)
    number = AskedWhole(1, 2**31, load_default=None)
    network_id = Id(load_default=None)
    on = Day(load_default=None, about="As things stood on that local day; without it: now.")
    known_at = Instant(load_default=None, about="Only what had been recorded by that instant.")


class PaymentBody(Body):
    """Money that arrived on a local day, in öre, with the bank's reference (each once)."""

    amount = Whole(1, MOST_MONEY, required=True, example=750_000)
    reference = Text(A_TITLE, 1, required=True)
    received_on = Day(required=True)
