"""Organiser C: a city that learns together with its partners (C1): meetings on site and webinars by turns, free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from application.kernel.actor import Role
from application.programme.network import JoinPartner
from application.programme.season import PlanSeason
from demo.acts import book, give_up, hand_over
from demo.city_earlier import give_back
from demo.city_today import Hosts, ask_hopes, gather, load_today
from demo.clock import DemoClock
from demo.dates import beginning
from demo.desk import Desk, Employer, Sketch
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import NetworkId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.people.admission import Admission
from domain.programme.meeting import Format, Place
from domain.programme.network import NetworkKind
from domain.programme.price import Price, PriceList

CITY = Sketch(
    name="Lindehamns stad",
    slug="lindehamn",
    number="212000991",
    address="Rådhustorget 1, 391 00 Lindehamn",
    bankgiro="993-4415",
    names=1000,
    hue=155,
)
TITLE = "Leda omställning tillsammans"
PROMISE = (
    "Ett lärprogram för dig som arbetar i någon av partnerskapets organisationer; det kostar ingenting. Fyra "
    "lärträffar på plats varvas med tre webbinarier. Före starten samlar vi förhoppningar och farhågor och ordnar dem "
    "i teman. Vid varje träff skattar du läget på skalan Dålig – Medel – Bra för dig själv, din organisation och oss "
    "tillsammans, och skriver vad som är utmanande och vad vi är bra på. Efteråt visas gruppens reflektioner och "
    "lärdomar för alla som är med."
)
ON_SITE = Place(venue="Gamla tullhuset", address="Kajplats 3", town="Lindehamn")
ONLINE = Place(Format.ONLINE, link="https://lindehamn.example/webbinarium")
MEETINGS = (
    (2, 7, "09:00", "16:00", "Lärträff 1: Varför nu?", ON_SITE),
    (3, 12, "08:30", "09:30", "Webbinarium 1: Berättelser om omställning", ONLINE),
    (3, 19, "13:00", "16:00", "Lärträff 2: Roller och mandat", ON_SITE),
    (4, 16, "08:30", "09:30", "Webbinarium 2: Att mäta det svåra", ONLINE),
    (4, 23, "13:00", "16:00", "Lärträff 3: Hinder och vägar runt", ON_SITE),
    (4, 29, "08:30", "09:30", "Webbinarium 3: När andra ska med", ONLINE),
    (5, 7, "13:00", "16:00", "Lärträff 4: Öppet forum", ON_SITE),
)
FIRST = date(2025, 2, 7)
PARTNERSHIP = Admission(grounds=(Ground.PARTNER,))
FREE_FOR_PARTNERS = PriceList(0, (Price(Money(0), Ground.PARTNER),))


def load_earlier(clock: DemoClock, open_then: Callable[[], Desk], catch_up: Callable[[], object]) -> None:
    """Found the city some weeks ago, with the group of the autumn, and let that group meet and learn."""
    give_back(clock, lambda: gather(open_then(), _hosts), catch_up)


def load(desk: Desk) -> None:
    """The programme of the partnership, and one organisation that is not part of it."""
    hosts = _hosts(desk)
    season = _season(desk, hosts.network, hosts.leaders)
    city, region, college, port, club = hosts.partners
    first = book(desk, season, city, 0, 1, 2, None)
    hand_over(desk, city, first, 2, 4)
    book(desk, season, region, 0, 1)
    book(desk, season, college, 0, 1, 2)
    book(desk, season, port, 0, None, None)
    given_up = book(desk, season, club, 0, 1)
    give_up(desk, club, given_up, 2)
    desk.done("C1")
    wrote = (city.people[0], city.people[2], *region.people[:2], college.people[0])
    ask_hopes(desk, season, beginning(desk.today, FIRST).first, wrote)
    desk.done("C2")
    load_today(desk, gather(desk, lambda _: hosts))
    desk.done("C3")
    desk.done("C4")  # what has been given back is of weeks ago


def _hosts(desk: Desk) -> Hosts:
    partners = _partners(desk)
    desk.employer("Fjärran Konsult AB", "556999512", "Långgatan 90, 111 52 Stockholm", 2)
    leaders = (desk.staff(Role.ADMIN), desk.person("processledare.example"))
    desk.staff(Role.FINANCE)
    about = "Stad, region, högskola, bolag och föreningar lär av varandra. Öppet för partnerskapets medarbetare."
    network = desk.network("Lärprogram", NetworkKind.PROGRAMME, about, PARTNERSHIP)
    for partner in partners:
        join = JoinPartner(network, partner.organisation_id)
        desk.services.networks.join_partner(desk.admin, join, desk.key("partner", partner.name))
    return Hosts(network, partners, leaders)


def _partners(desk: Desk) -> tuple[Employer, ...]:
    town, region, partner = Sector.MUNICIPALITY, Sector.REGION, Ground.PARTNER
    return (
        desk.employer("Lindehamns stad", "212000991", "Rådhustorget 1, Lindehamn", 6, sector=town, ground=partner),
        desk.employer("Region Sundet", "232100992", "Sjukhusvägen 4, Lindehamn", 4, sector=region, ground=partner),
        desk.employer("Högskolan i Lindehamn", "202100991", "Campus 1", 4, sector=Sector.STATE, ground=partner),
        desk.employer("Lindehamns hamn AB", "556999511", "Kajen 1", 3, sector=Sector.MUNICIPAL_COMPANY, ground=partner),
        desk.employer("Föreningsrådet", "802999513", "Folkets väg 2", 3, sector=Sector.NON_PROFIT, ground=partner),
    )


def _season(desk: Desk, network: NetworkId, leaders: tuple[PersonId, PersonId]) -> SeasonId:
    dates = beginning(desk.today, FIRST)
    season = desk.season(PlanSeason(network, TITLE, 60, promise=PROMISE, prices=FREE_FOR_PARTNERS))
    for month, day, start, end, title, place in MEETINGS:
        meeting = desk.meeting(season, title, dates.time(month, day, start, end), place)
        if place is ON_SITE:
            desk.material(season, f"Självskattning, {title.split(':')[0].lower()}", f"skattning/{month}-{day}", meeting)
    desk.material(season, "Förhoppningar och farhågor inför starten", "forhoppningar")
    desk.led_by(season, leaders, leaders[:1])
    desk.illustrated(season)
    desk.open(season)
    return season
