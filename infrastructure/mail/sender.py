"""The mail sender: the leading worker sends what has been posted, until it has arrived or is refused.

A letter is taken for a while (its next attempt lies behind that), so that nothing is locked while a server is spoken
to; killed in the middle, it is delivered once more, under the same Message-ID.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from application.mail.letter_desk import LetterState
from application.mail.letters import LOGO, SECRET_KINDS, URGENT_KINDS, Attachment, Enclosures, NoEnclosures, Written
from domain.kernel.errors import BadValue
from domain.kernel.ids import PersonId
from domain.kernel.text import email_of
from infrastructure.mail.letter_content import Opened, opened_content
from infrastructure.mail.outbox import PostgresLetterBox, Sender
from infrastructure.mail.transports import Mail, MailDelayed, MailRefused
from infrastructure.store import Store

MOST_ATTEMPTS = 12
LEASE = timedelta(minutes=2)
_FIRST, _LONGEST = timedelta(seconds=30), timedelta(hours=6)


def _take(chosen: LiteralString) -> LiteralString:
    return f"""
update letter set attempts = attempts + 1, due_at = %s
where id = (select id from letter where state = 'waiting' and due_at <= %s {chosen} order by due_at, no limit 1
            for update skip locked)
returning id, key, organiser_id, kind, person_id, language, content, attempts, posted_at"""  # noqa: S608 # no input


_TAKE_URGENT, _TAKE = _take("and kind = any(%s)"), _take("")
_DONE = """
update letter set state = %s, sent_at = coalesce(sent_at, %s), due_at = %s, error = %s
where id = %s and state = 'waiting'"""

WIRE = SMTP.clone(max_line_length=990, cte_type="7bit")
"""Long words in headers stay whole, and nothing that a server on the way would have to write anew."""

PathFor = Callable[[str, "PersonId | None", str], str]
"""The path that a mail leads to, for its reader at an address."""

_log = logging.getLogger(__name__)


class MailSender:
    """Delivers letters one by one, those that somebody waits for first.

    `sender` reads "Name <address>"; without a name it is the organiser's. `path_for`: a reader's own way in.
    """

    def __init__(
        self,
        store: Store,
        box: PostgresLetterBox,
        mail: Mail,
        sender: str,
        enclosures: Enclosures = NoEnclosures(),  # noqa: B008 # it has no state
        path_for: PathFor = lambda path, *_: path,
    ) -> None:
        self._store, self._box, self._mail, self._enclosures = store, box, mail, enclosures
        self._path_for = path_for
        self._sender = Sender(*parseaddr(sender))

    def turn(self) -> bool:
        """Deliver one letter that is due; False when there is none."""
        now = self._store.clock.now()
        with self._store.connections.borrow() as connection:
            rows = connection.execute(_TAKE_URGENT, [now + LEASE, now, list(URGENT_KINDS)]).fetchall()
            rows = rows or connection.execute(_TAKE, [now + LEASE, now]).fetchall()
        if rows:
            self._deliver(rows[0], now)
        else:
            self._mail.rest()
        return bool(rows)

    def _deliver(self, row: tuple[Any, ...], now: datetime) -> None:
        letter_id, key, organiser_id, kind, person_id, language, content, attempts, posted_at = row
        opened = opened_content(bytes(content), self._store.keyring)
        if opened is None:
            self._note(letter_id, LetterState.UNREADABLE, now)
            return
        if self._box.is_unwanted(kind, person_id):
            self._note(letter_id, LetterState.UNWANTED, now)
            return
        try:
            led = self._led(opened, kind, person_id)
            written = self._box.written(kind, language, organiser_id, person_id, led, self._sender)
            enclosed = self._enclosures.of(opened.facts)
            self._mail.send(self._message(key, posted_at, written, opened.address, (*opened.attachments, *enclosed)))
        except MailDelayed as error:
            self._delayed(letter_id, attempts, now, str(error))
        except (MailRefused, KeyError, ValueError) as error:
            _log.error("the letter %s (%s) cannot be delivered: %s", letter_id, kind, type(error).__name__)
            why = str(error) if isinstance(error, MailRefused) else f"{type(error).__name__} {error}"
            self._note(letter_id, LetterState.FAILED, now, why)
        except Exception as error:  # noqa: BLE001 # whatever is wrong with one letter, it is said there and tried again
            _log.exception("the letter %s (%s) could not be delivered", letter_id, kind)
            self._delayed(letter_id, attempts, now, type(error).__name__)
        else:
            self._note(letter_id, LetterState.SENT, now)

    def _led(self, told: Opened, kind: str, person_id: PersonId | None) -> Opened:
        """What is told, with the path that this reader goes in by."""
        if "path" not in told.facts or kind in SECRET_KINDS:
            return told
        path = self._path_for(told.facts["path"], person_id, told.address)
        return msgspec.structs.replace(told, facts={**told.facts, "path": path})

    def _delayed(self, letter_id: UUID, attempts: int, now: datetime, why: str) -> None:
        if attempts >= MOST_ATTEMPTS:
            self._note(letter_id, LetterState.FAILED, now, why)
        else:
            pause = min(_LONGEST, _FIRST * 2 ** (attempts - 1))
            self._note(letter_id, LetterState.WAITING, now, why, now + pause)

    def _note(
        self, letter_id: UUID, state: LetterState, now: datetime, error: str = "", due: datetime | None = None
    ) -> None:
        sent = now if state is LetterState.SENT else None
        self._store.execute(_DONE, [state.value, sent, due or now, error[:200], letter_id])

    def _message(
        self, key: str, posted_at: datetime, written: Written, address: str, files: tuple[Attachment, ...]
    ) -> EmailMessage:
        message, name = EmailMessage(policy=WIRE), hashlib.sha256(key.encode()).hexdigest()[:32]
        domain = self._sender.address.rpartition("@")[2]
        message["From"] = Address(written.sender, addr_spec=self._sender.address)
        message["To"] = Address(addr_spec=_carried(address))
        if written.reply_to:
            message["Reply-To"] = Address(written.sender, addr_spec=written.reply_to)
        message["Subject"] = written.subject
        message["Date"] = format_datetime(posted_at)
        message["Message-ID"] = f"<{name}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
        if written.unsubscribe:
            message["List-Unsubscribe"] = f"<{written.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        _put_in_words(message, written)
        if written.calendar is not None:
            _attach(message, written.calendar)
            _attach(message, replace(written.calendar, media_type="application/ics"))
        for attached in files:
            _attach(message, attached)
        for no, part in enumerate(part for part in message.walk() if part.is_multipart()):
            part.set_boundary(f"=_{name}_{no}")  # the same bytes however often it is sent
        return message


def _carried(address: str) -> str:
    """The address as mail servers read it. Raises MailRefused for one that none of them can carry."""
    try:
        return email_of(address)
    except BadValue as error:
        raise MailRefused("no address that mail can carry") from error


def _put_in_words(message: EmailMessage, written: Written) -> None:
    """The text, and the HTML with the picture that it shows."""
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    page = message.get_body(("html",))
    if written.logo is not None and page is not None:
        page.add_related(written.logo, "image", "png", cid=f"<{LOGO}>", disposition="inline", filename="logo.png")


def _attach(message: EmailMessage, attached: Attachment) -> None:
    """An invitation stands beside the text, so that calendars see it; all else is a file."""
    media_type, *told = (part.strip() for part in attached.media_type.split(";"))
    main, _, sub = media_type.partition("/")
    parameters = dict(part.split("=", 1) for part in told)
    if media_type == "text/calendar" and "method" in parameters:
        message.add_alternative(attached.content.decode(), subtype=sub, params={"method": parameters["method"]})
    else:
        message.add_attachment(
            attached.content, maintype=main, subtype=sub, filename=attached.name, params=parameters or None
        )
