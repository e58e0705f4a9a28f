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
from web.api.kernel.call import Call, Written, written
from web.api.kernel.noun import PREFIX, ApiBlueprint
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
    recorded = call.services.memberships.grant(call.actor, GrantMembership(**call.body), call.key)
    return written(recorded, f"{PREFIX}/memberships/{recorded.answer.membership_id}")


@memberships.read(ONE, Who.STAFF, Membership)
def read_membership(call: Call, membership_id: UUID) -> Membership:
    """One membership with its periods."""
    return membership_of(call.services.people_questions.membership(call.actor, membership_id))


@memberships.write("POST", f"{ONE}/renewals", Who.ADMIN, MembershipRef, body=RenewMembershipBody)
def renew_membership(call: Call, membership_id: UUID) -> Written:
    """A further period."""
    command = RenewMembership(MembershipId(membership_id), **call.body)
    return written(call.services.memberships.renew(call.actor, command, call.key))


@memberships.write("POST", f"{ONE}/end", Who.ADMIN, MembershipRef, body=EndMembershipBody)
def end_membership(call: Call, membership_id: UUID) -> Written:
    """Its last local day; what was booked before keeps its price."""
    command = EndMembership(MembershipId(membership_id), **call.body)
    return written(call.services.memberships.end(call.actor, command, call.key))


@memberships.write("POST", f"{ONE}/correct-period", Who.ADMIN, MembershipRef, body=CorrectPeriodBody)
def correct_period(call: Call, membership_id: UUID) -> Written:
    """Put the days of a period right; what was booked keeps its price."""
    command = CorrectPeriod(MembershipId(membership_id), **call.body)
    return written(call.services.memberships.correct_period(call.actor, command, call.key))


@memberships.write("POST", f"{ONE}/withdraw-period", Who.ADMIN, MembershipRef, body=WithdrawPeriodBody)
def withdraw_period(call: Call, membership_id: UUID) -> Written:
    """Take back a period that was granted by mistake; what was booked keeps its price."""
    command = WithdrawPeriod(MembershipId(membership_id), **call.body)
    return written(call.services.memberships.withdraw_period(call.actor, command, call.key))
