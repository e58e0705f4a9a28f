"""The programme: who organises, and an organiser's networks with their seasons and goods, coming and past."""

from __future__ import annotations

from flask import Blueprint, render_template, request

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
    networks = programme.networks(organiser_id)
    on = today(visit.zone)
    states = {row.season_id: booking_state(row, on, say()) for row in listed.items}
    return render_template(
        "programme.html",
        networks=_with_seasons(networks, listed.items),
        states=states,
        today=on,
        waiting=[] if is_past or listed.next_cursor else _without_seasons(networks, listed.items, after),
        goods=[] if is_past or after else _on_sale(visit.organiser.organiser_id),
        is_past=is_past,
        next_cursor=listed.next_cursor,
    )


def _with_seasons(
    networks: tuple[NetworkRow, ...], seasons: tuple[SeasonRow, ...]
) -> list[tuple[NetworkRow, list[SeasonRow]]]:
    """The networks that have seasons here, by name, each with those that take bookings first."""
    by_network: dict[object, list[SeasonRow]] = {}
    for row in sorted(seasons, key=lambda each: not each.is_open):
        by_network.setdefault(row.network_id, []).append(row)
    return [(each, by_network[each.network_id]) for each in networks if each.network_id in by_network]


def _without_seasons(
    networks: tuple[NetworkRow, ...], seasons: tuple[SeasonRow, ...], after: str | None
) -> list[NetworkRow]:
    """Networks that go on and have nothing planned; told only where all coming seasons stand on one page."""
    if after is not None:
        return []
    busy = {row.network_id for row in seasons}
    return [each for each in networks if each.network_id not in busy and not each.is_closed][:A_PAGE]


def _on_sale(organiser_id: OrganiserId) -> list[GoodsRow]:
    return [each for each in services().goods_questions.goods(organiser_id) if not each.is_withdrawn]
