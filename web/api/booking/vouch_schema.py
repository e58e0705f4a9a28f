"""What the API takes about vouches."""

from __future__ import annotations

from web.api.kernel.common_schema import A_SENTENCE, MOST_MONEY, Body
from web.api.kernel.fields import Id, Text, Whole


class VerifyVouchBody(Body):
    """Where they work."""

    organisation_id = Id(required=True)


class RefuteVouchBody(Body):
    """Where they do not work, and why; the reason is told."""

    organisation_id = Id(required=True)
    reason = Text(A_SENTENCE, 1, required=True)
    shown = Whole(-MOST_MONEY, MOST_MONEY, optional=True, about="What it was shown to cost more (öre incl. VAT).")
