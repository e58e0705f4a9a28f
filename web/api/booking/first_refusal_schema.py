"""What the API takes about first refusal."""

from __future__ import annotations

from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Day, Id, Whole

MOST_PEOPLE = 1_000_000


class OfferFirstRefusalBody(Body):
    """The participants of which earlier season, and the last day (local, included) on which the seats are kept."""

    earlier_season_id = Id(required=True)
    until_on = Day(required=True)
    shown = Whole(
        0, MOST_PEOPLE, optional=True, about="How many people it was shown to be; another number now stops it."
    )


class DeclineFirstRefusalBody(Body):
    """Whose seat is not wanted."""

    person_id = Id(required=True)
