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
from web.api.kernel.call import Call, Written
from web.api.kernel.common_schema import SearchQuery
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people import person_schema as bodies

people = ApiBlueprint("persons", "People: employment, affiliation, erasure.")
ONE = "/people/<uuid:person_id>"


@people.read("/people", Who.ADMIN, Page[PersonRow], SearchQuery)
def list_people(call: Call) -> Page[PersonRow]:
    """The organiser's people, by name."""
    return call.services.people_questions.people(call.actor, **call.query)


@people.write("POST", "/people", Who.ADMIN, PersonRef, body=bodies.RegisterPersonBody, status=201)
def register_person(call: Call) -> Written:
    """Register somebody new, or find the one known by the same name and address."""
    return call.execute(call.services.people.register, RegisterPerson(**call.body), "/people/{person_id}")


@people.read(ONE, Who.SIGNED_IN, PersonRow)
def read_person(call: Call, person_id: UUID) -> PersonRow:
    """One person: anyone of the organiser for admins, oneself for others."""
    return call.services.people_questions.person(call.actor, person_id)


@people.write("POST", f"{ONE}/correct", Who.SIGNED_IN, PersonRef, body=bodies.CorrectPersonBody)
def correct_person(call: Call, person_id: PersonId) -> Written:
    """Put name, address or phone right, for oneself or as an admin; another address must be confirmed by letter."""
    return call.execute(call.services.person_corrections.correct, CorrectPerson(person_id, **call.body))


@people.read(f"{ONE}/merge/<uuid:into_id>", Who.ADMIN, MergePreview, previews=True)
def preview_merge(call: Call, person_id: PersonId, into_id: PersonId) -> MergePreview:
    """What merging this entry into another would do."""
    return call.services.merging.preview(call.actor, MergePeople(person_id, into_id))


@people.write("POST", f"{ONE}/merge", Who.ADMIN, PersonMerged, body=bodies.MergeBody)
def merge_people(call: Call, person_id: PersonId) -> Written:
    """Two entries are one person: this one leads to the other from now on."""
    return call.execute(call.services.merging.merge, MergePeople(person_id, **call.body), "/people/{person_id}")


@people.write("POST", f"{ONE}/employments", Who.ADMIN, PersonRef, body=bodies.EmployBody)
def employ(call: Call, person_id: PersonId) -> Written:
    """Record a verified employment."""
    return call.execute(call.services.people.employ, Employ(person_id, **call.body))


@people.write("POST", f"{ONE}/employments/end", Who.ADMIN, PersonRef, body=bodies.EndEmploymentBody)
def end_employment(call: Call, person_id: PersonId) -> Written:
    """Record the last local day of an employment."""
    return call.execute(call.services.people.end_employment, EndEmployment(person_id, **call.body))


@people.write("POST", f"{ONE}/employments/correct", Who.ADMIN, PersonRef, body=bodies.CorrectEmploymentBody)
def correct_employment(call: Call, person_id: PersonId) -> Written:
    """Put the role and the days of an employment right; `was` is it as it was recorded."""
    return call.execute(call.services.employments.correct, CorrectEmployment(person_id, **call.body))


@people.write("POST", f"{ONE}/employments/withdraw", Who.ADMIN, PersonRef, body=bodies.WithdrawEmploymentBody)
def withdraw_employment(call: Call, person_id: PersonId) -> Written:
    """Take back an employment that never was."""
    return call.execute(call.services.employments.withdraw, WithdrawEmployment(person_id, **call.body))


@people.write("POST", f"{ONE}/affiliations/take-back", Who.ADMIN, PersonRef, body=bodies.WithdrawAffiliationBody)
def withdraw_affiliation(call: Call, person_id: PersonId) -> Written:
    """Take back a ground that was verified by mistake."""
    return call.execute(call.services.affiliations.take_back, WithdrawAffiliation(person_id, **call.body))


@people.write("POST", f"{ONE}/affiliations", Who.SIGNED_IN, PersonRef, body=bodies.ClaimAffiliationBody)
def claim_affiliation(call: Call, person_id: PersonId) -> Written:
    """Say to be an alumnus, a customer, a partner; an admin decides."""
    return call.execute(call.services.affiliations.claim, ClaimAffiliation(person_id, **call.body))


@people.write("POST", f"{ONE}/affiliations/verify", Who.ADMIN, PersonRef, body=bodies.VerifyAffiliationBody)
def verify_affiliation(call: Call, person_id: PersonId) -> Written:
    """Record a verified ground, claimed or not."""
    return call.execute(call.services.affiliations.verify, VerifyAffiliation(person_id, **call.body))


@people.write("POST", f"{ONE}/affiliations/decline", Who.ADMIN, PersonRef, body=bodies.DeclineAffiliationBody)
def decline_affiliation(call: Call, person_id: PersonId) -> Written:
    """Decline a claim, with the reason."""
    return call.execute(call.services.affiliations.decline, DeclineAffiliation(person_id, **call.body))


@people.write("PUT", f"{ONE}/needs", Who.SIGNED_IN, PersonRef, body=bodies.NeedsBody)
def tell_needs(call: Call, person_id: PersonId) -> Written:
    """Say what somebody needs to take part; empty: nothing. For oneself, or as an admin."""
    return call.execute(call.services.people.tell_needs, TellNeeds(person_id, **call.body))


@people.write("POST", f"{ONE}/erasure", Who.ADMIN, PersonRef)
def erase_person(call: Call, person_id: PersonId) -> Written:
    """Make everything personal about somebody unreadable, for good (GDPR art. 17)."""
    return call.execute(call.services.people.erase, ErasePerson(person_id))
