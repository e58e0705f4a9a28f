"""Letters: what people are told by mail, once and in their language; and who may read what was sent."""

from __future__ import annotations

import email
from datetime import date, time
from email.policy import SMTP
from pathlib import Path

import pytest

from application.billing.enclosure import PrintedEnclosures
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.registration import Register
from application.booking.reinstatement import UndoCancellation
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.actor import stranger
from application.mail.letter_desk import LetterFilter
from application.mail.letters import Letter, Masthead
from application.people.participant import Participant
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.terms import Terms, Tier
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.mail.sender import MailSender
from infrastructure.mail.transports import OutboxFolder
from tests.samples import Institute, conference_prices
from tests.scenarios.paper_trail import kommunen
from tests.scenarios.story import cancel, seated
from web.letters.letter_words import LetterFile, facts_named, read_letters

ANSWERED = Masthead("Institutet", reply_to="fraga@institutet.example")


def box(institute: Institute) -> PostgresLetterBox:
    return PostgresLetterBox(institute.house.store, LetterFile(), "https://plats.example.org")


def letters(institute: Institute) -> list[tuple[str, str | None]]:
    """Kind and address of what is told about bookings and people, but not of papers and further calendar entries."""
    beside = ("invoice", "credit_note", "calendar_entry", "calendar_entry_gone")
    return [each for each in all_letters(institute) if each[0] not in beside]


def all_letters(institute: Institute) -> list[tuple[str, str | None]]:
    """Kind and address of everything."""
    institute.catch_up()
    rows = institute.services.letters.list(institute.admin)
    return sorted((row.kind, row.to) for row in rows)


def words(institute: Institute, kind: str) -> str:
    [row] = [each for each in institute.services.letters.list(institute.admin) if each.kind == kind]
    told = institute.services.letters.words(institute.admin, row.letter_id)
    assert told is not None
    return "\n".join(told).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "said"), [("sv", "så hör Bo Ek eller Åsa Lind av sig."), ("en", "and Bo Ek or Åsa Lind")]
)
def test_of_two_who_may_be_asked_one_answers(language: str, said: str) -> None:
    letter = LetterFile().write("confirm_email", language, {"ask": "Bo Ek, Åsa Lind"}, "Europe/Stockholm", ANSWERED)
    assert said in letter.text.replace("\N{NO-BREAK SPACE}", " ")


def test_who_books_is_told_what_was_booked_and_a_colleague_that_there_is_a_seat(institute: Institute) -> None:
    season = institute.conference()
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    command = MakeBooking(season, seated(anna, bertil), institute.acme)
    institute.services.bookings.make(institute.acting(anna), command)

    assert letters(institute) == [("booked", "anna@example.org"), ("seated", "bertil@example.org")]
    told = words(institute, "booked")
    for sentence in (
        "Bokat: Lära och förändra tillsammans",
        "Hej Anna",
        "Två platser är bokade i Lära och förändra tillsammans",
        "12 000 kr exkl. moms (15 000 kr inkl.). Acme AB är medlem till och med 31 december 2027.",
        "Dag 1\nonsdag 3 februari 2027, 09.00–16.00\n\nAnna\nBertil\n",
        "– Dag 2: torsdag 4 februari 2027, 09.00–16.00",
        "Fakturan skickas till Acme AB.",
        "Frågor? Kontakta Institutet.",
        "/institutet/bookings/",
        "Institutet",
    ):
        assert sentence in told


def test_a_letter_says_until_which_hour_cancelling_is_free(institute: Institute) -> None:
    """3.7: the later of two, with its offset."""
    terms = Terms(0, (Tier(date(2026, 10, 25), 0, time(2, 30)), Tier(None, 10_000)))
    season = institute.season("Kväll", 10, conference_prices(), terms)
    anna = institute.person("Anna", institute.acme)
    institute.services.bookings.make(institute.acting(anna), MakeBooking(season, seated(anna), institute.acme))
    institute.catch_up()
    assert "söndag 25 oktober 2026 kl. 02.30 (UTC+1)" in words(institute, "booked")


def test_events_read_again_post_nothing_again(institute: Institute) -> None:
    season = institute.conference()
    anna = institute.member("Anna", institute.acme)
    institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id), institute.acme))
    before = all_letters(institute)
    with institute.house.store.connections.borrow() as connection:
        connection.execute("delete from tracking where name = 'policies'")

    kinds = ("booked", "calendar_entry", "invoice")
    assert all_letters(institute) == before == [(kind, "anna@example.org") for kind in kinds]


def test_who_cancels_is_told_what_comes_back(institute: Institute) -> None:
    season = institute.conference()
    anna = institute.member("Anna", institute.acme)
    booking = institute.services.bookings.make(anna, MakeBooking(season, seated(None), institute.acme)).answer
    cancel(institute, anna, booking.booking_id)

    assert letters(institute) == [("booked", "anna@example.org"), ("cancelled", "anna@example.org")]
    assert "Acme AB slipper betala 7 500 kr inkl. moms." in words(institute, "cancelled")
    assert "får tillbaka" not in words(institute, "cancelled")
    assert "ingenting tillbaka" not in words(institute, "cancelled")


def test_whoever_answers_for_a_booking_is_told_whose_seat_was_cancelled_and_whose_is_back(institute: Institute) -> None:
    season = institute.conference()
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    command = MakeBooking(season, seated(anna, bertil), institute.acme)
    booking = institute.services.bookings.make(institute.acting(anna), command).answer.booking_id
    request = RequestCancellation(booking, (2,))
    made = institute.services.cancellations.request(institute.acting(anna), request).answer
    letters(institute)
    assert "Avbokat för Bertil." in words(institute, "cancelled")
    assert "Anna" not in words(institute, "seat_cancelled")

    institute.services.reinstatements.undo(institute.admin, UndoCancellation(made.cancellation_id))
    letters(institute)
    assert "Bokat igen för Bertil." in words(institute, "booking_restored")


def test_who_cancels_too_late_is_told_that_nothing_comes_back(institute: Institute) -> None:
    season = institute.conference()
    anna = institute.member("Anna", institute.acme)
    booking = institute.services.bookings.make(anna, MakeBooking(season, seated(None), institute.acme)).answer
    institute.at(2027, 1, 20)
    institute.services.cancellations.request(anna, RequestCancellation(booking.booking_id))
    letters(institute)

    assert "ges ingenting tillbaka." in words(institute, "cancelled")


def test_both_are_told_of_a_seat_handed_over(institute: Institute) -> None:
    season = institute.conference()
    anna, bertil = institute.member("Anna", institute.acme), institute.person("Bertil", institute.acme)
    booking = institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id), institute.acme)).answer
    institute.services.transfers.propose(anna, ProposeTransfer(booking.booking_id, 1, Participant(bertil)))

    assert letters(institute) == [
        ("booked", "anna@example.org"),
        ("seat_handed_over", "anna@example.org"),
        ("seated", "bertil@example.org"),
    ]
    assert ("calendar_entry_gone", "anna@example.org") in all_letters(institute)


def test_a_stranger_gets_the_code_by_mail_and_staff_do_not_see_it(institute: Institute) -> None:
    season = institute.conference()
    command = Register(season, "Siri", "siri@example.org", address="Vägen 1, 111 11 Stockholm")
    institute.services.registrations.register(stranger(institute.organiser), command)

    assert letters(institute) == [("confirm_registration", "siri@example.org")]
    [row] = institute.services.letters.list(institute.admin)
    assert institute.services.letters.words(institute.admin, row.letter_id) is None


def test_a_member_reads_the_list_of_ones_own_letters_and_no_others(institute: Institute) -> None:
    box(institute).post(_seated(institute, "Anna"))
    bertil = institute.member("Bertil")
    [row] = institute.services.letters.list(institute.admin)

    assert institute.services.letters.list(bertil, person_id=bertil.person_id) == ()
    with pytest.raises(NotAllowed):
        institute.services.letters.list(bertil, person_id=row.person_id)
    with pytest.raises(NotAllowed):
        institute.services.letters.words(bertil, row.letter_id)
    with pytest.raises(NotFound):
        institute.services.letters.one(institute.admin, institute.organiser)


def test_the_payer_is_sent_the_invoice_and_the_credit_note_as_pdf(institute: Institute, tmp_path: Path) -> None:
    """Once each, with what is needed to pay; the document itself is printed when the letter is delivered."""
    season = institute.conference()
    anna = institute.member("Anna", institute.bolt)
    booking = institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id))).answer
    cancel(institute, anna, booking.booking_id)

    sent = [kind for kind, to in all_letters(institute) if to == "anna@example.org"]
    assert (sent.count("invoice"), sent.count("credit_note")) == (1, 1)
    told = words(institute, "invoice")
    for sentence in ("Faktura 1 från Institutet", "15 000 kr", "Betala senast", "till bankgiro 991-2346, OCR "):
        assert sentence in told
    assert "kort" not in told
    assert "Kreditfaktura 1" in words(institute, "credit_note")
    assert enclosed(institute, tmp_path) == ["faktura-1.pdf", "kreditfaktura-1.pdf"]


@pytest.mark.parametrize(
    ("name", "is_greeted"),
    [
        ("Siri", True),
        ("Anna-Karin d'Arc af Ek", True),
        ("Du har vunnit på https://x.example", False),
        ("x.example/vinn", False),
        ("Ring 0900 1234", False),
        ("Vinn " * 20, False),
        ("mejla a@x.example", False),
    ],
)
def test_a_letter_to_an_address_that_is_not_confirmed_says_nothing_that_a_stranger_made_up(
    institute: Institute, name: str, is_greeted: bool
) -> None:
    """Whoever writes somebody down types the name and the address: no advertisement goes out in the organiser's name.

    A stranger's own letter, by which they confirm, names nobody at all.
    """
    nobody = Register(institute.conference(), name, "sara@example.org", address="Vägen 1, 111 11 Stockholm")
    institute.services.registrations.register(stranger(institute.organiser), nobody)
    institute.catch_up()
    [row] = [
        each for each in box(institute).list(institute.organiser, LetterFilter(), 9) if each.to == "sara@example.org"
    ]
    told = box(institute).words(row.letter_id)
    assert told is not None and "Bekräfta" in told[0] and name not in " ".join(told)
    command = Register(institute.conference(), name, "siri@example.org", address="Vägen 1, 111 11 Stockholm")
    institute.services.registrations.register(institute.admin, command)
    institute.catch_up()

    assert (f"Hej {name.partition(' ')[0]}\n" in words(institute, "booked")) is is_greeted
    assert (name in words(institute, "booked")) is is_greeted


def test_an_invoice_that_peppol_carries_is_not_sent_by_mail_too(institute: Institute) -> None:
    k = kommunen(institute)
    anna = institute.member("Anna", k)
    season = institute.conference()
    institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id), k, "Ref 1"))

    assert [kind for kind, _ in letters(institute)] == ["booked"]
    assert "invoice" not in dict(all_letters(institute))


def enclosed(institute: Institute, folder: Path) -> list[str]:
    """The names of the files that go with letters."""
    carried = PrintedEnclosures(institute.services.papers)
    postman = MailSender(institute.house.store, box(institute), OutboxFolder(folder), "plats@example.org", carried)
    while postman.turn():
        pass
    found = [email.message_from_bytes(each.read_bytes(), policy=SMTP) for each in folder.glob("*.eml")]
    files = [part for message in found for part in message.iter_attachments()]
    papers = [part for part in files if part.get_content_type() == "application/pdf"]
    assert all(part.get_content().startswith(b"%PDF-") for part in papers)
    return sorted(str(part.get_filename()) for part in papers)


@pytest.mark.parametrize("kind", read_letters())
def test_every_letter_is_there_in_both_languages_with_the_same_facts(kind: str) -> None:
    for words_of in read_letters()[kind].values():
        assert set(words_of) == {"sv", "en"}
        assert facts_named(words_of["sv"]) == facts_named(words_of["en"])
        assert all("!" not in each for each in words_of.values())


def _seated(institute: Institute, name: str) -> Letter:
    facts = {"season": "Hemlig säsong", "meetings": "", "path": "/bookings/1"}
    return Letter("k", institute.organiser, "seated", institute.person(name), facts=facts)
