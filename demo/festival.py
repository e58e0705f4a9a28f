"""A6: an open programme at a festival week: two days in one hall, eight sessions, four of them given on both days."""

from __future__ import annotations

from datetime import date

from application.programme.season import PlanSeason
from demo.acts import book, book_as_stranger
from demo.dates import Dates, beginning
from demo.desk import Desk
from demo.leadership_institute import Circle
from demo.seminars import FREE
from domain.kernel.ids import NetworkId, SeasonId
from domain.programme.meeting import Place
from domain.programme.network import NetworkKind

TITLE = "Öppet hus på festivalveckan"
HALL = Place(venue="Magasinet", address="Strandgatan 11", town="Visby")
SEATS = 120
SESSIONS = (
    "Ett samtal om att inte veta",
    "Chefen som lyssnade",
    "Arbetsglädje, vad är det bra för?",
    "Femton minuters tystnad",
    "Makt som ingen ser",
    "Unga som leder",
    "Vad robotarna lärde oss",
    "Avslutande panel: vad tar vi med oss hem?",
)
FIRST_DAY = (("10:00", 0), ("11:00", 1), ("12:30", 2), ("13:30", 3), ("14:30", 4), ("15:30", 5))
SECOND_DAY = (("10:00", 1), ("11:00", 0), ("12:30", 3), ("13:30", 2), ("14:30", 6), ("16:00", 7))


def load(desk: Desk, circle: Circle) -> None:
    """Each day is booked for itself, by anyone, and costs nothing."""
    promise = "Två dagar i Magasinet under festivalveckan. Öppet för alla, kostar ingenting, så länge platserna räcker."
    network = desk.network("Festivalveckan", NetworkKind.FESTIVAL, promise)
    dates = beginning(desk.today, date(2026, 6, 24))
    first = _day(desk, circle, network, dates, 24, "första dagen", FIRST_DAY)
    second = _day(desk, circle, network, dates, 25, "andra dagen", SECOND_DAY)
    for no in range(7):
        book_as_stranger(desk, *((first, second) if no % 2 else (first,)))
    book(desk, second, circle.customers[0], 0, 1)
    desk.done("A6")


def _day(
    desk: Desk,
    circle: Circle,
    network: NetworkId,
    dates: Dates,
    day: int,
    which: str,
    points: tuple[tuple[str, int], ...],
) -> SeasonId:
    about = (
        f"Pass om tre kvart på fasta tider, {which} av två. Kom till ett eller stanna hela dagen. Flera av passen ges "
        "båda dagarna."
    )
    season = desk.season(PlanSeason(network, f"{TITLE}: {which}", SEATS, promise=about, prices=FREE))
    end = "17:00" if day == 25 else "16:15"
    meeting = desk.meeting(season, f"Magasinet, {which}", dates.time(6, day, "10:00", end), HALL)
    items = [
        dates.item(6, day, start, _quarters_later(start), SESSIONS[no], (circle.guests[no],)) for start, no in points
    ]
    desk.programme(season, meeting, *items)
    desk.led_by(season, (), circle.contacts)
    desk.open(season)
    return season


def _quarters_later(start: str) -> str:
    """Three quarters of an hour later."""
    minutes = int(start[:2]) * 60 + int(start[3:]) + 45
    return f"{minutes // 60:02}:{minutes % 60:02}"
