"""Letters as staff see to them: what was sent to whom, what did not arrive, and sending it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import found
from application.kernel.ports import Decisions
from application.kernel.use_case import admin_of, organiser_of
from application.mail.letters import SECRET_KINDS, Letters
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.terms import start_of
from domain.people.organiser import Organiser


class LetterState(StrEnum):
    """How far a letter has come."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    UNREADABLE = "unreadable"
    UNWANTED = "unwanted"
    """Its reader has said no to letters such as this, and it is not sent."""


@dataclass(frozen=True)
class LetterRow:
    """A letter as staff see it. `to` is None once the person has been erased; `error` says why it was not delivered.

    `is_old`: what stood in it, and to which address it went, is no longer kept. `subject`: as its reader sees it; None
    where nobody can read it any longer.
    """

    letter_id: UUID
    organiser_id: OrganiserId
    kind: str
    person_id: PersonId | None
    to: str | None
    language: str
    state: LetterState
    posted_at: datetime
    sent_at: datetime | None
    attempts: int
    error: str
    is_old: bool = False
    subject: str | None = None
    season_id: UUID | None = None


@dataclass(frozen=True)
class LetterFilter:
    """Which letters; what is not said leaves none out. `people` None: to anybody. `until` is not included."""

    state: str = ""
    kind: str = ""
    season_id: UUID | None = None
    people: tuple[UUID, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None


class MailOutbox(Letters, Protocol):
    """Where letters lie, for staff who look after them."""

    def list(self, organiser_id: UUID, which: LetterFilter, limit: int | None) -> tuple[LetterRow, ...]:
        """An organiser's letters, latest first; all of them where there is no limit."""

    def find(self, letter_id: UUID) -> LetterRow | None:
        """One letter."""

    def words(self, letter_id: UUID) -> tuple[str, str] | None:
        """Its subject and text; None when they cannot be read any longer."""

    def page(self, letter_id: UUID) -> str | None:
        """Its HTML with the picture in it; None when it cannot be read any longer."""

    def send_again(self, letter_id: UUID) -> None:
        """Deliver it once more."""


class LetterDesk:
    """An organiser's letters for its staff: what was sent to whom, what did not arrive, send it again."""

    def __init__(self, box: MailOutbox, decisions: Decisions) -> None:
        self._box, self._decisions = box, decisions

    def list(
        self, actor: Actor, state: str = "", person_id: UUID | None = None, limit: int | None = 100
    ) -> tuple[LetterRow, ...]:
        """The organiser's letters, latest first; without a limit all.

        Raises NotAllowed unless admin, or asking for one's own.
        """
        organiser = organiser_of(actor)
        if not actor.is_person(person_id):
            actor.must_be(organiser, Role.ADMIN)
        which = LetterFilter(state, people=(person_id,) if person_id is not None else None)
        return self._box.list(organiser, which, limit)

    def find(
        self, actor: Actor, which: LetterFilter, on: date | None = None, limit: int = 100
    ) -> tuple[LetterRow, ...]:
        """Some of the organiser's letters, latest first; `on`: of a local day. Raises NotAllowed unless admin."""
        organiser = admin_of(actor)
        if on is not None:
            zone = self._decisions.dry_run(actor, lambda work: work.load(Organiser, organiser).zone)
            which = replace(which, since=start_of(on, zone), until=start_of(on + timedelta(days=1), zone))
        return self._box.list(organiser, which, limit)

    def one(self, actor: Actor, letter_id: UUID) -> LetterRow:
        """One letter of the organiser. Raises NotFound, NotAllowed."""
        actor.must_be(organiser_of(actor), Role.ADMIN)
        row = self._box.find(letter_id)
        return found(row if row is not None and row.organiser_id == actor.organiser_id else None, "letter")

    def words(self, actor: Actor, letter_id: UUID) -> tuple[str, str] | None:
        """What stands in it; None for what nobody may read, or nobody can any longer. Raises NotFound, NotAllowed."""
        row = self.one(actor, letter_id)
        return None if row.kind in SECRET_KINDS else self._box.words(letter_id)

    def page(self, actor: Actor, letter_id: UUID) -> str:
        """What it looks like to its reader. Raises NotFound, also for what nobody may read, NotAllowed."""
        row = self.one(actor, letter_id)
        return found(None if row.kind in SECRET_KINDS else self._box.page(letter_id), "letter")

    def send_again(self, actor: Actor, letter_id: UUID) -> None:
        """Deliver a letter once more. Raises NotFound, NotAllowed."""
        self._box.send_again(self.one(actor, letter_id).letter_id)
