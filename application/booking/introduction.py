"""What participants tell each other of themselves, where their season lets them and each has chosen to (S62)."""

from __future__ import annotations

from dataclasses import dataclass

from application.booking.seat import seat_claim
from application.kernel.command import command
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.people.introduction import drop_words, seal_words
from domain.kernel.errors import NotFound, RuleBroken
from domain.kernel.ids import PersonId, SeasonId
from domain.people.person import Person
from domain.programme.season import Season


class ParticipantsAreNotShown(RuleBroken):
    """The season does not let participants see each other."""


@dataclass(frozen=True)
class Introduce:
    """I am shown to those who take part in a season, with these words; address and telephone if I say so."""

    season_id: SeasonId
    words: str = ""
    shows_email: bool = False
    shows_phone: bool = False


@dataclass(frozen=True)
class TakeBackIntroduction:
    """I am not shown to them any longer."""

    season_id: SeasonId


@dataclass(frozen=True)
class IntroductionRef:
    """In which season."""

    season_id: SeasonId


class FellowIntroductions(UseCases):
    """Introduce oneself, take it back. Nobody does it for somebody else: it is their consent."""

    @command
    def introduce(self, work: UnitOfWork, command: Introduce) -> IntroductionRef:
        """From now on. Raises NotFound for who holds no seat there, ParticipantsAreNotShown, BadValue."""
        person = _holder(work, command.season_id)
        if not load_for(work, Season, command.season_id).shows_participants:
            raise ParticipantsAreNotShown
        drop_words(work, person.introductions.get(command.season_id))
        told = seal_words(work, command.words, shows_email=command.shows_email, shows_phone=command.shows_phone)
        person.introduce(command.season_id, told)
        return IntroductionRef(command.season_id)

    @command
    def take_back(self, work: UnitOfWork, command: TakeBackIntroduction) -> IntroductionRef:
        """At any time, also when the seat is given up. Raises NotFound for whom nobody knows, or no such season."""
        person = _oneself(work)
        if command.season_id not in person.introductions:
            load_for(work, Season, command.season_id).must_be_there()
        drop_words(work, person.introductions.get(command.season_id))
        person.take_back_introduction(command.season_id)
        return IntroductionRef(command.season_id)


def _oneself(work: UnitOfWork) -> Person:
    if work.actor.person_id is None:
        raise NotFound(what="person")
    return load_for(work, Person, work.actor.person_id)


def _holder(work: UnitOfWork, season_id: SeasonId) -> Person:
    person = _oneself(work)
    held = [work.unique_key_owner("seat", seat_claim(season_id, PersonId(each))) for each in person.ids]
    if not any(held):
        raise NotFound(what="season")
    return person
