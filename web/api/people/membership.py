"""Memberships: of organisations and of persons, granted, renewed and ended by admins."""

from __future__ import annotations

from uuid import UUID

from application.kernel.page import Page
from application.people.membership import (
    CorrectPeriod,
    EndMembership,
    GrantMembership,
    MembershipRef,
    RenewMembership,
    WithdrawPeriod,
)
from domain.kernel.ids import MembershipId
from web.api.kernel.answers import Membership, membership_of, memberships_of
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people.organisation_schema import (
    CorrectPeriodBody,
    EndMembershipBody,
    GrantMembershipBody,
    MembershipQuery,
    RenewMembershipBody,
    WithdrawPeriodBody,
)

memberships = ApiBlueprint("memberships", "Memberships of organisations and persons.")
ONE = "/memberships/<uuid:membership_id>"


@memberships.read("/memberships", Who.STAFF, Page[Membership], MembershipQuery)
def list_memberships(call: Call) -> Page[Membership]:
    """The organiser's memberships, or those of one holder."""
    asked = call.query
    questions = call.services.people_questions
    return memberships_of(questions.memberships(call.actor, asked["holder_id"], asked["cursor"], asked["limit"]))


@memberships.write("POST", "/memberships", Who.ADMIN, MembershipRef, body=GrantMembershipBody, status=201)
def grant_membership(call: Call) -> Written:
    """Grant a membership; where there was one, a further period of it."""
    return call.execute(
        call.services.memberships.grant, GrantMembership(**call.body), "/memberships/{answer.membership_id}"
    )


@memberships.read(ONE, Who.STAFF, Membership)
def read_membership(call: Call, membership_id: UUID) -> Membership:
    """One membership with its periods."""
    return membership_of(call.services.people_questions.membership(call.actor, membership_id))


@memberships.write("POST", f"{ONE}/renewals", Who.ADMIN, MembershipRef, body=RenewMembershipBody)
def renew_membership(call: Call, membership_id: MembershipId) -> Written:
    """A further period."""
    return call.execute(call.services.memberships.renew, RenewMembership(membership_id, **call.body))


@memberships.write("POST", f"{ONE}/end", Who.ADMIN, MembershipRef, body=EndMembershipBody)
def end_membership(call: Call, membership_id: MembershipId) -> Written:
    """Its last local day; what was booked before keeps its price."""
    return call.execute(call.services.memberships.end, EndMembership(membership_id, **call.body))


@memberships.write("POST", f"{ONE}/correct-period", Who.ADMIN, MembershipRef, body=CorrectPeriodBody)
def correct_period(call: Call, membership_id: MembershipId) -> Written:
    """Put the days of a period right; what was booked keeps its price."""
    return call.execute(call.services.memberships.correct_period, CorrectPeriod(membership_id, **call.body))


@memberships.write("POST", f"{ONE}/withdraw-period", Who.ADMIN, MembershipRef, body=WithdrawPeriodBody)
def withdraw_period(call: Call, membership_id: MembershipId) -> Written:
    """Take back a period that was granted by mistake; what was booked keeps its price."""
    return call.execute(call.services.memberships.withdraw_period, WithdrawPeriod(membership_id, **call.body))
