"""Where a person works, as staff have verified it, and how each fact about it is remembered.

By which rules these facts are recorded stands in `employment`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.ids import OrganisationId
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


class PersonEmployment(Part):
    """Of a person: employments, verified and dated."""

    employments: list[Employment]

    class EmployerClaimed(Aggregate.Event):
        employer: Encrypted

    class Employed(Aggregate.Event):
        organisation_id: OrganisationId
        role: JobRole
        from_on: date

        def apply(self, person: PersonEmployment) -> None:
            person.employments.append(Employment(self.organisation_id, self.role, self.from_on))

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
