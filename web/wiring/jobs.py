"""What the worker does by the clock, and about what waits: each job with what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from application.access.token_desk import TokenJob
from application.automation.card_jobs import CardJobs
from application.automation.collective import COLLECTIVE, CollectiveInvoicing
from application.automation.daily_jobs import COMPARISON, ONCE, REMINDERS, DailyJob
from application.automation.offboarding import CONTACTS, LeavingContacts
from application.automation.queue import seat_offer_job
from application.automation.retention import Retention
from application.automation.unconfirmed_jobs import unconfirmed_job
from application.billing.delivery import EInvoiceSender
from application.billing.enclosure import PrintedEnclosures
from application.billing.invoice import Invoices
from application.insight.trail import Rate, TrailAlarms
from application.kernel.due_job import DueJob
from application.learning.round import Rounds, rounds_job
from application.notifications.reaction import Telling
from application.notifications.reminders import Reminders as MeetingReminders
from application.notifications.reminders import reminder_job
from application.payments.reminder import Reminded, Reminders
from application.people.needs import needs_job
from application.programme.publication import publication_job
from application.services import Services
from domain.kernel.ids import PersonId
from infrastructure.documents.outbox import OutboxFolder
from infrastructure.documents.ubl import Ubl
from infrastructure.jobs.erasures import ErasureJob
from infrastructure.jobs.jobs import Job
from infrastructure.jobs.retention_store import KeptInDatabase
from infrastructure.jobs.troubles import TroubleLog
from infrastructure.mail.returned import ReturnAddresses
from infrastructure.mail.sender import MailSender, PathFor
from infrastructure.mail.transports import mail_named
from infrastructure.sign_in.token_store import PostgresTokenStore
from infrastructure.stripe.differences import KeptDays, KeptDifferences
from infrastructure.subscriptions.chain import Chaining
from infrastructure.subscriptions.read_models import ReadModels
from infrastructure.webhooks.post import Poster
from infrastructure.webhooks.sender import WebhookSender
from web.wiring.parts import Parts

WEBHOOK_SENDERS = 3
"""How many other systems are spoken to at once: a slow one does not keep all others waiting."""


@dataclass(frozen=True)
class DaysWork:
    """What is done once a day, or when a command asks for it."""

    collective: DailyJob[int]
    daily: DailyJob[tuple[Reminded, ...]]
    cards: CardJobs


def days_work_of(parts: Parts, services: Services, reminders: Reminders) -> DaysWork:
    """Collective invoices, reminders, and what the card company knows."""
    store, models = parts.store, parts.models
    organisers, days, clock = models.programme.organisers, KeptDays(store), store.clock
    tabs = CollectiveInvoicing(models.tabs, Invoices(parts.decisions))
    cards = CardJobs(
        services.checkouts,
        services.card_refunds,
        services.holds,
        services.card_notices,
        models.payment,
        KeptDifferences(store),
        clock,
        parts.is_sure,
    )
    return DaysWork(
        DailyJob(COLLECTIVE, tabs.run, organisers, days, clock, parts.is_sure),
        DailyJob(REMINDERS, reminders.run, organisers, days, clock, parts.is_sure),
        cards,
    )


def jobs_of(parts: Parts, services: Services, telling: Telling, work: DaysWork) -> tuple[Job, ...]:
    """All of them, in the order in which the worker takes them."""
    store = parts.store
    return (
        services.sign_in,
        services.links_again,
        Chaining(store),
        ErasureJob(store),
        TroubleLog(services.health),
        _mail_sender(parts, services),
        work.cards,
        work.collective,
        _e_invoice_sender(parts, services),
        work.daily,
        _comparison(parts, services, work.cards),
        *(each.believing(parts.is_sure) for each in _by_the_clock(parts, services, telling)),
        _contacts(parts),
        *_webhook_senders(parts, services),
        TokenJob(parts.decisions, PostgresTokenStore(store)),
        _alarms(parts),
        _retention(parts),
    )


def _mail_sender(parts: Parts, services: Services) -> MailSender:
    store, settings = parts.store, parts.settings
    return MailSender(
        store,
        parts.box,
        mail_named(settings.mail, settings.home / "outbox"),
        settings.mail_from,
        PrintedEnclosures(services.papers),
        ways_in(services),
        services.tickets.entry_for,
        ReturnAddresses(store.keyring, settings.mail_returns).address_of,
    )


def _e_invoice_sender(parts: Parts, services: Services) -> EInvoiceSender:
    models, folder = parts.models, OutboxFolder(parts.settings.home / "outbox" / "e-invoices")
    return EInvoiceSender(services.deliveries, models.delivery, models.invoice, Ubl(), folder)


def _comparison(parts: Parts, services: Services, cards: CardJobs) -> Job:
    def takes_cards() -> bool:
        return services.checkouts.takes_cards

    store = parts.store
    return DailyJob(COMPARISON, lambda *_: cards.compare(), lambda: (ONCE,), KeptDays(store), store.clock, takes_cards)


def _lapsing(parts: Parts, services: Services) -> tuple[DueJob[Any], ...]:
    """What is held until an instant ends then."""
    clock, refusals, kept = parts.store.clock, services.first_refusals, parts.models.first_refusal
    answers, applications = services.application_answers, parts.models.application
    return (
        DueJob("first refusals", lambda: kept.due(clock.now()), lambda due: refusals.lapse(*due)),
        DueJob("applications", lambda: applications.holds_over(clock.now()), lambda one: answers.lapse_hold(*one)),
    )


def _by_the_clock(parts: Parts, services: Services, telling: Telling) -> tuple[DueJob[Any], ...]:
    decisions, models, clock = parts.decisions, parts.models, parts.store.clock
    return (
        *_lapsing(parts, services),
        reminder_job(MeetingReminders(telling, models.reminding, clock, models.freshness.position)),
        seat_offer_job(services.seat_offers, models.seat_offer, clock.now),
        unconfirmed_job(decisions, models.unconfirmed, clock),
        needs_job(decisions, models.needs, clock),
        publication_job(decisions, models.programme, clock),
        rounds_job(Rounds(decisions, models.learning), models.learning, clock),
    )


def _contacts(parts: Parts) -> Job:
    models, store = parts.models, parts.store
    days = KeptDays(store)
    contacts = LeavingContacts(parts.decisions, models.people, days)

    def is_ready() -> bool:
        return models.has_caught_up() and parts.is_sure()

    return DailyJob(CONTACTS, contacts.run, models.programme.organisers, days, store.clock, is_ready)


def _webhook_senders(parts: Parts, services: Services) -> tuple[Job, ...]:
    poster = Poster(may_be_here=parts.settings.webhooks_here)
    return tuple(WebhookSender(parts.store, poster, services.webhooks.stop_unheard) for _ in range(WEBHOOK_SENDERS))


def _alarms(parts: Parts) -> TrailAlarms:
    rate, clock = Rate(parts.settings.alarm_refusals), parts.store.clock
    return TrailAlarms(parts.trail, parts.decisions, parts.box, clock, rate, lambda: _only(parts.models))


def _retention(parts: Parts) -> Retention:
    store, models = parts.store, parts.models
    return Retention(
        KeptInDatabase(store),
        models.programme,
        models.financial_years,
        KeptDays(store),
        store.clock,
        timedelta(days=parts.settings.trail_days),
        lambda _: parts.is_sure(),
    )


def ways_in(services: Services) -> PathFor:
    """The paths of mails, opened by a link of the reader's own: to a booking, or to a place in line."""

    def path_for(path: str, person_id: PersonId | None, address: str) -> str:
        booking = services.booking_links.path_for(path, person_id, address)
        return services.queue_links.path_for(booking, person_id, address)

    return path_for


def _only(models: ReadModels) -> UUID | None:
    """The one organiser there is, to whom belongs what names none."""
    organisers = tuple(models.programme.organisers())
    return organisers[0].organiser_id if len(organisers) == 1 else None
