"""The read models, put together: what the wiring asks for, and how far they have come."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
from psycopg.abc import Params
from psycopg.rows import RowFactory, scalar_row, tuple_row
from psycopg.types.numeric import Int8

from domain.kernel.errors import BadValue
from infrastructure.event_store.store import Store
from infrastructure.postgres.retry import with_retries
from infrastructure.read_models.access.webhook import WebhookTables
from infrastructure.read_models.accounting.bookkeeping_queries import BookkeepingTables
from infrastructure.read_models.accounting.financial_year_queries import FinancialYearTables
from infrastructure.read_models.accounting.ledger_queries import LedgerTables
from infrastructure.read_models.accounting.vat_return_queries import VatReturnTables
from infrastructure.read_models.attendance.attendance_queries import AttendanceTables
from infrastructure.read_models.attendance.clash_queries import ClashTables
from infrastructure.read_models.attendance.participation_queries import ParticipationTables
from infrastructure.read_models.billing.collective_account import TabTables
from infrastructure.read_models.billing.delivery import DeliveryTables
from infrastructure.read_models.billing.invoice_queries import InvoiceTables
from infrastructure.read_models.booking.application import ApplicationTables
from infrastructure.read_models.booking.booking_queries import BookingTables
from infrastructure.read_models.booking.day_queries import DayTables
from infrastructure.read_models.booking.desk_queries import DeskTables
from infrastructure.read_models.booking.fellow_queries import FellowTables
from infrastructure.read_models.booking.first_refusal_queries import FirstRefusalTables
from infrastructure.read_models.booking.opening import OpeningTables
from infrastructure.read_models.booking.roster_queries import RosterTables
from infrastructure.read_models.booking.seat_offer_queries import SeatOfferTables
from infrastructure.read_models.booking.terms_trial_queries import CancellationTables
from infrastructure.read_models.booking.unconfirmed import UnconfirmedTables
from infrastructure.read_models.booking.vouch import VouchTables
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.insight.finding_queries import FindingTables
from infrastructure.read_models.insight.history_queries import HistoryTables
from infrastructure.read_models.kernel.query import Query, Reader
from infrastructure.read_models.learning.learning_queries import LearningTables
from infrastructure.read_models.mail.mailing import MailingTables
from infrastructure.read_models.mail.reminding import ReminderTables
from infrastructure.read_models.payments.payment_queries import PaymentTables
from infrastructure.read_models.people.merging_queries import MergingTables
from infrastructure.read_models.people.needs import NeedsTables
from infrastructure.read_models.people.own_facts import OwnFactTables
from infrastructure.read_models.people.people_queries import PeopleTables
from infrastructure.read_models.programme.goods_queries import GoodsTables
from infrastructure.read_models.programme.picture_queries import PictureTables
from infrastructure.read_models.programme.programme_queries import ProgrammeTables
from infrastructure.subscriptions.checkpoints import Checkpoints, Reached
from infrastructure.subscriptions.log import Log

_FIRST_LOOK, _LAST_LOOK = 0.002, 0.05
_WHOSE = "select organiser_of(organiser_id, originator_id) from event where position = %s"


class ReadModels:
    """What answers every question. Its tables are made by the worker, or empty by the first question."""

    def __init__(self, store: Store) -> None:
        checkpoints = Checkpoints(store.connections, PROJECTIONS)
        reader = Reader(_query(store, checkpoints), store.keyring, store.clock)
        self.programme = ProgrammeTables(reader)
        self.picture = PictureTables(reader)
        self.goods = GoodsTables(reader)
        self.people = PeopleTables(reader)
        self.needs = NeedsTables(reader)
        self.own_facts = OwnFactTables(reader, store.mapper)
        self.booking = BookingTables(reader)
        self.desk, self.cancellations_known = DeskTables(reader, self.booking), CancellationTables(reader, store.mapper)
        self.day = DayTables(reader)
        self.first_refusal, self.application = FirstRefusalTables(reader), ApplicationTables(reader)
        self.seat_offer, self.opening = SeatOfferTables(reader), OpeningTables(reader)
        self.unconfirmed, self.vouch = UnconfirmedTables(reader), VouchTables(reader)
        self.merging = MergingTables(reader)
        self.invoice = InvoiceTables(reader)
        self.delivery = DeliveryTables(reader)
        self.tabs, self.reminding, self.mailing = TabTables(reader), ReminderTables(reader), MailingTables(reader)
        self.payment = PaymentTables(reader)
        self._of_accounting(reader)
        self.finding = FindingTables(reader, self.people)
        self.webhook = WebhookTables(reader)
        self.history = HistoryTables(reader, store.mapper)
        self.freshness, self._log = FollowedLog(store, checkpoints), Log(store.recorder, store.mapper)
        self._at_meetings(reader)

    def _of_accounting(self, reader: Reader) -> None:
        """What answers about the ledger and what is handed over of it."""
        self.ledger, self.bookkeeping = LedgerTables(reader), BookkeepingTables(reader)
        self.financial_years, self.vat_return = FinancialYearTables(reader), VatReturnTables(reader)

    def _at_meetings(self, reader: Reader) -> None:
        """What answers about meetings and who comes to them."""
        self.fellow = FellowTables(reader)
        self.roster, self.attendance = RosterTables(reader), AttendanceTables(reader)
        self.learning = LearningTables(reader)
        self.clash = ClashTables(reader, self.programme, self.booking)
        self.participation = ParticipationTables(reader, self.programme, self.booking, self.roster)

    def has_caught_up(self) -> bool:
        """Wait a moment for everything recorded by now to be read; False when it takes longer."""
        return self.freshness.wait_for_all(self._log.recorded())


class FollowedLog:
    """`application.kernel.page.Freshness`: how far every read model has come, in each partition."""

    def __init__(self, store: Store, checkpoints: Checkpoints) -> None:
        self._store, self._checkpoints = store, checkpoints
        self._seen = 0

    def wait_for(self, position: int, timeout: float = 1.0) -> bool:
        """Wait (seconds) until what stands at a position, and before it of that organiser, can be read.

        False when it takes longer. Nobody waits for a partition that is another organiser's.
        """
        whose: UUID | None = None

        def can_be_read(come: Reached) -> bool:
            nonlocal whose
            if len(come.by_place) > 1 and whose is None:
                whose = self._store.first(_WHOSE, [Int8(position)], scalar_row)
            return (come.least if whose is None else come.of(whose)) >= position

        return self._seen >= position or self._wait(can_be_read, timeout)

    def wait_for_all(self, position: int, timeout: float = 1.0) -> bool:
        """Wait until everything up to a position can be read, whosever it is; False when it takes longer."""
        return self._wait(lambda come: come.least >= position, timeout)

    def _wait(self, can_be_read: Callable[[Reached], bool], timeout: float) -> bool:
        until, pause = time.monotonic() + timeout, _FIRST_LOOK
        while not can_be_read(self.reached()):
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(pause, left))
            pause = min(pause * 1.5, _LAST_LOOK)
        return True

    def position(self, organiser_id: UUID | None = None) -> int:
        """How far every read model has come, for an organiser or (None) for everybody."""
        come = self.reached()
        return come.least if organiser_id is None else come.of(organiser_id)

    def now(self) -> Callable[[UUID], int]:
        """How far for each organiser at this moment."""
        return self.reached().of

    def reached(self) -> Reached:
        """How far in each partition."""
        come = with_retries(self._checkpoints.reached)
        self._seen = come.least
        return come


def _query(store: Store, checkpoints: Checkpoints) -> Query:
    def query(statement: str, arguments: Params, rows: RowFactory[Any] = tuple_row) -> list[Any]:
        try:
            return with_retries(lambda: store.recorder.query(statement, arguments, rows=rows))
        except psycopg.errors.UndefinedTable:
            checkpoints.make_missing()
            return store.recorder.query(statement, arguments, rows=rows)
        except (psycopg.DataError, UnicodeEncodeError) as error:
            raise BadValue(field="value", why="cannot be what is asked for") from error

    return query
