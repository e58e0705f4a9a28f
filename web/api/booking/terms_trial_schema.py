"""What the API takes for a trial of terms."""

from __future__ import annotations

from web.api.kernel.fields import Whole
from web.api.programme.price_schema import AgreeTermsBody

MOST_POSITION = 2**63 - 1


class TryTermsBody(AgreeTermsBody):
    """Terms to try. They are tried on the cancellations as they are known now, or were when the log had come so far."""

    position = Whole(0, MOST_POSITION, optional=True, about="That of an earlier trial, for the same answer.")
