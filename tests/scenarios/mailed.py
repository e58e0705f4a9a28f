"""What has been mailed, as its readers' programs take it in: the bytes of each letter, and the entry in it."""

from __future__ import annotations

import email
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import cast

from icalendar import Calendar, Component

from application.notifications.reminders import REMINDERS
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.mail.sender import MailSender
from infrastructure.mail.transports import MailRefused, Sealed
from tests.samples import Institute
from web.letters.letter_words import LetterFile

SENDER = "Plats <kalender@plats.example>"
SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Mailed:
    """A letter as it was handed over."""

    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=SMTP)

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content()).replace(SPACE, " ").replace("\r\n", "\n")

    @property
    def html(self) -> str:
        """The page."""
        body = self.message.get_body(("html",))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")

    @property
    def calendar(self) -> bytes | None:
        """The part that a calendar reads, as bytes."""
        found = [part for part in self.message.walk() if part.get_content_type() == "text/calendar"]
        assert len(found) <= 1
        return cast(bytes, found[0].get_payload(decode=True)) if found else None

    @property
    def method(self) -> str:
        """What it does to the calendar: REQUEST, CANCEL or nothing."""
        return str(Calendar.from_ical(self.calendar)["METHOD"]) if self.calendar else ""

    @property
    def entry(self) -> Component:
        """The one entry in it."""
        assert self.calendar is not None
        [event] = Calendar.from_ical(self.calendar).walk("VEVENT")
        return event


class Pigeonhole:
    """A way out that keeps what it is given, as bytes."""

    def __init__(self) -> None:
        self.kept: list[Mailed] = []

    def send(self, letter: Sealed) -> None:
        if "refused" in letter.to:
            raise MailRefused("no such user")
        self.kept.append(Mailed(letter.content))

    def rest(self) -> None:
        """Nothing is kept open."""


def deliver(institute: Institute) -> list[Mailed]:
    """Everything that was to be mailed until now and has not been, in order."""
    institute.catch_up()
    hole = Pigeonhole()
    logos = institute.services.logos
    box = PostgresLetterBox(institute.house.store, LetterFile(), "https://plats.example.org", logos.picture)
    carrier = MailSender(institute.house.store, box, hole, SENDER, entry_for=institute.services.tickets.entry_for)
    while carrier.turn():
        pass
    return hole.kept


def remind(institute: Institute) -> None:
    """Let the clock tell what is due now."""
    institute.catch_up()
    [job] = [each for each in institute.house.worker.jobs.jobs if getattr(each, "name", "") == REMINDERS]
    while job.turn():
        pass


def mailed_to(mailed: list[Mailed], name: str) -> list[Mailed]:
    """Those to one person."""
    return [each for each in mailed if each.to == f"{name}@example.org"]
