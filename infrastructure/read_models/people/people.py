"""People with their employments and affiliations, organisations with their contacts, and memberships with periods."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.kernel.eligibility import PriceAbove
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.people.person_employment import Employment
from infrastructure.read_models.kernel.projection import Projection, aggregate_id, position
from infrastructure.read_models.kernel.sorting import sort_key
from infrastructure.read_models.kernel.table import Change, Row, as_bytes, as_json
from infrastructure.read_models.people.people_folds import (
    Affiliation,
    affiliations,
    employments,
    periods,
    replaced,
    without_claim,
)
from infrastructure.read_models.people.people_tables import (
    CONTACT,
    EARLIER_NAME,
    KNOWN_AS,
    MEMBERSHIP,
    ORGANISATION,
    PERSON,
    SHELF,
    SHELF_LIST,
)
from infrastructure.serialization.event_mapper import Entry

PEOPLE = Projection(
    "people",
    version=12,
    tables=(PERSON, KNOWN_AS, ORGANISATION, CONTACT, MEMBERSHIP, EARLIER_NAME, SHELF, SHELF_LIST),
)


@PEOPLE.on(Person.Absorbed)
def _absorbed(event: Person.Absorbed, entry: Entry) -> Iterable[Change]:
    """The entries that were merged lead here; all of them go by each other's ids, those of earlier merging included."""
    person_id = event.originator_id
    yield employments(person_id, lambda known: [*known, *event.employments])
    verified: list[Affiliation] = [
        (fact.ground.value, "verified", fact.from_on, fact.until_on, entry.recorded_at) for fact in event.affiliations
    ]
    yield affiliations(person_id, lambda known: [*known, *verified])
    for each in event.people:
        yield PERSON.change((each,), merged_into=person_id, position=entry.position)
    everybody = (*event.people, *event.before, person_id)
    for one in everybody:
        for other in everybody:
            yield KNOWN_AS.put(person_id=one, same_id=other)


@PEOPLE.on(Person.Employed)
def _employed(event: Person.Employed, _: Entry) -> Iterable[Change]:
    begun = Employment(event.organisation_id, event.role, event.from_on)
    yield employments(event.originator_id, lambda known: [*known, begun])


@PEOPLE.on(Person.EmploymentEnded)
def _employment_ended(event: Person.EmploymentEnded, _: Entry) -> Iterable[Change]:
    def end(one: Employment) -> Employment:
        if one.organisation_id != event.organisation_id or not one.holds_on(event.ended_on):
            return one
        return Employment(one.organisation_id, one.role, one.from_on, event.ended_on)

    yield employments(event.originator_id, lambda known: [end(one) for one in known])


@PEOPLE.on(Person.EmploymentCorrected)
def _employment_corrected(event: Person.EmploymentCorrected, _: Entry) -> Iterable[Change]:
    was = Employment(event.organisation_id, event.was_role, event.was_from_on, event.was_until_on)
    became = Employment(event.organisation_id, event.role, event.from_on, event.until_on)
    yield employments(event.originator_id, lambda known: replaced(known, was, [became]))


@PEOPLE.on(Person.EmploymentWithdrawn)
def _employment_withdrawn(event: Person.EmploymentWithdrawn, _: Entry) -> Iterable[Change]:
    was = Employment(event.organisation_id, event.role, event.from_on, event.until_on)
    yield employments(event.originator_id, lambda known: replaced(known, was, []))


@PEOPLE.on(Person.AffiliationWithdrawn)
def _affiliation_withdrawn(event: Person.AffiliationWithdrawn, _: Entry) -> Iterable[Change]:
    was = (event.ground.value, "verified", event.from_on)
    yield affiliations(event.originator_id, lambda known: [one for one in known if one[:3] != was])


@PEOPLE.on(Person.AffiliationClaimed)
def _claimed(event: Person.AffiliationClaimed, entry: Entry) -> Iterable[Change]:
    claimed: Affiliation = (event.ground.value, "claimed", None, None, entry.recorded_at)
    yield affiliations(event.originator_id, lambda known: [*known, claimed])


@PEOPLE.on(Person.AffiliationVerified)
def _verified(event: Person.AffiliationVerified, entry: Entry) -> Iterable[Change]:
    verified: Affiliation = (event.ground.value, "verified", event.from_on, event.until_on, entry.recorded_at)
    yield affiliations(event.originator_id, lambda known: [*without_claim(known, event.ground), verified])


@PEOPLE.on(Person.AffiliationDeclined)
def _declined(event: Person.AffiliationDeclined, entry: Entry) -> Iterable[Change]:
    declined: Affiliation = (event.ground.value, "declined", None, None, entry.recorded_at)
    yield affiliations(event.originator_id, lambda known: [*without_claim(known, event.ground), declined])


@PEOPLE.on(Person.AffiliationClaimWithdrawn)
def _claim_withdrawn(event: Person.AffiliationClaimWithdrawn, _: Entry) -> Iterable[Change]:
    yield affiliations(event.originator_id, lambda known: without_claim(known, event.ground))


@PEOPLE.on(Organisation.DomainVerified)
def _domain_verified(event: Organisation.DomainVerified, _: Entry) -> Iterable[Change]:
    def verify(row: Row) -> Row:
        return {"domains": as_json([*msgspec.json.decode(str(row["domains"])), event.domain])}

    yield ORGANISATION.fold((event.originator_id,), verify)


@PEOPLE.on(Organisation.DomainWithdrawn)
def _domain_withdrawn(event: Organisation.DomainWithdrawn, _: Entry) -> Iterable[Change]:
    def withdraw(row: Row) -> Row:
        known = msgspec.json.decode(str(row["domains"]))
        return {"domains": as_json([one for one in known if one != event.domain])}

    yield ORGANISATION.fold((event.originator_id,), withdraw)


@PEOPLE.on(Membership.Renewed)
def _membership_renewed(event: Membership.Renewed, _: Entry) -> Iterable[Change]:
    yield periods(event.originator_id, lambda known: [*known, (event.from_on, event.until_on)])


@PEOPLE.on(Membership.Ended)
def _ended(event: Membership.Ended, _: Entry) -> Iterable[Change]:
    yield periods(event.originator_id, lambda known: [*known[:-1], (known[-1][0], event.ended_on)])


@PEOPLE.on(Membership.PeriodCorrected)
def _period_corrected(event: Membership.PeriodCorrected, _: Entry) -> Iterable[Change]:
    became = (event.from_on, event.until_on)
    yield periods(
        event.originator_id, lambda known: sorted(became if one[0] == event.was_from_on else one for one in known)
    )


@PEOPLE.on(Membership.PeriodWithdrawn)
def _period_withdrawn(event: Membership.PeriodWithdrawn, _: Entry) -> Iterable[Change]:
    yield periods(event.originator_id, lambda known: [one for one in known if one[0] != event.from_on])


@PEOPLE.on(Membership.PriceAboveAgreed)
def _above(event: Membership.PriceAboveAgreed, _: Entry) -> Iterable[Change]:
    above = PriceAbove(event.each, event.why) if event.each is not None else None
    yield MEMBERSHIP.change((event.originator_id,), above=as_json(above) if above is not None else None)


@PEOPLE.on(Person.EmailChangeAsked)
def _email_change_asked(event: Person.EmailChangeAsked, _: Entry) -> Iterable[Change]:
    yield PERSON.change((event.originator_id,), asked_email=as_bytes(event.email))


PEOPLE.puts(
    Person.Registered,
    PERSON,
    is_email_confirmed=False,
    is_erased=False,
    employments=(),
    affiliations=(),
    **dict.fromkeys(("erasure_requested_at", "needs", "phone", "asked_email", "merged_into", "face_secret")),
    face="",
)
PEOPLE.puts(Person.Registered, KNOWN_AS, same_id=aggregate_id)
PEOPLE.sets(Person.EmailConfirmed, PERSON, is_email_confirmed=True)
PEOPLE.sets(Person.NameCorrected, PERSON, position=position)
PEOPLE.sets(Person.PhoneTold, PERSON)
PEOPLE.sets(Person.NeedsTold, PERSON)
PEOPLE.sets(
    Person.FaceShown,
    PERSON,
    face=lambda event, _: event.digest,
    face_secret=lambda event, _: event.secret,
)
PEOPLE.sets(Person.FaceHidden, PERSON, face="", face_secret=None)
PEOPLE.sets(Person.NeedsForgotten, PERSON, needs=None)
PEOPLE.sets(Person.ErasureRequested, PERSON, erasure_requested_at=lambda event, _: event.requested_at)
PEOPLE.sets(Person.ErasureRequestWithdrawn, PERSON, erasure_requested_at=None)
PEOPLE.sets(
    Person.EmailCorrected,
    PERSON,
    is_email_confirmed=lambda event, _: event.is_confirmed,
    asked_email=None,
    position=position,
)
PEOPLE.sets(
    Person.Erased,
    PERSON,
    is_erased=True,
    position=position,
    face="",
    **dict.fromkeys(("name", "email", "erasure_requested_at", "needs", "phone", "asked_email", "face_secret")),
)
PEOPLE.puts(
    Organisation.Registered,
    ORGANISATION,
    sort_key=lambda event, _: sort_key(event.name),
    **dict.fromkeys(("address", "vat_number", "peppol_id"), ""),
    needs_reference=False,
    domains=(),
    language="sv",
    is_collective=False,
    invoice_email=None,
)
PEOPLE.puts(
    Organisation.Renamed,
    EARLIER_NAME,
    before=lambda event, _: event.renamed_on,
    name=lambda event, _: event.was,
    sort_key=lambda event, _: sort_key(event.was),
)
PEOPLE.sets(Organisation.Renamed, ORGANISATION, sort_key=lambda event, _: sort_key(event.name))
PEOPLE.puts(Organisation.ContactAppointed, CONTACT)
PEOPLE.deletes(Organisation.ContactDismissed, CONTACT)
PEOPLE.sets(Organisation.BillingDetailsGiven, ORGANISATION)
PEOPLE.sets(Organisation.NameCorrected, ORGANISATION, sort_key=lambda event, _: sort_key(event.name))
PEOPLE.sets(Organisation.NumberCorrected, ORGANISATION)
PEOPLE.sets(Organisation.CountryCorrected, ORGANISATION)
PEOPLE.sets(Organisation.SectorCorrected, ORGANISATION)
PEOPLE.puts(
    Membership.Granted,
    MEMBERSHIP,
    periods=lambda event, _: [(event.from_on, event.until_on)],
    above=lambda _, __: None,
)
