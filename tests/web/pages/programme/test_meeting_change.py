"""Moving, postponing and calling off a meeting that people sit in: first what it means and who is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from tests.web.page import Page
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        people = (Participant(made.anna), Participant(made.bertil))
        command = MakeBooking(made.conference, people, made.institute.acme, "PO 1")
        made.institute.services.bookings.make(made.institute.acting(made.anna), command)
        yield made


def run(acted: Stage) -> Page:
    return acted.browser("admin").open(f"/{SLUG}/seasons/{acted.conference}/run")


def letters(acted: Stage) -> list[str]:
    made = acted.institute
    return sorted(row.kind for row in made.services.letters.list(made.admin) if row.kind.startswith("meeting_"))


def test_a_move_is_looked_at_first_and_then_told(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.send(run(acted), "start", do="schedule", start="2027-02-10T09:00", end="2027-02-10T16:00")
    assert page.status == 200 and page.says(
        "Flytta träffen: Dag 1",
        "onsdag 3 februari 2027",
        "onsdag 10 februari 2027",
        "3 personer",
        "Anna",
        "Bertil",
        "Sara",
    )
    assert run(acted).says("onsdag 3 februari 2027") and letters(acted) == []
    done = admin.send(page, "seen")
    assert done.says("Tid och plats är sparade.", "onsdag 10 februari 2027")
    assert letters(acted) == ["meeting_moved"] * 3


@pytest.mark.parametrize(
    ("act", "words", "kind"),
    [("postpone", "uppskjuten tills vidare", "meeting_postponed"), ("call_off", "inställd", "meeting_called_off")],
)
def test_postponing_and_calling_off_are_looked_at_first(acted: Stage, act: str, words: str, kind: str) -> None:
    admin = acted.browser("admin")
    assert admin.send(run(acted), "start", do=act, reason="").says("Fyll i skälet.")
    page = admin.send(run(acted), "start", do=act, reason="Talaren är sjuk.")
    assert page.says(words, "Talaren är sjuk.", "Inget. Platserna och priset är som de var.")
    assert letters(acted) == []
    assert admin.send(page, "seen").says("Talaren är sjuk.")
    assert letters(acted) == [kind] * 3


def test_when_more_people_have_come_meanwhile_it_is_looked_at_again(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.send(run(acted), "start", do="postpone", reason="Sjuk.")
    made = acted.institute
    cecilia = Participant(name="Cecilia", email="cecilia@example.org")
    made.services.bookings.make(made.acting(acted.anna), MakeBooking(acted.conference, (cecilia,), made.acme, "PO 2"))
    made.catch_up()
    again = admin.send(page, "seen")
    assert again.says("4 personer") and letters(acted) == []


def test_what_cannot_be_read_is_said_at_the_field_and_not_previewed(acted: Stage) -> None:
    wrong = acted.browser("admin").send(run(acted), "start", do="schedule", end="2027-02-01T12:00")
    assert wrong.status == 422 and 'id="end-1-problem"' in wrong.html
