"""The pages: a file for each noun, each page a template, a form and a use case."""

from __future__ import annotations

from flask import Flask

from web.frame import answer_errors, frame
from web.pages import (
    booking,
    call_off,
    cancellation,
    desk,
    goods,
    invoice,
    people,
    programme,
    roster,
    season,
    season_desk,
    sign_in,
    transfer,
    waiting_list,
)

PAGES = (
    sign_in.pages,
    programme.pages,
    season.pages,
    waiting_list.pages,
    goods.pages,
    booking.pages,
    transfer.pages,
    cancellation.pages,
    invoice.pages,
    roster.pages,
    season_desk.pages,
    call_off.pages,
    desk.pages,
    people.pages,
)


def register_pages(app: Flask) -> None:
    """Give an application its pages, in their frame."""
    frame(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    answer_errors(app)
