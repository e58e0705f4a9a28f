"""Organiser C's group that is on its way: it meets today, somebody stands at the door, and a round is open (C3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from application.learning.answer import GiveAnswer
from application.learning.learning import AskHopes, WriteHopes
from application.learning.round import OpenRound
from application.learning.topic import ProposeTopic
from application.programme.season import CloseBooking, PlanSeason
from demo.acts import book
from demo.dates import ZONE, Dates
from demo.desk import Desk, Employer
from domain.kernel.ids import MeetingId, NetworkId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.learning.contribution import Kind
from domain.learning.disclosure import Grade
from domain.learning.round import Column
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import MeetingTime, instant_of
from domain.programme.price import Price, PriceList

TITLE = "Leda omställning tillsammans: höstens grupp"
ABOUT = (
    "Gruppen som började i höstas. I dag ses ni i Gamla tullhuset; till nästa träff väljer var och en om de kommer "
    "dit eller är med på nätet."
)
BEFORE, DAYS_AGO = "Lärträff 2: Roller och mandat", 21
TODAY, NEXT = "Lärträff 3: Hinder och vägar runt", "Lärträff 4: Öppet forum"
HALL = Place(venue="Gamla tullhuset", address="Kajplats 3", town="Lindehamn")
EITHER = replace(HALL, format=Format.HYBRID, link="https://lindehamn.example/oppet-forum")
ANSWERS = (
    ((Grade.MEDIUM, Grade.POOR, Grade.MEDIUM), "Att få mandat i linjen.", "Att vi säger som det är."),
    ((Grade.GOOD, Grade.MEDIUM, Grade.MEDIUM), "Tiden mellan mötena.", "Att låna varandras erfarenheter."),
    ((Grade.MEDIUM, Grade.MEDIUM, Grade.GOOD), "Att prata om det som inte fungerar.", "Att lyssna."),
    ((Grade.POOR, Grade.POOR, Grade.MEDIUM), "Två chefer med olika besked.", "Att börja smått."),
    ((Grade.MEDIUM, Grade.MEDIUM, Grade.MEDIUM), "Att mäta det som syns sent.", "Att hålla i."),
    ((Grade.GOOD, Grade.MEDIUM, Grade.GOOD), "Att få med dem som inte är här.", "Att fråga."),
)
HOPES = (
    ("Att hitta några att ringa när det kör fast.", "Att det blir ännu ett möte i kalendern."),
    ("Mer tid att tänka tillsammans.", "Att inget händer sedan."),
    ("Att våga pröva i liten skala.", "Att mina egna inte hänger med."),
    ("Att se hur andra gör.", "Att vi pratar förbi varandra."),
    ("Att chefen får höra samma sak som jag.", "Att bli ensam om det på jobbet."),
)


@dataclass(frozen=True)
class Hosts:
    """The partnership: its network, the organisations in it, and who guides its groups."""

    network: NetworkId
    partners: tuple[Employer, ...]
    leaders: tuple[PersonId, PersonId]


@dataclass(frozen=True)
class Group:
    """The group of the autumn: its season, the meetings three weeks ago, today and to come, and who answers in it."""

    desk: Desk
    season: SeasonId
    before: MeetingId
    today: MeetingId
    later: MeetingId
    people: tuple[PersonId, ...]


def gather(desk: Desk, invite: Callable[[Desk], Hosts]) -> Group:
    """The group with its meetings and participants; gathered again, it is the same."""
    hosts = invite(desk)
    prices = PriceList(0, (Price(Money(0)),))
    plan = PlanSeason(
        hosts.network, TITLE, 16, promise=ABOUT, prices=prices, shows_participants=True, stays_in_room=True
    )
    season = desk.season(plan)
    before = desk.meeting(season, BEFORE, _on(desk, -DAYS_AGO, "08:00", "18:00"), HALL)
    today = desk.meeting(season, TODAY, _on(desk, 0, "08:00", "18:00"), HALL)
    later = desk.meeting(season, NEXT, _on(desk, 14, "13:00", "16:00"), EITHER)
    desk.led_by(season, hosts.leaders, hosts.leaders[:1])
    desk.open(season)
    city, region, college, port, _ = hosts.partners
    for employer, who in ((city, (0, 1, 2)), (region, (0, 1)), (college, (0, 1)), (port, (0,))):
        book(desk, season, employer, *who)
    desk.services.seasons.close_booking(desk.admin, CloseBooking(season), desk.key("close", season))
    people = (*city.people[1:3], *region.people[:2], *college.people[:2])
    return Group(desk, season, before, today, later, people)


def load_today(desk: Desk, group: Group) -> None:
    """The room grades itself, and sees on the screen how the answers come in; a topic waits for the next meeting."""
    opened = OpenRound(group.season, group.today, "Hinder och vägar runt", is_live=True)
    desk.services.rounds.open(desk.admin, opened, desk.key("round", group.today))
    for who, (grades, hard, good) in zip(group.people, ANSWERS, strict=True):
        answer(desk, group, group.today, who, grades, (Kind.CHALLENGE, hard), (Kind.STRENGTH, good))
    topic = ProposeTopic(group.season, group.later, "Hur säger man nej till ett projekt till?")
    desk.services.topics.propose(desk.person_as_actor(group.people[2]), topic, desk.key("topic", group.later))


def answer(
    desk: Desk,
    group: Group,
    meeting: MeetingId,
    who: PersonId,
    grades: tuple[Grade, Grade, Grade],
    *texts: tuple[Kind, str],
) -> None:
    """Somebody grades the three columns at a meeting, and writes what the group may read."""
    given = GiveAnswer(group.season, meeting, tuple(zip(Column, grades, strict=True)), texts, may_be_shown=True)
    desk.services.answers.give(desk.person_as_actor(who), given, desk.key("answer", meeting, who))


def ask_hopes(desk: Desk, season: SeasonId, starts_on: date, people: tuple[PersonId, ...]) -> None:
    """Before the start of the coming round some have written what they hope for and fear (C2)."""
    until = instant_of(datetime.combine(starts_on - timedelta(days=7), time(12)), ZONE)
    desk.services.learnings.ask_hopes(desk.admin, AskHopes(season, until), desk.key("hopes", season))
    for who, (hope, fear) in zip(people, HOPES, strict=False):
        write, key = WriteHopes(season, hope, fear), desk.key("hopes", season, who)
        desk.services.learnings.write_hopes(desk.person_as_actor(who), write, key)


def _on(desk: Desk, days: int, start: str, end: str) -> MeetingTime:
    day = desk.today + timedelta(days=days)
    return Dates(day).time(day.month, day.day, start, end)
