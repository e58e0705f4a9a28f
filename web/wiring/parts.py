"""What several use cases and jobs of an installation are made of: each made once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from application.access.session import Sessions
from application.booking.selves import Selves
from application.kernel.ports import Decisions
from application.payments.checkout import Checkouts
from infrastructure.documents.image_shelf import KeptImages
from infrastructure.event_store.store import Store
from infrastructure.jobs.retention_store import KeptInDatabase
from infrastructure.kernel.clock import SystemClock, new_id
from infrastructure.kernel.settings import Settings
from infrastructure.keys.ticket_codes import TicketCodes
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.sign_in.one_time_store import PostgresOneTimeStore
from infrastructure.sign_in.session_store import PostgresSessionStore
from infrastructure.sign_in.trail_store import PostgresTrail
from infrastructure.stripe.chosen import chosen_cards, chosen_sellers
from infrastructure.subscriptions.read_models import ReadModels

Made = dict[str, Any]
"""Some of the services, by their names; `Services` refuses what it does not know, and misses what is not there."""


@dataclass(frozen=True)
class Parts:
    """The store with what reads it, the letters, the settings, and what is shared beyond one room."""

    store: Store
    models: ReadModels
    box: PostgresLetterBox
    settings: Settings
    trail: PostgresTrail

    @property
    def decisions(self) -> Decisions:
        """The record of decisions."""
        return self.store.decisions

    @cached_property
    def one_time(self) -> PostgresOneTimeStore:
        """What is good once: confirmations, links, challenges."""
        return PostgresOneTimeStore(self.store)

    @cached_property
    def selves(self) -> Selves:
        """All the entries of one person."""
        return Selves(self.decisions, self.store.clock)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        kept = PostgresSessionStore(self.store)
        return Sessions(self.decisions, kept, kept.organisers, self.store.clock, new_id)

    @cached_property
    def is_sure(self) -> Callable[[], bool]:
        """Whether the database agrees what time it is; a clock that has been set on purpose is believed."""
        kept, clock = KeptInDatabase(self.store), self.store.clock
        return (lambda: kept.agrees(clock.now())) if isinstance(clock, SystemClock) else lambda: True

    @cached_property
    def shelf(self) -> KeptImages:
        """Pictures, as they are kept."""
        return KeptImages(self.store)

    @cached_property
    def codes(self) -> TicketCodes:
        """The codes of tickets."""
        return TicketCodes(self.store.keyring)

    @cached_property
    def checkouts(self) -> Checkouts:
        """Payments by card."""
        models, settings = self.models, self.settings
        return Checkouts(self.decisions, chosen_cards(settings), chosen_sellers(settings, models.programme))
