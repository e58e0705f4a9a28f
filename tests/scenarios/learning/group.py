"""A season of twenty from four organisations, who answer, write and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from application.booking.booking import MakeBooking
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.actor import Actor
from application.learning.answer import GiveAnswer
from application.learning.queries.learning import LearningView
from application.learning.queries.round import ColumnShown, RoundShown
from application.learning.round import CloseRound, OpenRound
from application.people.participant import Participant
from domain.kernel.ids import BookingId, MeetingId, OrganisationId, PersonId, SeasonId
from domain.learning.contribution import Kind
from domain.learning.disclosure import Grade
from domain.learning.round import Column
from tests.samples import Institute, full_day
from tests.scenarios.story import FREE

POOR, MEDIUM, GOOD = Grade


@dataclass
class Group:
    """Five people each from Acme, Bolt, Delta and Enar, at meetings in September and October."""

    institute: Institute
    season: SeasonId
    people: list[PersonId] = field(default_factory=list)
    bookings: dict[PersonId, tuple[BookingId, int]] = field(default_factory=dict)

    @property
    def meetings(self) -> list[MeetingId]:
        view = self.institute.services.programme.season(self.institute.admin, self.season)
        return [MeetingId(each.meeting_id) for each in view.meetings]

    def seat(self, organisation: OrganisationId, *names: str) -> list[PersonId]:
        made = [self.institute.person(name, organisation) for name in names]
        command = MakeBooking(self.season, tuple(map(Participant, made)), organisation)
        booking = self.institute.services.bookings.make(self.institute.admin, command).answer.booking_id
        self.people += made
        self.bookings |= {each: (booking, no) for no, each in enumerate(made, start=1)}
        return made

    def hand_over(self, person: PersonId, name: str, organisation: OrganisationId) -> PersonId:
        to = self.institute.person(name, organisation)
        proposal = ProposeTransfer(*self.bookings[person], Participant(to))
        self.institute.services.transfers.propose(self.institute.admin, proposal)
        self.institute.catch_up()
        return to

    def open(self, meeting: int, *, is_live: bool = False) -> None:
        command = OpenRound(self.season, self.meetings[meeting], is_live=is_live)
        self.institute.services.rounds.open(self.institute.admin, command)

    def close(self, meeting: int) -> None:
        self.institute.services.rounds.close(self.institute.admin, CloseRound(self.season, self.meetings[meeting]))
        self.institute.clock.pass_by(timedelta(seconds=5))
        self.institute.catch_up()

    def answer(self, person: PersonId, meeting: int, you: Grade, takes: str = "", *, shown: bool = True) -> None:
        grades = ((Column.YOU, you), (Column.ORGANISATION, MEDIUM), (Column.TOGETHER, you))
        texts = ((Kind.TAKE_AWAY, takes),) if takes else ()
        command = GiveAnswer(self.season, self.meetings[meeting], grades, texts, may_be_shown=shown)
        self.institute.services.answers.give(self.institute.acting(person), command)

    def round(self, meeting: int, grades: Sequence[Grade], people: Sequence[PersonId] | None = None) -> None:
        """A whole round: opened, answered by the first people, closed."""
        self.open(meeting)
        for person, grade in zip(people or self.people, grades, strict=False):
            self.answer(person, meeting, grade)
        self.institute.catch_up()
        self.close(meeting)

    def view(self, actor: Actor | PersonId | None = None) -> LearningView:
        who = actor if isinstance(actor, Actor) else self.institute.acting(actor) if actor else self.institute.admin
        return self.institute.services.learning_questions.of(who, self.season)

    def shown(self, meeting: int, actor: Actor | PersonId | None = None) -> RoundShown:
        return self.view(actor).rounds[meeting]

    def column(self, meeting: int, column: Column = Column.YOU, actor: Actor | PersonId | None = None) -> ColumnShown:
        return next(each for each in self.shown(meeting, actor).columns if each.column is column)


def twenty(institute: Institute) -> Group:
    """All of them, on the morning of the first meeting."""
    days = (full_day("Att leda", 2026, 9, 15), full_day("Att samverka", 2026, 10, 20))
    group = Group(institute, institute.season("Leda tillsammans", 30, FREE, meetings=days))
    enar = institute.organisation("Enar AB", "556999-3008")
    for letter, organisation in zip("ABDE", (institute.acme, institute.bolt, institute.delta, enar), strict=True):
        group.seat(organisation, *(f"{letter}{no}" for no in ("a", "b", "c", "d", "e")))
    institute.catch_up()
    institute.at(2026, 9, 15, 9)
    return group
