"""Two entries of one person made one: the lesser leads to the greater, which has all that was either's.

Nothing that was recorded is changed: bookings, documents and letters keep the id they were recorded with, and whoever
asks who that is is led on. What only one can have (a seat in a season, a place in a line, an address to sign in with)
is handed on in the same decision.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.booking.applied import hand_on_applied
from application.booking.coverage import cover_as
from application.booking.seat import seat_claim, sit
from application.kernel.actor import Actor
from application.kernel.command import dry_run
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import UseCases, admin_of, load_for
from application.people.address import OWN, own_claim
from application.people.face import drop_face
from application.people.introduction import drop_introductions
from application.people.needs import seal_needs
from application.people.person import digest_of
from domain.booking.booking import Booking
from domain.booking.first_refusal import FirstRefusal
from domain.booking.seating import Seating
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, first_refusal_of, seating_of
from domain.people.affiliation import claim_affiliation
from domain.people.erasure import request_erasure
from domain.people.face import hide_face
from domain.people.merging import SamePerson, merge_into
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.particulars import ask_confirmation, correct_email, tell_phone
from domain.people.person import Person
from domain.programme.season import Season


class BothSit(RuleBroken):
    """Both entries hold a seat in a season (`season`): one of the seats is given up first."""


class StaffIsNotMerged(RuleBroken):
    """The entry that is to lead to the other holds a role with the organiser: the role is taken back first."""


@dataclass(frozen=True)
class MergePeople:
    """Two entries are one person: `person_id` leads to `into_id` from now on."""

    person_id: PersonId
    into_id: PersonId


@dataclass(frozen=True)
class PersonMerged:
    """Which entry is left."""

    person_id: PersonId


@dataclass(frozen=True)
class Things:
    """What an entry has: how many of each; and where it sits, waits, has a seat kept, applies, and is a contact."""

    bookings: int = 0
    documents: int = 0
    letters: int = 0
    memberships: int = 0
    seated: tuple[SeasonId, ...] = ()
    waiting: tuple[SeasonId, ...] = ()
    kept: tuple[SeasonId, ...] = ()
    applied: tuple[SeasonId, ...] = ()
    contact_of: tuple[OrganisationId, ...] = ()


class MergingModel(Protocol):
    """Knows what entries have."""

    def things_of(self, person_id: UUID) -> Things:
        """What an entry has now, with those that were merged into it."""


@dataclass(frozen=True)
class MergePreview:
    """What merging would do: who leads to whom, what each has, and in which season both sit (then it is refused)."""

    person: PersonId
    into: PersonId
    has: Things
    has_already: Things
    both_sit_in: tuple[str, ...]


class Merging(UseCases):
    """Preview and merge."""

    def __init__(
        self, decisions: Decisions, model: MergingModel, new_code: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    ) -> None:
        super().__init__(decisions)
        self._model, self._new_code = model, new_code

    @dry_run
    def preview(self, work: UnitOfWork, command: MergePeople) -> MergePreview:
        """What `merge` would do now. Raises NotAllowed, NotFound, PersonErased, SamePerson, StaffIsNotMerged."""
        admin_of(work.actor)
        has, has_already = (self._model.things_of(each) for each in (command.person_id, command.into_id))
        lesser, greater = _both(work, command)
        both = tuple(called(work, work.load(Season, each)) for each in has.seated if _sits(work, each, greater))
        merge_into(lesser, greater)
        return MergePreview(lesser.person_id, greater.person_id, has, has_already, both)

    def merge(self, actor: Actor, command: MergePeople, key: str | None = None) -> Committed[PersonMerged]:
        """Make them one. Raises NotAllowed, NotFound, PersonErased, SamePerson, StaffIsNotMerged, BothSit."""
        admin_of(actor)
        has, code = self._model.things_of(command.person_id), self._new_code()

        def decide(work: UnitOfWork) -> PersonMerged:
            lesser, greater = _both(work, command)
            seated = [_hand_on_seat(work, each, lesser, greater) for each in has.seated]
            for season_id in dict.fromkeys((*has.waiting, *has.kept)):
                _hand_on_place(work, season_id, lesser, greater)
            for season_id in has.applied:
                hand_on_applied(work, season_id, lesser, greater, sits=_sits(work, season_id, greater) is not None)
            for organisation_id in has.contact_of:
                organisation = load_for(work, Organisation, organisation_id)
                for each in lesser.ids & organisation.contacts:
                    organisation.dismiss_contact(each)
                organisation.appoint_contact(greater.person_id)
            cover_as(work, lesser, greater, [each for each in seated if each is not None])
            _hand_on_particulars(work, lesser, greater, code)
            merge_into(lesser, greater)
            return PersonMerged(greater.person_id)

        seasons = dict.fromkeys((*has.seated, *has.waiting, *has.kept, *has.applied))
        serial = tuple(seating_of(each) for each in seasons)
        return self._record(actor, command, PersonMerged, decide, key, serial=serial)


def _both(work: UnitOfWork, command: MergePeople) -> tuple[Person, Person]:
    lesser, greater = load_for(work, Person, command.person_id), load_for(work, Person, command.into_id)
    if lesser.person_id == greater.person_id:
        raise SamePerson
    if any(person_id in lesser.ids for person_id, _ in work.load(Organiser, lesser.organiser_id).staff):
        raise StaffIsNotMerged
    return lesser, greater


def _sits(work: UnitOfWork, season_id: SeasonId, person: Person) -> UUID | None:
    return work.unique_key_owner("seat", seat_claim(season_id, person.person_id))


def _hand_on_seat(work: UnitOfWork, season_id: SeasonId, lesser: Person, greater: Person) -> Booking | None:
    booking_id = _sits(work, season_id, lesser)
    if booking_id is None:
        return None
    if _sits(work, season_id, greater):
        raise BothSit(season=called(work, work.load(Season, season_id)))
    work.release_unique_key("seat", seat_claim(season_id, lesser.person_id))
    sit(work, season_id, greater.person_id, BookingId(booking_id))
    return work.load(Booking, booking_id)


def _hand_on_place(work: UnitOfWork, season_id: SeasonId, lesser: Person, greater: Person) -> None:
    """The place in the line, and a seat that is kept; who has one of their own, or sits there, needs no other."""
    seating = work.load(Seating, seating_of(season_id))
    seating.lapse(work.now)
    place_id = seating.place_of(*lesser.ids)
    if place_id is not None:
        if seating.place_of(greater.person_id) or _sits(work, season_id, greater):
            seating.leave_queue(place_id)
        else:
            seating.pass_on(place_id, greater.person_id)
    for each in lesser.ids:
        if first_refusal_of(season_id, each) in seating.holds:
            _hand_on_kept(work, seating, each, greater)


def _hand_on_kept(work: UnitOfWork, seating: Seating, person_id: PersonId, greater: Person) -> None:
    kept = work.load(FirstRefusal, first_refusal_of(seating.season_id, person_id))
    seating.end_hold(kept.id, work.now)
    kept.decline()
    theirs = first_refusal_of(seating.season_id, greater.person_id)
    if work.find(FirstRefusal, theirs) is not None or _sits(work, seating.season_id, greater):
        return
    seating.hold(theirs, 1, kept.until)
    work.add(
        FirstRefusal(
            organiser_id=kept.organiser_id,
            season_id=kept.season_id,
            earlier_season_id=kept.earlier_season_id,
            person_id=greater.person_id,
            organisation_id=kept.organisation_id,
            until_on=kept.until_on,
            until=kept.until,
        )
    )


def _hand_on_address(work: UnitOfWork, lesser: Person, greater: Person, address: str, code: str) -> None:
    claim = own_claim(work, lesser.organiser_id, address)
    is_needed, is_own = greater.email is None, work.unique_key_owner(OWN, claim) == lesser.person_id
    if is_own:
        work.release_unique_key(OWN, claim)
    if is_own and (is_needed or lesser.is_email_confirmed):
        work.take_unique_key(OWN, claim, greater.person_id)
    if is_needed:
        correct_email(greater, work.encrypt(greater.person_id, "email", address))
        ask_confirmation(greater, work.encrypt(greater.person_id, "code", code), digest_of(code))


def _hand_on_particulars(work: UnitOfWork, lesser: Person, greater: Person, code: str) -> None:
    """What the greater entry lacks it has from the lesser. A confirmed address of either lets the person in.

    A picture and an introduction are not handed on: they have been agreed to for the entry that shows them, and are
    shown again by whoever it is.
    """
    drop_face(work, lesser)
    hide_face(lesser)
    drop_introductions(work, lesser)
    address = work.decrypt(lesser.email) if lesser.email else None
    if address is not None:
        _hand_on_address(work, lesser, greater, address, code)
    for ground in sorted(lesser.claims - greater.claims):
        claim_affiliation(greater, ground, None)
    if lesser.erasure_requested_at is not None:
        request_erasure(greater, lesser.erasure_requested_at)
    phone = work.decrypt(lesser.phone) if lesser.phone and greater.phone is None else None
    if phone:
        tell_phone(greater, work.encrypt(greater.person_id, "phone", phone))
    needs = work.decrypt(lesser.needs) if lesser.needs and greater.needs is None else None
    if needs:
        seal_needs(work, greater, needs)
