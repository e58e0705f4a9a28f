"""Where a person works, as staff have verified it, and how each fact about it is remembered.

By which rules these facts are recorded stands in `employment`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.personal import Encrypted
from domain.people.admission import JobRole


@dataclass(frozen=True)
class Employment:
    """A verified employment: the first local day, and the last one when it has ended."""

    organisation_id: OrganisationId
    role: JobRole
    from_on: date
    until_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a local day, the last day included."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Vouch:
    """An employment that somebody who acts for the organisation has vouched for, and nobody has verified yet.

    `vouched_by`: who (None: a program of the organiser); it holds from a local day until it is verified or refuted.
    """

    organisation_id: OrganisationId
    role: JobRole
    from_on: date
    vouched_by: PersonId | None
    vouched_at: datetime


class PersonEmployment(Part):
    """Of a person: employments, verified and dated; and those that are vouched for."""

    employments: list[Employment]
    vouches: list[Vouch]
    refuted: set[OrganisationId]

    class EmployerClaimed(Aggregate.Event):
        employer: Encrypted

    class Employed(Aggregate.Event):
        organisation_id: OrganisationId
        role: JobRole
        from_on: date

        def apply(self, person: PersonEmployment) -> None:
            person.employments.append(Employment(self.organisation_id, self.role, self.from_on))
            person.vouches = [each for each in person.vouches if each.organisation_id != self.organisation_id]
            person.refuted.discard(self.organisation_id)

    class EmploymentVouched(Aggregate.Event):
        organisation_id: OrganisationId
        role: JobRole
        from_on: date
        vouched_by: PersonId | None
        vouched_at: datetime

        def apply(self, person: PersonEmployment) -> None:
            vouch = Vouch(self.organisation_id, self.role, self.from_on, self.vouched_by, self.vouched_at)
            person.vouches.append(vouch)

    class EmploymentRefuted(Aggregate.Event):
        organisation_id: OrganisationId
        vouched_by: PersonId | None
        reason: Encrypted
        decided_by: str

        def apply(self, person: PersonEmployment) -> None:
            person.vouches = [each for each in person.vouches if each.organisation_id != self.organisation_id]
            person.refuted.add(self.organisation_id)

    class EmploymentEnded(Aggregate.Event):
        organisation_id: OrganisationId
        ended_on: date

        def apply(self, person: PersonEmployment) -> None:
            for no, job in enumerate(person.employments):
                if job.organisation_id == self.organisation_id and job.holds_on(self.ended_on):
                    person.employments[no] = replace(job, until_on=self.ended_on)

    class EmploymentCorrected(Aggregate.Event):
        organisation_id: OrganisationId
        role: JobRole
        from_on: date
        until_on: date | None
        was_role: JobRole
        was_from_on: date
        was_until_on: date | None

        def apply(self, person: PersonEmployment) -> None:
            was = Employment(self.organisation_id, self.was_role, self.was_from_on, self.was_until_on)
            corrected = Employment(self.organisation_id, self.role, self.from_on, self.until_on)
            person.employments[person.employments.index(was)] = corrected

    class EmploymentWithdrawn(Aggregate.Event):
        organisation_id: OrganisationId
        role: JobRole
        from_on: date
        until_on: date | None

        def apply(self, person: PersonEmployment) -> None:
            person.employments.remove(Employment(self.organisation_id, self.role, self.from_on, self.until_on))

    def employment_on(self, day: date) -> Employment | None:
        """The employment that counts on a local day: of several, the one begun last."""
        holding = [each for each in self.employments if each.holds_on(day)]
        return max(holding, key=lambda each: each.from_on, default=None)

    def vouched_on(self, day: date) -> Employment | None:
        """What is vouched for and holds on a local day: of several, the one said last."""
        vouched = [Employment(each.organisation_id, each.role, each.from_on) for each in self.vouches]
        return next((each for each in reversed(vouched) if each.holds_on(day)), None)
