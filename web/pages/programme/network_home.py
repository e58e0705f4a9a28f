"""A network's own page: what it is, for whom and with whom, its seasons to come and past, and what there is to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from flask import Blueprint, render_template

from application.booking.opening_list import OpeningOf
from application.kernel.page import PersonName
from application.programme.queries.season_filter import SeasonFilter
from application.programme.queries.season_view import MeetingRow, SeasonView
from domain.programme.meeting import Material
from web.pages.kernel.visit import Answer, say, services, today, visit_by_anyone
from web.words.season_line import facts_of
from web.words.wording import booking_state

pages = Blueprint("network_home", __name__)

MOST_COMING, MOST_PAST = 20, 50


@dataclass(frozen=True)
class Shown:
    """Something that anyone may read or watch, the season it is of and its meeting, where it is of one."""

    material: Material
    view: SeasonView
    meeting: MeetingRow | None

    @property
    def at(self) -> datetime | None:
        """When the meeting was, or is."""
        return self.meeting.time.start_at if self.meeting else None


@pages.get("/<slug>/networks/<uuid:network_id>")
def page(network_id: UUID) -> Answer:
    """The network, also between its seasons."""
    visit = visit_by_anyone()
    programme, organiser_id, on = services().programme, visit.organiser.organiser_id, today(visit.zone)
    network = programme.network(organiser_id, network_id)
    its = SeasonFilter(network_id=network_id)
    coming = programme.public(organiser_id, replace(its, is_past=False), limit=MOST_COMING)
    past = programme.public(organiser_id, replace(its, is_past=True), limit=MOST_PAST)
    nearest = [*coming, *past][:1]
    return render_template(
        "network_home.html",
        network=network,
        coming=coming,
        past=past,
        facts={each.row.season_id: facts_of(each.row, say(), has_times=True) for each in coming},
        states={each.row.season_id: booking_state(each.row, on, say()) for each in coming},
        shown=[each for view in (*coming, *past) for each in _shown(view)],
        leaders=_names(each for view in nearest for each in view.leaders),
        contacts=_names(each for view in nearest for each in view.contacts),
        waiting=services().opening_lists.waiting(visit.actor, OpeningOf(network.network_id)).waiting
        if visit.is_admin
        else 0,
    )


def _shown(view: SeasonView) -> list[Shown]:
    meetings = {each.meeting_id: each for each in view.meetings}
    return [Shown(each, view, meetings.get(each.meeting_id) if each.meeting_id else None) for each in view.materials]


def _names(people: Iterable[PersonName]) -> list[str]:
    return [each.name for each in people if each.name]
