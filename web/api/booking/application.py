"""Applications: somebody whom the rule of a season does not let in asks, and the desk decides."""

from __future__ import annotations

from uuid import UUID

from flask import request

from application.booking import application_answer as commands
from application.booking.application import Applied, Apply
from application.booking.applying import ApplicationOutcome
from application.booking.queries.application import ApplicationRow
from application.booking.unconfirmed import MailedLink
from domain.kernel.ids import SeasonId
from web.api.booking import application_schema as bodies
from web.api.kernel.call import PREFIX, Call, Written, written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.problem import language
from web.api.kernel.who import Who
from web.api.people.organiser import organiser_named
from web.api.people.person_schema import CodeBody
from web.api.programme.programme import AT, programme

applications = ApiBlueprint("applications", "Applications of people whom the rule of a season does not let in.")
ONE = "/applications/<uuid:application_id>"


@programme.write(
    "POST",
    f"{AT}/seasons/<uuid:season_id>/applications",
    Who.ANYONE,
    Applied,
    body=bodies.ApplyBody,
    status=201,
    is_keyed=True,
)
def apply(call: Call, organiser: str, season_id: SeasonId) -> Written:
    """Apply: without a token the desk has it once the mailed link is confirmed, the same for any address.

    With a member's token it is theirs at once, and a seat is held while it waits.
    """
    actor = call.at(organiser_named(call, organiser).organiser_id)
    command = Apply(season_id, language=language(), **call.body)
    recorded = call.services.applications.apply(actor, command, call.key, request.remote_addr or "")
    return written(recorded, f"{PREFIX}/organisers/{organiser}/seasons/{season_id}")


@programme.write(
    "POST", f"{AT}/applications/<uuid:application_id>/confirm", Who.ANYONE, ApplicationOutcome, body=CodeBody
)
def confirm_application(call: Call, organiser: str, application_id: UUID) -> Written:
    """Bring back the code of an application's link: the desk has it now, and a seat is held while it waits."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    link = MailedLink(application_id, call.body["code"])
    return written(call.services.applications.confirm(actor, link, call.key))


@applications.read("/applications", Who.ADMIN, tuple[ApplicationRow, ...])
def list_applications(call: Call) -> tuple[ApplicationRow, ...]:
    """Those that wait for an answer, in the order they came."""
    return call.services.application_questions.waiting(call.actor)


@applications.read("/me/applications", Who.SIGNED_IN, tuple[ApplicationRow, ...])
def my_applications(call: Call) -> tuple[ApplicationRow, ...]:
    """One's own, latest first."""
    return call.services.application_questions.mine(call.actor)


@applications.read(ONE, Who.SIGNED_IN, ApplicationRow)
def read_application(call: Call, application_id: UUID) -> ApplicationRow:
    """One of them: one's own, or as an admin anybody's."""
    return call.services.application_questions.one(call.actor, application_id)


@applications.write("POST", f"{ONE}/approve", Who.ADMIN, ApplicationOutcome, body=bodies.ApproveBody)
def approve_application(call: Call, application_id: UUID) -> Written:
    """Let them in, with the reason: booked on the seat that was held at the price of the day they applied."""
    command = commands.ApproveApplication(application_id, **call.body)
    return call.execute(call.services.application_answers.approve, command)


@applications.write("POST", f"{ONE}/reject", Who.ADMIN, ApplicationOutcome, body=bodies.RejectBody)
def reject_application(call: Call, application_id: UUID) -> Written:
    """Turn them away, with the reason, which is told."""
    return call.execute(
        call.services.application_answers.reject, commands.RejectApplication(application_id, **call.body)
    )


@applications.write("POST", f"{ONE}/withdraw", Who.SIGNED_IN, ApplicationOutcome)
def withdraw_application(call: Call, application_id: UUID) -> Written:
    """Withdraw one's own, or as an admin that of somebody who has written."""
    return call.execute(call.services.application_answers.withdraw, commands.WithdrawApplication(application_id))
