"""What people tell of themselves: presented to all where they lead, speak or answer, and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from application.kernel.command import command, self_or_admin
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for
from domain.kernel.ids import PersonId
from domain.people.face import SELF, TOLD_US, must_agree
from domain.people.introduction import Told, words_of
from domain.people.person import Person


@dataclass(frozen=True)
class PresentPerson:
    """A few words about somebody, and whether address and telephone stand beside them; the person has agreed to it."""

    person_id: PersonId
    words: str
    is_agreed: bool
    shows_email: bool = False
    shows_phone: bool = False


@dataclass(frozen=True)
class TakeBackPresentation:
    """Nothing of it any longer."""

    person_id: PersonId


@dataclass(frozen=True)
class PresentedRef:
    """Whom it was about."""

    person_id: PersonId


class Introductions(UseCases):
    """Present, take back."""

    @command(by=self_or_admin)
    def present(self, work: UnitOfWork, command: PresentPerson) -> PresentedRef:
        """From now on. Raises NotAllowed, PersonErased, BadValue where nobody has agreed or the words are too many."""
        must_agree(is_agreed=command.is_agreed)
        person = load_for(work, Person, command.person_id)
        person.must_exist()
        drop_words(work, person.presentation)
        told = seal_words(work, command.words, shows_email=command.shows_email, shows_phone=command.shows_phone)
        person.present(told, SELF if work.actor.is_person(command.person_id) else TOLD_US)
        return PresentedRef(command.person_id)

    @command(by=self_or_admin)
    def take_back(self, work: UnitOfWork, command: TakeBackPresentation) -> PresentedRef:
        """Nobody can read it any longer."""
        person = load_for(work, Person, command.person_id)
        drop_words(work, person.presentation)
        person.take_back_presentation()
        return PresentedRef(command.person_id)


def seal_words(work: UnitOfWork, text: str, *, shows_email: bool, shows_phone: bool) -> Told:
    """Under a key of their own, which goes when they are taken back. Raises BadValue."""
    words = words_of(text)
    sealed = work.encrypt(work.new_id(), "words", words) if words else None
    return Told(sealed, shows_email, shows_phone)


def drop_words(work: UnitOfWork, told: Told | None) -> None:
    """Destroy the key to what was told before, if there is one."""
    if told is not None and told.words is not None:
        work.destroy_key(told.words.subject)


def drop_introductions(work: UnitOfWork, person: Person) -> None:
    """All that somebody has told of themselves is told no longer."""
    drop_words(work, person.presentation)
    person.take_back_presentation()
    for season_id, told in list(person.introductions.items()):
        drop_words(work, told)
        person.take_back_introduction(season_id)
