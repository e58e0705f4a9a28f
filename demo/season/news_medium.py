"""Organiser D's year: five half-days and the season after (D1), dates to come (D2), who may join (D3)."""

from __future__ import annotations

from functools import partial

from demo.checks.client import Json
from demo.season.cast import Cast, House
from demo.season.desk_work import write_to_participants
from demo.season.plans import free_before, meeting, prices, undated

DAYS = ("2026-10-06", "2026-11-17", "2027-02-02", "2027-04-13")
FROM_AFAR, LINK = 3, "https://video.example/natverk"
TITLE = "Ledarskap och innovation i offentlig sektor"


def network(cast: Cast) -> None:
    """D1, D2, D3: a season of five; one postponed and dated anew, one in June; managers of public bodies alone."""
    rule = {
        "sectors": ["state", "region", "municipality"],
        "decided_sectors": ["municipal_company"],
        "managers_only": True,
    }
    group = cast.network(TITLE, admission=rule)
    days = [
        meeting(f"Träff {no}", f"{day} 09:30", "12:30", "Stockholm", "Konferensen", LINK if no == FROM_AFAR else "")
        for no, day in enumerate(DAYS, 1)
    ]
    list_, terms = prices((None, 15_000)), free_before("2026-09-20")
    season = cast.season("D1", group, "Säsong 4", 20, [*days, undated("Träff 5", "2027-06")], prices=list_, terms=terms)
    houses = [cast.house(2, sector=sector, reference="R 4711") for sector in ("state", "municipality")]
    made = [cast.book(season, house, *house.people) for house in houses]
    _one_takes_part_from_afar(cast, season, houses[0], str(made[0]["booking_id"]))
    _a_company_is_let_in(cast, group, season)
    _dates_come_and_go(cast, season)
    cast.year.on("2026-10-01 10:00", cast.pay_all)
    for no, day in enumerate(("2026-10-06", "2027-01-19", "2027-02-02", "2027-04-13", "2027-06-08")):
        away = houses[0].people[1:] if no + 1 == FROM_AFAR else ()
        cast.year.on(f"{day} 09:20", partial(cast.check_in, season, no, *away))
        cast.year.on(f"{day} 13:00", partial(cast.hold, season, no))
    text = "Hej {name}!\n\nDet här bad ni om på första träffen: en lista med böcker. Vi ses {next_meeting}."
    write = partial(write_to_participants, cast, "D1", season, "Boklistan", text)
    cast.year.on("2026-10-08 10:00", write)
    cast.year.on("2027-04-20 10:00", lambda: _the_season_after(cast, season, houses))


def _a_company_is_let_in(cast: Cast, group: str, season: str) -> None:
    """D3: a municipal company waits for an admin's decision; afterwards it books."""
    company = cast.house(1, sector="municipal_company", reference="R 1")
    who = company.contact
    who.calls.post(f"/seasons/{season}/admissions", {"person_id": who.person_id})

    def decide() -> None:
        decision = {"person_id": who.person_id, "is_admitted": True, "reason": "Bolaget ägs av kommunen."}
        cast.admin.post(f"/networks/{group}/admissions", decision)
        cast.book(season, company, who)
        cast.note("D3", f"{who.name} of a municipal company was let in by an admin, and booked")

    cast.year.on("2026-09-03 10:00", decide)


def _one_takes_part_from_afar(cast: Cast, season: str, house: House, booking_id: str) -> None:
    """D3: the third meeting can be followed from afar; one chooses that, another cannot come this time."""

    def choose() -> None:
        meeting_id = cast.meetings(season)[2]["meeting_id"]
        cast.admin.put(f"/seasons/{season}/meetings/{meeting_id}/seats", {"on_site": 20, "online": 10, "closes": 24})
        answers = [{"seat": 1, "answer": "online"}, {"seat": 2, "answer": "not_coming"}]
        told = {"meeting_id": meeting_id, "answers": answers}
        house.contact.calls.post(f"/bookings/{booking_id}/participation", told)
        cast.note("D3", f"{house.contact.name} takes part in meeting 3 from afar, {house.people[1].name} cannot come")

    cast.year.on("2027-01-25 10:00", choose)


def _dates_come_and_go(cast: Cast, season: str) -> None:
    """D2: the second meeting is postponed until further notice and dated anew; the fifth gets its day in June."""

    def postpone() -> None:
        meeting_id = cast.meetings(season)[1]["meeting_id"]
        cast.admin.post(f"/seasons/{season}/meetings/{meeting_id}/postpone", {"reason": "Föreläsaren är sjuk."})
        cast.note("D2", "meeting 2 was postponed until further notice")

    def schedule(no: int, day: str) -> None:
        meeting_id = cast.meetings(season)[no]["meeting_id"]
        time: Json = {"kind": "scheduled", "start": f"{day}T09:30", "end": f"{day}T12:30"}
        cast.admin.post(f"/seasons/{season}/meetings/{meeting_id}/schedule", {"time": time})
        cast.note("D2", f"meeting {no + 1} got its day: {day}")

    cast.year.on("2026-11-10 10:00", postpone)
    cast.year.on("2026-11-30 10:00", lambda: schedule(1, "2027-01-19"))
    cast.year.on("2027-04-01 10:00", lambda: schedule(4, "2027-06-08"))


def _the_season_after(cast: Cast, season: str, houses: list[House]) -> None:
    """D1: the next season, offered first to who sits in this; they book, and pay."""
    copied = {"title": "Säsong 5", "days": 364, "visibility": "public"}
    after = str(cast.admin.post(f"/seasons/{season}/copy", copied)["season_id"])
    cast.seasons[after] = "D1"
    cast.admin.put(f"/seasons/{after}/terms", free_before("2027-09-20"))
    cast.admin.post(f"/seasons/{after}/open", {})
    for house in houses:
        cast.book(after, house, *house.people)
    cast.year.settle()
    cast.pay_all()
