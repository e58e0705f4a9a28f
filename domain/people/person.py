"""A person: someone known to one organiser, what is known of them, and how each fact about them is remembered.

By which rules facts are recorded stands by subject: `particulars`, `employment`, `affiliation`, `merging`, `erasure`.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, Rewording, event
from domain.kernel.eligibility import Eligibility, Ground, StandingFact
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted
from domain.people.introduction import PersonIntroduction, Told
from domain.people.person_employment import Employment, PersonEmployment, Vouch
from domain.people.returned_mail import ReturnedMail


class PersonErased(RuleBroken):
    """The person has been erased; nothing more can be recorded about them."""


class Person(Aggregate, PersonEmployment, PersonIntroduction):
    """Someone. What names them is ciphertext; what rules ask for is dated and in the clear."""

    class Registered(Aggregate.Created):
        organiser_id: OrganiserId
        name: Encrypted
        email: Encrypted | None

    class EmailConfirmationAsked(Aggregate.Event):
        code: Encrypted
        digest: str

        def apply(self, person: Person) -> None:
            person.asked.add(self.digest)

    class EmailConfirmed(Aggregate.Event):
        def apply(self, person: Person) -> None:
            person.is_email_confirmed, person.asked, person.must_confirm = True, set(), False
            person.returned = ReturnedMail()

    class AffiliationClaimed(Aggregate.Event):
        ground: Ground
        note: Encrypted | None

        def apply(self, person: Person) -> None:
            person.claims.add(self.ground)

    class AffiliationVerified(Aggregate.Event):
        ground: Ground
        from_on: date
        until_on: date | None
        decided_by: str

        def apply(self, person: Person) -> None:
            person.claims.discard(self.ground)
            person.affiliations.append(StandingFact(self.ground, person.id, person.id, self.from_on, self.until_on))

    class AffiliationDeclined(Aggregate.Event):
        ground: Ground
        reason: Encrypted
        decided_by: str

        def apply(self, person: Person) -> None:
            person.claims.discard(self.ground)

    class AffiliationWithdrawn(Aggregate.Event):
        ground: Ground
        from_on: date
        until_on: date | None

        def apply(self, person: Person) -> None:
            known = [(each.ground, each.from_on, each.until_on) for each in person.affiliations]
            del person.affiliations[known.index((self.ground, self.from_on, self.until_on))]  # whichever entry's it was

    class AffiliationClaimWithdrawn(Aggregate.Event):
        ground: Ground

        def apply(self, person: Person) -> None:
            person.claims.discard(self.ground)

    class ErasureRequested(Aggregate.Event):
        requested_at: datetime

        def apply(self, person: Person) -> None:
            person.erasure_requested_at = self.requested_at

    class ErasureRequestWithdrawn(Aggregate.Event):
        def apply(self, person: Person) -> None:
            person.erasure_requested_at = None

    class NeedsTold(Change):
        needs: Encrypted | None

    class NeedsForgotten(Aggregate.Event):
        def apply(self, person: Person) -> None:
            person.needs = None

    class LanguageChosen(Aggregate.Event):
        language: str

        def apply(self, person: Person) -> None:
            person.language, person.languages_chosen = self.language, person.languages_chosen + 1

    class FaceShown(Aggregate.Event):
        digest: str
        secret: Encrypted
        agreed: str

        def apply(self, person: Person) -> None:
            person.face = self.secret

    class FaceHidden(Aggregate.Event):
        def apply(self, person: Person) -> None:
            person.face = None

    class InvitationsChosen(Change):
        wants_invitations: bool

    class NameCorrected(Rewording):
        name: Encrypted

    class EmailChangeAsked(Aggregate.Event):
        email: Encrypted
        was: Encrypted | None
        code: Encrypted
        digest: str

        def apply(self, person: Person) -> None:
            person.asked_email, person.asked_digest = self.email, self.digest

    class EmailCorrected(Aggregate.Event):
        email: Encrypted | None
        was: Encrypted | None
        is_confirmed: bool

        def apply(self, person: Person) -> None:
            person.email, person.is_email_confirmed = self.email, self.is_confirmed
            person.must_confirm = not self.is_confirmed
            person.asked, person.asked_email, person.asked_digest = set(), None, ""
            person.returned = ReturnedMail()

    class MailReturned(Aggregate.Event):
        letter_id: UUID
        status: str
        is_for_good: bool

        def apply(self, person: Person) -> None:
            person.returned = person.returned.and_one(self.letter_id, self.status, is_for_good=self.is_for_good)

    class MailReached(Aggregate.Event):
        def apply(self, person: Person) -> None:
            person.returned = ReturnedMail()

    class PhoneTold(Rewording):
        phone: Encrypted | None

    class MergedInto(Aggregate.Event):
        person_id: PersonId

        def apply(self, person: Person) -> None:
            person.merged_into = self.person_id

    class Absorbed(Aggregate.Event):
        people: tuple[PersonId, ...]
        before: tuple[PersonId, ...]
        employments: tuple[Employment, ...]
        affiliations: tuple[StandingFact, ...]
        refuted: tuple[OrganisationId, ...] = ()

        def apply(self, person: Person) -> None:
            person.absorbed = (*self.before, *self.people)
            person.employments += self.employments
            person.affiliations += self.affiliations
            person.refuted |= set(self.refuted)
            decided = {*(each.organisation_id for each in self.employments), *self.refuted}
            person.vouches = [each for each in person.vouches if each.organisation_id not in decided]

    class Erased(Aggregate.Event):
        def apply(self, person: Person) -> None:
            person.is_erased = True

    @event(Registered)
    def __init__(self, id: UUID, organiser_id: OrganiserId, name: Encrypted, email: Encrypted | None) -> None:
        self.organiser_id, self.name, self.email = organiser_id, name, email
        self.is_email_confirmed = self.is_erased = self.must_confirm = False
        self.employments: list[Employment] = []
        self.vouches: list[Vouch] = []
        self.refuted: set[OrganisationId] = set()
        self.asked: set[str] = set()
        self.claims: set[Ground] = set()
        self.affiliations: list[StandingFact] = []
        self.erasure_requested_at: datetime | None = None
        self.needs: Encrypted | None = None
        self.face: Encrypted | None = None
        self.presentation: Told | None = None
        self.introductions: dict[SeasonId, Told] = {}
        self.language, self.languages_chosen, self.asked_digest = "", 0, ""
        self.wants_invitations, self.returned = True, ReturnedMail()
        self.phone: Encrypted | None = None
        self.asked_email: Encrypted | None = None
        self.merged_into: PersonId | None = None
        self.absorbed: tuple[PersonId, ...] = ()

    @property
    def ids(self) -> frozenset[PersonId]:
        """All ids the person goes by: their own, and those of the entries that were merged into theirs."""
        return frozenset((self.person_id, *self.absorbed))

    @property
    def person_id(self) -> PersonId:
        """Its id, typed."""
        return PersonId(self.id)

    @property
    def eligibility(self) -> Eligibility:
        """The grounds of the person's own."""
        return Eligibility(tuple(self.affiliations))

    def must_exist(self) -> None:
        """Raises PersonErased."""
        if self.is_erased:
            raise PersonErased
