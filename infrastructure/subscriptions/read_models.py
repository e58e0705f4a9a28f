"""The read models, put together: what the wiring asks for, and how far they have come."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.abc import Params
from psycopg.rows import RowFactory, tuple_row

from application.accounting.queries.bookkeeping import BookkeepingQuestions
from application.accounting.queries.ledger import LedgerQuestions
from application.automation.collective import CollectiveAccounts
from application.automation.offboarding import ContactsKnown, WaitingPlaces
from application.billing.delivery import DeliveryModel
from application.billing.queries.invoice import InvoiceModel
from application.booking.merging import MergingModel
from application.booking.queries.booking import BookingModel
from application.booking.queries.desk import DeskModel
from application.booking.queries.first_refusal import FirstRefusalModel
from application.booking.queries.roster import RosterModel
from application.booking.queries.unconfirmed import UnconfirmedModel
from application.insight.finding import FindingModel
from application.insight.history import HistoryModel
from application.insight.overtaken import WaitingCases
from application.kernel.page import Freshness
from application.kernel.ports import SeasonBookings
from application.notifications.story import SeasonSeats
from application.payments.queries.payment import PaymentModel
from application.people.needs import NeedsKnown
from application.people.queries.own_facts import OwnFactModel
from application.people.queries.people import PeopleModel
from application.programme.queries.goods import GoodsModel
from application.programme.queries.picture import PictureModel
from application.programme.queries.programme import ProgrammeModel
from domain.kernel.errors import BadValue
from infrastructure.event_store.log import Log
from infrastructure.postgres.retry import with_retries
from infrastructure.read_models.accounting.bookkeeping_queries import BookkeepingTables
from infrastructure.read_models.accounting.ledger_queries import LedgerTables
from infrastructure.read_models.billing.collective_account import TabTables
from infrastructure.read_models.billing.delivery import DeliveryTables
from infrastructure.read_models.billing.invoice_queries import InvoiceTables
from infrastructure.read_models.booking.booking_queries import BookingTables
from infrastructure.read_models.booking.desk_queries import DeskTables
from infrastructure.read_models.booking.first_refusal_queries import FirstRefusalTables
from infrastructure.read_models.booking.roster_queries import RosterTables
from infrastructure.read_models.booking.unconfirmed import UnconfirmedTables
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.insight.finding_queries import FindingTables
from infrastructure.read_models.insight.history_queries import HistoryTables
from infrastructure.read_models.kernel.query import Query, Reader
from infrastructure.read_models.payments.payment_queries import PaymentTables
from infrastructure.read_models.people.merging_queries import MergingTables
from infrastructure.read_models.people.needs import NeedsTables
from infrastructure.read_models.people.own_facts import OwnFactTables
from infrastructure.read_models.people.people_queries import PeopleTables
from infrastructure.read_models.programme.goods_queries import GoodsTables
from infrastructure.read_models.programme.picture_queries import PictureTables
from infrastructure.read_models.programme.programme_queries import ProgrammeTables
from infrastructure.store import Store
from infrastructure.subscriptions.checkpoints import Checkpoints

_FIRST_LOOK, _LAST_LOOK = 0.002, 0.05


@dataclass(frozen=True)
class ReadModels:
    """The tables behind every question."""

    programme: ProgrammeModel
    booking: BookingModel
    roster: RosterModel
    invoice: InvoiceModel
    payment: PaymentModel
    finding: FindingModel
    picture: PictureModel
    ledger: LedgerQuestions
    bookkeeping: BookkeepingQuestions
    desk: DeskModel
    people: PeopleModel
    merging: MergingModel
    first_refusal: FirstRefusalModel
    goods: GoodsModel
    freshness: Freshness
    season_bookings: SeasonBookings
    season_seats: SeasonSeats
    waiting: WaitingPlaces
    waiting_cases: WaitingCases
    leaving: ContactsKnown
    has_caught_up: Callable[[], bool]
    history: HistoryModel
    tabs: CollectiveAccounts
    unconfirmed: UnconfirmedModel
    needs: NeedsKnown
    own_facts: OwnFactModel
    delivery: DeliveryModel


class Followed:
    """`application.kernel.page.Freshness`: how far every read model has come."""

    def __init__(self, tracking: Checkpoints) -> None:
        self._tracking = tracking
        self._seen = 0

    def wait_for(self, position: int, timeout: float = 1.0) -> bool:
        """Wait (seconds) until everything up to a position of the log can be read; False when it takes longer."""
        until, pause = time.monotonic() + timeout, _FIRST_LOOK
        while self._seen < position and self.position() < position:
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(pause, left))
            pause = min(pause * 1.5, _LAST_LOOK)
        return True

    def position(self) -> int:
        """How far every read model has come."""
        self._seen = with_retries(self._tracking.least)
        return self._seen


def open_read_models(store: Store) -> ReadModels:
    """The read models of a store. Their tables are made by the worker, or empty by the first question."""
    tracking = Checkpoints(store.connections, PROJECTIONS)
    reader = Reader(_query(store, tracking), store.keyring, store.clock)
    booking, roster, desk = BookingTables(reader), RosterTables(reader), DeskTables(reader)
    followed, log = Followed(tracking), Log(store.recorder, store.mapper)
    return ReadModels(
        programme=ProgrammeTables(reader),
        booking=booking,
        roster=roster,
        invoice=InvoiceTables(reader),
        payment=PaymentTables(reader),
        finding=FindingTables(reader),
        picture=PictureTables(reader),
        ledger=LedgerTables(reader),
        bookkeeping=BookkeepingTables(reader),
        desk=desk,
        merging=MergingTables(reader),
        people=PeopleTables(reader),
        first_refusal=FirstRefusalTables(reader),
        goods=GoodsTables(reader),
        freshness=followed,
        season_bookings=booking,
        season_seats=roster,
        waiting=roster,
        waiting_cases=desk,
        leaving=PeopleTables(reader),
        has_caught_up=lambda: followed.wait_for(log.recorded()),
        history=HistoryTables(reader, store.mapper),
        tabs=TabTables(reader),
        unconfirmed=UnconfirmedTables(reader),
        needs=NeedsTables(reader),
        own_facts=OwnFactTables(reader, store.mapper),
        delivery=DeliveryTables(reader),
    )


def _query(store: Store, tracking: Checkpoints) -> Query:
    def query(statement: str, arguments: Params, rows: RowFactory[Any] = tuple_row) -> list[Any]:
        try:
            return with_retries(lambda: store.recorder.query(statement, arguments, rows=rows))
        except psycopg.errors.UndefinedTable:
            tracking.make_missing()
            return store.recorder.query(statement, arguments, rows=rows)
        except (psycopg.DataError, UnicodeEncodeError) as error:
            raise BadValue(field="value", why="cannot be what is asked for") from error

    return query
