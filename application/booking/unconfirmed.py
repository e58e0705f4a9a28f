"""What a stranger has typed and confirms by a mailed link: found by its code, shown until it is over."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.one_time_token import Limits
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.rate_limit import Asking, must_be_seldom
from application.kernel.use_case import UseCases, load_for
from application.people.person import digest_of
from domain.booking.application import Application
from domain.booking.opening_request import OpeningRequest
from domain.booking.order import Order
from domain.booking.queue_request import QueueRequest
from domain.booking.registration import Registration

U = TypeVar("U", Registration, Order, Application, QueueRequest, OpeningRequest)


@dataclass(frozen=True)
class MailedLink:
    """What stands in the link that was mailed: of what was asked for, and the code."""

    id: UUID
    code: str


class ConfirmedByMail(UseCases):
    """Use cases of what strangers ask for: each is given a code that only a letter tells, and asked for seldom."""

    def __init__(
        self, decisions: Decisions, limits: Limits, new_code: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    ) -> None:
        super().__init__(decisions)
        self._limits, self._new_code = limits, new_code

    def _must_be_seldom(
        self, actor: Actor, command: object, key: str | None, place: str, asking: Callable[[UnitOfWork], Asking]
    ) -> None:
        """Raises TooManyAttempts. `place`: from which network address; "" is a program of the house, never refused."""
        if place:
            asked = self._decisions.dry_run(actor, asking)
            must_be_seldom(self._limits, asked, place, f"{key}/{command!r}" if key else "")


def linked(work: UnitOfWork, kind: type[U], link: MailedLink) -> U:
    """What a link is about. Raises NotFound for any other code."""
    unconfirmed = load_for(work, kind, link.id)
    unconfirmed.must_match(digest_of(link.code))
    return unconfirmed


def state_shown(
    work: UnitOfWork, unconfirmed: Registration | Order | Application | QueueRequest | OpeningRequest
) -> str:
    """How it stands for whoever holds the link: held, over (not confirmed in time), or confirmed."""
    return "over" if unconfirmed.is_over(work.now) else unconfirmed.state.value


def address_digest(work: UnitOfWork, email: str) -> str:
    """By what it is counted how often an address is typed."""
    return work.blind_index(f"registration/{email}")
