"""The page of letters: each as its reader sees it, found by person, season, kind and day; and who knew what (S77)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from application.programme.meeting import PostponeMeeting
from domain.kernel.ids import MeetingId
from tests.web.stage import SLUG, Stage, stage

LETTERS = f"/{SLUG}/letters"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def booked(acted: Stage) -> None:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna), Participant(acted.bertil)), made.acme)
    made.services.bookings.make(made.acting(acted.anna), command)
    delivered(acted)


def delivered(acted: Stage) -> None:
    acted.institute.catch_up()
    acted.institute.house.worker.jobs.finish()


def test_letters_stand_there_with_their_subjects(acted: Stage) -> None:
    booked(acted)
    page = acted.browser("admin").open(LETTERS)
    assert page.says("Bokat: Lära och förändra tillsammans", "Du har en plats: Lära och förändra tillsammans")
    assert "…" not in page.words


def test_letters_are_found_by_person_season_kind_and_day(acted: Stage) -> None:
    booked(acted)
    admin = acted.browser("admin")
    of_bertil = admin.open(f"{LETTERS}?q=Bertil")
    assert of_bertil.says("bertil@example.org") and "anna@example.org" not in of_bertil.words
    seats = admin.open(f"{LETTERS}?kind=seated&season={acted.conference}")
    assert seats.says("Du har en plats: Lära och förändra tillsammans") and "Bokat: Lära" not in seats.words
    assert admin.open(f"{LETTERS}?season={acted.network}&kind=seated").says("Inga mejl här.")
    assert admin.open(f"{LETTERS}?on=2020-01-01").says("Inga mejl här.")
    assert admin.open(f"{LETTERS}?q=Ingenheterså").says("Ingen heter ”Ingenheterså”")
    wrong = admin.open(f"{LETTERS}?on=igår&kind=x&season=y&state=z")
    assert wrong.status == 200 and wrong.says("Skriv en dag")


def test_what_somebody_had_been_told_of_each_meeting_on_a_day(acted: Stage) -> None:
    booked(acted)
    made = acted.institute
    meeting = MeetingId(made.services.programme.season(made.admin, acted.conference).meetings[0].meeting_id)
    made.at(2026, 11, 20, 13, 3)
    made.services.meetings.postpone(made.admin, PostponeMeeting(acted.conference, meeting, "Talaren är sjuk."))
    delivered(acted)
    admin = acted.browser("admin")
    asked = f"{LETTERS}?q=bertil@example.org&season={acted.conference}"
    assert admin.open(f"{asked}&on=2026-11-22").says(
        "Det här hade Bertil fått veta till och med 22 november 2026", "uppskjuten tills vidare",
        "mejl fredag 20 november 2026 kl. 14.03", "borttagen ur kalendern, kalendermeddelande nr 1",
    )  # fmt: skip
    before = admin.open(f"{asked}&on=2026-11-19")
    assert before.says("Dag 1: onsdag 3 februari 2027, 09.00–16.00", "kalendermeddelande nr 0")
    assert admin.open(f"{asked}&on=2020-01-01").says("Bertil hade inte fått veta något om säsongens träffar.")


def test_only_admins_see_letters(acted: Stage) -> None:
    assert acted.browser("anna").open(LETTERS).status == 403


def test_staff_see_what_a_mail_looks_like_in_a_document_that_can_do_nothing(acted: Stage) -> None:
    booked(acted)
    admin, rows = acted.browser("admin"), acted.institute.services.letters.list(acted.institute.admin)
    [row] = [each for each in rows if each.kind == "booked"]
    assert admin.open(f"{LETTERS}/{row.letter_id}").says("Så ser mejlet ut")
    answer = admin.client.get(f"{LETTERS}/{row.letter_id}/page")
    assert "Två platser är bokade i Lära och förändra tillsammans" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script" not in policy
    assert acted.browser("anna").client.get(f"{LETTERS}/{row.letter_id}/page").status_code == 403
