"""A letter as mail servers carry it: headers, words, pictures and files."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from application.kernel.qr import qr_of
from application.mail.letters import LOGO, QR, Attachment, Written
from domain.kernel.errors import BadValue
from domain.kernel.text import email_of
from infrastructure.mail.transports import MailRefused

_THE_SAME_AGAIN = frozenset(
    {
        *("auto-submitted", "content-disposition", "content-id", "content-transfer-encoding", "content-type"),
        *("list-unsubscribe-post", "mime-version", "x-auto-response-suppress"),
    }
)
"""Headers that say the same in letter after letter, and nothing of anybody: read and folded once, they are kept."""


class _Wire(EmailPolicy):
    """Headers as the library makes them; a third of a letter's time was making the same ones anew."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, str]:
        """A header of a message, as it is kept."""
        if isinstance(value, str) and not hasattr(value, "name") and name.lower() in _THE_SAME_AGAIN:
            return name, _kept(name, value)
        stored: tuple[str, str] = super().header_store_parse(name, value)
        return stored

    def fold_binary(self, name: str, value: Any) -> bytes:
        """A header of a message, as it is sent."""
        return _folded(name, value) if name.lower() in _THE_SAME_AGAIN else super().fold_binary(name, value)


WIRE = _Wire(linesep="\r\n", max_line_length=990, cte_type="7bit")
"""Long words in headers stay whole, and nothing that a server on the way would have to write anew."""


@lru_cache(maxsize=256)
def _kept(name: str, value: str) -> str:
    header: str = EmailPolicy.header_store_parse(WIRE, name, value)[1]
    return header


@lru_cache(maxsize=256)
def _folded(name: str, value: Any) -> bytes:
    return EmailPolicy.fold_binary(WIRE, name, value)


@dataclass(frozen=True)
class Posted:
    """What names a letter, and when it was posted."""

    key: str
    posted_at: datetime


def message_of(
    letter: Posted, sender: str, written: Written, address: str, files: tuple[Attachment, ...]
) -> EmailMessage:
    """The same bytes for a letter, however often. Raises MailRefused for an address that no mail reaches."""
    message, name = EmailMessage(policy=WIRE), hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    domain = sender.rpartition("@")[2]
    message["From"] = Address(written.sender, addr_spec=sender)
    message["To"] = Address(addr_spec=_carried(address))
    if written.reply_to:
        message["Reply-To"] = Address(written.sender, addr_spec=written.reply_to)
    message["Subject"] = written.subject
    message["Date"] = format_datetime(letter.posted_at)
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


def picture_of(code: str) -> bytes | None:
    """A code as a picture with its white margin, the same bytes however often; None for none."""
    if not code:
        return None
    drawn = io.BytesIO()
    qr_of(code).save(drawn, kind="png", scale=5, border=4)
    return drawn.getvalue()


def returning(message: EmailMessage, address: str) -> EmailMessage:
    """With the address it comes back to, which the way out takes for the envelope."""
    if address:
        message["Return-Path"] = f"<{address}>"
    return message


def _carried(address: str) -> str:
    """The address as mail servers read it. Raises MailRefused for one that none of them can carry."""
    try:
        return email_of(address)
    except BadValue as error:
        raise MailRefused("no address that mail can carry") from error


def _put_in_words(message: EmailMessage, written: Written) -> None:
    """The text, and the HTML with the pictures that it shows."""
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    page = message.get_body(("html",))
    if written.logo is not None and page is not None:
        page.add_related(written.logo, "image", "png", cid=f"<{LOGO}>", disposition="inline", filename="logo.png")
    if written.qr is not None and page is not None:
        page.add_related(written.qr, "image", "png", cid=f"<{QR}>", disposition="inline", filename="biljett.png")


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
