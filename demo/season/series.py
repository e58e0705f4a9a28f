"""Organiser A's year, further: four strategy seminars, and what they came to given back (A5)."""

from __future__ import annotations

from functools import partial

from demo.season.cast import Cast, House
from demo.season.plans import free_before, meeting, prices

SERIES = ("2026-10-08", "2026-11-12", "2027-02-11", "2027-03-18")


def series(cast: Cast) -> None:
    """A5: four strategy seminars; afterwards a summary of insights is given back to those who took part."""
    network = cast.network("Strategiseminarier", "seminar")
    days = [
        meeting(f"Seminarium {no}", f"{day} 13:00", "16:00", "Stockholm", "Salongen")
        for no, day in enumerate(SERIES, 1)
    ]
    list_, terms = prices((None, 9_600), ("member", 4_800)), free_before("2026-10-01")
    season = cast.season("A5", network, "Strategi i praktiken", 16, days, prices=list_, terms=terms)
    for no in range(4):
        house = cast.house(4, ground="member" if no % 2 else "")
        made = cast.book(season, house, *house.people)
        if no == 0:
            _somebody_waits(cast, season, house, made["booking_id"])
    for no, day in enumerate(SERIES):
        cast.year.on(f"{day} 12:45", partial(cast.check_in, season, no))
        cast.year.on(f"{day} 17:00", partial(cast.hold, season, no))
    cast.year.on("2026-11-01 10:00", cast.pay_all)
    cast.year.on("2027-03-25 10:00", lambda: cast.give(season, "Sammanfattning av fyra seminarier"))


def _somebody_waits(cast: Cast, season: str, house: House, booking_id: str) -> None:
    """All seats are taken: somebody stands in line, a seat is given up, and it is offered and taken at once."""
    late = cast.house(1)
    calls = late.contact.calls

    def join() -> None:
        calls.post(f"/seasons/{season}/waiting-list", {"seats": 1})

    def give_up() -> None:
        house.contact.calls.post(f"/bookings/{booking_id}/cancellations", {"seats": [4], "plea": ""})

    def accept() -> None:
        for offer in calls.every("/me/seat-offers"):
            payer = {"organisation_id": late.organisation_id}
            calls.post(f"/seasons/{season}/waiting-list/{offer['place_id']}/accept", payer)
            cast.note("A5", f"{late.contact.name} stood in line, was offered the seat that was given up, and took it")

    cast.year.on("2026-09-10 10:00", join)
    cast.year.on("2026-09-14 09:00", give_up)
    cast.year.on("2026-09-14 11:00", accept)
