"""What a desk and the people around it do beside booking: vouching, moving a seat, ticking, certificates, a mailing."""

from __future__ import annotations

from collections.abc import Sequence

from demo.checks.client import Json, Unexpected
from demo.people import in_address
from demo.season.cast import Cast, House, Human


def vouch(cast: Cast, programme: str, season: str, house: House) -> None:
    """A contact books a seat for a colleague nobody here knows, and vouches for them (S13)."""
    name = cast.names.draw()
    colleague = {"name": name, "email": f"{in_address(name)}@{cast.sketch.slug}.example", "role": "specialist"}
    payer = {"organisation_id": house.organisation_id, "reference": house.reference}
    house.contact.calls.post("/bookings", {"season_id": season, "participants": [colleague], **payer})
    cast.note(programme, f"{house.contact.name} vouched for {name}, whom nobody knew: the seat was theirs at once")


def verify_vouches(cast: Cast, programme: str) -> None:
    """The desk says of whoever is vouched for that they work there."""
    for row in cast.admin.every("/vouches"):
        told = {"organisation_id": row["organisation_id"]}
        cast.admin.post(f"/people/{row['person_id']}/vouches/verify", told)
        cast.note(programme, f"the desk verified that {row['name']} works at {row['organisation']}")


def move(cast: Cast, programme: str, booking: Json, house: House, to: str) -> None:
    """Somebody goes to the other city instead: one seat moves, at the price that was shown (S15)."""
    at, told = f"/bookings/{booking['booking_id']}/moves", {"seat": 1, "to": to}
    shown = house.contact.calls.post(f"{at}/preview", told)
    house.contact.calls.post(at, {**told, "shown": shown["cost"]})
    cast.note(programme, f"a seat of {house.name} moved to the other city for {shown['cost'] / 100:.2f}")


def tick(cast: Cast, programme: str, seasons: Sequence[str]) -> None:
    """Somebody ticks several sessions on one page and books them with one press."""
    who = cast.human()
    made = who.calls.post("/session-bookings", {"season_ids": list(seasons)})
    cast.note(programme, f"{who.name} ticked {len(made['bookings'])} sessions and booked them with one press")


def certify(cast: Cast, programme: str, season: str, people: Sequence[Human]) -> None:
    """Each takes home a certificate of the meetings they were at."""
    for who in people:
        printed = who.calls.file(f"/seasons/{season}/people/{who.person_id}/certificate", language="sv")
        if not printed.startswith(b"%PDF"):
            raise Unexpected(f"the certificate of {who.name} is no PDF")
    cast.note(programme, f"{len(people)} took home a certificate of the meetings they were at")


def write_to_participants(cast: Cast, programme: str, season: str, subject: str, text: str) -> None:
    """The desk writes to whoever sits in a season: looked at first, sent once, to those who were shown."""
    told = {"kind": "participants", "about": season, "subject": subject, "text": text}
    at = f"/mailings/{cast.admin.post('/mailings', told)['mailing_id']}"
    looked = cast.admin.get(f"{at}/preview")
    cast.admin.post(f"{at}/sending", {"shown": looked["preview"]["shown"]})
    cast.year.settle()
    row = cast.admin.get(at)
    if row["delivered"] != row["people"]:
        raise Unexpected(f"{row['delivered']} of {row['people']} letters of a mailing have arrived")
    cast.note(programme, f"the desk wrote to {row['people']} participants: {subject}")
