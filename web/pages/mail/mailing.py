"""Mailings: written, looked at with one real example, sent once; and how far those have come that were sent."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, make_response

from application.kernel.page import MOST, found
from application.notifications.mailing import MailingRow, ReworkMailing, SendMailing, WriteMailing
from application.programme.queries.season_filter import SeasonFilter
from domain.mail.mailing import Audience, AudienceKind
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, services, today, visit_as_admin
from web.pages.mail.letters import AS_SET

pages = Blueprint("mailing", __name__)

FIELDS = {name: name for name in ("subject", "text")}


@pages.get("/<slug>/mailings")
def index() -> Answer:
    """All there are, and a new one."""
    return _new(visit_as_admin(), Form())


@pages.post("/<slug>/mailings")
def write() -> Answer:
    """A new one; nothing is sent."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _new(visit, form), FIELDS)
    command = WriteMailing(_audience(form), form.required("subject"), form.required("text"))
    recorded = form.submit(services().mailings.write, visit.actor, command)
    return after(recorded, "mailing.page", mailing_id=recorded.answer.mailing_id, done="mailing_saved")


@pages.get("/<slug>/mailings/<uuid:mailing_id>")
def page(mailing_id: UUID) -> Answer:
    """To whom it would go, with an example; or what has become of it."""
    visit, row = _one(mailing_id)
    audience = f"{row.audience.kind}:{row.audience.about}"
    return _show(visit, row, Form(Typed({"audience": audience, "subject": row.subject, "text": row.text})))


@pages.post("/<slug>/mailings/<uuid:mailing_id>")
def change(mailing_id: UUID) -> Answer:
    """Other words or people; or send it to those who were shown."""
    visit, row = _one(mailing_id)
    form = Form.sent(lambda form: _show(visit, row, form), FIELDS)
    if form.text("do") == "send":
        sent = form.submit(services().mailings.send, visit.actor, SendMailing(mailing_id, form.text("shown")))
        return after(sent, "mailing.page", mailing_id=mailing_id, done="mailing_sent")
    command = ReworkMailing(mailing_id, _audience(form), form.required("subject"), form.required("text"))
    recorded = form.submit(services().mailings.rework, visit.actor, command)
    return after(recorded, "mailing.page", mailing_id=mailing_id, done="mailing_saved")


@pages.get("/<slug>/mailings/<uuid:mailing_id>/example")
def example(mailing_id: UUID) -> Answer:
    """As the first of its readers would see it: a document that runs nothing and leads nowhere."""
    visit, _ = _one(mailing_id)
    answer = make_response(found(services().mailings.example(visit.actor, mailing_id), "letter").html)
    answer.headers["Content-Security-Policy"] = AS_SET
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _one(mailing_id: UUID) -> tuple[Visit, MailingRow]:
    visit = visit_as_admin()
    return visit, found(services().mailings.one(visit.actor, mailing_id), "mailing")


def _audience(form: Form) -> Audience:
    """Raises FormRefused for one that is none."""
    kind, _, about = form.text("audience").partition(":")
    if kind in list(AudienceKind):
        with suppress(ValueError):
            return Audience(AudienceKind(kind), UUID(about))
    form.problems.note("audience", "form.choose")
    form.must_be_right()
    raise AssertionError


def _choices(visit: Visit) -> dict[str, list[tuple[str, str, str]]]:
    """Whom it can go to, seasons that are over last: of each, what is sent, and a name."""
    organiser_id, on = visit.organiser.organiser_id, today(visit.zone)
    known = services().programme.seasons(organiser_id, SeasonFilter(), limit=MOST).items
    seasons = sorted(known, key=lambda each: each.is_over(on))
    organisations = services().people_questions.organisations(visit.actor, limit=MOST).items
    return {
        "participants": [(f"participants:{each.season_id}", each.network, each.title) for each in seasons],
        "waiting": [(f"waiting:{each.season_id}", each.network, each.title) for each in seasons if each.waiting],
        "network": [
            (f"network:{each.network_id}", each.name, "") for each in services().programme.networks(organiser_id)
        ],
        "organisation": [(f"organisation:{each.organisation_id}", each.name, "") for each in organisations],
    }


def _new(visit: Visit, form: Form) -> str:
    return form.page("mailings.html", mailings=services().mailings.list(visit.actor), choices=_choices(visit))


def _show(visit: Visit, row: MailingRow, form: Form) -> str:
    is_sent = row.sent_at is not None
    preview = None if is_sent else services().mailings.preview(visit.actor, row.mailing_id)
    sample = None if is_sent else services().mailings.example(visit.actor, row.mailing_id)
    choices = _choices(visit)
    known = {value: " · ".join(filter(None, names)) for group in choices.values() for value, *names in group}
    to = known.get(f"{row.audience.kind}:{row.audience.about}", "")
    return form.page("mailing.html", row=row, preview=preview, sample=sample, choices=choices, to=to)
