"""The desk for tokens: made for oneself or one's program within one's own rights, listed, taken back; all as events."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from application.access.calendar_address import NAME as CALENDAR
from application.access.token import NewToken, TokenRecord, Tokens, TokenStore
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import by_system
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, find_person, organiser_of
from domain.access.token import Token, end_of, may_make, token_id_of
from domain.kernel.errors import NotAllowed, NotFound, RuleBroken
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.text import clean_line
from domain.people.organiser import Organiser
from domain.people.person import Person

STAFF = (Role.ADMIN, Role.FINANCE, Role.CANCELLING)


class TokenShownBefore(RuleBroken):
    """The same form was sent before and made its token then; what it reads is shown once."""


@dataclass(frozen=True)
class MakeToken:
    """A key to the API. `person_id`: none for a program, oneself to act as oneself. `days`: none as usual."""

    name: str
    roles: tuple[Role, ...]
    person_id: PersonId | None = None
    days: int | None = None


@dataclass(frozen=True)
class TokenRef:
    """Which token it was about."""

    token_id: str


@dataclass(frozen=True)
class TokenLife:
    """For how many days a token opens anything: usually, and at most."""

    usual: int = 365
    most: int = 730


class TokenMakers:
    """Tells whether a token's maker may still what the token may."""

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions

    def still_may(self, record: TokenRecord) -> bool:
        """Whether its maker is there and holds today each staff role that it gives."""
        return record.made_by is not None and _staff_roles(record) <= self.roles(record.organiser_id, record.made_by)

    def roles(self, organiser_id: OrganiserId | None, person_id: PersonId) -> frozenset[Role]:
        """The staff roles that somebody has been given; none for somebody who is not there (any longer)."""

        def look(work: UnitOfWork) -> frozenset[Role]:
            if organiser_id is None:
                return frozenset()
            work.fetch((Organiser, organiser_id), (Person, person_id))
            organiser, person = work.find(Organiser, organiser_id), find_person(work, person_id)
            if organiser is None or person is None or person.is_erased:
                return frozenset()
            return frozenset(Role(role) for person_id, role in organiser.staff if person_id in person.ids)

        return self._decisions.dry_run(SYSTEM, look)


class UntoldTokens(Protocol):
    """Tokens whose first use, or whose end, has not become an event yet."""

    def untold(self, but: Collection[str] = ()) -> tuple[TokenRecord, datetime | None, str] | None:
        """One of them, but none of some.

        With it when it was first used (None: not, or told), and why it ended (empty: not, or told).
        """

    def told(self, token_id: str, *, is_used: bool, is_ended: bool) -> None:
        """That has become an event."""


class TokenDesk(UseCases):
    """Make, list and take back tokens through the service. Every one ends with its maker."""

    def __init__(self, decisions: Decisions, store: TokenStore, tokens: Tokens, life: TokenLife) -> None:
        super().__init__(decisions)
        self._store, self._tokens, self.life = store, tokens, life
        self._makers = TokenMakers(decisions)

    def make(self, actor: Actor, command: MakeToken, key: str | None = None) -> NewToken:
        """A token within the actor's own rights. Raises NotAllowed, NotFound, BadValue, TokenShownBefore.

        Roles that a provider of identities gives for a session alone cannot be given on.
        """
        organiser, maker = organiser_of(actor), actor.person_id
        name = clean_line("name", command.name, 100)
        roles = frozenset(command.roles)
        may_make([role.value for role in roles], command.person_id, [role.value for role in actor.roles], maker)
        if maker is None and not actor.is_staff_of(organiser):
            raise NotAllowed(needs=Role.ADMIN)
        is_session = not actor.id.startswith("token:")
        if maker is not None and is_session and not roles <= self._makers.roles(organiser, maker) | {Role.MEMBER}:
            raise NotAllowed(needs=" and ".join(sorted(roles)))
        made_with = "" if is_session else actor.id.partition(":")[2]
        return self._record_new(actor, organiser, name, roles, command, made_with, key)

    def make_for_operator(self, organiser: OrganiserId, command: MakeToken) -> NewToken:
        """Whoever runs the installation makes one with any rights, for anybody; the log says that it was they.

        Raises NotFound, PersonErased, BadValue.
        """
        if command.person_id is not None:
            person = self._decisions.dry_run(SYSTEM, lambda work: work.find(Person, command.person_id or organiser))
            if person is None or person.organiser_id != organiser:
                raise NotFound(what="person")
            person.must_exist()
        name = clean_line("name", command.name, 100)
        return self._record_new(SYSTEM, organiser, name, frozenset(command.roles), command, "")

    def list(self, actor: Actor) -> tuple[TokenRecord, ...]:
        """An admin sees all of the organiser's, everybody else their own."""
        organiser = organiser_of(actor)
        tokens = [each for each in self._store.list(organiser) if each.name != CALENDAR or each.roles]
        if actor.has(organiser, Role.ADMIN):
            return tuple(tokens)
        return tuple(each for each in tokens if _is_own(actor, each))

    def revoke(self, actor: Actor, token_id: str) -> None:
        """Make one that the actor sees worthless, and what was made with it. Raises NotFound."""
        token = next((each for each in self.list(actor) if each.id == token_id), None)
        if token is None:
            raise NotFound(what="token")
        if token.has_events:
            self._record(actor, ("revoke", token_id), TokenRef, lambda work: _revoke(work, token_id, actor.person_id))
        self._store.revoke(token_id, actor.person_id)

    def _record_new(
        self,
        actor: Actor,
        organiser: OrganiserId,
        name: str,
        roles: frozenset[Role],
        command: MakeToken,
        made_with: str,
        key: str | None = None,
    ) -> NewToken:
        made = self._tokens.new(name, organiser, roles, command.person_id)

        def decide(work: UnitOfWork) -> TokenRef:
            until = _end(work, made_with, end_of(command.days, self.life.usual, self.life.most, work.now))
            maker = None if actor.is_system else actor.person_id
            words = tuple(sorted(role.value for role in roles))
            work.add(Token(token_id_of(made.record.id), organiser, maker, made_with, command.person_id, words, until))
            return TokenRef(made.record.id)

        recorded = self._record(actor, ("make token", command), TokenRef, decide, key)
        if recorded.answer.token_id != made.record.id:
            raise TokenShownBefore(name=name)
        token = self._decisions.dry_run(SYSTEM, lambda work: work.load(Token, token_id_of(made.record.id)))
        made_by, end = token.made_by, token.expires_at
        record = replace(made.record, made_by=made_by, made_with=made_with, expires_at=end, has_events=True)
        self._store.keep(record)
        return NewToken(record, made.shown)


class TokenJob(UseCases):
    """A job of the leading worker: first uses, and ends that came with a maker's, become events."""

    def __init__(self, decisions: Decisions, untold: UntoldTokens) -> None:
        super().__init__(decisions)
        self._untold = untold
        self._put_aside: set[str] = set()

    def turn(self) -> bool:
        """See to one token; False when there is none to see to."""
        untold = self._untold.untold(self._put_aside)
        if untold is None:
            return False
        record, used_at, why = untold
        self._put_aside.add(record.id)  # whatever goes wrong with one, the others go on; the next leader tries again
        self._tell(record.id, used_at, why)
        self._put_aside.discard(record.id)
        self._untold.told(record.id, is_used=used_at is not None, is_ended=bool(why))
        return True

    @by_system
    def _tell(self, work: UnitOfWork, token_id: str, used_at: datetime | None, why: str) -> None:
        token = work.load(Token, token_id_of(token_id))
        if used_at is not None:
            token.use(used_at)
        if why:
            token.revoke(None, why)


def _revoke(work: UnitOfWork, token_id: str, by: PersonId | None) -> TokenRef:
    work.load(Token, token_id_of(token_id)).revoke(by, "revoked")
    return TokenRef(token_id)


def _end(work: UnitOfWork, made_with: str, asked: datetime) -> datetime:
    """When a token ends: as was asked, but with the one that it was made with at the latest."""
    parent = work.find(Token, token_id_of(made_with)) if made_with else None
    ends = [asked, *([parent.expires_at] if parent is not None and parent.expires_at is not None else [])]
    return min(ends)


def _staff_roles(record: TokenRecord) -> frozenset[Role]:
    return record.roles & frozenset(STAFF)


def _is_own(actor: Actor, record: TokenRecord) -> bool:
    if actor.is_person(record.person_id) or actor.is_person(record.made_by):
        return True
    return record.id == actor.id.partition(":")[2] or record.made_with == actor.id.partition(":")[2] != ""
