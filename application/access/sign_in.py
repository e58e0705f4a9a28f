"""Signing in by a letter: a link that lives for half an hour, works once, and is the same answer for any address.

Asking does the same work whoever asks: whether an address is known is looked up later, by the worker, which writes the
letter. So neither the answer nor the time it takes tells who is known.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from application.access.session import Browser, Sessions, Whose
from application.access.token import NotSignedIn
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import dry_run
from application.kernel.one_time_token import Limits, OneTimeStore, count_attempt, digest_of, place_on_net
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, find_person, load_for
from application.mail.letter_facts import moment_fact
from application.mail.letters import Letter, Letters
from application.people.person import PersonRef
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.text import email_of
from domain.people.particulars import come_in_by_letter, may_sign_in
from domain.people.person import Person

LINK_LIFE = timedelta(minutes=30)
FIRST_ADMIN_LIFE = timedelta(days=7)
WINDOW = timedelta(minutes=15)
MOST_FOR_ADDRESS, MOST_FROM_PLACE = 5, 30
LINK, FIRST_ADMIN = "link", "first_admin"
ADDRESS = "address"
"""The fact of a link that names (as a keyed digest) the address it was mailed to."""


@dataclass(frozen=True)
class Asked:
    """A link was asked for: keyed digests of the address at each organiser, and where the reader was going.

    `purpose`: to sign in with, or what else it is that was asked for.
    """

    organisers: tuple[OrganiserId, ...]
    digests: tuple[str, ...]
    going_to: str
    language: str
    purpose: str = "sign_in"


class AskedStore(Protocol):
    """Where asked-for links wait for the worker."""

    def put(self, asked: Asked) -> None:
        """Keep one for the worker."""

    def next(self, handle: Callable[[UUID, Asked], None], purpose: str = "sign_in") -> bool:
        """Hand the oldest of a purpose over (with its id), forget it when that went well; False when there is none."""


@dataclass(frozen=True)
class Entered:
    """Somebody has come in: the secret of their session, at which organiser (None: the installation), where to.

    `position`: where it was recorded that the address is theirs; 0: nothing was recorded.
    """

    secret: str
    organiser_id: OrganiserId | None
    going_to: str
    position: int = 0


class SignIn(UseCases):
    """Ask for a link by letter, and come in with it."""

    def __init__(
        self,
        decisions: Decisions,
        asked: AskedStore,
        one_time: OneTimeStore,
        limits: Limits,
        letters: Letters,
        sessions: Sessions,
        clock: Clock,
        new_secret: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        super().__init__(decisions)
        self._asked, self._one_time, self._limits = asked, one_time, limits
        self._letters, self._sessions, self._clock, self._new_secret = letters, sessions, clock, new_secret

    def ask(self, organisers: tuple[OrganiserId, ...], address: str, place: str, going_to: str, language: str) -> None:
        """Ask for a link to an address, at these organisers. `place`: from which network address.

        Raises BadValue for what is no address, TooManyAttempts; whether somebody has it is told to nobody.
        """
        email = email_of(address)
        of_address, *blind_index = self._blind_indexes(SYSTEM, ["sign-in", *organisers], email)
        count_attempt(self._limits, f"link/{of_address}", MOST_FOR_ADDRESS, WINDOW)
        count_attempt(self._limits, f"link/from/{place_on_net(place)}", MOST_FROM_PLACE, WINDOW)
        self._asked.put(Asked(organisers, tuple(blind_index), going_to, language))

    def turn(self) -> bool:
        """For the worker: write the letter that was asked for first, if the address is known; False for none."""
        return self._asked.next(self._write)

    def opens(self, secret: str) -> Whose | None:
        """Whom a link lets in (None: whoever sets the installation up), using nothing up.

        Raises NotSignedIn, also once the address that the link was mailed to is somebody else's, or nobody's.
        """
        now, digest = self._clock.now(), digest_of(secret)
        if self._one_time.look(digest, FIRST_ADMIN, now) is not None:
            self._sessions.must_be_unfounded()
            return None
        facts = self._one_time.look(digest, LINK, now)
        if facts is None:
            raise NotSignedIn
        whose = Whose(OrganiserId(UUID(facts["organiser"])), PersonId(UUID(facts["person"])))
        if ADDRESS in facts and self._known(SYSTEM, facts[ADDRESS]) != whose.person_id:
            raise NotSignedIn
        return whose

    def enter(self, secret: str, browser: Browser) -> Entered:
        """Come in with a link, once; it shows that the address is one's own.

        Raises NotSignedIn for a link that is unknown, used or too old.
        """
        whose = self.opens(secret)
        purpose = FIRST_ADMIN if whose is None else LINK
        facts = self._one_time.take(digest_of(secret), purpose, self._clock.now())
        if facts is None:
            raise NotSignedIn
        session = self._sessions.begin(whose, purpose, browser)
        if whose is None:
            return Entered(session, None, facts["going_to"])
        return Entered(session, whose.organiser_id, facts["going_to"], self._confirm(whose))

    def _confirm(self, whose: Whose) -> int:
        actor = Actor("link", whose.organiser_id, frozenset({Role.MEMBER}), whose.person_id)

        def decide(work: UnitOfWork) -> PersonRef:
            come_in_by_letter(load_for(work, Person, whose.person_id))
            return PersonRef(whose.person_id)

        return self._record(actor, ("come in", whose.person_id), PersonRef, decide).position

    def first_admin_link(self) -> str | None:
        """A new secret for whoever sets the installation up (the old ones are worthless); None once it has staff."""
        try:
            self._sessions.must_be_unfounded()
        except NotSignedIn:
            return None
        secret = self._new_secret()
        self._one_time.discard(FIRST_ADMIN)
        expires_at = self._clock.now() + FIRST_ADMIN_LIFE
        self._one_time.keep(digest_of(secret), FIRST_ADMIN, {"going_to": "/start"}, expires_at)
        return secret

    def _write(self, asked_id: UUID, asked: Asked) -> None:
        for organiser_id, digest in zip(asked.organisers, asked.digests, strict=True):
            person_id = self._known(SYSTEM, digest)
            if person_id is not None:
                self._post(Whose(organiser_id, person_id), asked, digest, f"sign_in/{asked_id}/{organiser_id}")

    @dry_run
    def _blind_indexes(self, work: UnitOfWork, scopes: Iterable[str | OrganiserId], email: str) -> list[str]:
        return [work.blind_index(f"{scope}/{email}") for scope in scopes]

    @dry_run
    def _known(self, work: UnitOfWork, digest: str) -> PersonId | None:
        person = find_person(work, work.unique_key_owner("email", digest))
        return None if person is None or not may_sign_in(person) else person.person_id

    def _post(self, whose: Whose, asked: Asked, digest: str, key: str) -> None:
        secret, until = self._new_secret(), self._clock.now() + LINK_LIFE
        facts = {"organiser": str(whose.organiser_id), "person": str(whose.person_id), "going_to": asked.going_to}
        facts[ADDRESS] = digest
        self._one_time.keep(digest_of(secret), LINK, facts, until)
        facts = {"path": f"/sign-in/{secret}", "until": moment_fact(until)}
        self._letters.post(Letter(key, whose.organiser_id, "sign_in", whose.person_id, None, asked.language, facts))
