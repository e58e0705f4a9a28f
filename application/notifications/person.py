"""What people are told about themselves: an address to confirm, and what was decided about their admission."""

from __future__ import annotations

from application.kernel.ports import UnitOfWork
from application.notifications.story import Recipient, Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.kernel.ids import PersonId
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.programme.network import Network


def _to_confirm(work: UnitOfWork, event: Person.EmailConfirmationAsked) -> Story | None:
    person = work.load(Person, event.originator_id)
    code = work.decrypt(event.code)
    if code is None:
        return None
    people = {Whom.PERSON: recipients_of([person.person_id])}
    return Story(person.organiser_id, people, {"path": f"/confirm/{person.id}/{code}"})


def _to_change(work: UnitOfWork, event: Person.EmailChangeAsked) -> Story | None:
    """The new address is to be confirmed, and the one they have is told."""
    person, code = work.load(Person, event.originator_id), work.decrypt(event.code)
    if code is None:
        return None
    people = {
        Whom.PERSON: (Recipient(person.person_id, event.email),),
        Whom.FORMER: recipients_of([person.person_id]) if event.was is not None else (),
    }
    return Story(person.organiser_id, people, {"path": f"/confirm/{person.id}/{code}"})


def _corrected(work: UnitOfWork, event: Person.EmailCorrected) -> Story | None:
    """The address that was a wrong one is told; the right one is asked to confirm, by an event of its own."""
    if event.is_confirmed or event.was is None:
        return None
    person = work.load(Person, event.originator_id)
    return Story(person.organiser_id, {Whom.FORMER: (Recipient(person.person_id, event.was),)})


def _admission(work: UnitOfWork, event: Network.AdmissionDecided) -> Story | None:
    """Whoever has applied is told by the answer to that."""
    if event.application_id is not None:
        return None
    network = work.load(Network, event.originator_id)
    facts = {
        "network": network.name,
        "yes": "1" if event.is_admitted else "",
        "no": "" if event.is_admitted else "1",
        "path": "",
    }
    return Story(network.organiser_id, {Whom.PERSON: recipients_of([PersonId(event.person_id)])}, facts)


def _refuted(work: UnitOfWork, event: Person.EmploymentRefuted) -> Story:
    """Whom it is about, and who vouched for it."""
    person = work.load(Person, event.originator_id)
    facts = {
        "who": work.decrypt(person.name) or "",
        "employer": work.load(Organisation, event.organisation_id).name,
        "reason": work.decrypt(event.reason) or "",
        "path": "",
    }
    people = {Whom.PERSON: recipients_of([person.person_id])}
    if event.vouched_by is not None:
        people[Whom.BOOKER] = recipients_of([event.vouched_by])
    return Story(person.organiser_id, people, facts)


STORIES: Stories = {
    Person.EmploymentRefuted: _refuted,
    Person.EmailConfirmationAsked: _to_confirm,
    Person.EmailChangeAsked: _to_change,
    Person.EmailCorrected: _corrected,
    Network.AdmissionDecided: _admission,
}
