"""Who asks: a person or a program, for one organiser, with the roles it holds there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from application.kernel.seen import Seen
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, MeetingId, OrganiserId, PersonId


class Role(StrEnum):
    """What somebody may do for an organiser."""

    ADMIN = "admin"
    FINANCE = "finance"
    CANCELLING = "cancelling"
    """Sees bookings and cancels seats in them by their terms, one booking at a time; nothing else."""
    MEMBER = "member"


@dataclass(frozen=True)
class Actor:
    """Who asks. `id` names the token or the program, for idempotency and for the record.

    `organiser_id` is None only for the installation itself (founding organisers, policies); `person_id` is None for a
    stranger and for programs; `also`: the ids of entries that have been merged into the person's.
    `seen`: what the next decision rests on, where it rests on something that was shown.
    `made_by`: who made the key that a program shows. `booking_id`: the one booking that the link of a mail has opened
    for them; nothing else is there for them. `meeting_id`: the one meeting at whose door they help, by a link; they
    hold no role.
    """

    id: str
    organiser_id: OrganiserId | None
    roles: frozenset[Role] = frozenset()
    person_id: PersonId | None = None
    is_system: bool = False
    seen: Seen | None = field(default=None, compare=False, repr=False)
    made_by: PersonId | None = None
    booking_id: BookingId | None = None
    also: frozenset[PersonId] = field(default=frozenset(), compare=False)
    meeting_id: MeetingId | None = None

    def seeing(self, seen: Seen | None) -> Actor:
        """The same actor, whose decisions rest on what was shown (None: on nothing)."""
        return replace(self, seen=seen)

    @cached_property
    def record(self) -> str:
        """How the log names it: its id, and in which roles and for which person it acted (`id|roles|person`)."""
        if self.is_system or (not self.roles and self.person_id is None):
            return self.id
        return f"{self.id}|{'+'.join(sorted(self.roles))}|{self.person_id or ''}"

    def is_person(self, person_id: UUID | None) -> bool:
        """Whether the actor is that person, by whichever of their ids."""
        return person_id is not None and (person_id == self.person_id or person_id in self.also)

    def reaches(self, booking_id: UUID | None) -> bool:
        """Whether something of a booking (None: of none) is there for the actor, as far as a link limits them."""
        return self.booking_id is None or booking_id is None or booking_id == self.booking_id

    def is_staff_of(self, organiser: UUID) -> bool:
        """Whether the actor is admin or finance of this organiser."""
        return self.has(organiser, Role.ADMIN, Role.FINANCE)

    def has(self, organiser: UUID, *roles: Role) -> bool:
        """Whether the actor holds one of the roles with this organiser."""
        return self.is_system or (self.organiser_id == organiser and not self.roles.isdisjoint(roles))

    def must_be(self, organiser: UUID, *roles: Role) -> None:
        """Raises NotAllowed unless the actor holds one of the roles with this organiser."""
        if not self.has(organiser, *roles):
            raise NotAllowed(needs=" or ".join(roles))

    def must_be_system(self) -> None:
        """Raises NotAllowed unless the installation itself asks."""
        if not self.is_system:
            raise NotAllowed(needs="system")


def is_stranger(actor: Actor) -> bool:
    """Whether we do not know who it is."""
    return actor.person_id is None and not actor.roles and not actor.is_system


SYSTEM = Actor(id="system", organiser_id=None, is_system=True)


def stranger(organiser: OrganiserId) -> Actor:
    """Somebody who has not signed in, on an organiser's public pages."""
    return Actor(id=f"stranger:{organiser}", organiser_id=organiser)
