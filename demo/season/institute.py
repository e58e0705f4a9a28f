"""Organiser A's year: a cluster (A1), a conference (A2), seminars and workshops in several cities (A3, A4)."""

from __future__ import annotations

from functools import partial

from demo.checks.client import Json
from demo.season.cast import Cast, House, Human
from demo.season.desk_work import certify, move, verify_vouches, vouch
from demo.season.plans import FREE, free_before, meeting, prices

DAYS = ("2026-10-28", "2026-11-25", "2027-01-27", "2027-02-24")
CITIES = (
    ("Stockholm", "2026-11-20 13:00", "15:00"),
    ("Malmö", "2026-11-21 13:00", "15:00"),
    ("Göteborg", "2026-11-24 09:00", "11:00"),
)
WORKSHOPS = (("Malmö", "2026-11-14 09:00"), ("Stockholm", "2026-11-15 09:00"))


def cluster(cast: Cast) -> None:
    """A1: four days; two persons for an organisation's price; preparation before each day, insights after it."""
    network = cast.network("Kluster", "cluster")
    days = [meeting(f"Dag {no}", f"{day} 09:00", "16:00", "Stockholm", "Ateljén") for no, day in enumerate(DAYS, 1)]
    list_ = prices((None, 32_000), ("member", 25_000), persons=2)
    season = cast.season("A1", network, "Arbete?!", 15, days, prices=list_, terms=free_before("2026-10-14"))
    member, other, third = cast.house(2, ground="member"), cast.house(2), cast.house(2)
    cast.book(season, member, *member.people)
    cast.book(season, other, *other.people)
    made = cast.book(season, third, third.contact, None)

    def name() -> None:
        named = {"seat": 2, "participant": {"person_id": third.people[1].person_id}}
        third.contact.calls.post(f"/bookings/{made['booking_id']}/participants", named)

    cast.year.on("2026-09-10 10:00", name)
    for no, day in enumerate(DAYS):
        _a_day(cast, season, no, day, () if no else (other.people[1],))
    cast.year.on("2026-09-28 10:00", cast.pay_all)
    everybody = (*member.people, *other.people, *third.people)
    cast.year.on("2027-02-25 10:00", partial(certify, cast, "A1", season, everybody))


def _a_day(cast: Cast, season: str, no: int, day: str, away: tuple[Human, ...]) -> None:
    year = cast.year
    before, after = f"{day[:8]}{int(day[8:]) - 7:02}", f"{day} 18:00"
    year.on(f"{before} 10:00", lambda: cast.give(season, f"Förbered dag {no + 1}", no))
    year.on(f"{day} 08:45", lambda: cast.check_in(season, no, *away))
    year.on(f"{day} 16:30", lambda: cast.hold(season, no))
    year.on(after, lambda: cast.give(season, f"Insikter från dag {no + 1}", no, moment="after"))


def conference(cast: Cast) -> None:
    """A2: two days in January; free before 3 January and full price after; a ticket goes to a colleague."""
    network = cast.network("Konferenser", "conference")
    days = [
        meeting("Day 1", "2027-01-25 09:00", "17:00", "Malmö", "Slagthuset"),
        meeting("Day 2", "2027-01-26 09:00", "14:00", "Malmö", "Slagthuset"),
    ]
    list_, terms = prices((None, 12_000), ("member", 6_000)), free_before("2027-01-03")
    season = cast.season(
        "A2", network, "Learn together, change together", 200, days, prices=list_, terms=terms, language="en"
    )
    member, other = cast.house(3, ground="member"), cast.house(2)
    first, second = cast.book(season, member, *member.people[:2]), cast.book(season, other, *other.people)
    year = cast.year

    def give_up(made: Json, house: House, seat: int) -> None:
        house.contact.calls.post(f"/bookings/{made['booking_id']}/cancellations", {"seats": [seat], "plea": ""})

    def hand_over() -> None:
        to = {"seat": 2, "to": {"person_id": member.people[2].person_id}}
        member.contact.calls.post(f"/bookings/{first['booking_id']}/transfers", to)

    year.on("2026-12-10 10:00", lambda: give_up(second, other, 2))
    year.on("2027-01-04 10:00", lambda: give_up(first, member, 1))
    year.on("2027-01-10 10:00", hand_over)
    year.on("2026-12-15 10:00", cast.pay_back)
    year.on("2027-01-20 10:00", cast.pay_all)
    for no, day in enumerate(("2027-01-25", "2027-01-26")):
        year.on(f"{day} 08:30", partial(cast.check_in, season, no))
        year.on(f"{day} 17:30", partial(cast.hold, season, no))


def seminars(cast: Cast) -> None:
    """A3: one seminar in three cities, free for the Forum, alumni and customers; somebody else applies."""
    admission = {"grounds": ["member", "alumnus", "customer"]}
    network = cast.network("Ledarskap i motvind", "seminar", admission=admission)
    member, customer = cast.house(3, ground="member"), cast.house(1, ground="customer")
    outsider = cast.house(1)
    for no, (town, start, end) in enumerate(CITIES):
        season = cast.season("A3", network, town, 40, [meeting("Seminarium", start, end, town, town)], prices=FREE)
        cast.book(season, member, member.people[no])
        if no == 0:
            cast.book(season, customer, customer.contact)
            _applies(cast, season, outsider)
            vouch(cast, "A3", season, member)
        cast.year.on(f"{start[:10]} 08:45", partial(cast.check_in, season, 0))
        cast.year.on(f"{start[:10]} 18:00", partial(cast.hold, season, 0))
    cast.year.on("2026-09-03 10:00", partial(verify_vouches, cast, "A3"))


def _applies(cast: Cast, season: str, outsider: House) -> None:
    """Somebody whom the rule does not let in applies; an admin says yes, and they have their seat."""
    who = outsider.contact.calls
    wanted = {"employer": outsider.name, "note": "Vi planerar att gå med i Forum."}
    who.post(f"/organisers/{cast.organiser_id}/seasons/{season}/applications", wanted)

    def approve() -> None:
        for row in cast.admin.every("/applications"):
            cast.admin.post(f"/applications/{row['application_id']}/approve", {"reason": "Blir medlem till hösten."})

    cast.year.on("2026-09-02 10:00", approve)


def workshops(cast: Cast) -> None:
    """A4: the same workshop on consecutive days in two cities, each with its own seats; one goes to the other city."""
    network = cast.network("Svåra samtal", "seminar")
    house, other = cast.house(2, ground="member"), cast.house(1)
    seasons = []
    for no, (town, start) in enumerate(WORKSHOPS):
        day = [meeting("Workshop", start, "16:00", town, town)]
        list_, terms = prices((None, 3_500), ("member", 2_100)), free_before("2026-11-01")
        told = {"prices": list_, "terms": terms, "content": "Svåra samtal"}
        seasons.append(cast.season("A4", network, town, 20, day, **told))
        cast.book(seasons[no], house, house.people[no])
        cast.year.on(f"{start[:10]} 08:45", partial(cast.check_in, seasons[no], 0))
        cast.year.on(f"{start[:10]} 17:00", partial(cast.hold, seasons[no], 0))
    made = cast.book(seasons[0], other, other.contact)
    cast.year.on("2026-10-20 10:00", partial(move, cast, "A4", made, other, seasons[1]))
