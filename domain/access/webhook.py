"""A webhook: where another system is told of what happens here, of which kinds, and whether it still listens (S69)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from domain.access.webhook_kind import KINDS
from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.text import clean_line

LONGEST_ADDRESS = 500
BOTH_LIVE = timedelta(hours=24)
"""For so long after a rotation what is sent is signed by the earlier secret, too."""

HERE = ("127.0.0.1", "[::1]", "localhost")


class Stop(StrEnum):
    """Why an endpoint is told nothing any longer."""

    BY_HAND = "by_hand"
    GONE = "gone"
    """It answered again and again that it is there no more (410)."""
    SILENT = "silent"
    """For three days nothing that was sent has been taken."""


class WebhookRemoved(RuleBroken):
    """The endpoint has been removed, and nothing of it changes any longer."""


class Webhook(Aggregate):
    """One endpoint of one organiser. Its secrets stand nowhere: they follow from its id and their number."""

    class Made(Aggregate.Created):
        organiser_id: OrganiserId
        address: str
        kinds: tuple[str, ...]
        made_by: PersonId | None

    class Changed(Change):
        address: str
        kinds: tuple[str, ...]

    class SecretRotated(Aggregate.Event):
        secret_no: int
        both_until: datetime

        def apply(self, webhook: Webhook) -> None:
            webhook.secret_no, webhook.both_until = self.secret_no, self.both_until

    class Stopped(Aggregate.Event):
        why: Stop

        def apply(self, webhook: Webhook) -> None:
            webhook.stopped_for = self.why

    class Resumed(Aggregate.Event):
        def apply(self, webhook: Webhook) -> None:
            webhook.stopped_for = None

    class Removed(Aggregate.Event):
        def apply(self, webhook: Webhook) -> None:
            webhook.is_removed = True

    @event(Made)
    def __init__(
        self, id: UUID, organiser_id: OrganiserId, address: str, kinds: tuple[str, ...], made_by: PersonId | None
    ) -> None:
        self.organiser_id, self.made_by = organiser_id, made_by
        self.address, self.kinds = address, kinds
        self.secret_no = 1
        self.both_until: datetime | None = None
        self.stopped_for: Stop | None = None
        self.is_removed = False

    def change(self, address: str, kinds: tuple[str, ...]) -> None:
        """Another address, or other kinds, from now on. Raises WebhookRemoved."""
        self.must_be_there()
        self.record_change(Webhook.Changed(address=address, kinds=kinds))

    def rotate_secret(self, now: datetime) -> None:
        """A new secret; the one before signs beside it for a day, an earlier one no longer. Raises WebhookRemoved."""
        self.must_be_there()
        self.record(Webhook.SecretRotated(secret_no=self.secret_no + 1, both_until=now + BOTH_LIVE))

    def stop(self, why: Stop) -> None:
        """It is told nothing from now on; twice is once."""
        if not self.is_removed and self.stopped_for is None:
            self.record(Webhook.Stopped(why=why))

    def resume(self) -> None:
        """It is told of what happens from now on, and of what waits; twice is once. Raises WebhookRemoved."""
        self.must_be_there()
        if self.stopped_for is not None:
            self.record(Webhook.Resumed())

    def remove(self) -> None:
        """It is gone for good; twice is once."""
        if not self.is_removed:
            self.record(Webhook.Removed())

    def must_be_there(self) -> None:
        """Raises WebhookRemoved."""
        if self.is_removed:
            raise WebhookRemoved


def address_of(value: str, *, may_be_here: bool) -> str:
    """An address as it is kept: https, a host and nobody's password; http to this computer alone, and where allowed.

    Where a name leads is asked when something is sent, not here. Raises BadValue.
    """
    address = clean_line("address", value, LONGEST_ADDRESS)
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadValue(field="address", why="an address that begins with https://") from None
    named = f"[{host}]" if host and ":" in host else host
    is_here = may_be_here and named in HERE
    if not host or not address.isascii() or " " in address or (parts.scheme, is_here) not in _TAKEN:
        raise BadValue(field="address", why="an address that begins with https://")
    if "@" in parts.netloc or parts.fragment:
        raise BadValue(field="address", why="an address without a password or a #")
    return address


_TAKEN = (("https", False), ("https", True), ("http", True))


def kinds_of_choice(chosen: Collection[str]) -> tuple[str, ...]:
    """The kinds that were chosen, in the catalogue's order. Raises BadValue."""
    if not chosen or not set(chosen) <= set(KINDS):
        raise BadValue(field="kinds", why="at least one kind of the catalogue")
    return tuple(kind for kind in KINDS if kind in chosen)
