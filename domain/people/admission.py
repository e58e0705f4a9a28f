"""Who may join: open to all, by a ground, by sector and role, or by an admin's recorded decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.kernel.eligibility import NO_GROUNDS, Eligibility, Ground, MembershipFull, Sector
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganisationId, PersonId


class NotAdmitted(RuleBroken):
    """The rule of the network does not admit this person (`grounds` or `sectors` that would; `seat`: of several)."""


class AdmissionToDecide(RuleBroken):
    """The rule leaves this case to an admin, who has not decided yet (S16)."""


class JobRole(StrEnum):
    """What somebody is at work, as far as admission asks."""

    MANAGER = "manager"
    SPECIALIST = "specialist"
    CONSULTANT = "consultant"


@dataclass(frozen=True)
class Work:
    """Where and as what somebody works on the day that counts."""

    sector: Sector
    role: JobRole


@dataclass(frozen=True)
class Applicant:
    """Somebody who is to sit there, as they stand on a day; without `person_id` somebody yet to be named.

    `own`: what they stand on themselves; `employers`: what the memberships of their employer prove for them. `decided`:
    what an admin has decided about them, if one has.
    """

    person_id: PersonId | None = None
    employer: OrganisationId | None = None
    job: Work | None = None
    own: Eligibility = NO_GROUNDS
    employers: Eligibility = NO_GROUNDS
    decided: bool | None = None


@dataclass(frozen=True)
class Admission:
    """The rule. Empty: open to anyone. `grounds`: one of them is enough. `sectors`: the employer's; with
    `managers_only` the person must be a manager there. `decided_sectors`: left to an admin, case by case.
    """

    grounds: tuple[Ground, ...] = ()
    sectors: tuple[Sector, ...] = ()
    decided_sectors: tuple[Sector, ...] = ()
    managers_only: bool = False

    @property
    def is_open(self) -> bool:
        """Whether anyone may join."""
        return not self.grounds and not self.sectors and not self.decided_sectors

    def must_admit(self, who: Applicant, day: date) -> None:
        """Raises NotAdmitted, AdmissionToDecide; MembershipFull where a membership of the employer would let them in
        if it covered one person more.
        """
        try:
            self.check(who.own.and_(who.employers), who.job, day, who.decided)
        except NotAdmitted:
            full = next((fact for ground in self.grounds if (fact := who.employers.beyond(ground, day))), None)
            if full is not None:
                raise MembershipFull(covers=full.covers, room=0, asked=1) from None
            raise

    def check(self, eligibility: Eligibility, work: Work | None, day: date, decided: bool | None) -> None:
        """Raises NotAdmitted or AdmissionToDecide unless the person may join; an admin's decision comes first."""
        if self.is_open or decided is True:
            return
        if decided is None:
            if any(eligibility.on(ground, day) for ground in self.grounds):
                return
            if work is not None and self._fits(work, self.sectors):
                return
            if work is not None and self._fits(work, self.decided_sectors):
                raise AdmissionToDecide(sector=work.sector.value)
        raise NotAdmitted(
            grounds=[ground.value for ground in self.grounds],
            sectors=[sector.value for sector in self.sectors],
            managers_only=self.managers_only,
        )

    def _fits(self, work: Work, sectors: tuple[Sector, ...]) -> bool:
        return work.sector in sectors and (not self.managers_only or work.role is JobRole.MANAGER)


OPEN = Admission()
