"""Organiser B: a think-tank with standing themes (B1), each with partners, webinars and recordings of past ones."""

from __future__ import annotations

from datetime import date

from application.kernel.actor import Role
from application.programme.network import JoinPartner
from application.programme.season import PlanSeason
from demo.acts import book, book_as_stranger, give_up, hand_over
from demo.dates import beginning, held_before
from demo.desk import Desk, Employer, Sketch
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import NetworkId, PersonId
from domain.kernel.money import Money
from domain.programme.meeting import Format, Place, Readers
from domain.programme.network import NetworkKind
from domain.programme.price import Price, PriceList

THINK_TANK = Sketch(
    name="Tankesmedjan Vidöppet",
    slug="vidoppet",
    number="802999401",
    address="Biblioteksgränd 1, 582 23 Linköping",
    bankgiro="992-0117",
    names=500,
    hue=330,
)
FREE = PriceList(0, (Price(Money(0)),))
ONLINE = Place(Format.ONLINE, link="https://vidoppet.example/sandning")
THEME = "Hållbar omställning"
OTHER_THEMES = (
    ("Demokrati i vardagen", "Var möts människor som tycker olika? Ett forum för dem som arbetar med mötesplatser."),
    ("Framtidens lärande", "Vad behöver den kunna som är vuxen om tjugo år? Skolor, bibliotek och företag i samtal."),
)
WEBINARS = (
    (2, 9, "Att räkna på det som inte syns"),
    (3, 16, "Museet som labb"),
    (4, 20, "När regionen byter takt"),
)


def load(desk: Desk) -> None:
    """The themes; the first with its partners, a row of webinars to book and a past one to watch."""
    partners = _partners(desk)
    guests = (desk.person("gast.example"), desk.person("gast.example"), desk.person("gast.example"))
    editor = desk.staff(Role.ADMIN)
    desk.staff(Role.FINANCE)
    promise = (
        "Ett stående forum där region, företag och museum delar med sig av vad de lär när de ställer om. Vi ses i "
        "webbinarier, och du kan se de tidigare i efterhand."
    )
    theme = desk.network(THEME, NetworkKind.THEME, promise)
    for partner in partners:
        join = JoinPartner(theme, partner.organisation_id)
        desk.services.networks.join_partner(desk.admin, join, desk.key("partner", partner.name))
    for name, about in OTHER_THEMES:
        desk.network(name, NetworkKind.THEME, about)
    _webinars(desk, theme, partners, guests, editor)
    _past_webinar(desk, theme, editor)
    desk.done("B1")


def _partners(desk: Desk) -> tuple[Employer, ...]:
    region, partner = Sector.REGION, Ground.PARTNER
    return (
        desk.employer(
            "Region Mellansjö", "232100991", "Regiongatan 1, 581 02 Linköping", 4, sector=region, ground=partner
        ),
        desk.employer("Skogsvind Kraft AB", "556999402", "Kraftvägen 7, 602 24 Norrköping", 3, ground=partner),
        desk.employer("Textil & Tråd AB", "556999403", "Vävargatan 2, 503 30 Borås", 3, ground=partner),
        desk.employer("Stiftelsen Vattenmuseet", "802999404", "Slussen 3, 591 30 Motala", 2, ground=partner),
    )


def _webinars(
    desk: Desk, theme: NetworkId, partners: tuple[Employer, ...], guests: tuple[PersonId, ...], editor: PersonId
) -> None:
    dates = beginning(desk.today, date(2027, 2, 9))
    about = "Tre lunchwebbinarier om vad omställning kräver i praktiken. Kostar ingenting; länken får du när du bokat."
    season = desk.season(PlanSeason(theme, "Webbinarier om omställning", 300, promise=about, prices=FREE))
    for (month, day, title), guest in zip(WEBINARS, guests, strict=True):
        meeting = desk.meeting(season, title, dates.time(month, day, "12:00", "13:00"), ONLINE)
        desk.programme(season, meeting, dates.item(month, day, "12:00", "13:00", title, (guest,)))
    desk.led_by(season, (editor,), (editor,))
    desk.open(season)
    region, power, textile, museum = partners
    handed = book(desk, season, region, 0, 1)
    hand_over(desk, region, handed, 2, 2)
    book(desk, season, power, 0, 1, None)
    given_up = book(desk, season, textile, 0, 1)
    give_up(desk, textile, given_up, 2)
    book(desk, season, museum, 0)
    for _ in range(4):
        book_as_stranger(desk, season)


def _past_webinar(desk: Desk, theme: NetworkId, editor: PersonId) -> None:
    dates = held_before(desk.today, date(2026, 10, 19))
    about = "Webbinariet är genomfört. Se inspelningen här på sidan."
    season = desk.season(PlanSeason(theme, "Webbinarium: Omställning på en onsdag", 300, promise=about, prices=FREE))
    title = "Omställning på en onsdag"
    meeting = desk.meeting(season, title, dates.time(10, 19, "12:00", "13:00"), ONLINE)
    desk.held(season, meeting, dates.first)
    desk.material(season, "Inspelningen (48 minuter)", "inspelningar/onsdag", meeting, Readers.EVERYONE)
    desk.led_by(season, (editor,), (editor,))
