"""Organiser D: a news medium that runs many paid networks side by side (D1), each in seasons of five half-days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from application.kernel.actor import Role
from application.programme.meeting import PostponeMeeting
from application.programme.network import DecideAdmission
from application.programme.season import PlanSeason
from demo.acts import book, give_up, hand_over, offer_to_other, wait
from demo.dates import Dates, beginning
from demo.desk import Desk, Employer, Sketch
from domain.kernel.eligibility import Sector
from domain.kernel.ids import MeetingId, NetworkId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier
from domain.people.admission import Admission
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import TO_COME, MeetingTime
from domain.programme.network import NetworkKind
from domain.programme.price import Price, PriceList

NEWS_MEDIUM = Sketch(
    name="Tidningen Torgdag AB",
    slug="torgdag",
    number="556999601",
    address="Pressgatan 15, 112 29 Stockholm",
    bankgiro="994-6609",
    names=1500,
    hue=255,
)
MAIN = "Ledarskap och innovation i offentlig sektor"
FULL = "Upphandling som fungerar"
SEATS, FEW = 20, 8
NETWORKS = (
    (MAIN, 2, 4),
    ("Digital förnyelse", 2, 10),
    ("Kompetens att räkna med", 2, 17),
    (FULL, 2, 24),
    ("Kommunikation och förtroende", 3, 3),
    ("Samhällsbyggnad", 3, 10),
)
MANAGERS = Admission(
    sectors=(Sector.STATE, Sector.REGION, Sector.MUNICIPALITY),
    decided_sectors=(Sector.MUNICIPAL_COMPANY,),
    managers_only=True,
)
PRICES = PriceList(0, (Price(Money(15_000_00)),), pro_rata=True)
PROMISE = (
    "Fem halvdagar med andra chefer och ledare i stat, region och kommun. Samma samtalsledare följer nätverket, och "
    "till varje möte kommer inbjudna gäster. Vi ses på konferens i centrala Stockholm; att delta digitalt prövar vi "
    "vid ett av dem. Det som sägs i rummet stannar där. Med reservation för ändringar. Frågor? Mejla oss på "
    "natverk@torgdag.example."
)
VENUES = (
    Place(venue="Konferens Klara", address="Vattugatan 3", town="Stockholm"),
    Place(venue="Salongen", address="Norra Bantorget 7", town="Stockholm"),
)
POSTPONED, ALSO_ONLINE = 2, 4
LINK = "https://torgdag.example/motesrum"
TO_BE_TOLD = "Mötet är uppskjutet. Ny dag kommer."


def load(desk: Desk) -> None:
    """All networks; the first in full, with a meeting postponed, a month without a date, and its next season."""
    employers = _employers(desk)
    leader, contact = desk.person("samtal.example"), desk.staff(Role.ADMIN)
    desk.staff(Role.FINANCE)
    guests = tuple(desk.person("gast.example") for _ in range(4))
    for name, month, day in NETWORKS:
        seats = FEW if name == FULL else SEATS
        promise = f"Ett nätverk för chefer och ledare i offentlig sektor: {name.lower()}."
        network = desk.network(name, NetworkKind.NETWORK, promise, MANAGERS)
        dates = beginning(desk.today, date(2027, month, day))
        season = _season(desk, network, dates, (leader, contact), guests, seats)
        if name == MAIN:
            desk.illustrated(season, VENUES[1].venue)
            _bookings(desk, network, season, employers)
            _next_season(desk, network, dates, (leader, contact))
        elif name == FULL:
            _full_house(desk, season, employers)
        else:
            book(desk, season, employers[month % 3], 0, paid=True)
            book(desk, season, employers[(month + day) % 2 + 2], 1, None)
    for programme in ("D1", "D2", "D3"):  # all in one: half-days, days to come, and a room for managers
        desk.done(programme)


def _employers(desk: Desk) -> tuple[Employer, ...]:
    town, company = Sector.MUNICIPALITY, Sector.MUNICIPAL_COMPANY
    region, state = Sector.REGION, Sector.STATE
    return (
        desk.employer("Granby kommun", "212000992", "Torget 1, Granby", 4, sector=town, reference="GRA-4410"),
        desk.employer("Region Insjö", "232100993", "Lasarettet, Insjö", 4, sector=region, reference="RI 77-002"),
        desk.employer("Myndigheten för mätbarhet", "202100992", "Box 1, Sundby", 4, sector=state, reference="MFM-12"),
        desk.employer("Ljungå kommun", "212000993", "Ågatan 8, Ljungå", 3, sector=town, reference="1180"),
        desk.employer("Granbybostäder AB", "556999602", "Hyresvägen 2, Granby", 2, sector=company),
        desk.employer("Konsultbyrån Rådgott AB", "556999603", "Sveavägen 999, Stockholm", 2),
    )


def _season(
    desk: Desk,
    network: NetworkId,
    dates: Dates,
    people: tuple[PersonId, PersonId],
    guests: tuple[PersonId, ...],
    seats: int,
) -> SeasonId:
    """Five half-days: the second is postponed until further notice, the fifth is some day in June."""
    plan = PlanSeason(
        network, "Säsong 4", seats, promise=PROMISE, prices=PRICES, terms=_terms(dates), stays_in_room=True
    )
    season = desk.season(plan)
    first, month = dates.began, dates.began.month
    days = ((month, first.day), (month + 1, first.day), (4, 22), (5, 19))
    for no, (on_month, day) in enumerate(days, start=1):
        meeting = _meeting(desk, season, no, dates.time(on_month, day, "09:30", "12:30"))
        if no == POSTPONED:
            _postpone(desk, season, meeting)
        else:
            guest = dates.item(on_month, day, "10:00", "11:00", "Gäst hos nätverket", (guests[no - 1],))
            talk = dates.item(on_month, day, "11:00", "12:30", "Samtal i förtroende", (people[0],))
            desk.programme(season, meeting, guest, talk)
    _meeting(desk, season, 5, dates.month(6))
    desk.led_by(season, people[:1], people[1:])
    desk.open(season)
    return season


def _postpone(desk: Desk, season: SeasonId, meeting: MeetingId) -> None:
    command = PostponeMeeting(season, meeting, TO_BE_TOLD)
    desk.services.meetings.postpone(desk.admin, command, desk.key("postpone", meeting))


def _next_season(desk: Desk, network: NetworkId, dates: Dates, people: tuple[PersonId, PersonId]) -> None:
    """The network goes on: five meetings more, most of them without a date, not open for booking yet."""
    about = "Nätverket fortsätter efter det femte mötet. Tider och gäster kommer; bokningen är inte öppen än."
    season = desk.season(PlanSeason(network, "Säsong 5", SEATS, promise=about, prices=PRICES))
    _meeting(desk, season, 1, dates.time(9, 15, "09:30", "12:30"))
    _meeting(desk, season, 2, dates.month(10))
    for no in (3, 4, 5):
        _meeting(desk, season, no, TO_COME)
    desk.led_by(season, people[:1], people[1:])


def _meeting(desk: Desk, season: SeasonId, no: int, time: MeetingTime) -> MeetingId:
    """A meeting at one of two venues; the fourth can be taken part in online as well."""
    place = VENUES[no % 2] if time.start_at else Place()
    if no == ALSO_ONLINE and time.start_at:
        place = replace(place, format=Format.HYBRID, link=LINK)
    return desk.meeting(season, f"Möte {no}", time, place)


def _terms(dates: Dates) -> Terms:
    """Free until two weeks before the first meeting, half the price until it, then all of it."""
    return Terms(0, (Tier(dates.first - timedelta(days=14), 0), Tier(dates.first, 5_000), Tier(None, 10_000)))


def _bookings(desk: Desk, network: NetworkId, season: SeasonId, employers: tuple[Employer, ...]) -> None:
    """Managers of public bodies; one from a municipal company, let in by decision."""
    granby, insjo, matbarhet, ljunga, housing, _ = employers
    two = book(desk, season, granby, 0, 1, paid=True)
    handed = book(desk, season, insjo, 0, 1, None, paid=True)
    book(desk, season, matbarhet, 0, paid=True)
    given_up = book(desk, season, ljunga, 0, 1)
    hand_over(desk, insjo, handed, 2, 3)
    give_up(desk, ljunga, given_up, 2)
    decided = DecideAdmission(network, housing.people[0], True, "Bolaget ägs helt av kommunen och hon är chef där.")
    desk.services.networks.decide_admission(desk.admin, decided, desk.key("admitted", housing.people[0]))
    book(desk, season, housing, 0)
    plea = "Jag byter tjänst till våren och kan inte vara med. Kan ni göra ett undantag?"
    give_up(desk, granby, two, 2, plea=plea)
    offer_to_other(desk, handed, 1, ljunga.people[2], "Chefen byter arbetsgivare och platsen ska följa med.")


def _full_house(desk: Desk, season: SeasonId, employers: tuple[Employer, ...]) -> None:
    """All seats are taken, and two managers wait."""
    granby, insjo, matbarhet, ljunga, _, _ = employers
    for employer, seats in ((granby, (0, 1)), (insjo, (0, 1)), (matbarhet, (0, 1, 2)), (ljunga, (0,))):
        book(desk, season, employer, *seats, paid=True)
    for no in (1, 2):
        wait(desk, season, ljunga, no)
