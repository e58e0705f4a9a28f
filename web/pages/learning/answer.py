"""A meeting's self-assessment on a phone: signed in, by the link of a mail, or in the room by the code on a ticket."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from application.learning.answer import GiveAnswer
from application.learning.queries.learning import LearningView
from application.learning.queries.round import RoundShown
from domain.kernel.errors import NotFound
from domain.kernel.ids import MeetingId, SeasonId
from domain.learning.contribution import LONGEST, OF_A_MEETING
from domain.learning.disclosure import Grade
from domain.learning.round import Column
from web.pages.kernel.by_link import FOR_ONE_READER
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, after, services, visit_by_anyone
from web.pages.learning.season import addressed, learning_at

pages = Blueprint("answer", __name__)
AT = "/meetings/<uuid:meeting_id>/answer"
FIELDS = {**{each.value: each.value for each in OF_A_MEETING}, "grades": Column.YOU.value, "TicketUnknown": "code"}


@pages.get(f"/<slug>/seasons/<uuid:season_id>{AT}")
@pages.get(f"/<slug>/bookings/<uuid:booking_id>{AT}")
def page(meeting_id: UUID, season_id: UUID | None = None, booking_id: UUID | None = None) -> Answer:
    """The form, with what was answered before for whoever has signed in."""
    _, view = learning_at(season_id, booking_id)
    one = _round(view, meeting_id)
    known = {each.column.value: each.mine.value for each in one.columns if each.mine}
    texts = [each for each in view.mine if each.meeting_id == meeting_id]
    known |= {each.kind.value: each.text for each in texts}
    known["shown"] = "yes" if any(each.may_be_shown for each in texts) else ""
    return _show(view, one, Form(Typed(known)), addressed(season_id, booking_id))


@pages.post(f"/<slug>/seasons/<uuid:season_id>{AT}")
@pages.post(f"/<slug>/bookings/<uuid:booking_id>{AT}")
def give(meeting_id: UUID, season_id: UUID | None = None, booking_id: UUID | None = None) -> Answer:
    """It counts as it is answered now."""
    visit, view = learning_at(season_id, booking_id)
    one, where = _round(view, meeting_id), addressed(season_id, booking_id)
    form = Form.sent(lambda form: _show(view, one, form, where), FIELDS)
    recorded = form.submit(services().answers.give, visit.actor, _given(form, view.season_id, one.meeting_id))
    return after(recorded, "learning.page", **where, done="round_answered")


@pages.get("/<slug>/room/<secret>")
def room(secret: str) -> Answer:
    """The same, for whoever opens the room's link: they show the code on their ticket. Raises RoomLinkOver."""
    return _show_room(secret, Form())


@pages.post("/<slug>/room/<secret>")
def give_in_room(secret: str) -> Answer:
    """Whose ticket it is has answered."""
    visit = visit_by_anyone()
    opened = services().answers.room(visit.stranger, secret)
    form = Form.sent(lambda form: _show_room(secret, form), FIELDS)
    code = form.required("code")
    command = _given(form, opened.season_id, opened.meeting_id, room=secret, code=code)
    form.submit(services().answers.give, visit.stranger, command)
    return Response(render_template("answered.html"), mimetype="text/html", headers=FOR_ONE_READER)


def _given(form: Form, season_id: SeasonId, meeting_id: MeetingId, *, room: str = "", code: str = "") -> GiveAnswer:
    chosen = ((each, form.one_of(each.value, Grade, None)) for each in Column)
    grades = tuple((column, grade) for column, grade in chosen if grade is not None)
    texts = tuple((each, form.text(each.value)) for each in OF_A_MEETING)
    is_shown = form.text("shown") == "yes"
    return GiveAnswer(season_id, meeting_id, grades, texts, may_be_shown=is_shown, room=room, code=code)


def _round(view: LearningView, meeting_id: UUID) -> RoundShown:
    """Raises NotFound where the meeting has no round, and for who guides without a seat."""
    found = next((each for each in view.rounds if each.meeting_id == meeting_id), None)
    if found is None or not view.takes_part:
        raise NotFound(what="round")
    return found


def _show(view: LearningView, one: RoundShown, form: Form, where: dict[str, UUID]) -> str:
    return form.page(
        "answer.html",
        theme=one.theme,
        above=view.season,
        back="learning.page",
        where=where,
        is_open=one.is_open,
        takes_texts=one.takes_texts,
        until=one.closes_at if one.is_open else one.texts_until,
        zone=view.zone,
        asks_code=False,
        **_choices(),
    )


def _show_room(secret: str, form: Form) -> Answer:
    visit = visit_by_anyone()
    opened = services().answers.room(visit.stranger, secret)
    words = form.page(
        "answer.html",
        theme=opened.theme,
        above="",
        back="answer.page",
        where={"season_id": opened.season_id, "meeting_id": opened.meeting_id},
        is_open=True,
        takes_texts=True,
        until=opened.closes_at,
        zone=visit.zone,
        asks_code=True,
        **_choices(),
    )
    return Response(words, mimetype="text/html", headers=FOR_ONE_READER)


def _choices() -> dict[str, object]:
    columns, grades = [each.value for each in Column], [each.value for each in Grade]
    return {"columns": columns, "grades": grades, "kinds": [each.value for each in OF_A_MEETING], "longest": LONGEST}
