"""Tickets on the pages: one's own or all of a booking, with a picture and its code; a new one for a new holder."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image

from application.booking.booking import MakeBooking
from application.booking.transfer_proposal import ProposeTransfer
from application.people.participant import Participant
from domain.attendance.ticket import aloud, read, written
from domain.kernel.ids import BookingId
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def booked(acted: Stage) -> BookingId:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna), Participant(acted.bertil)), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.catch_up()
    return booking


def codes(html: str) -> list[str]:
    return re.findall(r'alt="(?:QR-kod, kod|QR code, code) (P1:[A-Z2-7]{26})"', html)


def test_whoever_booked_has_all_tickets_and_a_participant_their_own(acted: Stage) -> None:
    booking = booked(acted)
    address = f"/{SLUG}/bookings/{booking}/tickets"
    annas, bertils = (acted.browser(who).open(address) for who in ("anna", "bertil"))
    assert annas.says("Biljetter", "Anna", "Bertil") and len(set(codes(annas.html))) == 2
    assert bertils.says("Bertil") and codes(bertils.html) == codes(annas.html)[1:]
    assert annas.says(aloud(codes(annas.html)[0])) and annas.headers["Cache-Control"] == "no-store"
    assert address in acted.browser("anna").open(f"/{SLUG}/bookings/{booking}").html
    assert acted.browser("cecilia").open(address).status == 404
    assert acted.browser("bertil", "en").open(address).says("Show the code at the door")


def test_the_picture_is_a_code_with_its_white_margin(acted: Stage) -> None:
    page = acted.browser("bertil").open(f"/{SLUG}/bookings/{booked(acted)}/tickets")
    (data,) = re.findall(r'src="data:image/png;base64,([^"]+)"', page.html)
    picture = Image.open(io.BytesIO(base64.b64decode(data))).convert("L")
    assert picture.size == (264, 264)  # 25 modules and a margin of 4, 8 pixels each
    assert picture.crop((0, 0, 264, 32)).getextrema() == (255, 255)


def test_another_holder_has_another_code(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    address = f"/{SLUG}/bookings/{booking}/tickets"
    before = codes(acted.browser("anna").open(address).html)
    to = Participant(made.person("Doris", made.acme))
    made.services.transfers.propose(made.admin, ProposeTransfer(booking, 1, to))
    after = codes(acted.browser("anna").open(address).html)
    assert after[0] != before[0] and after[1] == before[1]


def test_badges_carry_the_code(acted: Stage) -> None:
    booked(acted)
    page = acted.browser("admin").open(f"/{SLUG}/seasons/{acted.conference}/badges")
    assert page.says("Anna", "Bertil") and page.html.count("data:image/png") == 2


@pytest.mark.parametrize("secret", [bytes(16), b"\xff" * 16, bytes(range(16))])
def test_a_code_is_read_as_it_is_said_and_typed(secret: bytes) -> None:
    code = written(secret)
    assert re.fullmatch(r"P1:[A-Z2-7]{26}", code)
    said = [code, code.lower(), aloud(code), code.removeprefix("P1:"), f"  {aloud(code).lower()} ", "-".join(code)]
    said.append(code.removeprefix("P1:").replace("O", "0").replace("I", "1").replace("B", "8"))
    assert {read(each) for each in said} == {secret}
    assert [read(each) for each in ("", "P1:", code[:-1], code + "A", "P2:" + code[3:], "å" * 26)] == [None] * 6
