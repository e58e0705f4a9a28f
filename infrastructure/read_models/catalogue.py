"""Every projection there is: what the worker keeps up, and what a rebuild makes again."""

from __future__ import annotations

from domain.kernel.errors import PlatsError
from infrastructure.read_models.access.webhook import WEBHOOKS
from infrastructure.read_models.accounting.bookkeeping import BOOKKEEPING
from infrastructure.read_models.accounting.ledger import LEDGER
from infrastructure.read_models.attendance.attendance import ATTENDANCES
from infrastructure.read_models.attendance.participation import PARTICIPATIONS
from infrastructure.read_models.billing.collective_account import TABS
from infrastructure.read_models.billing.delivery import DELIVERIES
from infrastructure.read_models.billing.invoice import INVOICES
from infrastructure.read_models.booking.application import APPLICATIONS
from infrastructure.read_models.booking.booking import BOOKINGS
from infrastructure.read_models.booking.desk import DESK
from infrastructure.read_models.booking.first_refusal import FIRST_REFUSALS
from infrastructure.read_models.booking.opening import OPENINGS
from infrastructure.read_models.booking.roster import ROSTER
from infrastructure.read_models.booking.seat_offer import SEAT_OFFERS
from infrastructure.read_models.booking.unconfirmed import UNCONFIRMED
from infrastructure.read_models.booking.vouch import VOUCHES
from infrastructure.read_models.insight.history import HISTORY
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.learning.learning import LEARNINGS
from infrastructure.read_models.mail.mailing import MAILINGS
from infrastructure.read_models.mail.reminding import REMINDING
from infrastructure.read_models.payments.matching import MATCHING
from infrastructure.read_models.payments.payment import PAYMENTS
from infrastructure.read_models.people.introduction import INTRODUCTIONS
from infrastructure.read_models.people.needs import NEEDS
from infrastructure.read_models.people.own_facts import OWN
from infrastructure.read_models.people.people import PEOPLE
from infrastructure.read_models.programme.goods import GOODS
from infrastructure.read_models.programme.meeting import MEETINGS
from infrastructure.read_models.programme.programme import PROGRAMME
from infrastructure.read_models.programme.season import SEASONS

PROJECTIONS: tuple[Projection, ...] = (
    PROGRAMME,
    SEASONS,
    PEOPLE,
    INTRODUCTIONS,
    BOOKINGS,
    ROSTER,
    ATTENDANCES,
    PARTICIPATIONS,
    SEAT_OFFERS,
    LEARNINGS,
    INVOICES,
    LEDGER,
    MATCHING,
    MEETINGS,
    BOOKKEEPING,
    PAYMENTS,
    DESK,
    APPLICATIONS,
    VOUCHES,
    FIRST_REFUSALS,
    GOODS,
    DELIVERIES,
    TABS,
    UNCONFIRMED,
    OPENINGS,
    NEEDS,
    OWN,
    REMINDING,
    WEBHOOKS,
    MAILINGS,
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
