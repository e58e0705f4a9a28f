"""Letters: what somebody is told by mail. A letter is posted once for each key, and delivered by the worker later.

Whoever posts says facts; the words of a kind stand in `web/letters/KIND.toml`, in Swedish and English, and are put
together when the letter is delivered. Facts are text. What a language writes in its own way is given as it is (made in
`letter_facts.py`) and named in the words with how it is to be written: `{paid:money}` (use `money_fact`), `{price:sum}`
(`sum_fact`: it says its VAT), `{until:moment}` (`moment_fact`), `{day:day}` (an ISO day), `{n:seat|seats}` (a count),
`{role:role}`, `{now:meeting}`, `{next:date}` (`meetings_fact`).
The fact `path` ("/bookings/…", under the organiser's pages) becomes `{link}`; `{name}` and `{organiser}` are there by
themselves. A paragraph is left out when a fact that it names is empty; `{fact:if}` names one and says nothing. Which
marks stand for a heading, a button, a meeting as on a ticket is said in `web/letters/pieces.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.kernel.ids import OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Terms
from domain.people.accent import USUAL
from domain.programme.calendar_entry import CalendarEntry
from domain.programme.meeting import Meeting
from domain.programme.price import Quote

CONFIRMING_KINDS = frozenset(
    {"confirm_email", "confirm_address", "confirm_registration", "confirm_order", "confirm_queue", "confirm_opening"}
)
"""Letters by whose link somebody shows that they read that mailbox."""

SECRET_KINDS = frozenset({"sign_in", "calendar", "link_code"}) | CONFIRMING_KINDS
"""Letters that let in whoever reads them: staff see that they were sent, never what stands in them."""

OPTIONAL_KINDS = frozenset({"first_refusal", "mailing"})
"""Letters that somebody may say no to: invitations. What follows from what they have done themselves is always told."""

REFUSABLE_KINDS = OPTIONAL_KINDS | {"booking_opened"}
"""Letters by whose link their reader says no to more of the like; what they have asked for themselves is sent first."""

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
class Agreed:
    """What was agreed for a booking: the price with its reasons, and the terms. `holder`: who pays, "" the reader."""

    quote: Quote
    terms: Terms | None = None
    holder: str = ""


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
    the reader's calendar; `agreed`: what it says of price and terms.
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
    agreed: Agreed | None = None


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

    def of(self, _facts: Mapping[str, str]) -> tuple[Attachment, ...]:
        """Nothing."""
        return ()


LOGO, QR = "logo@plats", "qr@plats"
"""The names by which a letter's HTML shows the logo, and the code for the door, that go with it."""

ENTRY = "entry"
"""The fact that is the code for the door: it is put in when the letter is delivered, for the seat as it is then."""

TICKET_KINDS = frozenset({"booked", "seated", "seat_restored"})
"""Letters that bring their reader the code for the door."""


@dataclass(frozen=True)
class Masthead:
    """Whose letter it is, as its head and foot say it. `hue`: of its accent; `logo`: width and height, (0, 0) without.

    `reply_to`: the address that answers it ("": nobody's own); `unsubscribe`: where its reader says no to more of them.
    """

    name: str
    org_number: str = ""
    address: str = ""
    reply_to: str = ""
    hue: int = USUAL
    logo: tuple[int, int] = (0, 0)
    unsubscribe: str = ""


NOBODY = Masthead("")


@dataclass(frozen=True)
class Written:
    """A letter in words: as text, as HTML with the picture it shows, and as a calendar reads it (or nothing).

    `sender` is whose letter it is, `reply_to` the address that answers it ("": nobody's own).
    """

    subject: str
    text: str
    html: str
    sender: str = ""
    reply_to: str = ""
    calendar: Attachment | None = None
    logo: bytes | None = None
    unsubscribe: str = ""
    qr: bytes | None = None


Facts = Mapping[str, str | Agreed]
"""What a letter is written from."""


class LetterWords(Protocol):
    """Knows what each kind of letter says."""

    def write(self, kind: str, language: str, facts: Facts, zone: str, whose: Masthead) -> Written:
        """The letter in a language, with local times of a zone. Raises KeyError for a kind or fact nobody knows."""

    def subject(self, kind: str, language: str, facts: Facts, zone: str) -> str:
        """Its subject alone. Raises KeyError."""

    def invite(self, told: Invitation, language: str, zone: str, link: str, envelope: Envelope) -> Attachment:
        """What goes to a calendar with it."""
