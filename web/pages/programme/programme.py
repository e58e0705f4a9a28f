"""The programme: who organises, and an organiser's networks with their seasons and goods, coming and past."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from application.kernel.page import Page
from application.programme.queries.goods import GoodsRow
from application.programme.queries.programme import NetworkRow, SeasonRow
from domain.kernel.ids import OrganiserId
from web.pages.kernel.visit import Answer, say, services, today, visit_by_anyone
from web.words.wording import booking_state

pages = Blueprint("programme", __name__)

A_PAGE = 50


@pages.get("/")
def home() -> Answer:
    """All organisers of the installation."""
    return render_template("home.html", organisers=services().programme.organisers())


@pages.get("/<slug>")
def organiser() -> Answer:
    """An organiser's networks, each with its coming seasons, and what it sells beside them; `past`: what has been."""
    visit = visit_by_anyone()
    programme, organiser_id = services().programme, visit.organiser.organiser_id
    after, is_past = request.args.get("after"), request.args.get("past") == "yes"
    listed = programme.seasons(organiser_id, after=after, limit=A_PAGE, is_past=is_past)
    on = today(visit.zone)
    is_whole = not is_past and after is None
    return render_template(
        "programme.html",
        months=_by_month(listed.items),
        networks=_networks(programme.networks(organiser_id), listed) if is_whole else [],
        states={row.season_id: booking_state(row, on, say()) for row in listed.items},
        today=on,
        goods=_on_sale(organiser_id) if is_whole else [],
        is_past=is_past,
        next_cursor=listed.next_cursor,
    )


def _by_month(seasons: tuple[SeasonRow, ...]) -> list[tuple[str, list[SeasonRow]]]:
    """Seasons by the month they begin in ("2027-02"; "": no day yet), each month in order of days."""
    months: dict[str, list[SeasonRow]] = {}
    for row in seasons:
        months.setdefault(f"{row.first_on:%Y-%m}" if row.first_on else "", []).append(row)
    return list(months.items())


def _networks(networks: tuple[NetworkRow, ...], found: Page[SeasonRow]) -> list[tuple[NetworkRow, bool]]:
    """Networks with what they promise, and whether something is planned there; that is not known from half a list."""
    busy = {row.network_id for row in found.items}
    shown = [(each, each.network_id in busy) for each in networks]
    return [(each, is_busy) for each, is_busy in shown if is_busy or not (each.is_closed or found.next_cursor)][:A_PAGE]


def _on_sale(organiser_id: OrganiserId) -> list[GoodsRow]:
    return [each for each in services().goods_questions.goods(organiser_id) if not each.is_withdrawn]
