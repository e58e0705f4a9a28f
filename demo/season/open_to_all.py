"""Organiser A's year, for anyone: an open programme (A6), a book (A7), what is coming (A8)."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from demo.checks.client import Json, Unexpected
from demo.checks.counter import Mail
from demo.people import in_address
from demo.season.cast import STRANGERS, Cast
from demo.season.desk_work import tick
from demo.season.plans import FREE, meeting

SESSIONS = (
    ("Att lyssna", "2026-10-14 09:00", "10:00"),
    ("Att säga nej", "2026-10-14 10:15", "11:15"),
    ("Mod", "2026-10-14 13:00", "14:00"),
    ("Vila", "2026-10-14 14:15", "15:15"),
    ("Att lyssna igen", "2026-10-15 09:00", "10:00"),
    ("Mod igen", "2026-10-15 10:15", "11:15"),
    ("Makt", "2026-10-15 13:00", "14:00"),
    ("Avslutande samtal", "2026-10-15 14:15", "15:30"),
)


def festival(cast: Cast, mail: Mail) -> None:
    """A6: eight free sessions in one hall; anyone registers for those they choose, or ticks several on one page."""
    network = cast.network("Festivalveckan", "festival")
    seasons = [
        cast.season("A6", network, title, 300, [meeting(title, start, end, "Visby", "Hallen")], prices=FREE)
        for title, start, end in SESSIONS
    ]
    tick(cast, "A6", (seasons[0], seasons[2], seasons[7]))
    for no, season in enumerate(seasons):
        addresses = [_register(cast, season) for _ in range(3)]
        cast.year.settle()
        for email in addresses:
            _confirm(cast, mail, email)
        start = SESSIONS[no][1]
        cast.year.on(start, partial(cast.check_in, season, 0))
        cast.year.on(start, partial(cast.hold, season, 0))


def _register(cast: Cast, season: str) -> str:
    """Somebody nobody knows registers; their address."""
    name = cast.names.draw()
    email = f"{in_address(name)}@{STRANGERS}"
    at, anyone = f"/organisers/{cast.organiser_id}", cast.year.anyone
    anyone.post(f"{at}/seasons/{season}/registrations", {"name": name, "email": email})
    return email


def _confirm(cast: Cast, mail: Mail, email: str) -> Json:
    """They open the link that was mailed."""
    about, code = mail(UUID(cast.organiser_id), email)
    return cast.year.anyone.post(f"/organisers/{cast.organiser_id}/{about}/confirm", {"code": code})


def book(cast: Cast, mail: Mail) -> None:
    """A7: 125 kr with VAT, plus postage: ordered by anyone, sent the day after, paid."""
    price, postage = {"amount": 12_500}, {"amount": 4_900}
    goods = cast.admin.post("/goods", {"title": "Boken om att lyssna", "price": price, "postage": postage})["goods_id"]

    def order() -> None:
        name = cast.names.draw()
        email = f"{in_address(name)}@{STRANGERS}"
        who = {"name": name, "email": email, "address": "Storgatan 1, 111 11 Stockholm"}
        told = {"goods_id": goods, "quantity": 2, **who}
        cast.year.anyone.post(f"/organisers/{cast.organiser_id}/purchases", told)
        cast.year.settle()
        _confirm(cast, mail, email)
        cast.buyers.append(email)
        cast.note("A7", f"{name} ordered two books, confirmed by the link, got them and paid")

    def send() -> None:
        day = cast.year.clock.now().date().isoformat()
        for row in cast.admin.every("/purchases/to-dispatch"):
            cast.admin.post(f"/purchases/{row['purchase_id']}/dispatch", {"dispatched_on": day})

    cast.year.on("2026-09-15 10:00", order)
    cast.year.on("2026-09-16 10:00", send)


def coming(cast: Cast) -> None:
    """A8: what is coming, across formats, is found by town, month and price by anyone."""

    def look() -> None:
        anyone, at = cast.year.anyone, f"/organisers/{cast.organiser_id}/seasons"
        everything = anyone.every(at, past="false")
        in_malmo, free = anyone.every(at, town="Malmö"), anyone.every(at, free="true")
        if not (len(everything) > len(in_malmo) > 0 and free):
            raise Unexpected("what is coming cannot be found")
        found = f"{len(everything)} to come, {len(in_malmo)} of them in Malmö, {len(free)} free"
        cast.note("A8", f"anyone finds what is coming: {found}")

    cast.year.on("2026-09-20 10:00", look)
