"""The wiring, in one place: what is made of what. Nothing here decides anything."""

from __future__ import annotations

from dataclasses import dataclass

from application.automation.card_jobs import CardJobs
from application.automation.daily_jobs import DailyJob
from application.kernel.ports import Clock
from application.notifications.reaction import Telling
from application.notifications.story import Sources
from application.payments.reminder import Reminded, Reminders
from application.services import Services
from infrastructure.documents.image_shelf import KeptImages
from infrastructure.event_store.opening import prepare
from infrastructure.event_store.store import Store, open_store
from infrastructure.jobs.worker import Worker
from infrastructure.kernel.clock import SystemClock
from infrastructure.kernel.settings import Settings
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.mail.past import PastOfStore
from infrastructure.mail.told import ToldInDatabase
from infrastructure.sign_in.trail_store import PostgresTrail
from infrastructure.subscriptions.read_models import ReadModels
from web.letters.letter_words import LetterFile
from web.wiring.jobs import days_work_of, jobs_of
from web.wiring.parts import Parts
from web.wiring.policies import policies_of
from web.wiring.services import services_of

_BESIDE = 3
"""Connections at most that each further partition may ask for in the process that leads it."""


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
    connections = settings.threads + 4 + _BESIDE * ((settings.partitions or 1) - 1)
    store = open_store(database_url, settings.keys, clock or SystemClock(), connections)
    models = ReadModels(store)
    box = PostgresLetterBox(store, LetterFile(), settings.url, KeptImages(store).find)
    parts = Parts(store, models, box, settings, PostgresTrail(store))
    services = services_of(parts)
    reminders = Reminders(store.decisions, models.payment)
    telling = Telling(_sources(store, models), box, ToldInDatabase(store), store.together)
    policies = policies_of(store, models, services, telling, reminders)
    work = days_work_of(parts, services, reminders)
    worker = Worker(store, models, policies, jobs_of(parts, services, telling, work), settings.partitions)
    return Installation(store, models, services, worker, work.collective, work.daily, work.cards, parts.trail, box)


def _sources(store: Store, models: ReadModels) -> Sources:
    past = PastOfStore(store.recorder, store.mapper)
    return Sources(store.decisions, models.roster, past, models.first_refusal, models.clash, models.application)


def open_house(settings: Settings) -> Installation:
    """A house on the database the settings name (or its own), brought up to date first."""
    return build(prepare(settings), settings)
