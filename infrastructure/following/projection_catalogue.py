"""Every projection there is: what the worker keeps up, and what a rebuild makes again."""

from __future__ import annotations

from domain.errors import PlatsError
from infrastructure.following.projection import Projection
from infrastructure.projections.booking import BOOKINGS
from infrastructure.projections.bookkeeping import BOOKKEEPING
from infrastructure.projections.delivery import DELIVERIES
from infrastructure.projections.desk import DESK
from infrastructure.projections.first_refusal import FIRST_REFUSALS
from infrastructure.projections.goods import GOODS
from infrastructure.projections.history import HISTORY
from infrastructure.projections.invoice import INVOICES
from infrastructure.projections.ledger import LEDGER
from infrastructure.projections.matching import MATCHING
from infrastructure.projections.meeting import MEETINGS
from infrastructure.projections.needs import NEEDS
from infrastructure.projections.own_facts import OWN
from infrastructure.projections.payment import PAYMENTS
from infrastructure.projections.people import PEOPLE
from infrastructure.projections.programme import PROGRAMME
from infrastructure.projections.roster import ROSTER
from infrastructure.projections.season import SEASONS
from infrastructure.projections.tab import TABS
from infrastructure.projections.unconfirmed import UNCONFIRMED

PROJECTIONS: tuple[Projection, ...] = (
    PROGRAMME,
    SEASONS,
    PEOPLE,
    BOOKINGS,
    ROSTER,
    INVOICES,
    LEDGER,
    MATCHING,
    MEETINGS,
    BOOKKEEPING,
    PAYMENTS,
    DESK,
    FIRST_REFUSALS,
    GOODS,
    DELIVERIES,
    TABS,
    UNCONFIRMED,
    NEEDS,
    OWN,
    HISTORY,
)


class NoSuchReadModel(PlatsError):
    """There is no read model of that name."""

    def __init__(self, name: str) -> None:
        known = ", ".join(one.name for one in PROJECTIONS)
        super().__init__(f"There is no read model {name!r}. There are: {known}, or all of them: all.")


def projections_named(name: str) -> tuple[Projection, ...]:
    """The projection of that name, or all of them. Raises NoSuchReadModel."""
    chosen = PROJECTIONS if name == "all" else tuple(one for one in PROJECTIONS if one.name == name)
    if not chosen:
        raise NoSuchReadModel(name)
    return chosen
