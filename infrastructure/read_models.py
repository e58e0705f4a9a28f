"""The read models, put together: what the wiring asks for, and how far they have come."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.abc import Params

from application.collective import Tabs
from application.delivery import DeliveryModel
from application.departure import ContactsKnown, WaitingPlaces
from application.merging import MergingModel
from application.needs import NeedsKnown
from application.overtaken import WaitingCases
from application.policies import SeasonBookings
from application.reading.booking import BookingModel
from application.reading.bookkeeping import BookkeepingModel
from application.reading.desk import DeskModel
from application.reading.finding import FindingModel
from application.reading.first_refusal import FirstRefusalModel
from application.reading.goods import GoodsModel
from application.reading.history import HistoryModel
from application.reading.invoice import InvoiceModel
from application.reading.ledger import LedgerModel
from application.reading.own_facts import OwnFactModel
from application.reading.page import Freshness
from application.reading.payment import PaymentModel
from application.reading.people import PeopleModel
from application.reading.picture import PictureModel
from application.reading.programme import ProgrammeModel
from application.reading.roster import RosterModel
from application.reading.unconfirmed import UnconfirmedModel
from application.telling.story import SeasonSeats
from domain.errors import BadValue
from infrastructure.events.log import Log
from infrastructure.events.patience import patiently
from infrastructure.following.projection_catalogue import PROJECTIONS
from infrastructure.following.reading import Query, Reader
from infrastructure.following.tracking import Tracking
from infrastructure.projections.ageing_questions import OpenTables
from infrastructure.projections.booking_questions import BookingTables
from infrastructure.projections.bookkeeping_questions import BookkeepingTables
from infrastructure.projections.delivery import DeliveryTables
from infrastructure.projections.desk_questions import DeskTables
from infrastructure.projections.finding_questions import FindingTables
from infrastructure.projections.first_refusal_questions import FirstRefusalTables
from infrastructure.projections.goods_questions import GoodsTables
from infrastructure.projections.history_questions import HistoryTables
from infrastructure.projections.invoice_questions import InvoiceTables
from infrastructure.projections.journal_questions import JournalTables
from infrastructure.projections.ledger_questions import BookTables
from infrastructure.projections.merging_questions import MergingTables
from infrastructure.projections.needs import NeedsTables
from infrastructure.projections.own_facts import OwnFactTables
from infrastructure.projections.payment_questions import PaymentTables
from infrastructure.projections.people_questions import PeopleTables
from infrastructure.projections.picture_questions import PictureTables
from infrastructure.projections.programme_questions import ProgrammeTables
from infrastructure.projections.roster_questions import RosterTables
from infrastructure.projections.tab import TabTables
from infrastructure.projections.unconfirmed import UnconfirmedTables
from infrastructure.store import Store

_FIRST_LOOK, _LAST_LOOK = 0.002, 0.05


class LedgerTables(BookTables, OpenTables, JournalTables):
    """`application.reading.ledger.LedgerModel` on the read models' tables."""


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
    ledger: LedgerModel
    bookkeeping: BookkeepingModel
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
    tabs: Tabs
    unconfirmed: UnconfirmedModel
    needs: NeedsKnown
    own_facts: OwnFactModel
    delivery: DeliveryModel


class Followed:
    """`application.reading.page.Freshness`: how far every read model has come."""

    def __init__(self, tracking: Tracking) -> None:
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
        self._seen = patiently(self._tracking.least)
        return self._seen


def open_read_models(store: Store) -> ReadModels:
    """The read models of a store. Their tables are made by the worker, or empty by the first question."""
    tracking = Tracking(store.connections, PROJECTIONS)
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


def _query(store: Store, tracking: Tracking) -> Query:
    def query(statement: str, arguments: Params) -> list[tuple[Any, ...]]:
        try:
            return patiently(lambda: store.recorder.query(statement, arguments))
        except psycopg.errors.UndefinedTable:
            tracking.make_missing()
            return store.recorder.query(statement, arguments)
        except (psycopg.DataError, UnicodeEncodeError) as error:
            raise BadValue(field="value", why="cannot be what is asked for") from error

    return query
