"""What other systems are told of an event: its kind, what it is about, and facts that are ids, öre and instants (S69).

No name, address, reason or answer of anybody is in it: whoever may know them asks the API by the id. The facts of a
kind are promised to others; a new one may be added, none may go or mean something else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from application.automation.outbound_catalogue import CATALOGUE, Facts
from application.automation.policies import Table, when
from application.kernel.actor import SYSTEM
from application.kernel.ports import Decisions, UnitOfWork
from domain.access.webhook import Webhook
from domain.kernel.ids import OrganiserId, derived


@dataclass(frozen=True)
class Happening:
    """What is told: `subject` is what others order by, `sequence` its number among the events of its thing."""

    event_id: UUID
    kind: str
    occurred_at: datetime
    organiser_id: OrganiserId
    subject: str
    subject_id: UUID
    sequence: int
    data: Facts


class OutboundMail(Protocol):
    """Where happenings wait until the other systems have taken them."""

    def wanted(self, kind: str) -> Collection[OrganiserId]:
        """The organisers of which some endpoint is told of this kind now."""

    def post(self, happening: Happening) -> None:
        """One for each endpoint that has chosen its kind; twice is once."""

    def begin_anew(self, webhook_id: UUID) -> None:
        """The endpoint is told again: what waits for it is tried at once."""

    def forget(self, webhook_id: UUID) -> None:
        """The endpoint is removed: what waits for it is told to nobody."""


class OutboundNews:
    """Whenever something happens of which others are told, it is put on its way to them."""

    def __init__(self, decisions: Decisions, mail: OutboundMail) -> None:
        self._decisions, self.mail = decisions, mail

    def tell(self, event: Any) -> None:
        """Put one event on its way. Given again, nothing is told twice."""
        outward = CATALOGUE[type(event)]
        wanted = self.mail.wanted(outward.kind)
        if not wanted:
            return
        happening = self._decisions.dry_run(SYSTEM, lambda work: happening_of(work, event))
        if happening.organiser_id in wanted:
            self.mail.post(happening)


def outbound(news: OutboundNews) -> Table:
    """Whatever stands in the catalogue is told to other systems, as long as they are to be told."""
    return (
        *(when(event, news.tell) for event in CATALOGUE),
        when(Webhook.Resumed, lambda event: news.mail.begin_anew(event.originator_id)),
        when(Webhook.Removed, lambda event: news.mail.forget(event.originator_id)),
    )


def happening_of(work: UnitOfWork, event: Any) -> Happening:
    """What is told of an event."""
    outward = CATALOGUE[type(event)]
    thing: Any = work.load(outward.thing, event.originator_id)
    return Happening(
        event_id=derived("happening", event.originator_id, event.originator_version),
        kind=outward.kind,
        occurred_at=event.timestamp,
        organiser_id=thing.organiser_id,
        subject=outward.subject,
        subject_id=outward.about(event, thing),
        sequence=event.originator_version,
        data=outward.facts(event, thing),
    )
