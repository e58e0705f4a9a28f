"""A3, A4 and A5: the same seminar in three cities, the same workshop in several, and a strategy series of four."""

from __future__ import annotations

from datetime import date

from application.programme.season import PlanSeason
from demo.acts import book, book_oneself, give_up
from demo.dates import Dates, beginning
from demo.desk import Desk
from demo.leadership_institute import Circle
from domain.kernel.eligibility import Ground
from domain.kernel.ids import NetworkId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier, free_before
from domain.people.admission import Admission
from domain.programme.meeting import Place
from domain.programme.network import NetworkKind
from domain.programme.price import Price, PriceList
from domain.programme.season_opening import Visibility

AFFILIATED = Admission(grounds=(Ground.MEMBER, Ground.ALUMNUS, Ground.CUSTOMER))
FREE = PriceList(0, (Price(Money(0)),))
STOCKHOLM = Place(venue="Lyhörts hus", address="Vindgränd 4", town="Stockholm")
MALMO = Place(venue="Kajens konferens", address="Skeppargatan 2", town="Malmö")
GOTEBORG = Place(venue="Älvrummet", address="Packhusgatan 14", town="Göteborg")
HEADWIND = "Ledarskap i motvind"
CITIES = (
    ("Stockholm", 11, 20, "13:00", "15:00", STOCKHOLM),
    ("Malmö", 11, 21, "13:00", "15:00", MALMO),
    ("Göteborg", 11, 24, "09:00", "11:00", GOTEBORG),
)
WORKSHOP = "Samtal som håller"
WORKSHOP_IN_ENGLISH = "Conversations that hold"
WORKSHOPS = (
    (f"{WORKSHOP}: Malmö", 11, 14, MALMO, "sv"),
    (f"{WORKSHOP}: Stockholm", 11, 15, STOCKHOLM, "sv"),
    (f"{WORKSHOP_IN_ENGLISH}: Stockholm", 10, 21, STOCKHOLM, "en"),
    (f"{WORKSHOP_IN_ENGLISH}: Göteborg", 10, 22, GOTEBORG, "en"),
    (f"{WORKSHOP_IN_ENGLISH}: Malmö", 10, 23, MALMO, "en"),
)
SEMINARS = (
    (2, 11, "Vart är vi på väg?", 7),
    (3, 18, "Att välja bort", 1),
    (4, 22, "Strategi i vardagen", 4),
    (5, 20, "Vad lärde vi oss?", 2),
)


def load(desk: Desk, circle: Circle) -> None:
    """All three."""
    _in_three_cities(desk, circle)
    desk.done("A3")
    _workshops(desk, circle)
    desk.done("A4")
    _series(desk, circle)
    desk.done("A5")


def _in_three_cities(desk: Desk, circle: Circle) -> None:
    promise = "Två timmar om det som rör sig just nu. Fritt för organisationer i Forum, alumner och kundföretag."
    network = desk.network("Öppet Forum", NetworkKind.SEMINAR, promise, AFFILIATED)
    dates = beginning(desk.today, date(2025, 11, 20))
    about = "Samma seminarium ges i Stockholm, Malmö och Göteborg. Det kostar ingenting; boka den ort som passar dig."
    seasons = []
    for city, month, day, start, end, place in CITIES:
        season = desk.season(
            PlanSeason(network, f"{HEADWIND}: {city}", 40, promise=about, prices=FREE, content=HEADWIND)
        )
        desk.meeting(season, f"Seminarium i {city}", dates.time(month, day, start, end), place)
        desk.led_by(season, (circle.facilitator,), circle.contacts)
        desk.open(season)
        seasons.append(season)
    stockholm, malmo, goteborg = seasons
    book(desk, stockholm, circle.members[0], 0, 1, 2)
    book(desk, stockholm, circle.members[4], 0, 1)
    book_oneself(desk, stockholm, circle.alumni[0])
    book(desk, malmo, circle.members[1], 0, None)
    book(desk, malmo, circle.customers[1], 0, 1)
    book_oneself(desk, malmo, circle.alumni[1])
    book(desk, goteborg, circle.customers[0], 0, 1, 2)
    give_up(desk, circle.members[2], book(desk, goteborg, circle.members[2], 0, 1), 2)
    desk.season(PlanSeason(network, f"{HEADWIND}: Umeå", 40, promise=about, prices=FREE, visibility=Visibility.DRAFT))


def _workshops(desk: Desk, circle: Circle) -> None:
    promise = "En dag att öva på, i din stad. Samma innehåll på varje ort."
    network = desk.network("Workshoppar", NetworkKind.WORKSHOP, promise)
    dates = beginning(desk.today, date(2024, 10, 21))
    malmo, stockholm, english, _, _ = (_workshop(desk, circle, network, dates, no) for no in range(len(WORKSHOPS)))
    book(desk, malmo, circle.members[1], 0, 1, paid=True)
    book(desk, malmo, circle.others[2], 0, 1, paid=True)
    book(desk, stockholm, circle.members[4], 0, None)
    book(desk, stockholm, circle.others[0], 2, paid=True)
    book(desk, english, circle.others[1], 1, 2, 3, paid=True)


def _workshop(desk: Desk, circle: Circle, network: NetworkId, dates: Dates, no: int) -> SeasonId:
    title, month, day, place, language = WORKSHOPS[no]
    about = {
        "sv": "En dag om svåra samtal: lyssna, säga det som behöver sägas, och hålla ihop efteråt.",
        "en": "A day of difficult conversations: listening, saying what must be said, and staying together.",
    }[language]
    early = dates.before(10, 7)
    prices = PriceList(
        0,
        (
            Price(Money(4_200_00)),
            Price(Money(3_500_00), before=early),
            Price(Money(2_100_00), Ground.MEMBER),
        ),
    )
    terms = free_before(dates.before(10, 7))
    plan = PlanSeason(network, title, 24, promise=about, prices=prices, terms=terms, language=language)
    season = desk.season(plan)
    desk.meeting(season, title, dates.time(month, day, "09:00", "16:30"), place)
    desk.led_by(season, (circle.facilitator,), circle.contacts)
    desk.open(season)
    return season


def _series(desk: Desk, circle: Circle) -> None:
    about = (
        "Fyra seminarier med ett åttiotal ledare från skilda branscher. Efter det sista sammanställer vi insikterna "
        "och delar dem med alla som var med."
    )
    network = desk.network(
        "Strategiserien", NetworkKind.SEMINAR, "Ett läsår av strategiska samtal över branschgränser."
    )
    dates = beginning(desk.today, date(2027, 2, 11))
    prices = PriceList(0, (Price(Money(9_600_00)), Price(Money(4_800_00), Ground.MEMBER)), pro_rata=True)
    terms = Terms(0, (Tier(dates.before(1, 21), 0), Tier(dates.before(2, 4), 5_000), Tier(None, 10_000)))
    plan = PlanSeason(network, "Strategi i ett föränderligt läge", 80, promise=about, prices=prices, terms=terms)
    season = desk.season(plan)
    for no, (month, day, title, guest) in enumerate(SEMINARS, start=1):
        meeting = desk.meeting(season, f"Seminarium {no}: {title}", dates.time(month, day, "14:00", "17:00"), STOCKHOLM)
        point = dates.item(month, day, "14:00", "15:00", title, (circle.guests[guest],))
        talk = dates.item(month, day, "15:15", "17:00", "Samtal vid borden", (circle.facilitator,))
        desk.programme(season, meeting, point, talk)
    desk.material(season, "Förra seriens insikter, i sammandrag", "strategi/sammandrag")
    desk.led_by(season, (circle.facilitator,), circle.contacts)
    desk.open(season)
    book(desk, season, circle.members[0], 0, 1, 2, 3, paid=True)
    book(desk, season, circle.members[3], 0, 1, paid=True)
    book(desk, season, circle.others[1], 0, 1, paid=True)
    book(desk, season, circle.customers[0], 0, None)
