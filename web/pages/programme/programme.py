"""The programme: what is coming at one organiser or at all of them, found by choices and words, and what has been."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request

from application.kernel.page import Page
from application.programme.queries.goods import GoodsRow
from application.programme.queries.programme import NetworkRow
from application.programme.queries.season_filter import SeasonFilter
from application.programme.queries.season_view import SeasonRow
from domain.kernel.ids import OrganiserId
from web.pages.kernel.visit import HOME_ZONE, Answer, services, today, visit_by_anyone
from web.pages.programme.season_filter import YES, choosing, seasons_wanted
from web.pages.programme.season_list import SeasonList

pages = Blueprint("programme", __name__)

A_PAGE, A_FEW = 40, 10
"""How many seasons a page lists, and how many of those that take no bookings are folded away below them."""


@pages.get("/")
def home() -> Answer:
    """What can be booked at all organisers of the installation, and who they are."""
    programme, on = services().programme, today(HOME_ZONE)
    organisers = programme.organisers()
    wanted = replace(seasons_wanted(organisers), takes_bookings=True, is_past=False)
    listed = programme.seasons(None, wanted, after=request.args.get("after"), limit=A_PAGE)
    choices = choosing(wanted, programme.choices(None, wanted), f"{on:%Y-%m}", organisers)
    return render_template(
        "home.html",
        organisers=organisers,
        parts=SeasonList(on, organisers, wanted.month, names_them=True).parts(listed.items),
        choices=choices,
        next_cursor=listed.next_cursor,
    )


@pages.get("/<slug>")
def organiser() -> Answer:
    """What an organiser has coming, its networks and what it sells beside them.

    `closed`: what takes no bookings; `past`: what has been.
    """
    visit = visit_by_anyone()
    programme, organiser_id, on = services().programme, visit.organiser.organiser_id, today(visit.zone)
    wanted = _in_list(seasons_wanted())
    listed = programme.seasons(organiser_id, wanted, after=request.args.get("after"), limit=A_PAGE)
    choices = choosing(wanted, programme.choices(organiser_id, wanted), "" if wanted.is_past else f"{on:%Y-%m}")
    is_first = wanted.takes_bookings and request.args.get("after") is None
    closed = programme.seasons(organiser_id, replace(wanted, takes_bookings=False), limit=A_FEW) if is_first else None
    is_whole = bool(is_first and not choices.chosen)
    shown = SeasonList(on, (visit.organiser,), wanted.month)
    return render_template(
        "programme.html",
        parts=shown.parts(listed.items),
        closed=shown.parts(closed.items) if closed else [],
        has_more_closed=bool(closed and closed.next_cursor),
        choices=choices,
        networks=_networks(programme.networks(organiser_id), listed, closed) if is_whole else [],
        goods=_on_sale(organiser_id) if is_whole else [],
        which="past" if wanted.is_past else "title" if wanted.takes_bookings else "closed",
        next_cursor=listed.next_cursor,
    )


def _in_list(wanted: SeasonFilter) -> SeasonFilter:
    """Of what is coming and can be booked, of what is coming and cannot, or of what is past, as the address says."""
    if request.args.get("past") == YES:
        return replace(wanted, is_past=True)
    return replace(wanted, is_past=False, takes_bookings=request.args.get("closed") != YES)


def _networks(
    networks: tuple[NetworkRow, ...], listed: Page[SeasonRow], closed: Page[SeasonRow] | None
) -> list[tuple[NetworkRow, bool]]:
    """Networks with what they promise, and whether something is planned there; that is not known from half a list."""
    found = [each for each in (listed, closed) if each]
    busy = {row.network_id for page in found for row in page.items}
    is_half = any(page.next_cursor for page in found)
    shown = [(each, each.network_id in busy) for each in networks]
    return [(each, is_busy) for each, is_busy in shown if is_busy or not (each.is_closed or is_half)][:A_PAGE]


def _on_sale(organiser_id: OrganiserId) -> list[GoodsRow]:
    return [each for each in services().goods_questions.goods(organiser_id) if not each.is_withdrawn]
