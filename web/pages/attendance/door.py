"""The door of a meeting on a phone: a list to tick, codes read by camera, typed or by a reader, and walk-ins.

Without its script the page does the same by forms. With it, what is read without a connection waits in the phone until
the server has named it. Admins and leaders come by their sign-in, helpers by a link of that meeting and day.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from application.attendance.check_in import Answer, Scan
from application.attendance.queries.door import DoorList, ScanTold
from application.attendance.walk_in import AddWalkIn
from application.kernel.actor import Actor
from domain.attendance.door import WalkIns
from domain.attendance.reading import DRIFT_SHOWN, How
from domain.attendance.ticket import read
from domain.kernel.errors import BadValue
from domain.kernel.ids import MeetingId, PersonId, SeasonId
from web.pages.attendance.door_signs import KNOWN_PICTURE, KNOWN_WORDS, REFUSED, sign_of
from web.pages.kernel.by_link import FOR_ONE_READER
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer as PageAnswer
from web.pages.kernel.visit import Visit, say, services, shown_soon, today, visit_by_anyone, visit_signed_in
from web.words.price import price_list_texts

pages = Blueprint("door", __name__)

BY_FORM = UUID(int=0)
"""The device of readings that come by a form."""
MOST_AT_ONCE = 200
SIGNED, LINKED = "/<slug>/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>/door", "/<slug>/door/<secret>"


@dataclass(frozen=True)
class _AtDoor:
    """Who stands at which door, and where its page is."""

    visit: Visit
    actor: Actor
    season_id: SeasonId
    meeting_id: MeetingId
    where: dict[str, Any]

    def address(self, endpoint: str, **more: Any) -> str:
        """A page of this door."""
        return url_for(f"door.{endpoint}", **self.where, **more)

    def list(self) -> DoorList:
        """Who is expected and who has come."""
        return services().door_questions.at(self.actor, self.season_id, self.meeting_id)


@pages.get(SIGNED)
@pages.get(LINKED)
def page(**where: Any) -> PageAnswer:
    """The list, with what came of the last reading above it."""
    return _show(_at(where), Form(request.args))


@pages.post(SIGNED)
@pages.post(LINKED)
def act(**where: Any) -> PageAnswer:
    """Tick, undo, read a code, or take in somebody who comes without a seat."""
    door = _at(where)
    form = Form.sent(lambda form: _show(door, form), {"name": "name", "email": "email"})
    if form.text("do") in ("walk_in", "over"):
        return _walk_in(door, form)
    if form.text("do") == "read" and read(form.text("q")) is None:
        return redirect(door.address("page", q=form.text("q")), 303)
    taken = services().check_ins.take(door.actor, door.season_id, door.meeting_id, [_scan(form)])
    told = services().door_questions.told(taken.answer)[0]
    answer = redirect(door.address("page", answer=told.answer.value, person=told.person_id), 303)
    shown_soon(answer, taken.position)
    return answer


@pages.get(f"{SIGNED}/list")
@pages.get(f"{LINKED}/list")
def snapshot(**where: Any) -> PageAnswer:
    """The list for the page's script, which keeps it while the page is open."""
    return Response(msgspec.json.encode(_at(where).list()), mimetype="application/json", headers=FOR_ONE_READER)


@pages.post(f"{SIGNED}/scans")
@pages.post(f"{LINKED}/scans")
def scans(**where: Any) -> PageAnswer:
    """What came of the readings that the page's script has sent, each by its id, in words."""
    door = _at(where)
    taken = services().check_ins.take(door.actor, door.season_id, door.meeting_id, _sent())
    told = [_in_words(each) for each in services().door_questions.told(taken.answer)]
    answer = Response(msgspec.json.encode(told), mimetype="application/json", headers=FOR_ONE_READER)
    shown_soon(answer, taken.position)
    return answer


def _at(where: dict[str, Any]) -> _AtDoor:
    """Raises NotSignedIn, DoorClosed; who may keep the door is decided with what is asked."""
    if "secret" not in where:
        visit = visit_signed_in()
        return _AtDoor(visit, visit.actor, where["season_id"], where["meeting_id"], where)
    visit, helper = visit_by_anyone(), services().doors.helper(where["secret"])
    season_id = services().doors.season_in(where["secret"])
    return _AtDoor(visit, helper, season_id, MeetingId(helper.meeting_id or UUID(int=0)), where)


def _walk_in(door: _AtDoor, form: Form) -> PageAnswer:
    name, now = form.required("name"), services().clock.now()
    scan_id = UUID(form.key) if form.key else _new_id()
    is_over = form.text("do") == "over"
    about = (door.season_id, door.meeting_id, scan_id, BY_FORM, now, now)
    command = AddWalkIn(*about, name, form.text("email"), over=is_over)
    form.must_be_right()
    with form.attempt():
        came = services().walk_ins.add(door.actor, command)
    answer = redirect(door.address("page", answer=Answer.OK.value, person=came.answer.person_id), 303)
    shown_soon(answer, came.position)
    return answer


def _scan(form: Form) -> Scan:
    now = services().clock.now()
    if form.text("do") == "read":
        return Scan(_new_id(), BY_FORM, now, now, How.TYPED, code=form.text("q"))
    is_undone = bool(form.text("undo"))
    person_id = form.chosen("undo" if is_undone else "tick")
    return Scan(_new_id(), _new_id(), now, now, How.LIST, person_id=PersonId(person_id), undo=is_undone)


def _sent() -> list[Scan]:
    """Raises BadValue for what no script of ours sends."""
    try:
        sent = msgspec.json.decode(request.form.get("scans", ""), type=list[Scan])
    except (msgspec.MsgspecError, ValueError):
        raise BadValue(field="value", why="cannot be what is asked for") from None
    if len(sent) > MOST_AT_ONCE or any(each.at.tzinfo is None or each.sent_at.tzinfo is None for each in sent):
        raise BadValue(field="value", why="cannot be what is asked for")
    return sent


def _new_id() -> UUID:
    return UUID(bytes=secrets.token_bytes(16))


def _in_words(told: ScanTold) -> dict[str, object]:
    """As the script shows it: which reading, what it came to, and the words for it."""
    is_off = abs(timedelta(seconds=told.drift)) > DRIFT_SHOWN
    return {
        "scan_id": str(told.scan_id),
        "answer": told.answer.value,
        "person_id": str(told.person_id) if told.person_id else None,
        "since": told.since.isoformat() if told.since else None,
        "drift": told.drift if is_off else 0,
        "name": told.name,
        "now": told.now,
        "season": told.season,
    }


def _show(door: _AtDoor, form: Form) -> PageAnswer:
    kept = door.list()
    words = form.text("q").casefold()
    shown = [each for each in kept.guests if words in f"{each.name or ''} {each.organisation}".casefold()]
    word, whose = _answered(kept, form.typed)
    return Response(
        form.page(
            "door.html",
            door=door,
            kept=kept,
            shown=shown,
            told=word,
            whose=whose,
            sign=sign_of(word),
            is_refused=word in REFUSED,
            prices=_prices(door, kept),
            known=json.dumps({"picture": KNOWN_PICTURE, "words": KNOWN_WORDS}),
            scan_key=_new_id(),
        ),
        headers=FOR_ONE_READER,
        mimetype="text/html",
    )


def _prices(door: _AtDoor, kept: DoorList) -> list[tuple[str, str]]:
    """What a seat costs today, for whom, where whoever walks in gets one."""
    if kept.walk_ins is not WalkIns.BOOKED:
        return []
    view = services().programme.season(door.actor, door.season_id)
    return price_list_texts(view.prices, today(kept.zone), say())


def _answered(kept: DoorList, asked: MultiDict[str, str]) -> tuple[str, dict[str, object]]:
    """What came of the last reading by a form, and what is said of whom."""
    word, person = asked.get("answer", ""), asked.get("person", "")
    if word not in list(Answer):
        return "", {}
    guest = next((each for each in kept.guests if str(each.person_id) == person), None)
    ticket = next((each for each in kept.passes if str(each.person_id) == person), None)
    name = (guest.name if guest else None) or (ticket.name if ticket else None) or ""
    return word, {"name": name, "since": guest.came_at if guest else None, "now": (ticket.now if ticket else "") or ""}
