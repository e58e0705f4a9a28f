"""A letter as mail servers carry it: headers, words, pictures and files.

It is written down as it goes out, part by part, and to the byte as the email library would: what has been sent is the
same when it is sent again.
"""

from __future__ import annotations

import hashlib
from binascii import b2a_base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.quoprimime import body_encode
from email.utils import format_datetime
from functools import lru_cache

from application.kernel.qr import png_of
from application.mail.letters import LOGO, QR, Attachment, Written
from domain.kernel.errors import BadValue
from domain.kernel.text import email_of
from infrastructure.mail.headers import LONGEST, WIRE, header, person
from infrastructure.mail.transports import MailRefused, Sealed

_MIME = "MIME-Version: 1.0\r\n"
_BY_ITSELF = "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n"
_UNREAD = 10
"""Lines of a text by which it is decided how it is encoded."""


@dataclass(frozen=True)
class Posted:
    """What names a letter, and when it was posted."""

    key: str
    posted_at: datetime


def message_of(letter: Posted, sender: str, written: Written, address: str, files: tuple[Attachment, ...]) -> Sealed:
    """The same bytes for a letter, however often. Raises MailRefused for an address that no mail reaches."""
    name, to = hashlib.sha256(letter.key.encode()).hexdigest()[:32], _carried(address)
    domain = sender.rpartition("@")[2]
    head = [person("From", written.sender, sender), header("To", to)]
    if written.reply_to:
        head.append(person("Reply-To", written.sender, written.reply_to))
    head.append(header("Subject", written.subject))
    head.append(header("Date", format_datetime(letter.posted_at)))
    head.append(header("Message-ID", f"<{name}@{domain}>"))
    head.append(_BY_ITSELF)
    if written.unsubscribe:
        head.append(header("List-Unsubscribe", f"<{written.unsubscribe}>"))
        head.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
    head.append(_MIME)
    kind, body = _inside(written, files, f"=_{name}")
    head.append(kind)
    return Sealed(name, sender, to, "".join(head).encode("ascii"), body.encode("ascii"))


def picture_of(code: str) -> bytes | None:
    """A code as a picture with its white margin, the same bytes however often; None for none."""
    return png_of(code, 5) if code else None


def _carried(address: str) -> str:
    """The address as mail servers read it. Raises MailRefused for one that none of them can carry."""
    try:
        return email_of(address)
    except BadValue as error:
        raise MailRefused("no address that mail can carry") from error


def _inside(written: Written, files: Sequence[Attachment], boundary: str) -> tuple[str, str]:
    """What kind of letter it is, and all that stands in it: an invitation beside the words, where calendars see it."""
    if written.calendar is not None:
        files = (written.calendar, replace(written.calendar, media_type="application/ics"), *files)
    invitations = [each for each in files if _method_of(each)]
    others = [_file(each) for each in files if not _method_of(each)]
    first = 1 if others else 0
    said = [_text(written.text, "plain"), _page(written, f"{boundary}_{first + 1}")]
    said += [_invitation(each) for each in invitations]
    words = _many("alternative", f"{boundary}_{first}", said)
    return _many("mixed", f"{boundary}_0", ["".join(words), *others]) if others else words


def _page(written: Written, boundary: str) -> str:
    """The page with the pictures that it shows."""
    shown = [(written.logo, "logo.png", LOGO), (written.qr, "biljett.png", QR)]
    pictures = [_picture(content, name, cid) for content, name, cid in shown if content is not None]
    page = _text(written.html, "html")
    if not pictures:
        head, _, body = page.partition("\r\n\r\n")
        return f"{head}\r\n{_MIME}\r\n{body}"
    return _MIME + "".join(_many("related", boundary, [page, *pictures]))


def _many(kind: str, boundary: str, parts: Sequence[str]) -> tuple[str, str]:
    """Parts in one: what kind of part that is, and what stands in it."""
    inside = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n', f"\r\n{inside}--{boundary}--\r\n"


def _text(text: str, kind: str) -> str:
    how, body = _encoded(text)
    return f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {how}\r\n\r\n{body}'


def _invitation(attached: Attachment) -> str:
    how, body = _encoded(attached.content.decode())
    kind = f'Content-Type: text/calendar; charset="utf-8"; method="{_method_of(attached)}"'
    return f"Content-Transfer-Encoding: {how}\r\n{kind}\r\n{_MIME}\r\n{body}"


def _picture(content: bytes, name: str, cid: str) -> str:
    """A picture that a page shows."""
    kind = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
    what = f'Content-Disposition: inline; filename="{name}"\r\nContent-ID: <{cid}>\r\n'
    return f"{kind}{what}{_MIME}\r\n{_in_base64(content)}"


def _file(attached: Attachment) -> str:
    """A file that goes with a letter."""
    return _head_of_a_file(attached.name, attached.media_type) + _in_base64(attached.content)


@lru_cache(maxsize=64)
def _head_of_a_file(name: str, media_type: str) -> str:
    """As the library writes it: a name may be in any letters. What goes to calendars is called the same each time."""
    kind, *told = (part.strip() for part in media_type.split(";"))
    main, _, sub = kind.partition("/")
    part, parameters = EmailMessage(policy=WIRE), dict(each.split("=", 1) for each in told)
    part.set_content(b"", main, sub, disposition="attachment", filename=name, params=parameters or None)
    return part.as_bytes().decode("ascii")


def _method_of(attached: Attachment) -> str:
    """What a part does to a calendar; "" for what is no invitation."""
    media_type, *told = (part.strip() for part in attached.media_type.split(";"))
    return dict(each.split("=", 1) for each in told).get("method", "") if media_type == "text/calendar" else ""


def _encoded(text: str) -> tuple[str, str]:
    """How a text goes over the wire, and the text so: as it is, or in whichever way its first lines are shorter in."""
    lines = text.encode().splitlines()
    body = b"\r\n".join(lines) + b"\r\n"
    if body.isascii() and max(map(len, lines), default=0) <= LONGEST:
        return "7bit", body.decode("ascii")
    first = b"\r\n".join(lines[:_UNREAD]) + b"\r\n"
    if len(_quoted(first, "\n")) > len(b2a_base64(first)):
        return "base64", _in_base64(body)
    return "quoted-printable", _quoted(body)


def _quoted(content: bytes, end: str = "\r\n") -> str:
    return body_encode(content.decode("latin-1"), LONGEST, end)


def _in_base64(content: bytes) -> str:
    step = LONGEST // 4 * 3
    lines = (b2a_base64(content[at : at + step], newline=False) for at in range(0, len(content), step))
    return "".join(f"{line.decode('ascii')}\r\n" for line in lines)
