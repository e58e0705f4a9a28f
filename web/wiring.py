"""The wiring, on one screen: what is made of what. Nothing here decides anything."""

from __future__ import annotations

from dataclasses import dataclass

from application.booking import Bookings
from application.called_off import CalledOffBookings
from application.calling_off import CallingOff
from application.cancellation import Cancellations
from application.credit_note import CreditNotes
from application.goods import GoodsOnOffer
from application.invoice import Invoices
from application.meeting import Meetings
from application.membership import Memberships
from application.network import Networks
from application.organisation import Organisations
from application.organiser import Organisers
from application.person import People
from application.policies import Policies
from application.ports import Clock
from application.purchase import Purchases
from application.reading.booking import BookingQuestions
from application.reading.desk import DeskQuestions
from application.reading.invoice import InvoiceQuestions
from application.reading.people import PeopleQuestions
from application.reading.programme import Programme
from application.reading.roster import Rosters
from application.registration import Registrations
from application.season import Seasons
from application.services import Services
from application.token import Tokens
from application.transfer import Transfers
from application.waiting_list import WaitingLists
from infrastructure.clock import SystemClock
from infrastructure.following.worker import Worker
from infrastructure.health import DatabaseHealth
from infrastructure.postgres.database import prepare
from infrastructure.read_models import ReadModels, open_read_models
from infrastructure.settings import Settings
from infrastructure.store import Store, open_store
from infrastructure.token_store import PostgresTokenStore


@dataclass(frozen=True)
class House:
    """A whole installation: the faces take `services`, the worker follows the log."""

    store: Store
    models: ReadModels
    services: Services
    worker: Worker

    def close(self) -> None:
        """Close this process's connections."""
        self.store.close()


def build(database_url: str, settings: Settings, clock: Clock | None = None) -> House:
    """A house on a database whose migrations have been run. Connects on first use, so it may be made before a fork."""
    store = open_store(database_url, settings.keys, clock or SystemClock(), settings.threads + 4)
    models = open_read_models(store)
    services = _services(store, models)
    decisions = store.decisions
    policies = Policies(
        Invoices(decisions),
        CreditNotes(decisions),
        CalledOffBookings(decisions),
        models.season_bookings,
        services.tokens,
    )
    return House(store, models, services, Worker(store, models, policies))


def open_house(settings: Settings) -> House:
    """A house on the database the settings name (or its own), brought up to date first."""
    return build(prepare(settings), settings)


def _services(store: Store, models: ReadModels) -> Services:
    decisions, bookings = store.decisions, BookingQuestions(models.booking)
    return Services(
        clock=store.clock,
        organisers=Organisers(decisions),
        people=People(decisions),
        organisations=Organisations(decisions),
        memberships=Memberships(decisions),
        networks=Networks(decisions),
        seasons=Seasons(decisions),
        meetings=Meetings(decisions),
        bookings=Bookings(decisions),
        registrations=Registrations(decisions),
        waiting_lists=WaitingLists(decisions),
        cancellations=Cancellations(decisions),
        transfers=Transfers(decisions),
        calling_off=CallingOff(decisions, models.season_bookings),
        invoices=Invoices(decisions),
        goods=GoodsOnOffer(decisions),
        purchases=Purchases(decisions),
        tokens=Tokens(PostgresTokenStore(store)),
        programme=Programme(models.programme),
        booking_questions=bookings,
        rosters=Rosters(models.roster),
        invoice_questions=InvoiceQuestions(models.invoice),
        desk=DeskQuestions(models.desk, bookings),
        people_questions=PeopleQuestions(models.people),
        freshness=models.freshness,
        health=DatabaseHealth(store, models.freshness),
    )
