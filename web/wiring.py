"""The wiring, in one place: what is made of what. Nothing here decides anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.access.token_desk import TokenJob
from application.automation.card_jobs import CardJobs
from application.automation.collective import COLLECTIVE, CollectiveInvoicing
from application.automation.daily_jobs import COMPARISON, ONCE, REMINDERS, DailyJob
from application.automation.leaving import forgotten_faces, kept_seats, leaving, signed_out, withdrawn_applications
from application.automation.material_files import forgotten_files
from application.automation.offboarding import CONTACTS, LeavingContacts
from application.automation.opening import told_openings
from application.automation.outbound import OutboundNews, outbound
from application.automation.policies import Policies, cases, closed_rounds, documents, letters, payments
from application.automation.queue import moving_queues, seat_offer_job
from application.automation.retention import Retention
from application.automation.unconfirmed_jobs import unconfirmed_job
from application.automation.vouched import verified_vouches
from application.billing.credit_note import CreditNotes
from application.billing.delivery import EInvoiceSender
from application.billing.enclosure import PrintedEnclosures
from application.billing.invoice import Invoices
from application.booking.calling_off import CalledOffBookings
from application.booking.overtaken import Overtaken
from application.insight.trail import Rate, TrailAlarms
from application.kernel.due_job import DueJob
from application.kernel.ports import Clock
from application.learning.round import Rounds, rounds_job
from application.notifications.reaction import Telling
from application.notifications.reminders import Reminders as MeetingReminders
from application.notifications.reminders import reminder_job
from application.notifications.story import Sources
from application.payments.reminder import Reminded, Reminders
from application.people.needs import needs_job
from application.programme.publication import publication_job
from application.services import Services
from domain.kernel.ids import PersonId
from infrastructure.clock import SystemClock
from infrastructure.documents.image_shelf import KeptImages
from infrastructure.documents.outbox import OutboxFolder
from infrastructure.documents.ubl import Ubl
from infrastructure.jobs.erasures import ErasureJob
from infrastructure.jobs.jobs import Job
from infrastructure.jobs.retention_store import KeptInDatabase
from infrastructure.jobs.troubles import TroubleLog
from infrastructure.jobs.worker import Worker
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.mail.returned import ReturnAddresses
from infrastructure.mail.sender import MailSender, PathFor
from infrastructure.mail.told import ToldInDatabase
from infrastructure.mail.transports import mail_named
from infrastructure.opening import prepare
from infrastructure.past import PastOfStore
from infrastructure.settings import Settings
from infrastructure.sign_in.token_store import PostgresTokenStore
from infrastructure.sign_in.trail_store import PostgresTrail
from infrastructure.store import Store, open_store
from infrastructure.stripe.differences import KeptDays, KeptDifferences
from infrastructure.subscriptions.chain import Chaining
from infrastructure.subscriptions.read_models import ReadModels
from infrastructure.webhooks.deliveries import PostgresDeliveries
from infrastructure.webhooks.post import Poster
from infrastructure.webhooks.sender import WebhookSender
from web.letters.letter_words import LetterFile
from web.services import services_of

WEBHOOK_SENDERS = 3
"""How many other systems are spoken to at once: a slow one does not keep all others waiting."""


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
    telling = Telling(_sources(store, models), box, ToldInDatabase(store))
    policies = Policies(
        documents(Invoices(decisions), CreditNotes(decisions), CalledOffBookings(decisions), models.booking),
        leaving(services.tokens, services.waiting_lists, models.roster),
        cases(Overtaken(decisions), models.desk),
        signed_out(services.sessions, services.passkeys, services.booking_links),
        letters(telling),
        payments(services.card_refunds, reminders, services.holds, services.deliveries),
        kept_seats(services.first_refusals, models.first_refusal),
        forgotten_faces(services.faces),
        closed_rounds(services.rounds),
        forgotten_files(services.material_files),
        withdrawn_applications(services.application_answers, models.application),
        outbound(OutboundNews(decisions, PostgresDeliveries(store))),
        moving_queues(services.seat_offers, models.seat_offer),
        told_openings(services.opening_lists, models.opening, telling.sources.past),
        verified_vouches(services.vouches),
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
    forgetting = KeptInDatabase(store)
    due = models.application
    refusals, kept = services.first_refusals, models.first_refusal

    poster = Poster(may_be_here=settings.webhooks_here)

    def takes_cards() -> bool:
        return services.checkouts.takes_cards

    jobs: tuple[Job, ...] = (
        services.sign_in,
        services.links_again,
        Chaining(store),
        ErasureJob(store),
        TroubleLog(services.health),
        MailSender(
            store,
            box,
            mail_named(settings.mail, settings.home / "outbox"),
            settings.mail_from,
            PrintedEnclosures(services.papers),
            ways_in(services),
            services.tickets.entry_for,
            ReturnAddresses(store.keyring, settings.mail_returns).address_of,
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
        DueJob(
            "applications",
            lambda: due.holds_over(clock.now()),
            lambda one: services.application_answers.lapse_hold(*one),
        ),
        reminder_job(MeetingReminders(telling, models.reminding, clock, models.freshness.position)),
        seat_offer_job(services.seat_offers, models.seat_offer, clock.now),
        unconfirmed_job(decisions, models.unconfirmed, clock),
        needs_job(decisions, models.needs, clock),
        publication_job(decisions, models.programme, clock),
        rounds_job(Rounds(decisions, models.learning), models.learning, clock),
        DailyJob(CONTACTS, contacts.run, organisers, days, clock, models.has_caught_up),
        *(WebhookSender(store, poster, services.webhooks.stop_unheard) for _ in range(WEBHOOK_SENDERS)),
        TokenJob(decisions, PostgresTokenStore(store)),
        TrailAlarms(trail, decisions, box, store.clock, Rate(settings.alarm_refusals), lambda: _only(models)),
        Retention(
            forgetting,
            models.programme,
            models.financial_years,
            days,
            store.clock,
            timedelta(days=settings.trail_days),
            forgetting.agrees if isinstance(store.clock, SystemClock) else lambda _: True,
        ),
    )
    return Installation(
        store, models, services, Worker(store, models, policies, jobs), collective, daily, card_work, trail, box
    )


def ways_in(services: Services) -> PathFor:
    """The paths of mails, opened by a link of the reader's own: to a booking, or to a place in line."""

    def path_for(path: str, person_id: PersonId | None, address: str) -> str:
        booking = services.booking_links.path_for(path, person_id, address)
        return services.queue_links.path_for(booking, person_id, address)

    return path_for


def _sources(store: Store, models: ReadModels) -> Sources:
    past = PastOfStore(store.recorder, store.mapper)
    return Sources(store.decisions, models.roster, past, models.first_refusal, models.clash, models.application)


def _only(models: ReadModels) -> UUID | None:
    """The one organiser there is, to whom belongs what names none."""
    organisers = tuple(models.programme.organisers())
    return organisers[0].organiser_id if len(organisers) == 1 else None


def open_house(settings: Settings) -> Installation:
    """A house on the database the settings name (or its own), brought up to date first."""
    return build(prepare(settings), settings)
