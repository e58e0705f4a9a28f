"""How letters are delivered: once however often it is tried, later where a server is away, never to the erased."""

from __future__ import annotations

import email
import email.message
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.policy import SMTP as WIRE
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from application.mail.letter_desk import LetterState
from application.mail.letters import Attachment, Letter
from application.people.person import ErasePerson
from infrastructure.jobs.jobs import Jobs
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.mail.sender import LEASE, MOST_ATTEMPTS, MailSender
from infrastructure.mail.transports import OutboxFolder, Sealed, SmtpServer
from tests.infrastructure.followers import until
from tests.samples import Institute
from web.letters.letter_words import LetterFile


class Server:
    """A mail server that keeps what it is given, or says no."""

    def __init__(self) -> None:
        self.received: list[email.message.Message[str, str]] = []
        self.says = "250 OK"
        self.greeted = 0

    async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, name: str, says: list[str]) -> list[str]:  # noqa: N802 # aiosmtpd's name
        self.greeted += 1
        session.host_name = name
        return says

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 # aiosmtpd's name
        if self.says.startswith("250"):
            self.received.append(email.message_from_bytes(envelope.content, policy=WIRE))
        return self.says


@pytest.fixture
def server() -> Iterator[tuple[Server, str]]:
    kept = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def box(institute: Institute) -> PostgresLetterBox:
    return PostgresLetterBox(institute.house.store, LetterFile(), "https://plats.example.org")


_CALLED: list[SmtpServer] = []


@pytest.fixture(autouse=True)
def hang_up() -> Iterator[None]:
    """Nobody is left on the line."""
    yield
    while _CALLED:
        _CALLED.pop().rest()


def postman(institute: Institute, url: str) -> MailSender:
    mail = SmtpServer(url)
    _CALLED.append(mail)
    return MailSender(institute.house.store, box(institute), mail, "Plats <plats@example.org>")


def test_a_letter_arrives_with_its_parts_and_the_same_id_however_often_it_is_sent(
    institute: Institute, server: tuple[Server, str]
) -> None:
    kept, url = server
    anna = institute.person("Åsa", email="asa@example.org")
    invitation = Attachment("x.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    paper = Attachment("faktura.pdf", "application/pdf", b"%PDF-1.7")
    facts = {"season": "<b>Säsong</b>\r\nBcc: x@example.org", "meetings": "", "path": "/bookings/1"}
    letter = Letter("k", institute.organiser, "seated", anna, None, "en", facts, (invitation, paper))
    box(institute).post(letter)
    box(institute).post(letter)
    carrier = postman(institute, url)
    while carrier.turn():
        pass
    [row] = institute.services.letters.list(institute.admin)
    institute.services.letters.send_again(institute.admin, row.letter_id)
    assert carrier.turn()

    first, second = kept.received
    assert first["Message-ID"] == second["Message-ID"]
    assert (first["To"], first["Auto-Submitted"], first["Bcc"]) == ("asa@example.org", "auto-generated", None)
    kinds = [part.get_content_type() for part in first.walk()]
    assert kinds[-4:] == ["text/plain", "text/html", "text/calendar", "application/pdf"]
    html = next(part for part in first.walk() if part.get_content_type() == "text/html")
    assert "&lt;b&gt;Säsong" in html.get_payload(decode=True).decode()  # type: ignore[union-attr] # text, not parts
    assert "https://plats.example.org/institutet/bookings/1" in first.as_string()


def test_a_server_that_is_away_gets_it_later_and_staff_see_the_attempts(
    institute: Institute, server: tuple[Server, str]
) -> None:
    kept, url = server
    institute.services.letters.list(institute.admin)
    box(institute).post(_seated(institute, "Anna"))
    kept.says = "451 asa@example.org: try again later"
    carrier = postman(institute, url)

    assert carrier.turn()
    assert not carrier.turn()
    [row] = institute.services.letters.list(institute.admin)
    assert (row.state, row.attempts, row.error) == (LetterState.WAITING, 1, "SMTPDataError 451")
    kept.says = "250 OK"
    institute.clock.pass_by(timedelta(minutes=1))
    assert carrier.turn()
    [row] = institute.services.letters.list(institute.admin)
    assert (row.state, len(kept.received)) == (LetterState.SENT, 1)


def test_a_server_that_stays_away_is_not_asked_for_ever(institute: Institute) -> None:
    box(institute).post(_seated(institute, "Anna"))
    carrier = postman(institute, "smtp://127.0.0.1:1")
    for _ in range(MOST_ATTEMPTS):
        institute.clock.pass_by(timedelta(hours=7))
        assert carrier.turn()

    assert not carrier.turn()
    [row] = institute.services.letters.list(institute.admin, "failed")
    assert (row.attempts, row.error) == (MOST_ATTEMPTS, "ConnectionRefusedError")


def test_a_refused_letter_is_not_tried_again_until_staff_say_so(
    institute: Institute, server: tuple[Server, str]
) -> None:
    kept, url = server
    box(institute).post(_seated(institute, "Anna"))
    kept.says = "550 no such user anna@example.org"
    carrier = postman(institute, url)
    assert carrier.turn()
    institute.clock.pass_by(timedelta(days=1))
    assert not carrier.turn()
    [row] = institute.services.letters.list(institute.admin, "failed")
    assert row.error == "SMTPDataError 550"

    kept.says = "250 OK"
    institute.services.letters.send_again(institute.admin, row.letter_id)
    assert carrier.turn()
    assert len(kept.received) == 1


def test_nothing_about_somebody_stands_in_clear_and_nobody_erased_is_written_to(
    institute: Institute, server: tuple[Server, str], database_url: str
) -> None:
    kept, url = server
    letter = _seated(institute, "Rakel")
    box(institute).post(letter)
    with psycopg.connect(database_url) as connection:
        [(row,)] = connection.execute("select letter::text || encode(content, 'escape') from letter").fetchall()
    assert "rakel" not in row.lower()
    assert "Hemlig säsong" not in row
    assert letter.person_id is not None
    institute.services.people.erase(institute.admin, ErasePerson(letter.person_id))
    institute.house.store.keyring.forget(list(institute.house.store.keyring._known))

    assert postman(institute, url).turn()
    assert kept.received == []
    [seen] = institute.services.letters.list(institute.admin)
    assert (seen.state, seen.to) == (LetterState.UNREADABLE, None)
    box(institute).post(Letter("later", institute.organiser, "seated", letter.person_id, facts=letter.facts))
    assert len(institute.services.letters.list(institute.admin)) == 1


class _Ended:
    """A mail sender that is told to end before its next turn."""

    def __init__(self, sender: MailSender) -> None:
        self.leave = sender.leave

    def turn(self) -> bool:
        return False


class Killed(BaseException):
    """The process ends here."""


class DiesAtTheDoor:
    """A way out in which the process is killed."""

    def send(self, letter: Sealed) -> None:
        raise Killed(letter.to)

    def rest(self) -> None:
        """Nothing is kept open."""


def test_a_letter_that_somebody_died_with_is_delivered_by_the_next(
    institute: Institute, server: tuple[Server, str]
) -> None:
    kept, url = server
    box(institute).post(_seated(institute, "Anna"))
    with pytest.raises(Killed):
        MailSender(institute.house.store, box(institute), DiesAtTheDoor(), "plats@example.org").turn()
    assert not postman(institute, url).turn()
    institute.clock.pass_by(LEASE)

    assert postman(institute, url).turn()
    assert len(kept.received) == 1


def test_letters_that_are_not_handed_over_when_a_process_ends_are_delivered_at_once_by_the_next(
    institute: Institute, server: tuple[Server, str]
) -> None:
    kept, url = server
    for no in range(3):
        box(institute).post(replace(_seated(institute, f"Deltagare{no}"), key=f"mass/{no}"))
    ending, following = postman(institute, url), postman(institute, url)
    assert ending.turn()
    assert not following.turn()

    with Jobs([_Ended(ending)]).running():
        pass

    assert following.turn()
    assert following.turn()
    assert not following.turn()
    assert len({each["Message-ID"] for each in kept.received}) == len(kept.received) == 3
    assert {row.attempts for row in institute.services.letters.list(institute.admin, "sent")} == {1}


def test_the_worker_that_leads_delivers_beside_following(institute: Institute) -> None:
    box(institute).post(_seated(institute, "Anna"))
    stop = threading.Event()
    thread = threading.Thread(target=institute.house.worker.run, args=(stop,))
    thread.start()
    try:
        until(lambda: institute.services.letters.list(institute.admin, "sent") != ())
    finally:
        stop.set()
        thread.join()


def test_a_sign_in_letter_goes_before_a_thousand_others(institute: Institute, server: tuple[Server, str]) -> None:
    kept, url = server
    for no in range(3):
        box(institute).post(replace(_seated(institute, f"Deltagare{no}"), key=f"mass/{no}"))
        institute.clock.pass_by(timedelta(seconds=1))
    facts = {"path": "/sign-in/abc", "until": institute.clock.now().isoformat()}
    siri = institute.person("Siri")
    box(institute).post(Letter("s", institute.organiser, "sign_in", siri, facts=facts))
    carrier = postman(institute, url)
    while carrier.turn():
        pass
    assert kept.received[0]["To"] == "siri@example.org"
    assert len(kept.received) == 4
    assert kept.greeted == 1  # one connection for all


def test_a_server_that_has_hung_up_meanwhile_is_called_again(institute: Institute, server: tuple[Server, str]) -> None:
    kept, url = server
    carrier = postman(institute, url)
    for no in range(2):
        box(institute).post(replace(_seated(institute, f"Deltagare{no}"), key=f"mass/{no}"))
        assert carrier.turn()
        assert not carrier.turn()
    assert (len(kept.received), kept.greeted) == (2, 2)


def test_a_letter_in_the_folder_is_a_file_that_a_mail_program_opens(institute: Institute, tmp_path: Path) -> None:
    box(institute).post(_seated(institute, "Anna"))
    carrier = MailSender(institute.house.store, box(institute), OutboxFolder(tmp_path / "outbox"), "plats@example.org")
    assert carrier.turn()

    [file] = (tmp_path / "outbox").iterdir()
    found = email.message_from_bytes(file.read_bytes(), policy=WIRE)
    assert (found["From"], found["To"]) == ("Institutet <plats@example.org>", "anna@example.org")


def test_a_subject_is_the_same_in_the_folder_as_was_written(institute: Institute, tmp_path: Path) -> None:
    season = "Seminarium 3: Strategi i vardagen, Strategi i ett föränderligt läge"
    seated = _seated(institute, "Anna")
    box(institute).post(replace(seated, facts={**seated.facts, "season": season}))
    carrier = MailSender(institute.house.store, box(institute), OutboxFolder(tmp_path / "outbox"), "plats@example.org")
    assert carrier.turn()

    [file] = (tmp_path / "outbox").iterdir()
    assert email.message_from_bytes(file.read_bytes(), policy=WIRE)["Subject"] == f"Du har en plats: {season}"


def _seated(institute: Institute, name: str) -> Letter:
    facts = {"season": "Hemlig säsong", "meetings": "", "path": "/bookings/1"}
    return Letter("k", institute.organiser, "seated", institute.person(name), facts=facts)
