"""People with their employments and affiliations, organisations with their contacts, and memberships with periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.kernel.eligibility import Ground
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.person import Employment, Person
from infrastructure.read_models.kernel.projection import Change, Projection, Row, Table, as_bytes, as_json
from infrastructure.read_models.kernel.sorting import sort_key
from infrastructure.serialization.event_mapper import Entry, Fact

PERSON = Table(
    "people",
    "person",
    {
        "person_id": "uuid",
        "organiser_id": "uuid",
        "name": "bytea",
        "email": "bytea",
        "is_email_confirmed": "boolean",
        "is_erased": "boolean",
        "employments": "jsonb",
        "affiliations": "jsonb",
        "erasure_requested_at": "timestamptz",
        "position": "bigint",
        "needs": "bytea",
        "phone": "bytea",
        "asked_email": "bytea",
        "merged_into": "uuid",
    },
    key=("person_id",),
    indexes=(
        "using gin (employments jsonb_path_ops)",
        "(organiser_id, position)",
        "(organiser_id) where erasure_requested_at is not null",
    ),
)
ORGANISATION = Table(
    "people",
    "organisation",
    {
        "organisation_id": "uuid",
        "organiser_id": "uuid",
        "name": "text",
        "sort_key": 'text collate "C"',
        "org_number": "text",
        "sector": "text",
        "address": "text",
        "vat_number": "text",
        "peppol_id": "text",
        "needs_reference": "boolean",
        "domains": "jsonb",
        "country": "text",
        "language": "text",
        "is_collective": "boolean",
        "invoice_email": "bytea",
    },
    key=("organisation_id",),
    indexes=("(organiser_id, sort_key, organisation_id)",),
)
CONTACT = Table(
    "people",
    "contact",
    {"organisation_id": "uuid", "person_id": "uuid", "position": "bigint"},
    key=("organisation_id", "person_id"),
    indexes=("(person_id)",),
)
MEMBERSHIP = Table(
    "people",
    "membership",
    {
        "membership_id": "uuid",
        "organiser_id": "uuid",
        "holder_id": "uuid",
        "ground": "text",
        "persons": "bigint",
        "periods": "jsonb",
        "position": "bigint",
    },
    key=("membership_id",),
    indexes=("(organiser_id, position)", "(holder_id)"),
)
EARLIER_NAME = Table(
    "people",
    "earlier_name",
    {"organisation_id": "uuid", "before": "date", "name": "text", "sort_key": 'text collate "C"'},
    key=("organisation_id", "before"),
)
"""What an organisation was called before a local day on which it took another name."""

KNOWN_AS = Table(
    "people",
    "known_as",
    {"person_id": "uuid", "same_id": "uuid"},
    key=("person_id", "same_id"),
)
"""All ids that a person goes by, under each of them: their own, and those of entries that have been merged."""
PEOPLE = Projection("people", version=8, tables=(PERSON, KNOWN_AS, ORGANISATION, CONTACT, MEMBERSHIP, EARLIER_NAME))

Affiliation = tuple[str, str, date | None, date | None, datetime]
Period = tuple[date, date | None]


@PEOPLE.on(Person.Registered)
def _person_registered(event: Person.Registered, entry: Entry) -> Iterable[Change]:
    yield PERSON.put(
        person_id=event.originator_id,
        organiser_id=event.organiser_id,
        name=as_bytes(event.name),
        email=as_bytes(event.email),
        is_email_confirmed=False,
        is_erased=False,
        employments=as_json([]),
        affiliations=as_json([]),
        erasure_requested_at=None,
        position=entry.position,
        needs=None,
        phone=None,
        asked_email=None,
        merged_into=None,
    )
    yield KNOWN_AS.put(person_id=event.originator_id, same_id=event.originator_id)


@PEOPLE.on(Person.Absorbed)
def _absorbed(event: Person.Absorbed, entry: Entry) -> Iterable[Change]:
    """The entries that were merged lead here; all of them go by each other's ids, those of earlier merging included."""
    person_id = event.originator_id
    yield _employments(person_id, lambda known: [*known, *event.employments])
    verified: list[Affiliation] = [
        (fact.ground.value, "verified", fact.from_on, fact.until_on, entry.recorded_at) for fact in event.affiliations
    ]
    yield _affiliations(person_id, lambda known: [*known, *verified])
    for each in event.people:
        yield PERSON.change((each,), merged_into=person_id, position=entry.position)
    everybody = (*event.people, *event.before, person_id)
    for one in everybody:
        for other in everybody:
            yield KNOWN_AS.put(person_id=one, same_id=other)


@PEOPLE.on(Person.Employed)
def _employed(event: Person.Employed, _: Entry) -> Iterable[Change]:
    begun = Employment(event.organisation_id, event.role, event.from_on)
    yield _employments(event.originator_id, lambda known: [*known, begun])


@PEOPLE.on(Person.EmploymentEnded)
def _employment_ended(event: Person.EmploymentEnded, _: Entry) -> Iterable[Change]:
    def end(one: Employment) -> Employment:
        if one.organisation_id != event.organisation_id or not one.holds_on(event.ended_on):
            return one
        return Employment(one.organisation_id, one.role, one.from_on, event.ended_on)

    yield _employments(event.originator_id, lambda known: [end(one) for one in known])


@PEOPLE.on(Person.EmploymentCorrected)
def _employment_corrected(event: Person.EmploymentCorrected, _: Entry) -> Iterable[Change]:
    was = Employment(event.organisation_id, event.was_role, event.was_from_on, event.was_until_on)
    became = Employment(event.organisation_id, event.role, event.from_on, event.until_on)
    yield _employments(event.originator_id, lambda known: _replaced(known, was, [became]))


@PEOPLE.on(Person.EmploymentWithdrawn)
def _employment_withdrawn(event: Person.EmploymentWithdrawn, _: Entry) -> Iterable[Change]:
    was = Employment(event.organisation_id, event.role, event.from_on, event.until_on)
    yield _employments(event.originator_id, lambda known: _replaced(known, was, []))


@PEOPLE.on(Person.AffiliationWithdrawn)
def _affiliation_withdrawn(event: Person.AffiliationWithdrawn, _: Entry) -> Iterable[Change]:
    was = (event.ground.value, "verified", event.from_on)
    yield _affiliations(event.originator_id, lambda known: [one for one in known if one[:3] != was])


@PEOPLE.on(Person.AffiliationClaimed)
def _claimed(event: Person.AffiliationClaimed, entry: Entry) -> Iterable[Change]:
    claimed: Affiliation = (event.ground.value, "claimed", None, None, entry.recorded_at)
    yield _affiliations(event.originator_id, lambda known: [*known, claimed])


@PEOPLE.on(Person.AffiliationVerified)
def _verified(event: Person.AffiliationVerified, entry: Entry) -> Iterable[Change]:
    verified: Affiliation = (event.ground.value, "verified", event.from_on, event.until_on, entry.recorded_at)
    yield _affiliations(event.originator_id, lambda known: [*_without_claim(known, event.ground), verified])


@PEOPLE.on(Person.AffiliationDeclined)
def _declined(event: Person.AffiliationDeclined, entry: Entry) -> Iterable[Change]:
    declined: Affiliation = (event.ground.value, "declined", None, None, entry.recorded_at)
    yield _affiliations(event.originator_id, lambda known: [*_without_claim(known, event.ground), declined])


@PEOPLE.on(Person.AffiliationClaimWithdrawn)
def _claim_withdrawn(event: Person.AffiliationClaimWithdrawn, _: Entry) -> Iterable[Change]:
    yield _affiliations(event.originator_id, lambda known: _without_claim(known, event.ground))


@PEOPLE.on(Organisation.Registered)
def _organisation_registered(event: Organisation.Registered, _: Entry) -> Iterable[Change]:
    yield ORGANISATION.put(
        organisation_id=event.originator_id,
        organiser_id=event.organiser_id,
        name=event.name,
        sort_key=sort_key(event.name),
        org_number=event.org_number,
        sector=event.sector.value,
        address="",
        vat_number="",
        peppol_id="",
        needs_reference=False,
        domains=as_json([]),
        country=event.country,
        language="sv",
        is_collective=False,
        invoice_email=None,
    )


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


@PEOPLE.on(Organisation.Renamed)
def _renamed(event: Organisation.Renamed, _: Entry) -> Iterable[Change]:
    was = {"name": event.was, "sort_key": sort_key(event.was)}
    yield EARLIER_NAME.put(organisation_id=event.originator_id, before=event.renamed_on, **was)
    yield ORGANISATION.change((event.originator_id,), name=event.name, sort_key=sort_key(event.name))


@PEOPLE.on(Organisation.ContactAppointed)
def _contact_appointed(event: Organisation.ContactAppointed, entry: Entry) -> Iterable[Change]:
    yield CONTACT.put(organisation_id=event.originator_id, person_id=event.person_id, position=entry.position)


@PEOPLE.on(Organisation.ContactDismissed)
def _contact_dismissed(event: Organisation.ContactDismissed, _: Entry) -> Iterable[Change]:
    yield CONTACT.delete((event.originator_id, event.person_id))


@PEOPLE.on(Membership.Granted)
def _granted(event: Membership.Granted, entry: Entry) -> Iterable[Change]:
    yield MEMBERSHIP.put(
        membership_id=event.originator_id,
        organiser_id=event.organiser_id,
        holder_id=event.holder_id,
        ground=event.ground.value,
        persons=event.persons,
        periods=as_json([(event.from_on, event.until_on)]),
        position=entry.position,
    )


@PEOPLE.on(Membership.Renewed)
def _membership_renewed(event: Membership.Renewed, _: Entry) -> Iterable[Change]:
    yield _periods(event.originator_id, lambda known: [*known, (event.from_on, event.until_on)])


@PEOPLE.on(Membership.Ended)
def _ended(event: Membership.Ended, _: Entry) -> Iterable[Change]:
    yield _periods(event.originator_id, lambda known: [*known[:-1], (known[-1][0], event.ended_on)])


@PEOPLE.on(Membership.PeriodCorrected)
def _period_corrected(event: Membership.PeriodCorrected, _: Entry) -> Iterable[Change]:
    became = (event.from_on, event.until_on)
    yield _periods(
        event.originator_id, lambda known: sorted(became if one[0] == event.was_from_on else one for one in known)
    )


@PEOPLE.on(Membership.PeriodWithdrawn)
def _period_withdrawn(event: Membership.PeriodWithdrawn, _: Entry) -> Iterable[Change]:
    yield _periods(event.originator_id, lambda known: [one for one in known if one[0] != event.from_on])


@PEOPLE.on(Person.EmailChangeAsked)
def _email_change_asked(event: Person.EmailChangeAsked, _: Entry) -> Iterable[Change]:
    yield PERSON.change((event.originator_id,), asked_email=as_bytes(event.email))


def _position(_: Fact, entry: Entry) -> int:
    return entry.position


PEOPLE.sets(Person.EmailConfirmed, PERSON, is_email_confirmed=True)
PEOPLE.sets(Person.NameCorrected, PERSON, position=_position)
PEOPLE.sets(Person.PhoneTold, PERSON)
PEOPLE.sets(Person.NeedsTold, PERSON)
PEOPLE.sets(Person.NeedsForgotten, PERSON, needs=None)
PEOPLE.sets(Person.ErasureRequested, PERSON, erasure_requested_at=lambda event, _: event.requested_at)
PEOPLE.sets(Person.ErasureRequestWithdrawn, PERSON, erasure_requested_at=None)
PEOPLE.sets(
    Person.EmailCorrected,
    PERSON,
    is_email_confirmed=lambda event, _: event.is_confirmed,
    asked_email=None,
    position=_position,
)
PEOPLE.sets(
    Person.Erased,
    PERSON,
    is_erased=True,
    position=_position,
    **dict.fromkeys(("name", "email", "erasure_requested_at", "needs", "phone", "asked_email")),
)
PEOPLE.sets(Organisation.BillingDetailsGiven, ORGANISATION)
PEOPLE.sets(Organisation.NameCorrected, ORGANISATION, sort_key=lambda event, _: sort_key(event.name))
PEOPLE.sets(Organisation.NumberCorrected, ORGANISATION)
PEOPLE.sets(Organisation.CountryCorrected, ORGANISATION)
PEOPLE.sets(Organisation.SectorCorrected, ORGANISATION)


def _employments(person_id: UUID, become: Callable[[list[Employment]], list[Employment]]) -> Change:
    def fold(row: Row) -> Row:
        return {"employments": as_json(become(msgspec.json.decode(str(row["employments"]), type=list[Employment])))}

    return PERSON.fold((person_id,), fold)


def _replaced(known: list[Employment], was: Employment, became: list[Employment]) -> list[Employment]:
    place = known.index(was)
    return [*known[:place], *became, *known[place + 1 :]]


def _affiliations(person_id: UUID, become: Callable[[list[Affiliation]], list[Affiliation]]) -> Change:
    def fold(row: Row) -> Row:
        return {"affiliations": as_json(become(msgspec.json.decode(str(row["affiliations"]), type=list[Affiliation])))}

    return PERSON.fold((person_id,), fold)


def _periods(membership_id: UUID, become: Callable[[list[Period]], list[Period]]) -> Change:
    def fold(row: Row) -> Row:
        return {"periods": as_json(become(msgspec.json.decode(str(row["periods"]), type=list[Period])))}

    return MEMBERSHIP.fold((membership_id,), fold)


def _without_claim(known: list[Affiliation], ground: Ground) -> list[Affiliation]:
    return [one for one in known if one[:2] != (ground.value, "claimed")]
