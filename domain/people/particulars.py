"""What somebody is called, how they are reached and in which language, and what they need to take part."""

from __future__ import annotations

from uuid import UUID

from domain.kernel.errors import RuleBroken
from domain.kernel.personal import Encrypted
from domain.kernel.text import LANGUAGES
from domain.people.person import Person


class WrongCode(RuleBroken):
    """The code is not the one that was sent, or has been used."""


def may_sign_in(person: Person) -> bool:
    """Whether the address lets the person in: not once erased, nor before a corrected one is confirmed."""
    return not person.is_erased and not person.must_confirm


def correct_name(person: Person, name: Encrypted) -> None:
    """The name was written down wrongly, or the person has another now."""
    person.must_exist()
    person.record(Person.NameCorrected(name=name))


def tell_phone(person: Person, phone: Encrypted | None) -> None:
    """The number by which the person is reached; None: none."""
    person.must_exist()
    person.record(Person.PhoneTold(phone=phone))


def ask_confirmation(person: Person, code: Encrypted, digest: str) -> None:
    """A code goes to the address; whoever brings it back has shown that the address is theirs."""
    person.must_exist()
    person.record(Person.EmailConfirmationAsked(code=code, digest=digest))


def confirm_email(person: Person, digest: str) -> None:
    """The code has come back (as its digest); a wrong or used one raises WrongCode."""
    person.must_exist()
    if digest not in person.asked:
        raise WrongCode
    person.record(Person.EmailConfirmed())


def come_in_by_letter(person: Person) -> None:
    """Somebody has come in with a link that was mailed to the address, so the address is theirs; once is enough."""
    person.must_exist()
    if not person.is_email_confirmed:
        person.record(Person.EmailConfirmed())
    elif person.returned.letters:
        person.record(Person.MailReached())


def mail_came_back(person: Person, letter_id: UUID, status: str, *, is_for_good: bool) -> None:
    """A letter to the address has come back, with what the mail server says (RFC 3463); the same again is no change."""
    if not person.is_erased and letter_id not in person.returned.letters:
        person.record(Person.MailReturned(letter_id=letter_id, status=status, is_for_good=is_for_good))


def ask_email_change(person: Person, email: Encrypted, code: Encrypted, digest: str) -> None:
    """The person wants another address; a code goes there, and until it is back the one before serves."""
    person.must_exist()
    person.record(Person.EmailChangeAsked(email=email, was=person.email, code=code, digest=digest))


def is_change_asked(person: Person, digest: str) -> bool:
    """Whether this is the code of the address that was asked for last."""
    return person.asked_email is not None and digest == person.asked_digest


def change_email(person: Person) -> None:
    """The code to the address that was asked for has come back: it is the person's from now on."""
    person.must_exist()
    if person.asked_email is not None:
        person.record(Person.EmailCorrected(email=person.asked_email, was=person.email, is_confirmed=True))


def correct_email(person: Person, email: Encrypted | None) -> None:
    """The address was written down wrongly; nobody comes in by the new one before it has been confirmed."""
    person.must_exist()
    person.record(Person.EmailCorrected(email=email, was=person.email, is_confirmed=False))


def read_in(person: Person, language: str) -> None:
    """They act on pages in a language: it is remembered where it is another than what they are written to in.

    Swedish until they say so; a language that is not told, or that we do not speak, says nothing.
    """
    if language in LANGUAGES and language != (person.language or LANGUAGES[0]):
        person.must_exist()
        person.record(Person.LanguageChosen(language=language))


def choose_invitations(person: Person, *, wants: bool) -> None:
    """Whether they are written to about what they have not asked for; the same again changes nothing."""
    person.must_exist()
    person.record_change(Person.InvitationsChosen(wants_invitations=wants))


def tell_needs(person: Person, needs: Encrypted | None) -> None:
    """What the person needs to take part (food, access); None: nothing. For those who prepare the meeting (S62)."""
    person.must_exist()
    person.record(Person.NeedsTold(needs=needs))


def forget_needs(person: Person) -> None:
    """The season that they were told for is over: health data is kept no longer than that. Twice is once."""
    if person.needs is not None:
        person.record(Person.NeedsForgotten())
