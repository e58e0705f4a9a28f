"""A1: a cluster of some fifteen people who meet for four whole days; the price covers two from each organisation."""

from __future__ import annotations

from datetime import date

from application.programme.season import PlanSeason
from demo.acts import book, give_up, hand_over
from demo.dates import Dates, beginning, held_before
from demo.desk import Desk
from demo.leadership_institute import Circle
from domain.kernel.eligibility import Ground
from domain.kernel.ids import MeetingId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.programme.meeting import Place
from domain.programme.network import NetworkKind
from domain.programme.price import Per, Price, PriceList

TITLE = "Kluster: Arbete?!"
PROMISE = (
    "Fyra heldagar om vad arbete håller på att bli, i en grupp på ungefär femton personer. Samma samtalsledare följer "
    "er genom alla dagar och i gruppens rum på nätet däremellan; till varje dag kommer inbjudna gäster. Före varje dag "
    "får alla samma förberedelse att läsa, efteråt en dokumentation av det ni kom fram till. Priset gäller en "
    "organisation med två deltagare, och allt ingår."
)
HALL = Place(venue="Lyhörts hus", address="Vindgränd 4", town="Stockholm")
DAYS = (
    (10, 28, "Dag 1: Varför arbetar vi?", "Arbetets mening, då och nu"),
    (11, 25, "Dag 2: Vem gör jobbet?", "Människor, maskiner och det som blir över"),
    (1, 27, "Dag 3: När räcker det?", "Tid, ork och återhämtning"),
    (2, 24, "Dag 4: Vad gör vi i morgon?", "Från insikt till vana"),
)
PRICES = PriceList(
    0,
    (
        Price(Money(32_000_00), per=Per.ORGANISATION, persons=2),
        Price(Money(25_000_00), Ground.MEMBER, per=Per.ORGANISATION, persons=2),
    ),
)


def load(desk: Desk, circle: Circle) -> None:
    """This round with its bookings, and the round before it with the documentation of its days."""
    promise = "Grupper som följs åt i fyra heldagar kring en fråga som ingen av deltagarna kan lösa själv."
    network = desk.network("Kluster", NetworkKind.CLUSTER, promise)
    dates = beginning(desk.today, date(2026, 10, 28))
    terms = free_before(dates.before(10, 14))
    plan = PlanSeason(network, TITLE, 15, promise=PROMISE, prices=PRICES, terms=terms)
    season = desk.season(plan)
    for no, meeting in enumerate(_days(desk, season, dates, circle), start=1):
        desk.material(season, f"Inför dag {no}", f"arbete/infor-dag-{no}", meeting)
    desk.material(season, "Gruppens rum på nätet", "arbete/rum")
    desk.led_by(season, (circle.facilitator,), circle.contacts)
    desk.illustrated(season)
    desk.open(season)
    _bookings(desk, circle, season)
    past = "Omgången är genomförd. Deltagarna anmälde sig innan institutet började ta emot bokningar här."
    _last_round(
        desk, circle, PlanSeason(network, f"{TITLE} (förra omgången)", 15, promise=past, prices=PRICES, terms=terms)
    )
    desk.done("A1")


def _days(desk: Desk, season: SeasonId, dates: Dates, circle: Circle) -> list[MeetingId]:
    planned = []
    for no, (month, day, title, theme) in enumerate(DAYS):
        meeting = desk.meeting(season, title, dates.time(month, day, "09:00", "16:00"), HALL)
        desk.programme(
            season,
            meeting,
            dates.item(
                month,
                day,
                "09:00",
                "10:30",
                "Incheckning och spår från förra dagen" if no else "Incheckning",
                (circle.facilitator,),
            ),
            dates.item(month, day, "10:30", "12:00", theme, (circle.guests[no],)),
            dates.item(month, day, "13:00", "16:00", "Gemensamt arbete och dokumentation", (circle.facilitator,)),
        )
        planned.append(meeting)
    return planned


def _bookings(desk: Desk, circle: Circle, season: SeasonId) -> None:
    """Four organisations with two seats each; one hands a seat over, one asks to be let off, a fifth has cancelled."""
    norrsken, havsnara, _, _, bank = circle.members
    first = book(desk, season, norrsken, 0, 1, paid=True)
    book(desk, season, havsnara, 0, None, paid=True)
    book(desk, season, circle.others[0], 0, 1, paid=True)
    pleading = book(desk, season, circle.others[1], 0, None)
    hand_over(desk, norrsken, first, 2, 2)
    plea = "Vi har gjort om hela organisationen i höst. Kan vi få skjuta på deltagandet till nästa omgång?"
    give_up(desk, circle.others[1], pleading, plea=plea)
    give_up(desk, bank, book(desk, season, bank, 0, 1))


def _last_round(desk: Desk, circle: Circle, plan: PlanSeason) -> None:
    dates = held_before(desk.today, date(2026, 10, 28), lasting=120)
    season = desk.season(plan)
    for no, meeting in enumerate(_days(desk, season, dates, circle), start=1):
        desk.material(season, f"Efter dag {no}: det vi kom fram till", f"arbete/forra/efter-dag-{no}", meeting)
        desk.held(season, meeting, dates.day(*DAYS[no - 1][:2]))
    desk.led_by(season, (circle.facilitator,), circle.contacts)
