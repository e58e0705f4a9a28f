"""History as sentences: what happened, when, and by whom, in the reader's language and made from the events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from application.insight.history import Happening
from domain.attendance.participation import Answer
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.kernel.documents import Line
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.money import Money
from domain.people.admission import Admission, JobRole
from domain.programme.meeting import Material, Meeting, Readers
from domain.programme.meeting_time import MeetingTime
from domain.programme.network import NetworkKind
from domain.programme.season_opening import Visibility
from web.words.formats import moment, money, short_day
from web.words.language import Say
from web.words.wording import admission_sentence, when

STAFF = frozenset(("admin", "finance", "cancelling"))
ROLES = STAFF | {"member"}
FAMILIES: Mapping[type, str] = {
    Ground: "people.ground",
    JobRole: "people.role",
    Sector: "organisations.sector",
    NetworkKind: "network.kind",
    Readers: "material.readers",
    Visibility: "publication.is",
    Answer: "participation.way",
}
ENVELOPE = frozenset(("originator_id", "originator_version", "originator_topic", "timestamp"))


@dataclass(frozen=True)
class Sentence:
    """One line of a history. `by` is empty where the sentence says it all."""

    at: datetime
    text: str
    by: str


@dataclass(frozen=True)
class Teller:
    """Tells happenings to one reader. `only`: name nobody but this person (what is exported holds nobody else's data).

    `names_staff`: whether the reader is told which of the organiser's people did it.
    """

    say: Say
    zone: str
    names_staff: bool = False
    only: UUID | None = None

    def tell(self, happenings: Iterable[Happening]) -> list[Sentence]:
        """A sentence each."""
        return [Sentence(each.recorded_at, self.sentence(each), self.by(each)) for each in happenings]

    def sentence(self, each: Happening) -> str:
        """What happened."""
        given = {name: value for name, value in vars(each.event).items() if name not in ENVELOPE}
        facts = {name: self._told(name, value, each) for name, value in given.items()}
        told = {name.removesuffix("_id"): text for name, text in facts.items()}
        told["own"] = self._name(each.stream_id, each)
        told.update(self._counted(each.event))
        return self.say(f"history.{_phrase(each)}", **told)

    def by(self, each: Happening) -> str:
        """Who did it: a person, the organiser, the service itself; empty where it is not known."""
        is_staff, person = not STAFF.isdisjoint(each.by.roles), each.by.person_id
        if person is not None and (self.names_staff or not is_staff):
            return self.say("history.by_link" if each.by.is_by_link else "history.by", who=self._name(person, each))
        if is_staff:
            return self.say("history.by", who=self.say("history.by_organiser"))
        return self.say("history.by_itself") if each.by.roles == ("system",) else ""

    def _told(self, name: str, value: object, each: Happening) -> object:
        if name in ("from_person_id", "to_person_id") and value is None:
            return self.say("history.unnamed")
        match value:
            case UUID():
                return self._name(value, each)
            case Money():
                return money(value.amount, value.currency, self.say.language)
            case datetime():
                return moment(value, self.zone, self.say.language)
            case date():
                return short_day(value, self.say.language)
            case _:
                return self._word(name, value, getattr(each.event, "rounding", 0))

    def _word(self, name: str, value: object, rounding: int) -> object:
        match value:
            case MeetingTime():
                return when(value, self.zone, self.say)
            case Meeting() | Material():
                return value.title
            case Admission():
                return admission_sentence(value, self.say)
            case Ground() | JobRole() | Sector() | NetworkKind() | Readers() | Answer():
                return self.say(f"{FAMILIES[type(value)]}_{value.value}")
            case tuple():
                return self._several(value, rounding)
            case _:
                return self._plain(name, value)

    def _plain(self, name: str, value: object) -> object:
        if name == "role":
            return self.say(f"frame.role_{value}")
        if name == "language":
            return self.say(f"organisation.language_{value}")
        return "" if value is None else value

    def _several(self, values: tuple[object, ...], rounding: int) -> str:
        if all(isinstance(one, Line) for one in values):
            return self._sum(values, rounding)
        if all(isinstance(one, str) and one in ROLES for one in values):
            return ", ".join(self.say(f"frame.role_{one}") for one in values)
        return ", ".join(str(one.no if isinstance(one, Seat) else one) for one in values if isinstance(one, Seat | int))

    def _counted(self, event: object) -> Mapping[str, object]:
        """How many, and the sum of what was agreed."""
        seats = getattr(event, "seats", None)
        if isinstance(seats, int):
            return {"n": seats}
        counted: dict[str, object] = {"n": len(seats)} if isinstance(seats, tuple) else {}
        if isinstance(event, Booking.Made):
            total = event.quote.sums.gross
            free = self.say("wording.free")
            counted["sum"] = money(total.amount, total.currency, self.say.language) if total.amount else free
        return counted

    def _name(self, one: UUID, each: Happening) -> str:
        if one not in each.names:
            return self.say("history.somebody")
        name = each.names[one]
        if self.only is not None and one != self.only and one in _people_in(each):
            return self.say("history.another_person")
        return name or self.say("frame.erased")

    def _sum(self, lines: tuple[object, ...], rounding: int) -> str:
        gross = [line.gross for line in lines if isinstance(line, Line)]
        currency = gross[0].currency if gross else "SEK"
        return money(sum(each.amount for each in gross) + rounding, currency, self.say.language)


def _phrase(each: Happening) -> str:
    event = each.event
    if isinstance(event, Booking.SeatTransferred) and event.from_person_id == event.to_person_id:
        return "booking_seat_stays_priced"
    return f"{phrase_of(each.topic)}{'_unpriced' if each.hides_sum else ''}"


def phrase_of(topic: str) -> str:
    """The name of an event in the catalogue of phrases: `Booking.Made` is `booking_made`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", topic.replace(".", "_")).replace("__", "_").lower()


def _people_in(each: Happening) -> set[UUID]:
    """The ids in an event that are people's."""
    values = vars(each.event).items()
    named = {value for name, value in values if isinstance(value, UUID) and ("person" in name or name == "booked_by")}
    own = {each.stream_id} if each.topic.startswith("Person.") else set()
    return named | own | ({each.by.person_id} if each.by.person_id is not None else set())
