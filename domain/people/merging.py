"""Merging: two entries of one person become one."""

from __future__ import annotations

from domain.kernel.errors import RuleBroken
from domain.people.person import Person
from domain.people.vouch import vouch


class SamePerson(RuleBroken):
    """The two entries are one already, or one of them has been merged into another."""


def merge_into(person: Person, other: Person) -> None:
    """Both are one person: this entry leads to the other from now on, which has its jobs and grounds as well.

    What is vouched for is vouched for still, unless it is known or was refuted for either.

    Raises PersonErased, SamePerson.
    """
    person.must_exist()
    other.must_exist()
    if other.person_id in person.ids or other.merged_into is not None or person.merged_into is not None:
        raise SamePerson
    if not person.wants_invitations:  # a no holds for both
        other.record_change(Person.InvitationsChosen(wants_invitations=False))
    person.record(Person.MergedInto(person_id=other.person_id))
    jobs = tuple(each for each in person.employments if each not in other.employments)
    other.record(
        Person.Absorbed(
            people=(person.person_id, *person.absorbed),
            before=other.absorbed,
            employments=jobs,
            affiliations=tuple(each for each in person.affiliations if each not in other.affiliations),
            refuted=tuple(sorted(person.refuted - other.refuted)),
        )
    )
    for each in person.vouches:
        if each.organisation_id not in other.refuted:
            vouch(other, each.organisation_id, each.role, each.from_on, each.vouched_by, each.vouched_at)
