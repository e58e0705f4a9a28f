"""Webhooks at the desk: endpoints made, changed, stopped, removed; secrets shown once; deliveries sent again (S69)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.command import admin, by_system, command
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.queries import Queries, for_admins
from application.kernel.use_case import UseCases, admin_of, load_for, organiser_of
from domain.access.webhook import Stop, Webhook, address_of, kinds_of_choice
from domain.kernel.errors import NotFound
from domain.kernel.ids import OrganiserId


class DeliveryState(StrEnum):
    """What has become of what was to be told."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    PUT_ASIDE = "put_aside"
    """Nobody took it for three days; it is sent again by hand."""


@dataclass(frozen=True)
class MakeWebhook:
    """An endpoint: where, and of which kinds it is told."""

    address: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class ChangeWebhook:
    """Another address or other kinds from now on."""

    webhook_id: UUID
    address: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class WebhookRef:
    """Which endpoint it was about, and the number of its newest secret."""

    webhook_id: UUID
    secret_no: int


@dataclass(frozen=True)
class ShownSecret:
    """A secret in the clear, which is not shown again."""

    webhook_id: UUID
    secret: str
    position: int
    is_repeated: bool


@dataclass(frozen=True)
class WebhookRow:
    """An endpoint as lists show it. `stopped_for`: why it is told nothing ("": it is told)."""

    webhook_id: UUID
    address: str
    kinds: tuple[str, ...]
    stopped_for: str
    both_until: datetime | None
    made_at: datetime


@dataclass(frozen=True)
class DeliveryLine:
    """One happening on its way to one endpoint.

    `status`: the number that the other system answered with last (0: it has not answered), `error`: why it did not.
    `due_at`: when it is tried next, while it waits.
    """

    delivery_id: UUID
    webhook_id: UUID
    event_id: UUID
    kind: str
    subject_id: UUID
    state: DeliveryState
    attempts: int
    status: int
    error: str
    made_at: datetime
    due_at: datetime
    delivered_at: datetime | None
    body: str


class WebhookQuestions(Queries, Protocol):
    """Which endpoints there are."""

    @for_admins
    def webhooks(self, actor: Actor) -> tuple[WebhookRow, ...]:
        """The organiser's endpoints, oldest first; not those that are removed."""


class DeliveryBook(Protocol):
    """What is on its way, beside the record."""

    def list(
        self, organiser_id: OrganiserId, webhook_id: UUID | None, state: str, limit: int
    ) -> tuple[DeliveryLine, ...]:
        """An organiser's deliveries, latest first."""

    def again(self, organiser_id: OrganiserId, delivery_id: UUID) -> bool:
        """Send one once more, under the same event id; False when it is none of theirs."""

    def test(self, organiser_id: OrganiserId, webhook_id: UUID) -> None:
        """Put a test on its way."""


class Webhooks(UseCases):
    """The endpoints of an organiser, for its admins."""

    def __init__(
        self,
        decisions: Decisions,
        deliveries: DeliveryBook,
        secret: Callable[[UUID, int], str],
        *,
        may_be_here: bool = False,
    ) -> None:
        super().__init__(decisions)
        self._deliveries, self._secret, self._may_be_here = deliveries, secret, may_be_here

    def make(self, actor: Actor, command: MakeWebhook, key: str | None = None) -> ShownSecret:
        """A new endpoint, with its secret. Raises NotAllowed, BadValue."""
        return self._shown(self._make(actor, command, key))

    def rotate(self, actor: Actor, webhook_id: UUID, key: str | None = None) -> ShownSecret:
        """A new secret; the one before is live for a day more. Raises NotAllowed, NotFound."""
        return self._shown(self._rotate(actor, webhook_id, key))

    @command(by=admin)
    def change(self, work: UnitOfWork, command: ChangeWebhook) -> WebhookRef:
        """Another address, other kinds. Raises NotFound, BadValue, WebhookRemoved."""
        webhook = load_for(work, Webhook, command.webhook_id)
        address = address_of(command.address, may_be_here=self._may_be_here)
        webhook.change(address, kinds_of_choice(command.kinds))
        return _ref(webhook)

    @command(by=admin)
    def stop(self, work: UnitOfWork, webhook_id: UUID) -> WebhookRef:
        """Tell it nothing for now. Raises NotFound."""
        webhook = load_for(work, Webhook, webhook_id)
        webhook.stop(Stop.BY_HAND)
        return _ref(webhook)

    @command(by=admin)
    def resume(self, work: UnitOfWork, webhook_id: UUID) -> WebhookRef:
        """Tell it again, what waits first. Raises NotFound, WebhookRemoved."""
        webhook = load_for(work, Webhook, webhook_id)
        webhook.resume()
        return _ref(webhook)

    @command(by=admin)
    def remove(self, work: UnitOfWork, webhook_id: UUID) -> WebhookRef:
        """Tell it nothing any more. Raises NotFound."""
        webhook = load_for(work, Webhook, webhook_id)
        webhook.remove()
        return _ref(webhook)

    @by_system
    def stop_unheard(self, work: UnitOfWork, webhook_id: UUID, why: Stop) -> None:
        """The sender has given up: nothing is taken there any longer."""
        work.load(Webhook, webhook_id).stop(why)

    def test(self, actor: Actor, webhook_id: UUID) -> None:
        """Send a test to one endpoint, soon. Raises NotAllowed, NotFound, WebhookRemoved."""
        admin_of(actor)
        self._decisions.dry_run(actor, lambda work: load_for(work, Webhook, webhook_id).must_be_there())
        self._deliveries.test(organiser_of(actor), webhook_id)

    def deliveries(
        self, actor: Actor, webhook_id: UUID | None = None, state: str = "", limit: int = 100
    ) -> tuple[DeliveryLine, ...]:
        """What was sent or is to be, latest first. Raises NotAllowed unless admin."""
        return self._deliveries.list(admin_of(actor), webhook_id, state, limit)

    def replay(self, actor: Actor, delivery_id: UUID) -> None:
        """Send one once more, under the same event id. Raises NotAllowed, NotFound."""
        if not self._deliveries.again(admin_of(actor), delivery_id):
            raise NotFound(what="delivery")

    @command(by=admin)
    def _make(self, work: UnitOfWork, command: MakeWebhook) -> WebhookRef:
        address = address_of(command.address, may_be_here=self._may_be_here)
        kinds = kinds_of_choice(command.kinds)
        webhook = Webhook(work.new_id(), organiser_of(work.actor), address, kinds, work.actor.person_id)
        work.add(webhook)
        return _ref(webhook)

    @command(by=admin)
    def _rotate(self, work: UnitOfWork, webhook_id: UUID) -> WebhookRef:
        webhook = load_for(work, Webhook, webhook_id)
        webhook.rotate_secret(work.now)
        return _ref(webhook)

    def _shown(self, recorded: Committed[WebhookRef]) -> ShownSecret:
        made = recorded.answer
        secret = self._secret(made.webhook_id, made.secret_no)
        return ShownSecret(made.webhook_id, secret, recorded.position, recorded.repeated)


def _ref(webhook: Webhook) -> WebhookRef:
    return WebhookRef(webhook.id, webhook.secret_no)
