"""A mailing: one letter in an organiser's own words to many, looked at before it is sent, and sent once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.text import clean_line
from domain.mail.placeholders import own_words

MOST_PEOPLE = 5000


class MailingSent(RuleBroken):
    """The mailing has been sent; another one can be written."""


class NobodyToWriteTo(RuleBroken):
    """There is nobody in what was chosen who can be written to."""


class TooManyToWriteTo(RuleBroken):
    """More people (`people`) than one mailing takes (`most`)."""


class AudienceKind(StrEnum):
    """Which people; the first two are written to about their own seat or place."""

    PARTICIPANTS = "participants"
    WAITING = "waiting"
    NETWORK = "network"
    """Who sits or has sat in a season of a network."""
    ORGANISATION = "organisation"
    """Who works at an organisation."""


@dataclass(frozen=True)
class Audience:
    """To whom: a kind of people, of which season, network or organisation (`about`)."""

    kind: AudienceKind
    about: UUID

    @property
    def is_of_a_season(self) -> bool:
        """Whether it is about their own seat or place, so that nobody says no to it."""
        return self.kind in (AudienceKind.PARTICIPANTS, AudienceKind.WAITING)


class Mailing(Aggregate):
    """Written, reworded as often as needed, sent once to the people who were shown."""

    class Written(Aggregate.Created):
        organiser_id: OrganiserId
        audience: Audience
        subject: str
        text: str

    class Reworked(Change):
        audience: Audience
        subject: str
        text: str

    class Sent(Aggregate.Event):
        people: tuple[PersonId, ...]
        sent_at: datetime

        def apply(self, mailing: Mailing) -> None:
            mailing.people, mailing.sent_at = self.people, self.sent_at

    @event(Written)
    def __init__(self, id: UUID, organiser_id: OrganiserId, audience: Audience, subject: str, text: str) -> None:
        self.organiser_id, self.audience, self.subject, self.text = organiser_id, audience, subject, text
        self.people: tuple[PersonId, ...] = ()
        self.sent_at: datetime | None = None

    def rework(self, audience: Audience, subject: str, text: str) -> None:
        """Other words, or other people. Raises MailingSent, BadValue."""
        self._must_be_unsent()
        subject, text = checked_words(audience, subject, text)
        self.record_change(Mailing.Reworked(audience=audience, subject=subject, text=text))

    def send(self, people: tuple[PersonId, ...], now: datetime) -> None:
        """To those and nobody else. Raises MailingSent, NobodyToWriteTo, TooManyToWriteTo."""
        self._must_be_unsent()
        if not people:
            raise NobodyToWriteTo
        if len(people) > MOST_PEOPLE:
            raise TooManyToWriteTo(people=len(people), most=MOST_PEOPLE)
        self.record(Mailing.Sent(people=people, sent_at=now))

    def _must_be_unsent(self) -> None:
        if self.sent_at is not None:
            raise MailingSent


def checked_words(audience: Audience, subject: str, text: str) -> tuple[str, str]:
    """Subject and text as they are kept. Raises BadValue, UnknownPlaceholder."""
    line = clean_line("subject", subject, 120)
    own_words("subject", line, has_season=False, longest=120)
    return line, own_words("text", text, has_season=audience.is_of_a_season)
