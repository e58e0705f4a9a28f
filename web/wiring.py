"""The wiring, in one place: what is made of what. Nothing here decides anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.access.token_desk import TokenJob
from application.automation.card_jobs import CardJobs
from application.automation.collective import COLLECTIVE, CollectiveInvoicing
from application.automation.daily_jobs import COMPARISON, ONCE, REMINDERS, DailyJob
from application.automation.leaving import forgotten_faces, kept_seats, leaving, signed_out
from application.automation.offboarding import CONTACTS, LeavingContacts
from application.automation.policies import Policies, cases, documents, letters, payments
from application.automation.retention import Retention
from application.automation.unconfirmed_jobs import unconfirmed_job
from application.billing.credit_note import CreditNotes
from application.billing.delivery import EInvoiceSender
from application.billing.enclosure import PrintedEnclosures
from application.billing.invoice import Invoices
from application.booking.calling_off import CalledOffBookings
from application.booking.overtaken import Overtaken
from application.insight.trail import Rate, TrailAlarms
from application.kernel.due_job import DueJob
from application.kernel.ports import Clock
from application.notifications.reaction import Telling
from application.notifications.story import Sources
from application.payments.reminder import Reminded, Reminders
from application.people.needs import needs_job
from application.services import Services
from infrastructure.clock import SystemClock
from infrastructure.documents.image_shelf import KeptImages
from infrastructure.documents.outbox import OutboxFolder
from infrastructure.documents.ubl import Ubl
from infrastructure.jobs.retention_store import KeptInDatabase
from infrastructure.jobs.worker import Worker
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.mail.sender import MailSender
from infrastructure.mail.told import ToldInDatabase
from infrastructure.mail.transports import mail_named
from infrastructure.past import PastOfStore
from infrastructure.postgres.database import prepare
from infrastructure.settings import Settings
from infrastructure.sign_in.token_store import PostgresTokenStore
from infrastructure.sign_in.trail_store import PostgresTrail
from infrastructure.store import Store, open_store
from infrastructure.stripe.differences import KeptDays, KeptDifferences
from infrastructure.subscriptions.chain import Chaining
from infrastructure.subscriptions.read_models import ReadModels
from web.letters.letter_words import LetterFile
from web.services import services_of


@dataclass(frozen=True)
class Installation:
    """A whole installation: the faces take `services`, the worker follows the log."""

    store: Store
    models: ReadModels
    services: Services
    worker: Worker
    collective: DailyJob[int]
    daily: DailyJob[tuple[Reminded, ...]]
    cards: CardJobs
    trail: PostgresTrail
    box: PostgresLetterBox

    def close(self) -> None:
        """Close this process's connections, once all is written down."""
        self.trail.flush()
        self.store.close()


def build(database_url: str, settings: Settings, clock: Clock | None = None) -> Installation:
    """A house on a database whose migrations have been run. Connects on first use, so it may be made before a fork."""
    store = open_store(database_url, settings.keys, clock or SystemClock(), settings.threads + 4)
    models = ReadModels(store)
    box = PostgresLetterBox(store, LetterFile(), settings.url, KeptImages(store).find)
    trail = PostgresTrail(store)
    services = services_of(store, models, box, settings, trail)
    decisions = store.decisions
    reminders = Reminders(decisions, models.payment)
    policies = Policies(
        documents(Invoices(decisions), CreditNotes(decisions), CalledOffBookings(decisions), models.booking),
        leaving(services.tokens, services.waiting_lists, models.roster),
        cases(Overtaken(decisions), models.desk),
        signed_out(services.sessions, services.passkeys, services.booking_links),
        letters(Telling(_sources(store, models), box, ToldInDatabase(store))),
        payments(services.card_refunds, reminders, services.holds, services.deliveries),
        kept_seats(services.first_refusals, models.first_refusal),
        forgotten_faces(services.faces),
    )
    card_work = CardJobs(
        services.checkouts,
        services.card_refunds,
        services.holds,
        services.card_notices,
        models.payment,
        KeptDifferences(store),
        store.clock,
    )
    organisers, days, clock = models.programme.organisers, KeptDays(store), store.clock
    tabs = CollectiveInvoicing(models.tabs, Invoices(decisions))
    contacts = LeavingContacts(decisions, models.people, days)
    collective = DailyJob(COLLECTIVE, tabs.run, organisers, days, clock)
    daily = DailyJob(REMINDERS, reminders.run, organisers, days, clock)
    refusals, kept = services.first_refusals, models.first_refusal

    def takes_cards() -> bool:
        return services.checkouts.takes_cards

    jobs = (
        services.sign_in,
        services.links_again,
        Chaining(store),
        MailSender(
            store,
            box,
            mail_named(settings.mail, settings.home / "outbox"),
            settings.mail_from,
            PrintedEnclosures(services.papers),
            services.booking_links.path_for,
        ),
        card_work,
        collective,
        EInvoiceSender(
            services.deliveries,
            models.delivery,
            models.invoice,
            Ubl(),
            OutboxFolder(settings.home / "outbox" / "e-invoices"),
        ),
        daily,
        DailyJob(COMPARISON, lambda *_: card_work.compare(), lambda: (ONCE,), days, clock, takes_cards),
        DueJob("first refusals", lambda: kept.due(clock.now()), lambda due: refusals.lapse(*due)),
        unconfirmed_job(decisions, models.unconfirmed, clock),
        needs_job(decisions, models.needs, clock),
        DailyJob(CONTACTS, contacts.run, organisers, days, clock, models.has_caught_up),
        TokenJob(decisions, PostgresTokenStore(store)),
        TrailAlarms(trail, decisions, box, store.clock, Rate(settings.alarm_refusals), lambda: _only(models)),
        Retention(
            KeptInDatabase(store),
            models.programme,
            KeptDays(store),
            store.clock,
            timedelta(days=settings.trail_days),
        ),
    )
    return Installation(
        store, models, services, Worker(store, models, policies, jobs), collective, daily, card_work, trail, box
    )


def _sources(store: Store, models: ReadModels) -> Sources:
    past = PastOfStore(store.recorder, store.mapper)
    return Sources(store.decisions, models.roster, past, models.first_refusal)


def _only(models: ReadModels) -> UUID | None:
    """The one organiser there is, to whom belongs what names none."""
    organisers = tuple(models.programme.organisers())
    return organisers[0].organiser_id if len(organisers) == 1 else None


def open_house(settings: Settings) -> Installation:
    """A house on the database the settings name (or its own), brought up to date first."""
    return build(prepare(settings), settings)
