"""Memberships: of organisations and of persons, granted, renewed and ended by admins."""

from __future__ import annotations

from uuid import UUID

from application.kernel.page import Page
from application.people import membership as commands
from domain.kernel.ids import MembershipId
from web.api.kernel.answers import Membership, membership_of, memberships_of
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people import organisation_schema as bodies

memberships = ApiBlueprint("memberships", "Memberships of organisations and persons.")
ONE = "/memberships/<uuid:membership_id>"


@memberships.read("/memberships", Who.STAFF, Page[Membership], bodies.MembershipQuery)
def list_memberships(call: Call) -> Page[Membership]:
    """The organiser's memberships, or those of one holder."""
    return memberships_of(call.services.people_questions.memberships(call.actor, **call.query))


@memberships.write(
    "POST", "/memberships", Who.ADMIN, commands.MembershipRef, body=bodies.GrantMembershipBody, status=201
)
def grant_membership(call: Call) -> Written:
    """Grant a membership; where there was one, a further period of it."""
    return call.execute(
        call.services.memberships.grant, commands.GrantMembership(**call.body), "/memberships/{membership_id}"
    )


@memberships.read(ONE, Who.STAFF, Membership)
def read_membership(call: Call, membership_id: UUID) -> Membership:
    """One membership with its periods."""
    return membership_of(call.services.people_questions.membership(call.actor, membership_id))


@memberships.write("POST", f"{ONE}/renewals", Who.ADMIN, commands.MembershipRef, body=bodies.RenewMembershipBody)
def renew_membership(call: Call, membership_id: MembershipId) -> Written:
    """A further period."""
    return call.execute(call.services.memberships.renew, commands.RenewMembership(membership_id, **call.body))


@memberships.write("POST", f"{ONE}/end", Who.ADMIN, commands.MembershipRef, body=bodies.EndMembershipBody)
def end_membership(call: Call, membership_id: MembershipId) -> Written:
    """Its last local day; what was booked before keeps its price."""
    return call.execute(call.services.memberships.end, commands.EndMembership(membership_id, **call.body))


@memberships.write("POST", f"{ONE}/correct-period", Who.ADMIN, commands.MembershipRef, body=bodies.CorrectPeriodBody)
def correct_period(call: Call, membership_id: MembershipId) -> Written:
    """Put the days of a period right; what was booked keeps its price."""
    return call.execute(call.services.memberships.correct_period, commands.CorrectPeriod(membership_id, **call.body))


@memberships.write("POST", f"{ONE}/withdraw-period", Who.ADMIN, commands.MembershipRef, body=bodies.WithdrawPeriodBody)
def withdraw_period(call: Call, membership_id: MembershipId) -> Written:
    """Take back a period that was granted by mistake; what was booked keeps its price."""
    return call.execute(call.services.memberships.withdraw_period, commands.WithdrawPeriod(membership_id, **call.body))


@memberships.write("PUT", f"{ONE}/price-above", Who.ADMIN, commands.MembershipRef, body=bodies.AgreeAboveBody)
def agree_price_above(call: Call, membership_id: MembershipId) -> Written:
    """Agree on what each person costs whom the membership does not cover; what was booked keeps its price."""
    return call.execute(call.services.memberships.agree_above, commands.AgreeAbove(membership_id, **call.body))
