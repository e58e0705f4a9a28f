"""An address and whose it is: the first who has it signs in with it; others may share it, and are never taken for them.

Whoever is named with an address that stands under another name here is not that person, and is not silently anybody
else: whoever names them decides that they share the address. A stranger on a public page is always another person, so
that the answer never tells whose an address is; whoever reads that mailbox, or an admin, sees both.
"""

from __future__ import annotations

from application.kernel.actor import Role
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person, load_for
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.text import email_of, folded, name_of, same_name
from domain.people.particulars import change_email
from domain.people.person import Person

OWN, SHARED = "email", "email-shared"
"""Claims: whose an address is (to sign in with), and who shares it under a name of their own."""


class AddressUnderAnotherName(RuleBroken):
    """The address (`email`, as it was typed) stands under another name; an admin is told whose (`person_id`)."""


class PersonKnown(RuleBroken):
    """The person is known already (`person_id`, for an admin), and does not work there."""


def known_or_new(work: UnitOfWork, organiser: OrganiserId, name: str, email: str, *, shares: bool = False) -> Person:
    """The person of that name with that address, or a new one. Raises BadValue, AddressUnderAnotherName.

    `shares`: somebody has said that another name beside a known address is another person who shares it.
    """
    written, address = name_of("name", name), email_of(email) if email else ""
    known = person_with(work, organiser, address) if address else None
    if known is None:
        return _new(work, organiser, written, address, is_shared=False)
    names = (work.load(Person, each).name for each in known.ids)
    if any(same_name(work.decrypt(each) or "", written) for each in names):
        return known
    sharing = work.unique_key_owner(SHARED, _shared(work, organiser, address, written))
    if sharing is not None:
        return load_for(work, Person, sharing)
    if not shares:
        is_told = work.actor.has(organiser, Role.ADMIN)
        raise AddressUnderAnotherName(email=address, **({"person_id": known.person_id} if is_told else {}))
    return _new(work, organiser, written, address, is_shared=True)


def person_with(work: UnitOfWork, organiser: OrganiserId, address: str) -> Person | None:
    """Who signs in with an address at this organiser, if anybody does."""
    owner = work.unique_key_owner(OWN, own_claim(work, organiser, address))
    person = find_person(work, owner)
    return None if person is None or person.is_erased else person


def own_claim(work: UnitOfWork, organiser: OrganiserId, address: str) -> str:
    """The claim by which an address lets one person in."""
    return work.blind_index(f"{organiser}/{address}")


def take_address(work: UnitOfWork, person: Person, address: str, name: str, *, is_shared: bool) -> None:
    """From now on the address is theirs to sign in with, or (shared) only to be written to."""
    if is_shared:
        work.take_unique_key(SHARED, _shared(work, person.organiser_id, address, name), person.person_id)
    else:
        work.take_unique_key(OWN, own_claim(work, person.organiser_id, address), person.person_id)


def leave_address(work: UnitOfWork, person: Person, owner: Person | None = None) -> bool:
    """The address is free again, as far as it was theirs (or `owner`'s, whose entry theirs has been merged into).

    Says whether they shared it.
    """
    ids = {person.person_id, *((owner.person_id,) if owner else ())}
    address = work.decrypt(person.email) if person.email else None
    name = work.decrypt(person.name)
    if not address or not name:
        return False
    own, shared = own_claim(work, person.organiser_id, address), _shared(work, person.organiser_id, address, name)
    is_shared = work.unique_key_owner(SHARED, shared) in ids
    if is_shared:
        work.release_unique_key(SHARED, shared)
    if work.unique_key_owner(OWN, own) in ids:
        work.release_unique_key(OWN, own)
    return is_shared


def change_address(work: UnitOfWork, person: Person) -> None:
    """The letter to the address that somebody changed to has been answered. Raises AddressUnderAnotherName."""
    address = work.decrypt(person.asked_email) if person.asked_email else None
    if address is None:
        return
    known = person_with(work, person.organiser_id, address)
    if known is not None and known.person_id != person.person_id:
        raise AddressUnderAnotherName(email=address)
    leave_address(work, person)
    change_email(person)
    take_address(work, person, address, work.decrypt(person.name) or "", is_shared=False)


def _shared(work: UnitOfWork, organiser: OrganiserId, address: str, name: str) -> str:
    return work.blind_index(f"{organiser}/{address}/{folded(name)}")


def _new(work: UnitOfWork, organiser: OrganiserId, name: str, address: str, *, is_shared: bool) -> Person:
    person_id = PersonId(work.new_id())
    email = work.encrypt(person_id, "email", address) if address else None
    person = Person(id=person_id, organiser_id=organiser, name=work.encrypt(person_id, "name", name), email=email)
    if address:
        take_address(work, person, address, name, is_shared=is_shared)
    work.add(person)
    return person
