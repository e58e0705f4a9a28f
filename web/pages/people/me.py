"""My own page: what is known about me and how it was verified, all my data to take along, and the request to be erased.

An admin opens the same page for somebody who has written, and carries out an erasure from it.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from flask import Blueprint, Response, redirect, render_template, request, url_for

from application.insight.my_data_rows import MyData
from application.people.affiliation import ClaimAffiliation, WithdrawClaim
from application.people.person import ErasePerson, RequestErasure, WithdrawErasureRequest
from application.people.queries.people import PersonRow
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId
from web.pages.kernel.forms import Form
from web.pages.kernel.telling import teller_for
from web.pages.kernel.visit import Answer, Visit, after, say, services, today, visit_signed_in
from web.words.my_data import told

pages = Blueprint("me", __name__)

FIELDS = {"note": "note", "ground": "ground"}


SHOWN = 20
"""How many bookings, documents and happenings a page shows, the latest; the file has all."""


@pages.get("/<slug>/me")
def page() -> Answer:
    """My own data."""
    visit = visit_signed_in()
    return _show(visit, _myself(visit), Form())


@pages.get("/<slug>/people/<uuid:person_id>")
def of_person(person_id: UUID) -> Answer:
    """Somebody's, for an admin."""
    visit = visit_signed_in()
    known = services().people_questions.person(visit.actor, person_id).person_id
    if known != person_id:
        return redirect(url_for("me.of_person", person_id=known))
    return _show(visit, known, Form())


@pages.get("/<slug>/people/<uuid:person_id>/export.json")
def export(person_id: UUID) -> Answer:
    """All of it as a file that a program can read."""
    visit = visit_signed_in()
    data = told(services().my_data.of(visit.actor, person_id), say(), visit.zone)
    answer = Response(msgspec.json.format(msgspec.json.encode(data)), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="plats-my-data.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/<slug>/people/<uuid:person_id>/affiliations")
def claim(person_id: UUID) -> Answer:
    """Say to be an alumnus, a customer, a partner; the organiser verifies it."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, PersonId(person_id), form), FIELDS)
    command = ClaimAffiliation(PersonId(person_id), form.must_be_one_of("ground", Ground), form.text("note"))
    recorded = form.submit(services().affiliations.claim, visit.actor, command)
    return after(recorded, "me.of_person", person_id=person_id, done="claimed")


@pages.post("/<slug>/people/<uuid:person_id>/affiliations/<ground>/withdraw")
def withdraw_claim(person_id: UUID, ground: str) -> Answer:
    """Take back what has been claimed and not yet decided."""
    visit = visit_signed_in()
    if ground not in list(Ground):
        raise NotFound(what="affiliation")
    recorded = services().affiliations.withdraw(visit.actor, WithdrawClaim(PersonId(person_id), Ground(ground)))
    return after(recorded, "me.of_person", person_id=person_id, done="claim_withdrawn")


@pages.post("/<slug>/people/<uuid:person_id>/erasure")
def erasure(person_id: UUID) -> Answer:
    """Ask to be erased, take that back, or (an admin) erase."""
    visit = visit_signed_in()
    person, people = PersonId(person_id), services().people
    match request.form.get("do", ""):
        case "ask":
            asked = people.request_erasure(visit.actor, RequestErasure(person))
            return after(asked, "me.of_person", person_id=person_id, done="erasure_asked")
        case "stay":
            stays = people.withdraw_erasure_request(visit.actor, WithdrawErasureRequest(person))
            return after(stays, "me.of_person", person_id=person_id, done="erasure_withdrawn")
        case "erase":
            erased = people.erase(visit.actor, ErasePerson(person))
            return after(erased, "me.erasures", done="erased")
        case _:
            raise NotFound(what="page")


@pages.get("/<slug>/erasures")
def erasures() -> Answer:
    """Who has asked to be erased, for admins: oldest first, with what erasing means for each."""
    visit = visit_signed_in()
    waiting = [services().my_data.latest(visit.actor, each.person_id, SHOWN) for each in _asked(visit)]
    return render_template("erasures.html", waiting=waiting)


def _asked(visit: Visit) -> tuple[PersonRow, ...]:
    return services().people_questions.erasures(visit.actor)


def _myself(visit: Visit) -> PersonId:
    if visit.actor.person_id is None:
        raise NotFound(what="person")
    return visit.actor.person_id


def _show(visit: Visit, person_id: PersonId, form: Form) -> str:
    data: MyData = services().my_data.latest(visit.actor, person_id, SHOWN)
    is_me = visit.actor.is_person(person_id)
    organisations = services().people_questions.organisations_for(visit.actor, person_id, today(visit.zone))
    claimed = {each.ground for each in data.person.affiliations if each.status != "declined"}
    return form.page(
        "me.html",
        data=data,
        person=data.person,
        is_me=is_me,
        came=services().attendance.of_person(visit.actor, person_id),
        presented=services().programme.presented(person_id),
        returned=services().bounces.of(visit.actor, person_id),
        wants_invitations=services().invitations.are_wanted(visit.actor, person_id),
        organisations=organisations,
        grounds=[each.value for each in Ground if each is not Ground.MEMBER and each not in claimed],
        sentences=teller_for(visit).tell(data.history),
        has_more="history" in data.more,
    )
