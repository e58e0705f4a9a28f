"""What the API takes about the trail."""

from __future__ import annotations

from application.insight.trail import TrailKind
from web.api.kernel.common_schema import PageQuery
from web.api.kernel.fields import Choice, Id, Instant


class TrailQuery(PageQuery):
    """Which lines: of a kind, of a person, from and until an instant, where given."""

    kind = Choice("", *(each.value for each in TrailKind), load_default="")
    person_id = Id(load_default=None)
    since = Instant(load_default=None)
    until = Instant(load_default=None)
