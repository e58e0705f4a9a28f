"""The ways a letter leaves the house: as a file in a folder, or to a mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from infrastructure.kernel.private_files import private_folder, write_private

TIMEOUT = 10.0
"""Seconds that a mail server gets for each step."""


class MailRefused(Exception):
    """It will not be delivered, however often it is tried; `code` says what the server said, without the address."""


class MailDelayed(Exception):
    """It was not delivered now; later it may be."""


@dataclass(frozen=True)
class Sealed:
    """A letter as it goes out: what names it, from where and to whom, and its bytes.

    `returns_to`: the address that it comes back to where it is not delivered; "" for the sender's.
    """

    name: str
    sender: str
    to: str
    head: bytes
    body: bytes
    returns_to: str = ""

    @property
    def content(self) -> bytes:
        """All of it, as a server takes it."""
        return self.head + self.body

    @property
    def filed(self) -> bytes:
        """The same with the address that it comes back to, for whoever carries it on."""
        returned = f"Return-Path: <{self.returns_to}>\r\n" if self.returns_to else ""
        return self.head + returned.encode("ascii") + self.body


class Mail(Protocol):
    """A way out of the house."""

    def send(self, letter: Sealed) -> None:
        """Hand a letter over. Raises MailRefused, MailDelayed."""

    def rest(self) -> None:
        """There is nothing more to hand over for now."""


class OutboxFolder:
    """Letters as files that any mail program opens: for trying out, and for who carries them on by other means."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: Sealed) -> None:
        """Write a file named by the letter's own id, whole or not at all."""
        try:
            write_private(private_folder(self._folder) / f"{letter.name}.eml", letter.filed)
        except OSError as error:
            raise MailDelayed(f"the folder cannot be written ({type(error).__name__})") from error

    def rest(self) -> None:
        """Nothing is kept open."""


class SmtpServer:
    """A mail server: `smtp://user:password@host:587` (encrypted where it can be), or `smtps://host:465`.

    Letters that follow on each other go over one connection. It is used by one thread.
    """

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._open: smtplib.SMTP | None = None

    def send(self, letter: Sealed) -> None:
        """Hand a letter over. What goes wrong is told by the server's code alone: its words may name somebody."""
        try:
            self._hand_over(letter)
        except smtplib.SMTPRecipientsRefused as error:
            codes = {code for code, _ in error.recipients.values()}
            self._part()
            _refused_for_good(max(codes, default=0), error)
        except smtplib.SMTPResponseException as error:
            self._part()
            _refused_for_good(error.smtp_code, error)
        except (OSError, smtplib.SMTPException) as error:
            self._part()
            raise MailDelayed(type(error).__name__) from error

    def rest(self) -> None:
        """Take leave of the server."""
        if self._open is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._open.quit()
        self._part()

    def _hand_over(self, letter: Sealed) -> None:
        """Over the open connection; the server may have closed it since, and then it is opened anew."""
        if self._open is not None and not _is_alive(self._open):
            self._part()
        if self._open is None:
            self._open = _connected(self._url)
        self._open.sendmail(letter.returns_to or letter.sender, [letter.to], letter.content)

    def _part(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _is_alive(server: smtplib.SMTP) -> bool:
    with suppress(OSError, smtplib.SMTPException):
        return server.noop()[0] == 250
    return False


def _refused_for_good(code: int, error: Exception) -> None:
    told = f"{type(error).__name__} {code}"
    if 500 <= code < 600 and not isinstance(error, smtplib.SMTPAuthenticationError):
        raise MailRefused(told) from error
    raise MailDelayed(told) from error


def _connected(url: SplitResult) -> smtplib.SMTP:
    open_server: Callable[..., smtplib.SMTP] = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    server = open_server(url.hostname or "localhost", url.port or 0, timeout=TIMEOUT)
    try:
        server.ehlo()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def mail_named(how: str, folder: Path) -> Mail:
    """The way out that an installation has chosen: a server's address, or (empty) the folder."""
    return SmtpServer(how) if how else OutboxFolder(folder)
