"""People: who is known to an organiser, where they work, what they say to be; and their erasure."""

from __future__ import annotations

from uuid import UUID

from application.booking.merging import MergePeople, MergePreview, PersonMerged
from application.kernel.page import Page
from application.people.affiliation import ClaimAffiliation, DeclineAffiliation, VerifyAffiliation, WithdrawAffiliation
from application.people.employment import CorrectEmployment, WithdrawEmployment
from application.people.person import Employ, EndEmployment, ErasePerson, PersonRef, RegisterPerson, TellNeeds
from application.people.person_correction import CorrectPerson
from application.people.queries.people import PersonRow
from domain.kernel.ids import PersonId
from web.api.kernel.call import Call, Written, written
from web.api.kernel.common_schema import SearchQuery
from web.api.kernel.noun import PREFIX, ApiBlueprint
from web.api.kernel.who import Who
from web.api.people.person_schema import (
    ClaimAffiliationBody,
    CorrectEmploymentBody,
    CorrectPersonBody,
    DeclineAffiliationBody,
    EmployBody,
    EndEmploymentBody,
    MergeBody,
    NeedsBody,
    RegisterPersonBody,
    VerifyAffiliationBody,
    WithdrawAffiliationBody,
    WithdrawEmploymentBody,
)

people = ApiBlueprint("persons", "People: employment, affiliation, erasure.")
ONE = "/people/<uuid:person_id>"


@people.read("/people", Who.ADMIN, Page[PersonRow], SearchQuery)
def list_people(call: Call) -> Page[PersonRow]:
    """The organiser's people, by name."""
    asked = call.query
    return call.services.people_questions.people(call.actor, asked["search"], asked["cursor"], asked["limit"])


@people.write("POST", "/people", Who.ADMIN, PersonRef, body=RegisterPersonBody, status=201)
def register_person(call: Call) -> Written:
    """Register somebody new, or find the one known by the same name and address."""
    recorded = call.services.people.register(call.actor, RegisterPerson(**call.body), call.key)
    return written(recorded, f"{PREFIX}/people/{recorded.answer.person_id}")


@people.read(ONE, Who.SIGNED_IN, PersonRow)
def read_person(call: Call, person_id: UUID) -> PersonRow:
    """One person: anyone of the organiser for admins, oneself for others."""
    return call.services.people_questions.person(call.actor, person_id)


@people.write("POST", f"{ONE}/correct", Who.SIGNED_IN, PersonRef, body=CorrectPersonBody)
def correct_person(call: Call, person_id: UUID) -> Written:
    """Put name, address or phone right, for oneself or as an admin; another address must be confirmed by letter."""
    command = CorrectPerson(PersonId(person_id), **call.body)
    return written(call.services.person_corrections.correct(call.actor, command, call.key))


@people.read(f"{ONE}/merge/<uuid:into_id>", Who.ADMIN, MergePreview, previews=True)
def preview_merge(call: Call, person_id: UUID, into_id: UUID) -> MergePreview:
    """What merging this entry into another would do."""
    return call.services.merging.preview(call.actor, MergePeople(PersonId(person_id), PersonId(into_id)))


@people.write("POST", f"{ONE}/merge", Who.ADMIN, PersonMerged, body=MergeBody)
def merge_people(call: Call, person_id: UUID) -> Written:
    """Two entries are one person: this one leads to the other from now on."""
    command = MergePeople(PersonId(person_id), PersonId(call.body["into_id"]))
    recorded = call.services.merging.merge(call.actor, command, call.key)
    return written(recorded, f"{PREFIX}/people/{recorded.answer.person_id}")


@people.write("POST", f"{ONE}/employments", Who.ADMIN, PersonRef, body=EmployBody)
def employ(call: Call, person_id: UUID) -> Written:
    """Record a verified employment."""
    command = Employ(PersonId(person_id), **call.body)
    return written(call.services.people.employ(call.actor, command, call.key))


@people.write("POST", f"{ONE}/employments/end", Who.ADMIN, PersonRef, body=EndEmploymentBody)
def end_employment(call: Call, person_id: UUID) -> Written:
    """Record the last local day of an employment."""
    command = EndEmployment(PersonId(person_id), **call.body)
    return written(call.services.people.end_employment(call.actor, command, call.key))


@people.write("POST", f"{ONE}/employments/correct", Who.ADMIN, PersonRef, body=CorrectEmploymentBody)
def correct_employment(call: Call, person_id: UUID) -> Written:
    """Put the role and the days of an employment right; `was` is it as it was recorded."""
    command = CorrectEmployment(PersonId(person_id), **call.body)
    return written(call.services.employments.correct(call.actor, command, call.key))


@people.write("POST", f"{ONE}/employments/withdraw", Who.ADMIN, PersonRef, body=WithdrawEmploymentBody)
def withdraw_employment(call: Call, person_id: UUID) -> Written:
    """Take back an employment that never was."""
    command = WithdrawEmployment(PersonId(person_id), **call.body)
    return written(call.services.employments.withdraw(call.actor, command, call.key))


@people.write("POST", f"{ONE}/affiliations/take-back", Who.ADMIN, PersonRef, body=WithdrawAffiliationBody)
def withdraw_affiliation(call: Call, person_id: UUID) -> Written:
    """Take back a ground that was verified by mistake."""
    command = WithdrawAffiliation(PersonId(person_id), **call.body)
    return written(call.services.affiliations.take_back(call.actor, command, call.key))


@people.write("POST", f"{ONE}/affiliations", Who.SIGNED_IN, PersonRef, body=ClaimAffiliationBody)
def claim_affiliation(call: Call, person_id: UUID) -> Written:
    """Say to be an alumnus, a customer, a partner; an admin decides."""
    command = ClaimAffiliation(PersonId(person_id), **call.body)
    return written(call.services.affiliations.claim(call.actor, command, call.key))


@people.write("POST", f"{ONE}/affiliations/verify", Who.ADMIN, PersonRef, body=VerifyAffiliationBody)
def verify_affiliation(call: Call, person_id: UUID) -> Written:
    """Record a verified ground, claimed or not."""
    command = VerifyAffiliation(PersonId(person_id), **call.body)
    return written(call.services.affiliations.verify(call.actor, command, call.key))


@people.write("POST", f"{ONE}/affiliations/decline", Who.ADMIN, PersonRef, body=DeclineAffiliationBody)
def decline_affiliation(call: Call, person_id: UUID) -> Written:
    """Decline a claim, with the reason."""
    command = DeclineAffiliation(PersonId(person_id), **call.body)
    return written(call.services.affiliations.decline(call.actor, command, call.key))


@people.write("PUT", f"{ONE}/needs", Who.SIGNED_IN, PersonRef, body=NeedsBody)
def tell_needs(call: Call, person_id: UUID) -> Written:
    """Say what somebody needs to take part; empty: nothing. For oneself, or as an admin."""
    return written(call.services.people.tell_needs(call.actor, TellNeeds(PersonId(person_id), **call.body), call.key))


@people.write("POST", f"{ONE}/erasure", Who.ADMIN, PersonRef)
def erase_person(call: Call, person_id: UUID) -> Written:
    """Make everything personal about somebody unreadable, for good (GDPR art. 17)."""
    return written(call.services.people.erase(call.actor, ErasePerson(PersonId(person_id)), call.key))
