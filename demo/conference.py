"""A2: a conference of two days in Malmö, in English with Swedish spoken too; free to cancel before 3 January."""

from __future__ import annotations

from datetime import date

from application.programme.season import PlanSeason
from demo.acts import book, give_up, hand_over
from demo.dates import Dates, beginning
from demo.desk import Desk
from demo.leadership_institute import Circle
from domain.kernel.eligibility import Ground
from domain.kernel.ids import MeetingId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.programme.meeting import Place
from domain.programme.network import NetworkKind
from domain.programme.price import Price, PriceList

TITLE = "Learn together, change together"
PROMISE = (
    "Two days for people who want to change how their organisation learns. We work in English, and Swedish is spoken "
    "as well. Come with a colleague: what two have heard together is easier to carry home. If you cannot come after "
    "all, somebody else from your company may take your ticket at no cost; just let us know."
)
VENUE = Place(venue="Kajens konferens", address="Skeppargatan 2", town="Malmö")
PRICES = PriceList(0, (Price(Money(12_000_00)), Price(Money(6_000_00), Ground.MEMBER)))
FIRST_DAY = (
    ("09:00", "10:00", "Opening: what we unlearned this year", 0),
    ("10:30", "12:00", "Learning on the night shift", 1),
    ("13:00", "14:30", "When the map was wrong: three stories of mistakes", 2),
    ("15:00", "17:00", "Workshops in small groups", 3),
)
SECOND_DAY = (
    ("09:00", "10:15", "Change that nobody ordered", 4),
    ("10:45", "12:00", "Learning across the counter: customers as teachers", 5),
    ("13:00", "14:00", "Closing: one thing to try on Monday", 6),
)


def load(desk: Desk, circle: Circle) -> None:
    """The conference with its programme, and who has booked so far."""
    promise = "En gång om året möts Forums medlemmar och andra nyfikna i två dagar."
    network = desk.network("Årets konferens", NetworkKind.CONFERENCE, promise)
    dates = beginning(desk.today, date(2027, 1, 25))
    terms = free_before(dates.before(1, 3))
    season = desk.season(PlanSeason(network, TITLE, 150, promise=PROMISE, prices=PRICES, terms=terms, language="en"))
    first = desk.meeting(season, "Day one", dates.time(1, 25, "09:00", "17:00"), VENUE)
    second = desk.meeting(season, "Day two", dates.time(1, 26, "09:00", "14:00"), VENUE)
    _programme(desk, season, first, dates, 25, FIRST_DAY, circle.guests)
    _programme(desk, season, second, dates, 26, SECOND_DAY, circle.guests)
    desk.led_by(season, (), circle.contacts)
    desk.illustrated(season, VENUE.venue)
    desk.open(season)
    _bookings(desk, circle, season)
    desk.done("A2")


def _programme(
    desk: Desk,
    season: SeasonId,
    meeting: MeetingId,
    dates: Dates,
    day: int,
    points: tuple[tuple[str, str, str, int], ...],
    speakers: tuple[PersonId, ...],
) -> None:
    items = [dates.item(1, day, start, end, title, (speakers[who],)) for start, end, title, who in points]
    desk.programme(season, meeting, *items)


def _bookings(desk: Desk, circle: Circle, season: SeasonId) -> None:
    """Members and others; one ticket has changed hands, one of three has been given up in time."""
    norrsken, havsnara, harden, _, bank = circle.members
    three = book(desk, season, norrsken, 0, 1, 2, paid=True)
    two = book(desk, season, havsnara, 0, 1, paid=True)
    book(desk, season, harden, 0, None, paid=True)
    book(desk, season, bank, 0, 1, 2)
    book(desk, season, circle.others[0], 0, paid=True)
    book(desk, season, circle.others[1], 0, None, None)
    book(desk, season, circle.customers[1], 0, 1, paid=True)
    book(desk, season, circle.others[2], 0, 1, None, paid=True)
    book(desk, season, circle.customers[0], 0, None)
    hand_over(desk, havsnara, two, 2, 2)
    give_up(desk, norrsken, three, 3)
