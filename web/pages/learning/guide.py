"""The desk of whoever guides a season's learning: rounds and their room, hopes and fears in themes, texts, insights."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from flask import Blueprint, render_template, url_for
from markupsafe import Markup

from application.kernel.ports import Committed
from application.learning import learning as record
from application.learning.contribution import HoldBackText, PutUnderTheme, ShowText
from application.learning.part import LearningRef
from application.learning.queries.learning import LearningView
from application.learning.queries.round import RoundShown
from application.learning.round import CloseRound, MakeRoomLink, OpenRound
from application.learning.topic import ChooseTopic, PutTopicBack
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import MeetingId, SeasonId, TopicId
from domain.programme.meeting_time import instant_of
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, visit_signed_in
from web.pages.learning.picture import pictures_of

pages = Blueprint("guide", __name__)
AT = "/<slug>/seasons/<uuid:season_id>/guide"
RULES = ("at_least", "words_from", "reflection_days")
FIELDS = {each: each for each in ("closes_at", "hopes_until", "theme", "insight", *RULES)}


@pages.get(AT)
def page(season_id: UUID) -> Answer:
    """What there is to guide."""
    _, view = _guided(season_id)
    return _show(view, Form())


@pages.post(AT)
def change(season_id: UUID) -> Answer:
    """One thing is done, as its button says."""
    visit, view = _guided(season_id)
    form = Form.sent(lambda form: _show(view, form), FIELDS)
    act = ACTS.get(form.text("do"))
    if act is None:
        raise NotFound(what="season")
    done = act(visit, view, form)
    return after(done, "guide.page", season_id=season_id, done=DONE[form.text("do")])


@pages.get(f"{AT}/texts")
def texts(season_id: UUID) -> Answer:
    """What was written, without names, to be put under themes, shown or held back."""
    visit, view = _guided(season_id)
    return _show_texts(visit, view, Form())


@pages.post(f"{AT}/texts")
def decide(season_id: UUID) -> Answer:
    """What becomes of a text."""
    visit, view = _guided(season_id)
    form = Form.sent(lambda form: _show_texts(visit, view, form))
    season, handle, use = SeasonId(season_id), form.chosen("text"), services().contributions
    if form.text("do") == "show":
        done = form.submit(use.show, visit.actor, ShowText(season, handle))
    elif form.text("do") == "hold":
        reason = form.required("reason")
        done = form.submit(use.hold_back, visit.actor, HoldBackText(season, handle, reason))
    else:
        done = form.submit(use.put_under, visit.actor, PutUnderTheme(season, handle, form.choice("theme_id")))
    return after(done, "guide.texts", season_id=season_id, done="text_decided", _anchor=f"t-{handle}")


@pages.get("/<slug>/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>/screen")
def screen(season_id: UUID, meeting_id: UUID) -> Answer:
    """On the projector: the way to answer, how many have, and the figures as far as they may be shown."""
    _, view = _guided(season_id)
    one = _round(view, meeting_id)
    address = url_for("answer.room", secret=one.room, _external=True)
    pictures = pictures_of(view) if one.is_fixed else ()
    return render_template("screen.html", view=view, round=one, address=address, qr=_drawn(address), pictures=pictures)


def _guided(season_id: UUID) -> tuple[Visit, LearningView]:
    """Raises NotSignedIn, NotFound, NotAllowed unless admin or leader."""
    visit = visit_signed_in()
    view = services().learning_questions.of(visit.actor, SeasonId(season_id))
    if not view.guides:
        raise NotAllowed(needs="admin")
    return visit, view


Act = Callable[[Visit, LearningView, Form], Committed[Any]]


def _open(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    meeting = MeetingId(form.chosen("meeting"))
    closes_at = _instant(view, form, "closes_at")
    command = OpenRound(view.season_id, meeting, form.text("theme"), closes_at, is_live=form.text("live") == "yes")
    return form.submit(services().rounds.open, visit.actor, command)


def _close(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    command = CloseRound(view.season_id, MeetingId(form.chosen("meeting")))
    return form.submit(services().rounds.close, visit.actor, command)


def _link(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    command = MakeRoomLink(view.season_id, MeetingId(form.chosen("meeting")))
    return form.submit(services().rounds.make_link, visit.actor, command)


def _ask(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    form.required("hopes_until")
    until = form.needed(_instant(view, form, "hopes_until"))
    return form.submit(services().learnings.ask_hopes, visit.actor, record.AskHopes(view.season_id, until))


def _stop_asking(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    return form.submit(services().learnings.close_hopes, visit.actor, record.CloseHopes(view.season_id))


def _theme(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    command = record.NameTheme(view.season_id, form.required("theme"))
    return form.submit(services().learnings.name_theme, visit.actor, command)


def _no_theme(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    command = record.RemoveTheme(view.season_id, form.chosen("theme_id"))
    return form.submit(services().learnings.remove_theme, visit.actor, command)


def _hopes(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    command = record.PublishHopes(view.season_id, is_published=not view.are_hopes_published)
    return form.submit(services().learnings.publish_hopes, visit.actor, command)


def _insight(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    meeting = form.choice("meeting")
    command = record.WriteInsight(view.season_id, form.text("insight"), MeetingId(meeting) if meeting else None)
    return form.submit(services().learnings.write_insight, visit.actor, command)


def _insights(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    command = record.PublishInsights(view.season_id, is_published=not view.are_insights_published)
    return form.submit(services().learnings.publish_insights, visit.actor, command)


def _choose(visit: Visit, view: LearningView, form: Form) -> Committed[Any]:
    topic, place = TopicId(form.chosen("topic")), form.required("place", "learning.say_where")
    start_at = form.needed(_instant(view, form, "start_at"))
    return form.submit(services().topics.choose, visit.actor, ChooseTopic(view.season_id, topic, place, start_at))


def _put_back(visit: Visit, view: LearningView, form: Form) -> Committed[Any]:
    command = PutTopicBack(view.season_id, TopicId(form.chosen("topic")))
    return form.submit(services().topics.put_back, visit.actor, command)


def _rules(visit: Visit, view: LearningView, form: Form) -> Committed[LearningRef]:
    at_least, words_from, days = (form.whole(each) for each in RULES)
    command = record.AgreeLearning(view.season_id, form.needed(at_least), form.needed(words_from), form.needed(days))
    return form.submit(services().learnings.agree, visit.actor, command)


ACTS: dict[str, Act] = {
    "open": _open,
    "close": _close,
    "link": _link,
    "ask": _ask,
    "stop_asking": _stop_asking,
    "theme": _theme,
    "no_theme": _no_theme,
    "hopes": _hopes,
    "insight": _insight,
    "insights": _insights,
    "choose": _choose,
    "put_back": _put_back,
    "rules": _rules,
}


DONE = {
    "open": "guide_open",
    "close": "guide_close",
    "link": "guide_link",
    "ask": "guide_ask",
    "stop_asking": "guide_stop_asking",
    "theme": "guide_theme",
    "no_theme": "guide_no_theme",
    "hopes": "guide_hopes",
    "insight": "guide_insight",
    "insights": "guide_insights",
    "choose": "guide_choose",
    "put_back": "guide_put_back",
    "rules": "guide_rules",
}
"""What is said once it is done."""


def _instant(view: LearningView, form: Form, name: str) -> datetime | None:
    local = form.moment(name)
    if local is None:
        return None
    with form.attempt():
        return instant_of(local, view.zone)


def _round(view: LearningView, meeting_id: UUID) -> RoundShown:
    found = next((each for each in view.rounds if each.meeting_id == meeting_id), None)
    if found is None:
        raise NotFound(what="round")
    return found


def _drawn(address: str) -> Markup:
    """The address as a picture to be read by a phone's camera."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", xmldecl=False, svgns=True, scale=4, border=2)
    return Markup(drawn.getvalue().decode())  # noqa: S704 # drawn here, of squares


def _show(view: LearningView, form: Form) -> str:
    return form.page("guide.html", view=view)


def _show_texts(visit: Visit, view: LearningView, form: Form) -> str:
    found = services().learning_questions.to_moderate(visit.actor, view.season_id)
    return form.page("guide_texts.html", view=view, texts=found)
