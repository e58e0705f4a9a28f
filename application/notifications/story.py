"""A story: what the letters about one event say, and to whom; made by the noun whose event it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from application.kernel.ports import A, Decisions, UnitOfWork
from application.kernel.use_case import find_person
from application.mail.letters import Agreed
from application.notifications.table import Whom
from domain.attendance.clash import Engagement
from domain.kernel.ids import BookingId, OrganisationId, OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted
from domain.programme.meeting import Meeting
from domain.programme.season import Season

T = TypeVar("T")


@dataclass(frozen=True)
class Recipient:
    """A person at the address they are known by or (`address`) at another, or an address that is nobody's own."""

    person_id: PersonId | None
    address: Encrypted | None = None
    language: str = ""

    @property
    def name(self) -> str:
        """What tells them apart in the key of a letter."""
        elsewhere = "/address" if self.person_id is not None and self.address is not None else ""
        return f"{self.person_id or 'organisation'}{elsewhere}"


People = Mapping[Whom, tuple[Recipient, ...]]
Coming = Mapping[PersonId, tuple[Meeting, ...]]
"""Who is to come to which meetings."""


@dataclass(frozen=True)
class Story:
    """What is told of an event.

    `own` and `each`: facts that only some are told, as what they are told, or in person. `meetings`: those it is about;
    `says`: their time and place stand in the letter. `coming`: who is to come to which of them, or is not any longer;
    `stays`: to which of them somebody is to come all the same. `named`: tells the letters of this happening from
    others, where the event itself does not. `agreed`: price and terms, for whoever answers for the booking; of a
    person who pays (`payer`) they are the own. `words`: of each kind of letter, what the organiser says of its own.
    """

    organiser_id: OrganiserId
    people: People
    facts: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[Whom, Mapping[str, str]] = field(default_factory=dict)
    each: Mapping[PersonId, Mapping[str, str]] = field(default_factory=dict)
    season: Season | None = None
    meetings: tuple[Meeting, ...] = ()
    says: bool = False
    coming: Coming = field(default_factory=dict)
    stays: Coming = field(default_factory=dict)
    named: str = ""
    agreed: Agreed | None = None
    payer: PersonId | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def agreed_for(self, whom: Whom, recipient: Recipient) -> Agreed | None:
        """What one of them is told of price and terms: nothing, who only sits there."""
        if self.agreed is None or whom not in (Whom.BOOKER, Whom.CONTACT, Whom.PAYER):
            return None
        is_own = self.payer is not None and recipient.person_id == self.payer
        return replace(self.agreed, holder="") if is_own else self.agreed

    def facts_for(self, whom: Whom, recipient: Recipient) -> dict[str, str]:
        """What one of them is told."""
        theirs = self.each.get(recipient.person_id, {}) if recipient.person_id is not None else {}
        return {**self.facts, **self.own.get(whom, {}), **theirs}


Stories = Mapping[type[object], Callable[[UnitOfWork, Any], Story | None]]
"""How each event is told, within a look at how things stand; None where it tells nobody."""


@dataclass(frozen=True)
class HeldSeat:
    """A seat as it was held: who sits there, who booked it, and for which organisation."""

    booking_id: BookingId
    person_id: PersonId | None
    booked_by: PersonId | None
    organisation_id: OrganisationId | None


class Occurred(Protocol):
    """What is needed of an event: whose it is, its number there, and when it was recorded."""

    originator_id: UUID
    originator_version: int
    timestamp: datetime


Place = tuple[UUID, int]
"""An event, named by whose it is and its number there."""


class SeasonSeats(Protocol):
    """Tells who holds the seats of a season, as of an event that has been projected already."""

    def seats_of(self, season_id: UUID, until: Place | None = None) -> Sequence[HeldSeat]:
        """The seats that were held when an event was recorded, or are now."""


class Past(Protocol):
    """Things as they were."""

    def before(self, kind: type[A], aggregate_id: UUID, version: int) -> A | None:
        """An aggregate as it was before its event of this number; None before its first."""


class KeptSeat(Protocol):
    """A seat kept for somebody through a local day; `state` is "offered" until they answer."""

    @property
    def person_id(self) -> PersonId:
        """For whom."""

    @property
    def until_on(self) -> date:
        """Through which day."""

    @property
    def state(self) -> str:
        """What has come of it."""


class KeptSeats(Protocol):
    """Tells for whom seats of a season are kept."""

    def kept_in(self, organiser_id: UUID, season_id: UUID, now: datetime) -> Sequence[KeptSeat]:
        """Everybody for whom a seat was or is kept."""


class Engaged(Protocol):
    """Tells what else people are to come to."""

    def engagements(
        self, asked: Iterable[tuple[PersonId, datetime, datetime]], organiser_id: UUID
    ) -> Mapping[PersonId, Sequence[Engagement]]:
        """The dated meetings of what each of them sits in about that time, with one organiser.

        A person may be asked for several times. Whole seasons: also meetings of theirs before and after that time.
        """


class Applied(Protocol):
    """Tells who has applied and has no answer yet."""

    def applied_in(self, season_id: SeasonId) -> Sequence[PersonId]:
        """Whoever waits for an answer about a season."""


@dataclass(frozen=True)
class Sources:
    """Where stories look."""

    decisions: Decisions
    seats: SeasonSeats
    past: Past
    first_refusals: KeptSeats
    engaged: Engaged
    applied: Applied

    def season_before(self, work: UnitOfWork, season_id: SeasonId, version: int) -> Season:
        """A season before an event of its own that is not its first."""
        return self.past.before(Season, season_id, version) or work.load(Season, season_id)

    def season_after(self, work: UnitOfWork, season_id: SeasonId, version: int) -> Season:
        """A season as an event of its own has left it, whatever has happened since."""
        return self.season_before(work, season_id, version + 1)


def recipients_of(people: Sequence[PersonId] | frozenset[PersonId] | set[PersonId]) -> tuple[Recipient, ...]:
    """Persons at their own addresses, in a settled order."""
    return tuple(Recipient(each) for each in sorted(set(people)))


def is_reached(work: UnitOfWork, person_id: PersonId | None) -> bool:
    """Whether somebody can be written to: known, not erased, and with an address."""
    person = find_person(work, person_id)
    return person is not None and person.email is not None and not person.is_erased
