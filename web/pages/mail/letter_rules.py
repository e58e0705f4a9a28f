"""Which reminders go out: of the organiser as a whole, and of a season that has it otherwise."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.mail.letter_rules import ChooseReminders, RemindersNow
from application.programme.queries.season_view import SeasonRow
from domain.kernel.ids import SeasonId
from domain.mail.reminding import Reminding
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, after, services, visit_as_admin

pages = Blueprint("letter_rules", __name__)

FIELDS = {name: name for name in ("meeting_days", "hour", "naming_days", "membership_days")}


@pages.get("/<slug>/letters/rules")
def page() -> Answer:
    """What goes out unless a season has it otherwise."""
    return _show(None, services().letter_rules.reminders(visit_as_admin().actor))


@pages.post("/<slug>/letters/rules")
def choose() -> Answer:
    """Other reminders from now on."""
    visit = visit_as_admin()
    now = services().letter_rules.reminders(visit.actor)
    form = Form.sent(lambda form: _show(None, now, form), FIELDS)
    command = ChooseReminders(_reminding(form, now))
    recorded = form.submit(services().letter_rules.choose_reminders, visit.actor, command)
    return after(recorded, "letter_rules.page", done="reminders_chosen")


@pages.get("/<slug>/seasons/<uuid:season_id>/reminders")
def of_season(season_id: UUID) -> Answer:
    """What goes out about a season."""
    visit, view = season_as_admin(season_id)
    return _show(view.row, services().letter_rules.reminders(visit.actor, season_id))


@pages.post("/<slug>/seasons/<uuid:season_id>/reminders")
def choose_for_season(season_id: UUID) -> Answer:
    """Its own from now on, or as the organiser has it."""
    visit, view = season_as_admin(season_id)
    now = services().letter_rules.reminders(visit.actor, season_id)
    form = Form.sent(lambda form: _show(view.row, now, form), FIELDS)
    own = None if form.text("do") == "usual" else _reminding(form, now)
    command = ChooseReminders(own, SeasonId(season_id))
    recorded = form.submit(services().letter_rules.choose_reminders, visit.actor, command)
    return after(recorded, "letter_rules.of_season", season_id=season_id, done="reminders_chosen")


def _reminding(form: Form, now: RemindersNow) -> Reminding:
    words = form.text("meeting_days").replace(",", " ").split()
    if any(not each.isascii() or not each.isdigit() or len(each) > 3 for each in words):
        form.problems.note("meeting_days", "form.number")
    hour, naming = form.whole("hour"), form.whole("naming_days")
    membership = form.whole("membership_days") if "membership_days" in form.typed else now.reminding.membership_days
    form.must_be_right()
    return Reminding(
        tuple(sorted({int(each) for each in words}, reverse=True)),
        form.needed(hour),
        form.needed(naming),
        bool(form.text("tells_material")),
        form.needed(membership),
    )


def _show(row: SeasonRow | None, now: RemindersNow, form: Form | None = None) -> Answer:
    return (form or Form(_typed(now.reminding))).page("letter_rules.html", row=row, now=now)


def _typed(reminding: Reminding) -> Typed:
    known = {
        "meeting_days": ", ".join(map(str, reminding.meeting_days)),
        "hour": str(reminding.hour),
        "naming_days": str(reminding.naming_days),
        "membership_days": str(reminding.membership_days),
    }
    return Typed({**known, "tells_material": "yes"} if reminding.tells_material else known)
