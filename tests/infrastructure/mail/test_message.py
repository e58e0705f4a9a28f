"""A letter is to the byte what the email library makes of it: what has been sent is the same when it is sent again."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from application.mail.letters import LOGO, QR, Attachment, Written
from infrastructure.mail.headers import WIRE, header
from infrastructure.mail.message import Posted, message_of
from infrastructure.mail.transports import MailRefused, Sealed

SENDER, TO = "plats@example.org", "o'brien+x@example.org"
INVITATION = Attachment("invite.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nRåd\r\n".encode())
PDF = Attachment("faktura-1.pdf", "application/pdf", bytes(range(256)) * 30)
ODD = Attachment('färg "x".txt', "text/plain; charset=utf-8", "å".encode())
FILES: tuple[tuple[Attachment, ...], ...] = ((), (PDF,), (INVITATION,), (INVITATION, PDF, ODD))
WORDS = (
    *("Läs", "hej", "Säsong", "4", "och", "förändra", "12\u00a0000\u00a0kr", "日本語の", "Müller,", "(x)", '"q"'),
    *(
        "=?",
        "=?utf-8?q?x?=",
        "a=b",
        "Дмитрий",
        "\N{GRINNING FACE}",
        "x" * 1200,
        "å" * 400,
        "",
        "<b>",
        "e@x",
        "[x]",
        "\\",
    ),
)
TEXTS = (
    *("", "hej\n", "rad\n\nå ä\n", "日本語\n" * 5, "Дмитрий\n" * 20, "x" * 2000, "å" * 700, "slut \nå\t\n"),
    *("\n" * 12 + "å", "From x\n.\nå", ("ab å" * 300 + " \n") * 3, "x" * 985 + " \nå"),
    *("å" + "x" * 984 + " \nå", "å" * 328 + "x \n"),
)  # fmt: skip


def by_the_library(letter: Posted, sender: str, written: Written, address: str, files: tuple[Attachment, ...]) -> bytes:
    message, name = EmailMessage(policy=WIRE), hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    message["From"] = Address(written.sender, addr_spec=sender)
    message["To"] = Address(addr_spec=address)
    if written.reply_to:
        message["Reply-To"] = Address(written.sender, addr_spec=written.reply_to)
    message["Subject"] = written.subject
    message["Date"] = format_datetime(letter.posted_at)
    message["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if written.unsubscribe:
        message["List-Unsubscribe"] = f"<{written.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _words(message, written)
    if written.calendar is not None:
        files = (written.calendar, replace(written.calendar, media_type="application/ics"), *files)
    for each in files:
        _attach(message, each)
    for no, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{name}_{no}")
    return message.as_bytes()


def _words(message: EmailMessage, written: Written) -> None:
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    page = message.get_body(("html",))
    assert page is not None
    for content, cid, name in ((written.logo, LOGO, "logo.png"), (written.qr, QR, "biljett.png")):
        if content is not None:
            page.add_related(content, "image", "png", cid=f"<{cid}>", disposition="inline", filename=name)


def _attach(message: EmailMessage, attached: Attachment) -> None:
    media_type, *told = (part.strip() for part in attached.media_type.split(";"))
    main, _, sub = media_type.partition("/")
    parameters = dict(part.split("=", 1) for part in told)
    if "method" in parameters and media_type == "text/calendar":
        message.add_alternative(attached.content.decode(), subtype=sub, params={"method": parameters["method"]})
    else:
        message.add_attachment(
            attached.content, maintype=main, subtype=sub, filename=attached.name, params=parameters or None
        )


def made_up(chance: random.Random) -> Written:
    """A letter of words that are hard to carry, with all that may go with it."""

    def said() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, 8)))

    return Written(
        said(),
        chance.choice([*TEXTS, said()]),
        chance.choice([*TEXTS, said()]),
        " ".join(chance.choices(WORDS[:11], k=chance.randint(1, 3))),
        chance.choice(["", "x.y+z@example.org"]),
        chance.choice([None, INVITATION]),
        chance.choice([None, b"png" * 500]),
        chance.choice(["", "https://x.example/" + "a" * chance.choice([20, 1000])]),
        chance.choice([None, b"q" * 100]),
    )


@pytest.mark.parametrize("seed", range(8))
def test_it_is_what_the_library_makes(seed: int) -> None:
    chance = random.Random(seed)
    posted = Posted(f"booked/{seed}", datetime(2026, 9, 1, 8, 30, seed, tzinfo=UTC))
    for _ in range(50):
        written = made_up(chance)
        files = chance.choice(FILES[:2] if written.calendar else FILES)
        sealed = message_of(posted, SENDER, written, TO, files)
        assert sealed.content == by_the_library(posted, SENDER, written, TO, files)
        assert (sealed.sender, sealed.to) == (SENDER, TO)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\v", "\f", "\x1c"])
def test_no_line_is_added_to_a_head(end: str) -> None:
    for value in (f"Läs{end}Bcc: alla@example.org", f"Read{end}Bcc: alla@example.org"):
        with pytest.raises(ValueError, match="linefeed"):
            header("Subject", value)
    posted, name = Posted("k", datetime(2026, 9, 1, tzinfo=UTC)), f"Eva{end}Bcc: alla@example.org"
    with pytest.raises(ValueError, match=r"linefeed|CR or LF"):
        message_of(posted, SENDER, Written("Hej", "Hej\n", "<p>Hej</p>\n", name), TO, ())
    with pytest.raises(MailRefused):
        message_of(posted, SENDER, Written("Hej", "Hej\n", "<p>Hej</p>\n", "Eva"), f"{TO}{end}Bcc: a@example.org", ())


def test_in_the_folder_stands_where_it_comes_back_to() -> None:
    sealed = Sealed("1", SENDER, TO, b"Subject: Hej\r\n", b"\r\nHej\r\n", "back+1@example.org")
    assert sealed.filed == b"Subject: Hej\r\nReturn-Path: <back+1@example.org>\r\n\r\nHej\r\n"
    assert sealed.content == b"Subject: Hej\r\n\r\nHej\r\n"
