"""What verifies a vouch by itself: a confirmed address at a verified domain of the organisation."""

from __future__ import annotations

from application.automation.policies import Table, when
from application.booking.vouch import Vouches
from domain.kernel.ids import OrganisationId, PersonId
from domain.people.organisation import Organisation
from domain.people.person import Person


def verified_vouches(vouches: Vouches) -> Table:
    """Whichever comes last: the person's address, or the organisation's domain."""

    def address_corrected(event: Person.EmailCorrected) -> None:
        if event.is_confirmed:
            vouches.verify_by_domain(PersonId(event.originator_id))

    return (
        when(Person.EmailConfirmed, lambda event: vouches.verify_by_domain(PersonId(event.originator_id))),
        when(Person.EmailCorrected, address_corrected),
        when(
            Organisation.DomainVerified,
            lambda event: vouches.verify_by_domain_of(OrganisationId(event.originator_id)),
        ),
    )
