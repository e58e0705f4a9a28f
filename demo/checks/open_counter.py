"""The API as strangers meet it in the trials: registering without a token, and ordering goods."""

from __future__ import annotations

from collections.abc import Iterable

from demo.checks.client import Json, Unexpected
from demo.checks.counter import Counter
from demo.checks.party import Party


def register(counter: Counter, season_id: str, name: str, email: str, colleagues: int) -> Json:
    """Somebody nobody knows registers, with colleagues to be named later, and confirms by the link in their mail."""
    held = counter.stranger.post(_registrations(counter, season_id), _person(name, email, colleagues))
    if held["next_step"] != "confirm_registration":
        raise Unexpected(f"a stranger is told to {held['next_step']}")
    return _confirm(counter, email)


def write_down(counter: Counter, season_id: str, name: str, email: str, colleagues: int) -> Json:
    """An admin books for somebody who calls, and their party: no limit, nothing to confirm."""
    return counter.admin.post(_registrations(counter, season_id), _person(name, email, colleagues))


def refuse_registration(counter: Counter, season_id: str) -> None:
    """Try to book where no seat is left."""
    body = _person("Försent Kommen", "forsent@check.example", 0)
    counter.stranger.refused(_registrations(counter, season_id), body, "seats-short")


def name_as_admin(counter: Counter, booking: Json, seat: int, person_id: str) -> None:
    """An admin says who sits in a seat."""
    body = {"seat": seat, "participant": {"person_id": person_id}}
    counter.admin.post(f"/bookings/{booking['booking_id']}/participants", body)


def goods(counter: Counter, title: str) -> Json:
    """What the organiser sells under that title, as anyone reads it."""
    for row in counter.stranger.every(f"/organisers/{counter.organiser_id}/goods"):
        if row["title"] == title:
            return row
    raise Unexpected(f"nothing called {title} is sold")


def buy(party: Party, goods_id: str, copies: int) -> Json:
    """An organisation's contact orders."""
    body = {"goods_id": goods_id, "quantity": copies, "address": "Provgatan 1, 111 11 Provstad"}
    return party.contact.post("/purchases", body | {"organisation_id": party.organisation_id})


def buy_as_stranger(counter: Counter, goods_id: str, copies: int) -> Json:
    """Somebody nobody knows orders."""
    body = {"goods_id": goods_id, "quantity": copies, "address": "Stigen 2, 999 99 Ödemark"}
    body |= {"name": "Läsare Okänd", "email": "okand@check.example"}
    counter.stranger.post(f"/organisers/{counter.organiser_id}/purchases", body)
    return _confirm(counter, "okand@check.example")


def purchases(counter: Counter) -> list[Json]:
    """What has been bought, as an admin reads it."""
    return counter.admin.every("/purchases")


def dispatch(counter: Counter, purchase: Json) -> None:
    """An admin has sent it."""
    body = {"dispatched_on": counter.today.isoformat()}
    counter.admin.post(f"/purchases/{purchase['purchase_id']}/dispatch", body)


def invoiced_for(counter: Counter, sources: Iterable[str]) -> int:
    """What has been invoiced for purchases, in öre incl. VAT, as finance reads it."""
    wanted = set(sources)
    return sum(row["gross"] for row in counter.finance.every("/invoices") if row["source_id"] in wanted)


def _confirm(counter: Counter, email: str) -> Json:
    """Bring back what the latest letter to an address says."""
    path, code = counter.mailed(email)
    return counter.stranger.post(f"/organisers/{counter.organiser_id}/{path}/confirm", {"code": code})


def _registrations(counter: Counter, season_id: str) -> str:
    return f"/organisers/{counter.organiser_id}/seasons/{season_id}/registrations"


def _person(name: str, email: str, colleagues: int) -> Json:
    return {"name": name, "email": email, "colleagues": [{}] * colleagues}
