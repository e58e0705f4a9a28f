"""The programme: who organises, and an organiser's networks with their seasons and goods."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from application.reading.programme import SeasonRow
from web.reader import Answer, say, services, today, visit
from web.wording import booking_state

pages = Blueprint("programme", __name__)

A_PAGE = 200


@pages.get("/")
def home() -> Answer:
    """All organisers of the installation."""
    return render_template("home.html", organisers=services().programme.organisers())


@pages.get("/<slug>")
def organiser(slug: str) -> Answer:
    """An organiser's networks, each with its seasons, and what it sells beside them."""
    reader = visit(slug)
    programme, organiser_id = services().programme, reader.organiser.organiser_id
    found = programme.seasons(organiser_id, after=request.args.get("after"), limit=A_PAGE)
    networks = programme.networks(organiser_id)
    by_network: dict[object, list[tuple[SeasonRow, str]]] = {each.network_id: [] for each in networks}
    for row in sorted(found.items, key=lambda each: not each.is_open):
        by_network.setdefault(row.network_id, []).append((row, booking_state(row, today(row.zone), say())))
    return render_template(
        "programme.html",
        networks=[(each, by_network[each.network_id]) for each in networks],
        goods=[each for each in services().people_questions.goods(organiser_id) if not each.is_withdrawn],
        next_cursor=found.next_cursor,
    )
