"""Letters that come back: what each says of its address, and what follows from it for whoever lives there."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from application.kernel.command import by_system, dry_run
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, find_person, must_be_self_or_admin
from domain.kernel.ids import PersonId
from domain.people.particulars import mail_came_back
from domain.people.returned_mail import ReturnedMail

_log = logging.getLogger(__name__)


class Verdict(StrEnum):
    """What a notice says of a letter."""

    DEAD = "dead"
    """There is no such address (5.1.x)."""
    LATER = "later"
    """It was not delivered this time: full, away, too slow (4.x, 5.2.2 and what else is not for good)."""
    OURS = "ours"
    """It was refused for what we are or how we send (5.7.x): nothing is said of the address."""
    WAITS = "waits"
    """It is tried again, and nothing has been given up."""


@dataclass(frozen=True)
class Bounce:
    """A notice about a letter of ours: what was done (RFC 3464, "failed", "delayed") and the status (RFC 3463)."""

    letter_id: UUID
    action: str
    status: str

    @property
    def verdict(self) -> Verdict | None:
        """What it says; None where nothing went wrong, or it cannot be understood."""
        if self.action == "delayed":
            return Verdict.WAITS
        if self.action != "failed" or not re.fullmatch(r"[245]\.\d{1,3}\.\d{1,3}", self.status):
            return None
        if self.status.startswith("5.1."):
            return Verdict.DEAD
        if self.status.startswith("5.7."):
            return Verdict.OURS
        return None if self.status.startswith("2") else Verdict.LATER


@dataclass(frozen=True)
class Returned:
    """A letter that has come back: to whom it went (None: nobody of ours), and where to, as far as that is known."""

    person_id: PersonId | None
    address: str | None


class SentLetters(Protocol):
    """The letters that were sent."""

    def returned(self, letter_id: UUID, status: str) -> Returned | None:
        """Note that a letter did not arrive; None for one that nobody knows. Twice is once."""


class Bounces(UseCases):
    """Take in, and what is known of an address."""

    def __init__(self, decisions: Decisions, sent: SentLetters) -> None:
        super().__init__(decisions)
        self._sent = sent

    def take_in(self, bounce: Bounce) -> Verdict | None:
        """Note what a notice says: at the letter, and at the person, provided that they have that address still."""
        verdict = bounce.verdict
        if verdict is None or verdict is Verdict.WAITS:
            return verdict
        letter = self._sent.returned(bounce.letter_id, bounce.status)
        if verdict is Verdict.OURS:
            _log.error("mail is refused for how it is sent (%s): see to SPF, DKIM and the sender", bounce.status)
        elif letter is not None and letter.person_id is not None and letter.address is not None:
            self.note(letter.person_id, letter.address, bounce, is_for_good=verdict is Verdict.DEAD)
        return verdict

    @by_system
    def note(self, work: UnitOfWork, person_id: PersonId, address: str, bounce: Bounce, *, is_for_good: bool) -> None:
        """At the person; an address that has been corrected since is none of theirs."""
        person = find_person(work, person_id)
        if person is None or person.email is None or person.is_erased:
            return
        if (work.decrypt(person.email) or "").casefold() == address.casefold():
            mail_came_back(person, bounce.letter_id, bounce.status, is_for_good=is_for_good)

    @dry_run
    def of(self, work: UnitOfWork, person_id: UUID) -> ReturnedMail:
        """What has come back from somebody, for themselves and admins. Raises NotAllowed."""
        must_be_self_or_admin(work.actor, PersonId(person_id))
        person = find_person(work, person_id)
        is_own = person is not None and person.organiser_id == work.actor.organiser_id
        return person.returned if person is not None and is_own else ReturnedMail()
