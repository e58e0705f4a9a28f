"""Letters that come back: a dead address, a full mailbox, our own fault, a forged notice; and an address that works."""

from __future__ import annotations

from email.message import EmailMessage
from uuid import UUID

import pytest

from application.mail.bounces import Verdict
from application.mail.letter_desk import LetterFilter, LetterState
from application.people.person_correction import CorrectPerson
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import PersonId, SeasonId
from infrastructure.mail.returned import ReturnAddresses
from tests.samples import Institute
from tests.scenarios.mailed import deliver
from tests.scenarios.story import book

NOTICE = """From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_r"

--=_r
Content-Type: text/plain

This is the mail system.

--=_r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; anna@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--=_r--
"""


def addresses(institute: Institute) -> ReturnAddresses:
    return ReturnAddresses(institute.house.store.keyring, "returns.example.org")


def come_back(
    institute: Institute, letter_id: UUID, status: str = "5.1.1", action: str = "failed", to: str = ""
) -> Verdict | None:
    """A notice about a letter, as a mail server writes it."""
    made = addresses(institute)
    raw = NOTICE.format(to=to or made.address_of(letter_id), action=action, status=status).encode()
    bounce = made.bounce_in(raw)
    verdict = institute.services.bounces.take_in(bounce) if bounce is not None else None
    institute.catch_up()
    return verdict


@pytest.fixture
def anna(institute: Institute) -> PersonId:
    return institute.person("Anna", institute.acme)


@pytest.fixture
def season(institute: Institute) -> SeasonId:
    return institute.conference()


def letters_to(institute: Institute, anna: PersonId, season: SeasonId, count: int = 1) -> list[UUID]:
    """Sent to Anna."""
    book(institute, season, institute.acme, anna)
    for _ in range(count - 1):
        book(institute, institute.conference(), institute.acme, anna)
    deliver(institute)
    rows = institute.services.letters.find(institute.admin, LetterFilter(people=(anna,)))
    return [each.letter_id for each in rows if each.kind == "seated"]


def known(institute: Institute, anna: PersonId) -> tuple[bool, str]:
    found = institute.services.bounces.of(institute.admin, anna)
    return found.is_unreachable, found.status


def test_a_dead_address_is_known_at_the_person_and_the_letter(
    institute: Institute, anna: PersonId, season: SeasonId
) -> None:
    [letter] = letters_to(institute, anna, season)
    assert come_back(institute, letter) is Verdict.DEAD
    assert known(institute, anna) == (True, "5.1.1")
    row = institute.services.letters.one(institute.admin, letter)
    assert (row.state, row.error) == (LetterState.FAILED, "returned 5.1.1")
    events = institute.house.store.query("select count(*) from event where topic = 'Person.MailReturned'", [])
    come_back(institute, letter)
    assert institute.house.store.query("select count(*) from event where topic = 'Person.MailReturned'", []) == events
    assert institute.house.box.is_unwanted("mailing", anna) and not institute.house.box.is_unwanted("seated", anna)


def test_a_full_mailbox_is_no_use_the_third_time(institute: Institute, anna: PersonId, season: SeasonId) -> None:
    letters = letters_to(institute, anna, season, 3)
    for no, (letter, status) in enumerate(zip(letters, ("5.2.2", "4.4.7", "4.2.2"), strict=True), start=1):
        assert come_back(institute, letter, status) is Verdict.LATER
        come_back(institute, letter, status)
        assert known(institute, anna) == (no == 3, status)


@pytest.mark.parametrize(
    ("status", "action", "verdict"),
    [
        ("5.7.515", "failed", Verdict.OURS), ("4.4.1", "delayed", Verdict.WAITS), ("2.0.0", "delivered", None),
        ("5", "failed", None), ("5.1.1; DROP", "expanded", None),
    ],
)  # fmt: skip
def test_what_says_nothing_of_an_address_is_not_held_against_it(
    institute: Institute, anna: PersonId, season: SeasonId, status: str, action: str, verdict: Verdict | None
) -> None:
    [letter] = letters_to(institute, anna, season)
    assert come_back(institute, letter, status, action) is verdict
    assert known(institute, anna) == (False, "")


def test_a_forged_notice_is_left_alone(institute: Institute, anna: PersonId, season: SeasonId) -> None:
    [letter] = letters_to(institute, anna, season)
    ours = addresses(institute).address_of(letter)
    others = f"b+{UUID(int=1).hex}.{ours[35:55]}@x"
    forged = [f"b+{letter.hex}.{'0' * 20}@returns.example.org", others, "anna@example.org"]
    for to in forged:
        assert come_back(institute, letter, to=to) is None
    assert known(institute, anna) == (False, "")
    for raw in (b"", b"\xff\xfe", b"To: " + ours.encode() + b"\r\n\r\nOut of office", b"x" * 2_000_001):
        assert addresses(institute).bounce_in(raw) is None


def test_it_is_forgotten_once_the_address_is_corrected_or_works(
    institute: Institute, anna: PersonId, season: SeasonId
) -> None:
    first, second = letters_to(institute, anna, season, 2)
    come_back(institute, first)
    corrections, admin = institute.services.person_corrections, institute.admin
    corrections.correct(admin, CorrectPerson(anna, email="anna.ny@example.org"))
    assert known(institute, anna) == (False, "")
    come_back(institute, second)  # it had gone to the address before
    assert known(institute, anna) == (False, "")


def test_only_the_person_and_an_admin_see_it(institute: Institute, anna: PersonId) -> None:
    with pytest.raises(NotAllowed):
        institute.services.bounces.of(institute.member("Eva"), anna)
    assert institute.services.bounces.of(institute.acting(anna), anna).status == ""


def test_where_letters_come_back_to_stands_in_the_envelope(institute: Institute) -> None:
    message = EmailMessage()
    message["Return-Path"] = f"<{addresses(institute).address_of(UUID(int=7))}>"
    assert len(str(message["Return-Path"]).strip("<>").partition("@")[0]) <= 64


def test_a_mail_in_a_mail_a_thousand_times_over_stops_nobody(institute: Institute) -> None:
    """Anybody may write to that address: what cannot be taken apart is no notice, and the next one is read."""
    to = addresses(institute).address_of(UUID(int=7))
    for head in ("Content-Type: message/rfc822\n\n", "Content-Type: multipart/mixed; boundary=b\n\n--b\n"):
        assert addresses(institute).bounce_in(f"To: {to}\n{head * 5000}hej".encode()) is None
