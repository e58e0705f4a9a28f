"""Letters: what somebody is told by mail. A letter is posted once for each key, and delivered by the worker later.

Whoever posts says facts; the words of a kind stand in `web/letters/KIND.toml`, in Swedish and English, and are put
together when the letter is delivered. Facts are text. What a language writes in its own way is given as it is and named
in the words with how it is to be written: `{price:money}` (use `money_fact`), `{until:moment}` (`moment_fact`),
`{day:day}` (an ISO day), `{n:seat|seats}` (a count), `{role:role}`, `{meetings:meetings}` (`meetings_fact`; `:meeting`
says no titles). The fact `path` ("/bookings/…", under the organiser's pages) becomes `{link}`; `{name}` and
`{organiser}` are there by themselves. A paragraph is left out when a fact that it names is empty; `{fact:if}` names one
and says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.kernel.ids import OrganiserId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.personal import Encrypted
from domain.programme.calendar_entry import CalendarEntry
from domain.programme.meeting import Meeting

CONFIRMING_KINDS = frozenset({"confirm_email", "confirm_address", "confirm_registration", "confirm_order"})
"""Letters by whose link somebody shows that they read that mailbox."""

SECRET_KINDS = frozenset({"sign_in", "calendar", "link_code"}) | CONFIRMING_KINDS
"""Letters that let in whoever reads them: staff see that they were sent, never what stands in them."""

URGENT_KINDS = frozenset({"sign_in", "link_code"}) | CONFIRMING_KINDS
"""Letters that somebody waits for: they go before all others."""

ENCLOSED = "enclosed"
"""The fact that names a document to go with a letter: it is printed when the letter is delivered, and not kept."""


@dataclass(frozen=True)
class Attachment:
    """Something that goes with a letter; `media_type` with its parameters ("text/calendar; method=REQUEST")."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class ToldMeeting:
    """What a letter says of a meeting, and what it does to the reader's calendar (`entry`)."""

    meeting: Meeting
    entry: CalendarEntry | None = None


@dataclass(frozen=True)
class Invitation:
    """What a letter tells a calendar: facts alone, written out when it is delivered, the same however often.

    `stamp`: when what it tells of happened; `path`: the meeting's page; `was`: what stood there until now;
    `has_open_link`: whether the meeting's link may stand in calendars, which people share.
    """

    entry: CalendarEntry
    season: str
    stamp: datetime
    path: str
    was: CalendarEntry | None = None
    reason: str = ""
    has_open_link: bool = False


@dataclass(frozen=True)
class Envelope:
    """From whom and to whom a letter goes, as a calendar is told it: names and addresses."""

    sender: str
    sent_from: str
    name: str
    address: str


@dataclass(frozen=True)
class Letter:
    """Something to tell somebody. The same `key` is posted once, whatever else it says.

    `person_id`: to whom; without an `address` to the one they are known by. An `address` alone is somebody who is no
    person here, such as an organisation's invoices. `language` "sv" or "en"; "" is theirs, or else `otherwise`, or else
    Swedish. `season_id`: what it is about; `told`: what it says of which meetings; `invitation`: what goes with it to
    the reader's calendar.
    """

    key: str
    organiser_id: OrganiserId
    kind: str
    person_id: PersonId | None
    address: Encrypted | None = None
    language: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    season_id: SeasonId | None = None
    otherwise: str = ""
    told: tuple[ToldMeeting, ...] = ()
    invitation: Invitation | None = None


class Letters(Protocol):
    """Where letters are posted."""

    def post(self, letter: Letter) -> None:
        """Keep a letter until it has been delivered; one with a known key, or to somebody erased, changes nothing."""

    def post_all(self, letters: Sequence[Letter]) -> None:
        """Keep several, all or none."""


class Enclosures(Protocol):
    """Prints what goes with letters."""

    def of(self, facts: Mapping[str, str]) -> tuple[Attachment, ...]:
        """What goes with a letter of these facts. Raises NotFound for a document that nobody knows (yet)."""


class NoEnclosures:
    """Where nothing is printed."""

    def of(self, facts: Mapping[str, str]) -> tuple[Attachment, ...]:  # noqa: ARG002 # the protocol's
        """Nothing."""
        return ()


@dataclass(frozen=True)
class Written:
    """A letter in words, as text and as simple HTML of the same text, and as a calendar reads it (or nothing).

    `sender` is whose letter it is, `reply_to` the address that answers it ("": nobody's own).
    """

    subject: str
    text: str
    html: str
    sender: str = ""
    reply_to: str = ""
    calendar: Attachment | None = None


class LetterWords(Protocol):
    """Knows what each kind of letter says."""

    def write(self, kind: str, language: str, facts: Mapping[str, str], zone: str) -> Written:
        """The letter in a language, with local times of a zone. Raises KeyError for a kind or fact nobody knows."""

    def subject(self, kind: str, language: str, facts: Mapping[str, str], zone: str) -> str:
        """Its subject alone. Raises KeyError."""

    def invite(self, told: Invitation, language: str, zone: str, link: str, envelope: Envelope) -> Attachment:
        """What goes to a calendar with it."""


def money_fact(amount: Money) -> str:
    """An amount as a fact, to be written as `{…:money}`."""
    return f"{amount.amount} {amount.currency}"


def moment_fact(instant: datetime) -> str:
    """An instant as a fact, to be written as `{…:moment}`, in the organiser's zone."""
    return instant.isoformat()


def meetings_fact(meetings: Iterable[Meeting]) -> str:
    """Meetings as a fact, to be written as `{…:meetings}`: a line for each, with no date made up."""
    rows = [
        {
            "title": each.title,
            "kind": each.time.kind.value,
            "start_at": each.time.start_at and each.time.start_at.isoformat(),
            "end_at": each.time.end_at and each.time.end_at.isoformat(),
            "was_at": each.time.was_at and each.time.was_at.isoformat(),
            "month": each.time.month,
            "venue": each.place.venue,
            "address": each.place.address,
            "town": each.place.town,
            "format": each.place.format.value,
        }
        for each in meetings
    ]
    return json.dumps(rows, ensure_ascii=False)
