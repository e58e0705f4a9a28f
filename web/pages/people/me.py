"""My own page: what is known about me and how it was verified, all my data to take along, and the request to be erased.

An admin opens the same page for somebody who has written, and carries out an erasure from it.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from flask import Blueprint, Response, redirect, render_template, request, url_for

from application.insight.my_data import MyData
from application.people.affiliation import ClaimAffiliation, WithdrawClaim
from application.people.person import ErasePerson, RequestErasure, WithdrawErasureRequest
from application.people.queries.people import PersonRow
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import PersonId
from web.kernel.errors import status_of
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.telling import teller_for
from web.pages.kernel.visit import Answer, Visit, after, say, services, today, visit_signed_in
from web.words.my_data import told

pages = Blueprint("me", __name__)

FIELDS = {"note": "note", "ground": "ground"}


@pages.get("/<slug>/me")
def page(slug: str) -> Answer:
    """My own data."""
    reader = visit_signed_in(slug)
    return _show(reader, _myself(reader), Form(request.form, Problems(say())))


@pages.get("/<slug>/people/<uuid:person_id>")
def of_person(slug: str, person_id: UUID) -> Answer:
    """Somebody's, for an admin."""
    reader = visit_signed_in(slug)
    known = services().people_questions.person(reader.actor, person_id).person_id
    if known != person_id:
        return redirect(url_for("me.of_person", slug=slug, person_id=known))
    return _show(reader, known, Form(request.form, Problems(say())))


@pages.get("/<slug>/people/<uuid:person_id>/export.json")
def export(slug: str, person_id: UUID) -> Answer:
    """All of it as a file that a program can read."""
    reader = visit_signed_in(slug)
    data = told(services().my_data.of(reader.actor, person_id), say(), reader.zone)
    answer = Response(msgspec.json.format(msgspec.json.encode(data)), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="plats-my-data.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/<slug>/people/<uuid:person_id>/affiliations")
def claim(slug: str, person_id: UUID) -> Answer:
    """Say to be an alumnus, a customer, a partner; the organiser verifies it."""
    reader = visit_signed_in(slug)
    form = Form(request.form, Problems(say()))
    chosen = form.text("ground")
    if chosen not in list(Ground):
        form.problems.note("ground", "form.choose")
        return _show(reader, PersonId(person_id), form), 422
    try:
        command = ClaimAffiliation(PersonId(person_id), Ground(chosen), form.text("note"))
        recorded = services().affiliations.claim(reader.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(reader, PersonId(person_id), form), status_of(error)
    return after(recorded, "me.of_person", slug=slug, person_id=person_id, done="claimed")


@pages.post("/<slug>/people/<uuid:person_id>/affiliations/<ground>/withdraw")
def withdraw_claim(slug: str, person_id: UUID, ground: str) -> Answer:
    """Take back what has been claimed and not yet decided."""
    reader = visit_signed_in(slug)
    if ground not in list(Ground):
        raise NotFound(what="affiliation")
    recorded = services().affiliations.withdraw(reader.actor, WithdrawClaim(PersonId(person_id), Ground(ground)))
    return after(recorded, "me.of_person", slug=slug, person_id=person_id, done="claim_withdrawn")


@pages.post("/<slug>/people/<uuid:person_id>/erasure")
def erasure(slug: str, person_id: UUID) -> Answer:
    """Ask to be erased, take that back, or (an admin) erase."""
    reader = visit_signed_in(slug)
    person, people = PersonId(person_id), services().people
    match request.form.get("do", ""):
        case "ask":
            asked = people.request_erasure(reader.actor, RequestErasure(person))
            return after(asked, "me.of_person", slug=slug, person_id=person_id, done="erasure_asked")
        case "stay":
            stays = people.withdraw_erasure_request(reader.actor, WithdrawErasureRequest(person))
            return after(stays, "me.of_person", slug=slug, person_id=person_id, done="erasure_withdrawn")
        case "erase":
            erased = people.erase(reader.actor, ErasePerson(person))
            return after(erased, "me.erasures", slug=slug, done="erased")
        case _:
            raise NotFound(what="page")


@pages.get("/<slug>/erasures")
def erasures(slug: str) -> Answer:
    """Who has asked to be erased, for admins: oldest first, with what erasing means for each."""
    reader = visit_signed_in(slug)
    waiting = [services().my_data.of(reader.actor, each.person_id) for each in _asked(reader)]
    return render_template("erasures.html", waiting=waiting)


def _asked(reader: Visit) -> tuple[PersonRow, ...]:
    return services().people_questions.erasures(reader.actor)


def _myself(reader: Visit) -> PersonId:
    if reader.actor.person_id is None:
        raise NotFound(what="person")
    return reader.actor.person_id


def _show(reader: Visit, person_id: PersonId, form: Form) -> str:
    data: MyData = services().my_data.of(reader.actor, person_id)
    is_me = reader.actor.is_person(person_id)
    organisations = services().people_questions.organisations_for(reader.actor, person_id, today(reader.zone))
    claimed = {each.ground for each in data.person.affiliations if each.status != "declined"}
    return render_template(
        "me.html",
        data=data,
        person=data.person,
        is_me=is_me,
        organisations=organisations,
        grounds=[each.value for each in Ground if each is not Ground.MEMBER and each not in claimed],
        sentences=teller_for(reader).tell(data.history[:20]),
        has_more=len(data.history) > 20,
        form=form,
        problems=form.problems.by_field,
    )
