"""What is not the record of the business is forgotten after a stated time; what the record says stays, and adds up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from application.access.session import LIFE, Browser, Whose
from application.automation.retention import ANSWERS_KEPT, LETTERS_KEPT, SECRETS_KEPT, SESSIONS_KEPT
from application.booking.booking import MakeBooking
from application.kernel.actor import Role
from application.mail.letter_desk import LetterRow, LetterState
from application.mail.letters import Letter
from application.people.person import ErasePerson, RegisterPerson
from infrastructure.jobs.retention_store import PORTION
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.rebuild import Rebuild
from infrastructure.subscriptions.verify import Verification
from tests.samples import Institute
from tests.scenarios.story import amounts, book, documents, seated, stockholm, whole
from web.app import create_app

A_DAY = timedelta(days=1)


def rows(institute: Institute, statement: str) -> list[tuple[object, ...]]:
    return institute.house.store.recorder.query(statement, [])


def count(institute: Institute, table: str) -> int:
    [(number,)] = rows(institute, f"select count(*) from {table}")
    return int(str(number))


def pass_time(institute: Institute, time: timedelta) -> None:
    """So much later, with the day's work done."""
    institute.clock.instant += time
    work_of_the_day(institute)


def work_of_the_day(institute: Institute) -> None:
    institute.catch_up()
    institute.house.worker.jobs.finish()
    institute.catch_up()


def letters_to(institute: Institute, person_id: UUID) -> list[LetterRow]:
    """But for those that only put one more meeting in the calendar."""
    rows = institute.services.letters.list(institute.admin, person_id=person_id)
    return [row for row in rows if row.kind != "calendar_entry"]


def adds_up(institute: Institute) -> bool:
    institute.catch_up()
    return Verification(institute.house.store).run().ok


def test_what_stood_in_a_letter_is_forgotten_after_thirteen_months_and_that_it_was_sent_is_not(
    institute: Institute,
) -> None:
    anna = institute.person("Anna", institute.acme)
    book(institute, institute.conference(), institute.acme, anna)
    work_of_the_day(institute)
    before = letters_to(institute, anna)
    assert [(one.to, one.state, one.is_old) for one in before] == [("anna@example.org", LetterState.SENT, False)]
    [letter] = before
    sent = count(institute, "letter")

    pass_time(institute, LETTERS_KEPT - A_DAY)
    words = institute.services.letters.words(institute.admin, letter.letter_id)
    assert words is not None
    assert "Lära och förändra" in words[0] + words[1]

    pass_time(institute, 2 * A_DAY)
    [old] = letters_to(institute, anna)
    assert (old.to, old.state, old.sent_at, old.is_old) == (None, LetterState.SENT, letter.sent_at, True)
    assert institute.services.letters.words(institute.admin, letter.letter_id) is None
    assert count(institute, "letter") >= sent

    institute.services.letters.send_again(institute.admin, letter.letter_id)
    work_of_the_day(institute)
    assert letters_to(institute, anna) == [old]


def test_a_letter_that_still_waits_keeps_what_stands_in_it(institute: Institute) -> None:
    anna = institute.person("Anna", institute.acme)
    box = institute.services.letters._box  # nothing else posts a letter that nobody fetches
    box.post(Letter("k", institute.organiser, "booked", anna, facts={"season": "Konferensen"}))
    institute.clock.instant += LETTERS_KEPT + A_DAY
    while institute.house.worker.jobs.jobs[-1].turn():
        pass
    [letter] = letters_to(institute, anna)
    assert (letter.to, letter.state, letter.is_old) == ("anna@example.org", LetterState.WAITING, False)


def test_an_old_letter_says_on_its_page_that_it_is_old_and_offers_nothing(institute: Institute) -> None:
    anna = institute.person("Anna", institute.acme)
    book(institute, institute.conference(), institute.acme, anna)
    work_of_the_day(institute)
    pass_time(institute, LETTERS_KEPT + A_DAY)
    [letter] = letters_to(institute, anna)
    token = institute.services.tokens.make("staff", institute.organiser, frozenset({Role.ADMIN}))
    admin = create_app(institute.services).test_client()
    admin.set_cookie("plats_token", token)
    page = admin.get(f"/institutet/letters/{letter.letter_id}?language=sv").text
    assert "sparas i tretton månader" in page
    assert "Skicka igen" not in page
    assert "adress som inte längre sparas" in admin.get("/institutet/letters").text


def test_an_idempotency_key_gives_the_same_answer_for_a_month_and_the_houses_own_for_ever(
    institute: Institute,
) -> None:
    conference = institute.conference()
    greta = RegisterPerson("Greta", "greta@example.org")
    first = institute.services.people.register(institute.admin, greta, "greta-once-1")
    sven = institute.member("Sven")
    assert sven.person_id is not None
    command = MakeBooking(conference, seated(sven.person_id))
    booked = institute.services.bookings.make(sven, command, "sven-books-1")
    assert len(documents(institute)) == 1
    house = rows(
        institute, "select id from command c join event e using (position) where e.actor = 'system' order by id"
    )
    events = rows(institute, "select position, state from event order by position")
    assert len(house) == 1  # the invoice

    pass_time(institute, ANSWERS_KEPT - A_DAY)
    assert institute.services.people.register(institute.admin, greta, "greta-once-1").repeated
    assert institute.services.bookings.make(sven, command, "sven-books-1").answer == booked.answer

    pass_time(institute, 2 * A_DAY)
    left = rows(institute, "select id from command order by id")
    assert set(house) <= set(left)
    again = institute.services.people.register(institute.admin, greta, "greta-once-1")
    assert (again.repeated, again.answer) == (False, first.answer)  # known by the address
    assert rows(institute, "select position, state from event order by position")[: len(events)] == events
    assert adds_up(institute)


def test_however_many_answers_there_are_they_go_in_small_portions(institute: Institute) -> None:
    at = institute.clock.instant
    statement = (
        """insert into command select gen_random_uuid(), sha256('x'), 'null', 0, %s from generate_series(1, %s)"""
    )
    with institute.house.store.connections.borrow() as connection:
        connection.execute(statement, [at, 3 * PORTION])
        connection.execute(statement, [at + ANSWERS_KEPT, 7])
    keeping, turns = institute.house.worker.jobs.jobs[-1], 0
    institute.clock.instant += ANSWERS_KEPT + A_DAY
    before = count(institute, "command")
    while keeping.turn():
        turns += 1
        now = count(institute, "command")
        assert before - now <= PORTION
        before = now
    assert count(institute, "command") == 7
    assert turns >= 3
    assert not keeping.turn()


def test_secrets_and_sessions_are_forgotten_when_they_have_long_been_over(institute: Institute) -> None:
    anna = institute.person("Anna", institute.acme)
    services = institute.services
    services.sessions.begin(Whose(institute.organiser, anna), "link", Browser())
    services.sign_in.ask((institute.organiser,), "anna@example.org", "192.0.2.1", "", "sv")
    work_of_the_day(institute)
    assert [count(institute, table) for table in ("session", "one_time", "asked_link", "attempts")] == [1, 1, 0, 2]

    pass_time(institute, SECRETS_KEPT + A_DAY)
    assert [count(institute, table) for table in ("session", "one_time", "attempts")] == [1, 0, 0]

    pass_time(institute, LIFE)
    assert count(institute, "session") == 1
    pass_time(institute, SESSIONS_KEPT)
    assert count(institute, "session") == 0


def buyers_of_two_years(institute: Institute) -> None:
    """Sven buys in 2026 and is erased, Bertil buys in 2027."""
    conference = institute.conference()
    for name, when in (("Sven", "2026-12-30 12:00"), ("Bertil", "2027-01-02 12:00")):
        institute.clock.instant = stockholm(when)
        buyer = institute.member(name)
        assert buyer.person_id is not None
        institute.services.bookings.make(buyer, MakeBooking(conference, seated(buyer.person_id)))
        assert [row.buyer for row in documents(institute, "invoice")][-1] == name
        if name == "Sven":
            institute.services.people.erase(institute.admin, ErasePerson(buyer.person_id))


def test_the_buyers_of_a_year_read_as_erased_once_the_law_lets_go_of_it_and_all_sums_stay(institute: Institute) -> None:
    """Seven years after the calendar year that the bookkeeping year is (bokföringslagen 7:2)."""
    buyers_of_two_years(institute)
    before = [amounts(row) for row in documents(institute)]

    institute.clock.instant = stockholm("2033-12-31 23:30")
    work_of_the_day(institute)
    assert [row.buyer for row in documents(institute)] == ["Sven", "Bertil"]

    institute.clock.instant = stockholm("2034-01-01 01:30")
    work_of_the_day(institute)
    now = documents(institute)
    for _ in ("live", "rebuilt"):
        now = documents(institute)
        assert [row.buyer for row in now] == [None, "Bertil"]
        assert [amounts(row) for row in now] == before
        assert whole(institute, now[0]).buyer_address is None
        Rebuild(institute.house.store, PROJECTIONS).run()
    assert institute.services.papers.pdf(institute.finance, now[0].document_id).content.startswith(b"%PDF")
    assert adds_up(institute)


def test_of_a_year_whose_key_is_destroyed_an_organisation_is_called_as_it_is_now(institute: Institute) -> None:
    """Its name is nobody's personal data; the row of the key stays, so that none is ever made for that year again."""
    made = book(institute, institute.conference(), institute.acme, None)
    assert [row.gross for row in documents(institute)] == [made.gross]
    institute.clock.instant = datetime.combine(date(2040, 1, 1), institute.clock.instant.timetz())
    work_of_the_day(institute)
    with institute.house.store.connections.borrow() as connection:
        kept = connection.execute("select wrapped, epoch from data_key where scope = 'ledger'").fetchall()
    assert kept == [(None, None)]
    [row] = documents(institute)
    assert (row.buyer, whole(institute, row).buyer_address) == ("Acme AB", None)
