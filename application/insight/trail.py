"""The trail: who was refused what, who signed in, who took data out; kept beside the record, for admins to read.

It names people by their ids alone, and places by their network. Noting never fails and is never waited for.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.one_time_token import address_on_net
from application.kernel.page import Page
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import organiser_of
from application.mail.letters import Letter, Letters
from application.notifications.table import ALARM
from domain.kernel.ids import OrganiserId, PersonId
from domain.people.organiser import Organiser

_log = logging.getLogger(__name__)


class TrailKind(StrEnum):
    """What is noted."""

    REFUSED = "refused"
    NOT_FOUND = "not_found"
    BAD_KEY = "bad_key"
    FAILED_SIGN_IN = "failed_sign_in"
    SIGN_IN = "sign_in"
    EXPORT = "export"


ALARMING = (TrailKind.REFUSED, TrailKind.NOT_FOUND, TrailKind.BAD_KEY, TrailKind.FAILED_SIGN_IN)


@dataclass(frozen=True)
class Noted:
    """One thing to note. `what`: the way that was asked for, without what is anybody's; `why`: the refusal's name.

    `about`: the id of the thing that was asked for; `place`: from which network.
    """

    kind: TrailKind
    organiser_id: UUID | None
    what: str
    why: str = ""
    actor: str = ""
    roles: tuple[str, ...] = ()
    person_id: UUID | None = None
    about: UUID | None = None
    place: str = ""


@dataclass(frozen=True)
class TrailRow:
    """A line of the trail; `number` of the same kind came together, the first of them at `at`."""

    trail_id: int
    at: datetime
    kind: TrailKind
    what: str
    why: str
    actor: str
    roles: tuple[str, ...]
    person_id: PersonId | None
    about: UUID | None
    place: str
    number: int


@dataclass(frozen=True)
class TrailFilter:
    """Which lines: of a kind, of a person, from and until an instant, where given."""

    kind: str = ""
    person_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


class Trail(Protocol):
    """Where things are noted."""

    def note(self, noted: Noted) -> None:
        """Note it, soon; never raises and waits for nothing."""


class TrailModel(Protocol):
    """Reads the trail."""

    def rows(self, organiser_id: UUID, which: TrailFilter, after: str | None, limit: int) -> Page[TrailRow]:
        """An organiser's lines, latest first."""

    def latest(self) -> int:
        """The id of the last line; 0: there is none."""

    def counts(self, since: datetime, kinds: tuple[TrailKind, ...]) -> tuple[tuple[UUID | None, int], ...]:
        """How many of these kinds there were since an instant, of each organiser."""


class TrailQuestions:
    """The trail for an organiser's admins."""

    def __init__(self, model: TrailModel) -> None:
        self._model = model

    def rows(
        self,
        actor: Actor,
        which: TrailFilter = TrailFilter(),
        after: str | None = None,
        limit: int = 50,  # frozen
    ) -> Page[TrailRow]:
        """The organiser's lines, latest first. Raises NotAllowed unless admin."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.ADMIN)
        return self._model.rows(organiser, which, after, limit)


@dataclass(frozen=True)
class Rate:
    """More refusals than `most` within a while are told to admins."""

    most: int = 50
    within: timedelta = timedelta(minutes=10)


class TrailAlarms:
    """A job of the leading worker: tells an organiser's admins, once a day, and the log when refusals come thick."""

    def __init__(
        self,
        model: TrailModel,
        decisions: Decisions,
        letters: Letters,
        clock: Clock,
        rate: Rate,
        only_organiser: Callable[[], UUID | None] = lambda: None,
    ) -> None:
        self._model, self._decisions, self._letters = model, decisions, letters
        self._clock, self._rate, self._only = clock, rate, only_organiser
        self._seen = 0
        self._told: set[str] = set()

    def turn(self) -> bool:
        """Look at what has come since the last look; False when nothing has."""
        latest = self._model.latest()
        if latest == self._seen:
            return False
        self._seen = latest
        now = self._clock.now()
        for organiser, number in self._model.counts(now - self._rate.within, ALARMING):
            if number > self._rate.most:
                self._alarm(organiser or self._only(), number, now)
        return True

    def _alarm(self, organiser: UUID | None, number: int, now: datetime) -> None:
        key = f"alarm/{organiser}/{now.date().isoformat()}"
        if key in self._told:
            return
        self._told.add(key)
        minutes = int(self._rate.within.total_seconds() // 60)
        _log.warning("organiser %s: %d refused attempts within %d minutes", organiser, number, minutes)
        if organiser is None:
            return
        facts = {"n": str(number), "minutes": str(minutes), "path": "/trail"}
        for person_id in self._decisions.dry_run(SYSTEM, lambda work: admins(work, OrganiserId(organiser))):
            letter = Letter(f"{key}/{person_id}", OrganiserId(organiser), ALARM, person_id, facts=facts)
            self._letters.post(letter)


def admins(work: UnitOfWork, organiser_id: OrganiserId) -> tuple[PersonId, ...]:
    """An organiser's admins, in a stable order."""
    organiser = work.find(Organiser, organiser_id)
    staff = organiser.staff if organiser is not None else ()
    return tuple(sorted({person_id for person_id, role in staff if role == Role.ADMIN}))


def network_of(address: str) -> str:
    """The network that an address is in, coarsely: a person cannot be told by it, an attack can. Empty for none."""
    found = address_on_net(address)
    if found is None:
        return ""
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))  # IP versions
