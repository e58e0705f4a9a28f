"""A person: someone known to one organiser, with dated facts about employment and affiliation; can be erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.eligibility import Eligibility, Ground, StandingFact
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId
from domain.kernel.personal import Encrypted
from domain.kernel.text import LANGUAGES
from domain.people.admission import JobRole


class PersonErased(RuleBroken):
    """The person has been erased; nothing more can be recorded about them."""


class NotEmployedThere(RuleBroken):
    """The person has no employment with that organisation on that day."""


class WrongCode(RuleBroken):
    """The code is not the one that was sent, or has been used."""


class NothingClaimed(RuleBroken):
    """There is no claim of that ground to decide."""


class SamePerson(RuleBroken):
    """The two entries are one already, or one of them has been merged into another."""


class ErasureNotRequested(RuleBroken):
    """The person has not asked to be erased, or has taken it back."""


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


class Person(Aggregate):
    """Someone. What names them is ciphertext; what rules ask for is dated and in the clear."""

    class Registered(Aggregate.Created):
        organiser_id: OrganiserId
        name: Encrypted
        email: Encrypted | None

    class EmailConfirmationAsked(Aggregate.Event):
        code: Encrypted
        digest: str

    class EmailConfirmed(Aggregate.Event):
        pass

    class EmployerClaimed(Aggregate.Event):
        employer: Encrypted

    class Employed(Aggregate.Event):
        organisation_id: OrganisationId
        role: JobRole
        from_on: date

    class EmploymentEnded(Aggregate.Event):
        organisation_id: OrganisationId
        ended_on: date

    class EmploymentCorrected(Aggregate.Event):
        organisation_id: OrganisationId
        role: JobRole
        from_on: date
        until_on: date | None
        was_role: JobRole
        was_from_on: date
        was_until_on: date | None

    class EmploymentWithdrawn(Aggregate.Event):
        organisation_id: OrganisationId
        role: JobRole
        from_on: date
        until_on: date | None

    class AffiliationClaimed(Aggregate.Event):
        ground: Ground
        note: Encrypted | None

    class AffiliationVerified(Aggregate.Event):
        ground: Ground
        from_on: date
        until_on: date | None
        decided_by: str

    class AffiliationDeclined(Aggregate.Event):
        ground: Ground
        reason: Encrypted
        decided_by: str

    class AffiliationWithdrawn(Aggregate.Event):
        ground: Ground
        from_on: date
        until_on: date | None

    class AffiliationClaimWithdrawn(Aggregate.Event):
        ground: Ground

    class ErasureRequested(Aggregate.Event):
        requested_at: datetime

    class ErasureRequestWithdrawn(Aggregate.Event):
        pass

    class NeedsTold(Aggregate.Event):
        needs: Encrypted | None

    class NeedsForgotten(Aggregate.Event):
        pass

    class LanguageChosen(Aggregate.Event):
        language: str

    class NameCorrected(Aggregate.Event):
        name: Encrypted

    class EmailChangeAsked(Aggregate.Event):
        email: Encrypted
        was: Encrypted | None
        code: Encrypted
        digest: str

    class EmailCorrected(Aggregate.Event):
        email: Encrypted | None
        was: Encrypted | None
        is_confirmed: bool

    class PhoneTold(Aggregate.Event):
        phone: Encrypted | None

    class MergedInto(Aggregate.Event):
        person_id: PersonId

    class Absorbed(Aggregate.Event):
        people: tuple[PersonId, ...]
        before: tuple[PersonId, ...]
        employments: tuple[Employment, ...]
        affiliations: tuple[StandingFact, ...]

    class Erased(Aggregate.Event):
        pass

    @event(Registered)
    def __init__(self, id: UUID, organiser_id: OrganiserId, name: Encrypted, email: Encrypted | None) -> None:
        self.organiser_id, self.name, self.email = organiser_id, name, email
        self.is_email_confirmed, self.is_erased = False, False
        self.employments: list[Employment] = []
        self.asked: set[str] = set()
        self.claims: set[Ground] = set()
        self.affiliations: list[StandingFact] = []
        self.erasure_requested_at: datetime | None = None
        self.needs: Encrypted | None = None
        self.language, self.languages_chosen = "", 0
        self.phone: Encrypted | None = None
        self.asked_email: Encrypted | None = None
        self.asked_digest, self.must_confirm = "", False
        self.merged_into: PersonId | None = None
        self.absorbed: tuple[PersonId, ...] = ()

    @property
    def ids(self) -> frozenset[PersonId]:
        """All ids the person goes by: their own, and those of the entries that were merged into theirs."""
        return frozenset((self.person_id, *self.absorbed))

    @property
    def may_sign_in(self) -> bool:
        """Whether the address lets the person in: not once erased, nor before a corrected one is confirmed."""
        return not self.is_erased and not self.must_confirm

    @property
    def person_id(self) -> PersonId:
        """Its id, typed."""
        return PersonId(self.id)

    @property
    def eligibility(self) -> Eligibility:
        """The grounds of the person's own."""
        return Eligibility(tuple(self.affiliations))

    def employment_on(self, day: date) -> Employment | None:
        """The employment that counts on a local day: of several, the one begun last."""
        holding = [each for each in self.employments if each.holds_on(day)]
        return max(holding, key=lambda each: each.from_on, default=None)

    def works_for(self, organisation_id: OrganisationId, day: date) -> bool:
        """Whether a verified employment there holds on a local day."""
        return any(each.organisation_id == organisation_id and each.holds_on(day) for each in self.employments)

    def has_left(self, organisation_id: OrganisationId, day: date) -> bool:
        """Whether a verified employment there has ended before a local day, and none holds on it."""
        worked = any(each.organisation_id == organisation_id and each.from_on <= day for each in self.employments)
        return worked and not self.works_for(organisation_id, day)

    def ask_confirmation(self, code: Encrypted, digest: str) -> None:
        """A code goes to the address; whoever brings it back has shown that the address is theirs."""
        self.must_exist()
        self._ask_confirmation(code=code, digest=digest)

    @event(EmailConfirmationAsked)
    def _ask_confirmation(self, code: Encrypted, digest: str) -> None:
        self.asked.add(digest)

    def confirm_email(self, digest: str) -> None:
        """The code has come back (as its digest); a wrong or used one raises WrongCode."""
        self.must_exist()
        if digest not in self.asked:
            raise WrongCode
        self._confirm_email()

    def come_in_by_letter(self) -> None:
        """Somebody has come in with a link that was mailed to the address, so the address is theirs; once is enough."""
        self.must_exist()
        if not self.is_email_confirmed:
            self._confirm_email()

    @event(EmailConfirmed)
    def _confirm_email(self) -> None:
        self.is_email_confirmed, self.asked, self.must_confirm = True, set(), False

    def ask_email_change(self, email: Encrypted, code: Encrypted, digest: str) -> None:
        """The person wants another address; a code goes there, and until it is back the one before serves."""
        self.must_exist()
        self._ask_email_change(email=email, was=self.email, code=code, digest=digest)

    @event(EmailChangeAsked)
    def _ask_email_change(self, email: Encrypted, was: Encrypted | None, code: Encrypted, digest: str) -> None:
        self.asked_email, self.asked_digest = email, digest

    def is_change_asked(self, digest: str) -> bool:
        """Whether this is the code of the address that was asked for last."""
        return self.asked_email is not None and digest == self.asked_digest

    def change_email(self) -> None:
        """The code to the address that was asked for has come back: it is the person's from now on."""
        self.must_exist()
        if self.asked_email is not None:
            self._correct_email(email=self.asked_email, was=self.email, is_confirmed=True)

    def correct_email(self, email: Encrypted | None) -> None:
        """The address was written down wrongly; nobody comes in by the new one before it has been confirmed."""
        self.must_exist()
        self._correct_email(email=email, was=self.email, is_confirmed=False)

    @event(EmailCorrected)
    def _correct_email(self, email: Encrypted | None, was: Encrypted | None, is_confirmed: bool) -> None:
        self.email, self.is_email_confirmed, self.must_confirm = email, is_confirmed, not is_confirmed
        self.asked, self.asked_email, self.asked_digest = set(), None, ""

    def correct_name(self, name: Encrypted) -> None:
        """The name was written down wrongly, or the person has another now."""
        self.must_exist()
        self._correct_name(name=name)

    @event(NameCorrected)
    def _correct_name(self, name: Encrypted) -> None:
        self.name = name

    def tell_phone(self, phone: Encrypted | None) -> None:
        """The number by which the person is reached; None: none."""
        self.must_exist()
        self._tell_phone(phone=phone)

    @event(PhoneTold)
    def _tell_phone(self, phone: Encrypted | None) -> None:
        self.phone = phone

    def claim_employer(self, employer: Encrypted) -> None:
        """Remember where somebody says they work; it gives no right until an employment is recorded (S10)."""
        self.must_exist()
        self._claim_employer(employer=employer)

    @event(EmployerClaimed)
    def _claim_employer(self, employer: Encrypted) -> None:
        pass

    def employ(self, organisation_id: OrganisationId, role: JobRole, from_on: date) -> None:
        """Record a verified employment from a local day; the same again changes nothing."""
        self.must_exist()
        current = self.employment_on(from_on)
        if current and (current.organisation_id, current.role) == (organisation_id, role):
            return
        self._employ(organisation_id=organisation_id, role=role, from_on=from_on)

    @event(Employed)
    def _employ(self, organisation_id: OrganisationId, role: JobRole, from_on: date) -> None:
        self.employments.append(Employment(organisation_id, role, from_on))

    def end_employment(self, organisation_id: OrganisationId, ended_on: date) -> None:
        """Record the last local day of an employment (S17). Raises NotEmployedThere."""
        self.must_exist()
        if not any(e.organisation_id == organisation_id and e.holds_on(ended_on) for e in self.employments):
            raise NotEmployedThere(day=ended_on.isoformat())
        self._end_employment(organisation_id=organisation_id, ended_on=ended_on)

    @event(EmploymentEnded)
    def _end_employment(self, organisation_id: OrganisationId, ended_on: date) -> None:
        self.employments = [
            Employment(e.organisation_id, e.role, e.from_on, ended_on)
            if e.organisation_id == organisation_id and e.holds_on(ended_on)
            else e
            for e in self.employments
        ]

    def correct_employment(self, was: Employment, role: JobRole, from_on: date, until_on: date | None) -> None:
        """It was recorded with another role or other days; the same again changes nothing. Raises BadValue.

        Raises NotEmployedThere where there is no such employment.
        """
        self._must_have(was)
        if until_on is not None and until_on < from_on:
            raise BadValue(field="until_on", why="ends before it begins")
        if (role, from_on, until_on) == (was.role, was.from_on, was.until_on):
            return
        self._correct_employment(
            organisation_id=was.organisation_id,
            role=role,
            from_on=from_on,
            until_on=until_on,
            was_role=was.role,
            was_from_on=was.from_on,
            was_until_on=was.until_on,
        )

    @event(EmploymentCorrected)
    def _correct_employment(
        self,
        organisation_id: OrganisationId,
        role: JobRole,
        from_on: date,
        until_on: date | None,
        was_role: JobRole,
        was_from_on: date,
        was_until_on: date | None,
    ) -> None:
        was = Employment(organisation_id, was_role, was_from_on, was_until_on)
        self.employments[self.employments.index(was)] = Employment(organisation_id, role, from_on, until_on)

    def withdraw_employment(self, was: Employment) -> None:
        """It was recorded by mistake: it never was. Raises NotEmployedThere."""
        self._must_have(was)
        told = (was.organisation_id, was.role, was.from_on, was.until_on)
        self._withdraw_employment(*told)

    @event(EmploymentWithdrawn)
    def _withdraw_employment(
        self, organisation_id: OrganisationId, role: JobRole, from_on: date, until_on: date | None
    ) -> None:
        self.employments.remove(Employment(organisation_id, role, from_on, until_on))

    def _must_have(self, employment: Employment) -> None:
        self.must_exist()
        if employment not in self.employments:
            raise NotEmployedThere(day=employment.from_on.isoformat())

    def claim_affiliation(self, ground: Ground, note: Encrypted | None) -> None:
        """Say "I am an alumnus" (or the like); it waits for an admin. Twice is once."""
        self.must_exist()
        if ground not in self.claims:
            self._claim_affiliation(ground=ground, note=note)

    @event(AffiliationClaimed)
    def _claim_affiliation(self, ground: Ground, note: Encrypted | None) -> None:
        self.claims.add(ground)

    def verify_affiliation(self, ground: Ground, from_on: date, until_on: date | None, decided_by: str) -> None:
        """An admin has verified a ground from a local day, until another (included) or for good."""
        self.must_exist()
        if until_on is not None and until_on < from_on:
            raise BadValue(field="until_on", why="ends before it begins")
        self._verify_affiliation(ground=ground, from_on=from_on, until_on=until_on, decided_by=decided_by)

    @event(AffiliationVerified)
    def _verify_affiliation(self, ground: Ground, from_on: date, until_on: date | None, decided_by: str) -> None:
        self.claims.discard(ground)
        self.affiliations.append(StandingFact(ground, self.id, self.id, from_on, until_on))

    def withdraw_affiliation(self, ground: Ground, from_on: date) -> None:
        """A ground was verified by mistake: it never held. Raises NothingClaimed where it is not verified."""
        self.must_exist()
        for each in self.affiliations:
            if (each.ground, each.from_on) == (ground, from_on):
                self._withdraw_affiliation(ground=ground, from_on=from_on, until_on=each.until_on)
                return
        raise NothingClaimed(ground=ground.value)

    @event(AffiliationWithdrawn)
    def _withdraw_affiliation(self, ground: Ground, from_on: date, until_on: date | None) -> None:
        self.affiliations.remove(StandingFact(ground, self.id, self.id, from_on, until_on))

    def decline_affiliation(self, ground: Ground, reason: Encrypted, decided_by: str) -> None:
        """An admin has declined a claim, with the reason. Raises NothingClaimed."""
        self.must_exist()
        if ground not in self.claims:
            raise NothingClaimed(ground=ground.value)
        self._decline_affiliation(ground=ground, reason=reason, decided_by=decided_by)

    @event(AffiliationDeclined)
    def _decline_affiliation(self, ground: Ground, reason: Encrypted, decided_by: str) -> None:
        self.claims.discard(ground)

    def withdraw_claim(self, ground: Ground) -> None:
        """Take back a claim that nobody has decided yet. Raises NothingClaimed."""
        self.must_exist()
        if ground not in self.claims:
            raise NothingClaimed(ground=ground.value)
        self._withdraw_claim(ground=ground)

    @event(AffiliationClaimWithdrawn)
    def _withdraw_claim(self, ground: Ground) -> None:
        self.claims.discard(ground)

    def request_erasure(self, requested_at: datetime) -> None:
        """Ask to be erased (GDPR art. 17); an admin carries it out. Twice is once."""
        self.must_exist()
        if self.erasure_requested_at is None:
            self._request_erasure(requested_at=requested_at)

    @event(ErasureRequested)
    def _request_erasure(self, requested_at: datetime) -> None:
        self.erasure_requested_at = requested_at

    def withdraw_erasure_request(self) -> None:
        """Stay after all. Raises ErasureNotRequested."""
        self.must_exist()
        if self.erasure_requested_at is None:
            raise ErasureNotRequested
        self._withdraw_erasure_request()

    @event(ErasureRequestWithdrawn)
    def _withdraw_erasure_request(self) -> None:
        self.erasure_requested_at = None

    def tell_needs(self, needs: Encrypted | None) -> None:
        """What the person needs to take part (food, access); None: nothing. For those who prepare the meeting (S62)."""
        self.must_exist()
        self._tell_needs(needs=needs)

    @event(NeedsTold)
    def _tell_needs(self, needs: Encrypted | None) -> None:
        self.needs = needs

    def forget_needs(self) -> None:
        """The season that they were told for is over: health data is kept no longer than that. Twice is once."""
        if self.needs is not None:
            self._forget_needs()

    @event(NeedsForgotten)
    def _forget_needs(self) -> None:
        self.needs = None

    def merge_into(self, other: Person) -> None:
        """Both are one person: this entry leads to the other from now on, which has its jobs and grounds as well.

        Raises PersonErased, SamePerson.
        """
        self.must_exist()
        other.must_exist()
        if other.person_id in self.ids or other.merged_into is not None or self.merged_into is not None:
            raise SamePerson
        self._merge_into(person_id=other.person_id)
        jobs = tuple(each for each in self.employments if each not in other.employments)
        other._absorb(
            people=(self.person_id, *self.absorbed),
            before=other.absorbed,
            employments=jobs,
            affiliations=tuple(each for each in self.affiliations if each not in other.affiliations),
        )

    @event(MergedInto)
    def _merge_into(self, person_id: PersonId) -> None:
        self.merged_into = person_id

    @event(Absorbed)
    def _absorb(
        self,
        people: tuple[PersonId, ...],
        before: tuple[PersonId, ...],
        employments: tuple[Employment, ...],
        affiliations: tuple[StandingFact, ...],
    ) -> None:
        self.absorbed = (*before, *people)
        self.employments += employments
        self.affiliations += affiliations

    def choose_language(self, language: str) -> None:
        """In which language somebody is written to: the one they last read the pages in. The same changes nothing."""
        self.must_exist()
        if language not in LANGUAGES:
            raise BadValue(field="language", why=" or ".join(LANGUAGES))
        if language != self.language:
            self._choose_language(language=language)

    def read_in(self, language: str) -> None:
        """They act on pages in a language: it is remembered where it is another than what they are written to in.

        Swedish until they say so; a language that is not told, or that we do not speak, says nothing.
        """
        if language in LANGUAGES and language != (self.language or LANGUAGES[0]):
            self.choose_language(language)

    @event(LanguageChosen)
    def _choose_language(self, language: str) -> None:
        self.language, self.languages_chosen = language, self.languages_chosen + 1

    def erase(self) -> None:
        """Record that the person has been erased (GDPR art. 17); the key is destroyed in the same decision."""
        if not self.is_erased:
            self._erase()

    @event(Erased)
    def _erase(self) -> None:
        self.is_erased = True

    def must_exist(self) -> None:
        """Raises PersonErased."""
        if self.is_erased:
            raise PersonErased
