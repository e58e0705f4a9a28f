"""The pages: a file for each noun, each page a template, a form and a use case."""

from __future__ import annotations

from flask import Flask

from web.as_shown import show_anew
from web.frame import answer_errors, frame
from web.pages import (
    booking,
    bookkeeping,
    calendar,
    call_off,
    cancellation,
    crediting,
    desk,
    dispatch,
    embed,
    finance,
    first_refusal,
    goods,
    history,
    hold,
    invoice,
    letters,
    material,
    me,
    membership,
    needs,
    network,
    organisation,
    organiser,
    paper,
    passkey,
    payment,
    payment_card,
    people,
    person,
    programme,
    report,
    roster,
    season,
    season_desk,
    season_meetings,
    season_plan,
    season_prices,
    sessions,
    sign_in,
    staff_sign_in,
    start,
    transfer,
    waiting_list,
)

PAGES = (
    sign_in.pages,
    passkey.pages,
    staff_sign_in.pages,
    sessions.pages,
    letters.pages,
    start.pages,
    programme.pages,
    season.pages,
    calendar.pages,
    embed.pages,
    waiting_list.pages,
    first_refusal.pages,
    goods.pages,
    dispatch.pages,
    paper.pages,
    booking.pages,
    transfer.pages,
    cancellation.pages,
    invoice.pages,
    payment.pages,
    payment_card.pages,
    hold.pages,
    crediting.pages,
    finance.pages,
    report.pages,
    bookkeeping.pages,
    roster.pages,
    season_desk.pages,
    season_meetings.pages,
    season_plan.pages,
    season_prices.pages,
    network.pages,
    needs.pages,
    call_off.pages,
    desk.pages,
    person.pages,
    organisation.pages,
    membership.pages,
    organiser.pages,
    people.pages,
    me.pages,
    material.pages,
    history.pages,
)


def register_pages(app: Flask) -> None:
    """Give an application its pages, in their frame."""
    frame(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    show_anew(app)
    answer_errors(app)
