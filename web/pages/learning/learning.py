"""What a season learns, as its participants read it: development, hopes and fears, take-aways, insights, topics."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from application.learning.contribution import WithdrawText
from application.learning.learning import WriteHopes
from application.learning.queries.learning import LearningView
from application.learning.topic import ProposeTopic, TakeTopicBack
from domain.kernel.errors import NotFound
from domain.kernel.ids import MeetingId, TopicId
from domain.learning.contribution import LONGEST, Kind
from domain.learning.topic import LONGEST_TITLE
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, after, services, visit_signed_in
from web.pages.learning.picture import pictures_of
from web.pages.learning.season import addressed, learning_at

pages = Blueprint("learning", __name__)
BY_SEASON, BY_BOOKING = "/<slug>/seasons/<uuid:season_id>/learning", "/<slug>/bookings/<uuid:booking_id>/learning"


@pages.get(BY_SEASON)
@pages.get(BY_BOOKING)
def page(season_id: UUID | None = None, booking_id: UUID | None = None) -> Answer:
    """All that the reader may know."""
    _, view = learning_at(season_id, booking_id)
    return _show(view, Form(), addressed(season_id, booking_id))


@pages.post(BY_SEASON)
@pages.post(BY_BOOKING)
def change(season_id: UUID | None = None, booking_id: UUID | None = None) -> Answer:
    """A topic is proposed, or taken back."""
    visit, view = learning_at(season_id, booking_id)
    where = addressed(season_id, booking_id)
    form = Form.sent(lambda form: _show(view, form, where), {"topic": "topic"})
    if form.text("do") == "propose":
        meeting, title = MeetingId(form.chosen("meeting")), form.required("topic")
        recorded = form.submit(services().topics.propose, visit.actor, ProposeTopic(view.season_id, meeting, title))
        return after(recorded, "learning.page", **where, done="topic_proposed")
    if form.text("do") != "take_back":
        raise NotFound(what="season")
    gone = TakeTopicBack(view.season_id, TopicId(form.chosen("topic")))
    taken = form.submit(services().topics.take_back, visit.actor, gone)
    return after(taken, "learning.page", **where, done="topic_taken_back")


@pages.get(f"{BY_SEASON}/hopes")
@pages.get(f"{BY_BOOKING}/hopes")
def hopes(season_id: UUID | None = None, booking_id: UUID | None = None) -> Answer:
    """What somebody hopes and fears before the season starts."""
    _, view = learning_at(season_id, booking_id)
    known = {each.kind.value: each.text for each in view.mine if each.kind.is_before}
    return _ask(view, Form(Typed(known)), addressed(season_id, booking_id))


@pages.post(f"{BY_SEASON}/hopes")
@pages.post(f"{BY_BOOKING}/hopes")
def write(season_id: UUID | None = None, booking_id: UUID | None = None) -> Answer:
    """It is kept as it is written now."""
    visit, view = learning_at(season_id, booking_id)
    where = addressed(season_id, booking_id)
    form = Form.sent(lambda form: _ask(view, form, where), {each.value: each.value for each in Kind})
    command = WriteHopes(view.season_id, form.text("hope"), form.text("fear"))
    recorded = form.submit(services().learnings.write_hopes, visit.actor, command)
    return after(recorded, "learning.page", **where, done="hopes_written")


@pages.get("/<slug>/texts")
def own() -> Answer:
    """What the reader has written, in all seasons."""
    visit = visit_signed_in()
    return render_template("own_texts.html", texts=services().learning_questions.own(visit.actor))


@pages.post("/<slug>/texts")
def withdraw() -> Answer:
    """A text is taken back: it is read by nobody any longer."""
    visit = visit_signed_in()
    form = Form.sent(lambda _: own())
    recorded = form.submit(services().contributions.withdraw, visit.actor, WithdrawText(form.chosen("text")))
    return after(recorded, "learning.own", done="text_withdrawn")


def _show(view: LearningView, form: Form, where: dict[str, UUID]) -> str:
    return form.page(
        "learning.html", view=view, where=where, pictures=pictures_of(view), longest=LONGEST_TITLE, kinds=list(Kind)
    )


def _ask(view: LearningView, form: Form, where: dict[str, UUID]) -> str:
    return form.page("hopes.html", view=view, where=where, longest=LONGEST)
