"""Mailings: an organiser's own words to many; written, looked at with one real example, and sent once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.command import admin, command
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.seen import ChangedSinceShown, token_of
from application.kernel.use_case import UseCases, admin_of, find_person, load_for, organiser_of
from application.mail.letters import Letter, Written
from application.notifications.mailing_story import mailing_kind, mailing_story
from application.notifications.season_facts import with_its_season
from domain.kernel.ids import OrganiserId, PersonId
from domain.mail.mailing import Audience, AudienceKind, Mailing, checked_words
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.programme.network import Network
from domain.programme.season import Season


@dataclass(frozen=True)
class WriteMailing:
    """A letter to many that is not sent yet; the text in paragraphs, with facts of an allow-list in braces."""

    audience: Audience
    subject: str
    text: str


@dataclass(frozen=True)
class ReworkMailing:
    """The same with other words, or to others."""

    mailing_id: UUID
    audience: Audience
    subject: str
    text: str


@dataclass(frozen=True)
class SendMailing:
    """To the people who were shown: `shown`, the token of the preview."""

    mailing_id: UUID
    shown: str


@dataclass(frozen=True)
class MailingRef:
    """Which mailing."""

    mailing_id: UUID
    people: int = 0


@dataclass(frozen=True)
class Reader:
    """Somebody who might be written to; without an address they cannot be."""

    person_id: PersonId
    email: str | None


@dataclass(frozen=True)
class MailingRow:
    """A mailing as staff see it, and how far its letters have come."""

    mailing_id: UUID
    organiser_id: OrganiserId
    audience: Audience
    subject: str
    text: str
    people: int
    written_at: datetime
    sent_at: datetime | None
    delivered: int = 0
    waiting: int = 0
    failed: int = 0
    unwanted: int = 0


@dataclass(frozen=True)
class MailingPreview:
    """To whom it would go now: how many, and why others do not get it. `shown` is the token to send it by."""

    people: int
    no_address: int
    same_address: int
    unwanted: int
    shown: str


class MailingsModel(Protocol):
    """Mailings, and the people to choose from."""

    def readers(self, organiser_id: UUID, audience: Audience) -> Sequence[Reader]:
        """Who is in an audience, each once, in a settled order; nobody who has been erased."""

    def mailings(self, organiser_id: UUID) -> tuple[MailingRow, ...]:
        """An organiser's, latest first."""


class Sampling(Protocol):
    """Writes a letter that is not posted."""

    def sample(self, letter: Letter) -> Written | None:
        """As its reader would get it; None for nobody who can be written to."""


class Mailings(UseCases):
    """Write, rework, look, send."""

    def __init__(self, decisions: Decisions, model: MailingsModel, box: Sampling) -> None:
        super().__init__(decisions)
        self._model, self._box = model, box

    @command(by=admin)
    def write(self, work: UnitOfWork, command: WriteMailing) -> MailingRef:
        """Nothing is sent. Raises NotFound, BadValue, UnknownPlaceholder."""
        _must_be_there(work, command.audience)
        subject, text = checked_words(command.audience, command.subject, command.text)
        organiser = organiser_of(work.actor)
        mailing = Mailing(
            id=work.new_id(), organiser_id=organiser, audience=command.audience, subject=subject, text=text
        )
        work.add(mailing)
        return MailingRef(mailing.id)

    @command(by=admin)
    def rework(self, work: UnitOfWork, command: ReworkMailing) -> MailingRef:
        """Other words, or other people. Raises NotFound, MailingSent, BadValue, UnknownPlaceholder."""
        mailing = load_for(work, Mailing, command.mailing_id)
        _must_be_there(work, command.audience)
        mailing.rework(command.audience, command.subject, command.text)
        return MailingRef(mailing.id)

    def preview(self, actor: Actor, mailing_id: UUID) -> MailingPreview:
        """To whom it would go now. Raises NotAllowed unless admin, NotFound."""
        return self._chosen(actor, mailing_id)[1]

    def example(self, actor: Actor, mailing_id: UUID) -> Written | None:
        """As the first of them would get it; None where there is nobody. Raises NotAllowed unless admin, NotFound."""
        people, _ = self._chosen(actor, mailing_id)
        if not people:
            return None

        def look(work: UnitOfWork) -> Letter:
            mailing = load_for(work, Mailing, mailing_id)
            story = with_its_season(work, mailing_story(work, mailing, people[:1]), work.now)
            facts = story.facts if story is not None else {}
            return Letter("example", mailing.organiser_id, mailing_kind(mailing), people[0], facts=facts)

        return self._box.sample(self._decisions.dry_run(actor, look))

    def send(self, actor: Actor, command: SendMailing, key: str | None = None) -> Committed[MailingRef]:
        """To those who were shown, each once. Raises NotAllowed, NotFound, MailingSent, ChangedSinceShown where other
        people or words would be sent, NobodyToWriteTo, TooManyToWriteTo.
        """
        people, _ = self._chosen(actor, command.mailing_id)

        def decide(work: UnitOfWork) -> MailingRef:
            mailing = load_for(work, Mailing, command.mailing_id)
            if mailing.sent_at is None and _shown(mailing, people) != command.shown:
                raise ChangedSinceShown
            mailing.send(people, work.now)
            return MailingRef(mailing.id, len(people))

        return self._record(actor, command, MailingRef, decide, key)

    def list(self, actor: Actor) -> tuple[MailingRow, ...]:
        """The organiser's, latest first. Raises NotAllowed unless admin."""
        return self._model.mailings(admin_of(actor))

    def one(self, actor: Actor, mailing_id: UUID) -> MailingRow | None:
        """One of them. Raises NotAllowed unless admin."""
        return next((each for each in self.list(actor) if each.mailing_id == mailing_id), None)

    def _chosen(self, actor: Actor, mailing_id: UUID) -> tuple[tuple[PersonId, ...], MailingPreview]:
        organiser = admin_of(actor)
        mailing = self._decisions.dry_run(actor, lambda work: load_for(work, Mailing, mailing_id))
        readers = self._model.readers(organiser, mailing.audience)
        reached = [each for each in readers if each.email]
        asked = tuple(reached) if mailing.audience.is_of_a_season else self._wanting(actor, reached)
        by_address: dict[str, PersonId] = {}
        for each in asked:
            by_address.setdefault((each.email or "").casefold(), each.person_id)
        people = tuple(by_address.values())
        return people, MailingPreview(
            len(people),
            len(readers) - len(reached),
            len(asked) - len(people),
            len(reached) - len(asked),
            _shown(mailing, people),
        )

    def _wanting(self, actor: Actor, readers: Sequence[Reader]) -> tuple[Reader, ...]:
        """Those who have not said no to what is not about their own seat."""

        def look(work: UnitOfWork) -> tuple[Reader, ...]:
            work.fetch(*((Person, each.person_id) for each in readers))
            found = ((each, find_person(work, each.person_id)) for each in readers)
            return tuple(each for each, person in found if person is not None and _wants(person))

        return self._decisions.dry_run(actor, look)


def _wants(person: Person) -> bool:
    return person.wants_invitations and not person.returned.is_unreachable


def _shown(mailing: Mailing, people: tuple[PersonId, ...]) -> str:
    return token_of((people, mailing.subject, mailing.text))


def _must_be_there(work: UnitOfWork, audience: Audience) -> None:
    if audience.is_of_a_season:
        load_for(work, Season, audience.about)
    elif audience.kind is AudienceKind.NETWORK:
        load_for(work, Network, audience.about)
    else:
        load_for(work, Organisation, audience.about)
