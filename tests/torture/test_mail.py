"""Mail in bulk to a server of our own: ten thousand letters, each once."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from application.mail.letters import Letter
from application.people.person import RegisterPerson
from domain.kernel.ids import PersonId
from infrastructure.mail.sender import MailSender
from infrastructure.mail.transports import SmtpServer
from tests import samples
from tests.samples import Institute

LETTERS, READERS = 10_000, 200


class Sink:
    """A mail server that counts what it is given: by the letter's own id, and by whom it is for."""

    def __init__(self) -> None:
        self.letters: Counter[str] = Counter()
        self.readers: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 # aiosmtpd's name
        name = str(message_from_bytes(envelope.content)["Message-ID"])
        if not self.letters[name]:
            self.readers[envelope.rcpt_tos[0]] += 1
        self.letters[name] += 1
        return "250 taken"


@contextmanager
def served(sink: Sink) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Where the installation keeps its keys, for more processes than this one."""
    return tmp_path / "keys"


@pytest.fixture
def institute(database_url: str, keys: Path) -> Iterator[Institute]:
    with samples.institute(database_url, more={"PLATS_KEYS": str(keys)}) as made:
        yield made


def colleagues(institute: Institute, count: int) -> list[PersonId]:
    """People of one organisation."""
    since, register = date(2020, 1, 1), institute.services.people.register
    commands = [
        RegisterPerson(f"Person {no}", f"p{no}@example.org", institute.acme, from_on=since) for no in range(count)
    ]
    people = [register(institute.admin, each).answer.person_id for each in commands]
    institute.catch_up()
    institute.house.store.execute("update letter set state = 'unwanted' where state = 'waiting'", [])
    return people


@pytest.mark.torture
def test_ten_thousand_letters_are_drained(institute: Institute, capsys: pytest.CaptureFixture[str]) -> None:
    people, sink = colleagues(institute, READERS), Sink()
    facts = {"subject": "Nytt rum", "text": "Vi ses, {name}.", "path": "/"}
    for no in range(LETTERS // READERS):
        institute.house.box.post_all(
            [Letter(f"mailing/{no}/{who}", institute.organiser, "mailing", who, facts=facts) for who in people]
        )
    with served(sink) as url:
        sender = MailSender(institute.house.store, institute.house.box, SmtpServer(url), "Plats <plats@example.org>")
        began = time.monotonic()
        while sender.turn():
            pass
        spent = time.monotonic() - began
    with capsys.disabled():
        print(f"\n{LETTERS} letters in {spent:.0f} s: {LETTERS / spent:.0f} a second")  # noqa: T201 # the figure is for whoever looks
    assert len(sink.letters) == LETTERS and set(sink.letters.values()) == {1}
    assert set(sink.readers.values()) == {LETTERS // READERS}
