"""10.5: a machine whose clock is years ahead ends, forgets and claims nothing; once the clocks agree all goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from application.access.session import Browser, Whose
from application.booking.registration import Register
from application.kernel.actor import stranger
from application.kernel.one_time_token import digest_of
from application.mail.letters import Letter
from application.payments.payment_rules import AgreePaymentRules
from application.people.person import TellNeeds
from infrastructure.kernel.clock import SystemClock
from infrastructure.kernel.settings import Settings
from infrastructure.sign_in.one_time_store import PostgresOneTimeStore
from tests.clock import FixedClock
from tests.infrastructure.jobs.neighbours import environment
from tests.samples import Institute
from tests.scenarios.story import book, documents
from web.wiring import Installation, build

YEARS = timedelta(days=50 * 365)


class Ahead(SystemClock):
    """The clock of a machine that is years ahead of another's."""

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now() + YEARS


@pytest.fixture
def years_ahead(institute: Institute) -> Iterator[Installation]:
    """The same installation on another machine."""
    url = institute.house.store.connections.url
    with closing(build(url, Settings.read(environment(institute, None)), Ahead(institute.clock))) as house:
        yield house


def work(house: Installation) -> None:
    """All that is due by its clock."""
    house.worker.catch_up()
    for each in house.worker.jobs.jobs:
        while each.turn():
            house.worker.catch_up()


def heads(institute: Institute) -> int:
    [(number,)] = institute.house.store.recorder.query("select count(*) from event", [])
    return int(number)


def test_nothing_ends_is_forgotten_or_asked_for(institute: Institute, years_ahead: Installation) -> None:
    services, anna = institute.services, institute.person("Anna", institute.acme)
    conference = institute.conference()
    services.people.tell_needs(institute.acting(anna), TellNeeds(anna, "Nötallergi"))
    book(institute, conference, institute.acme, anna)
    typed = Register(conference, "Ny Person", "ny@example.org", address="Gatan 1, 111 22 Stockholm")
    services.registrations.register(stranger(institute.organiser), typed)
    services.payment_rules.agree(institute.finance, AgreePaymentRules((5, 15), reminder_fee=60_00))
    assert documents(institute, "invoice")
    before = heads(institute)
    work(years_ahead)
    work(years_ahead)
    assert heads(institute) == before
    assert services.people_questions.person(institute.admin, anna).needs == "Nötallergi"


def test_whoever_comes_there_throws_away_nothing_that_others_need(
    institute: Institute, years_ahead: Installation
) -> None:
    institute.clock.instant = SystemClock().now()
    services, anna = institute.services, institute.person("Anna")
    whose = Whose(institute.organiser, anna)
    session = services.sessions.begin(whose, "link", Browser())
    here, there = (PostgresOneTimeStore(each.store) for each in (institute.house, years_ahead))
    here.keep(digest_of("secret"), "link", {"going_to": ""}, institute.clock.now() + timedelta(minutes=30))
    here.count("link/anna", timedelta(minutes=15))

    years_ahead.services.sessions.begin(whose, "link", Browser())
    there.keep(digest_of("other"), "link", {"going_to": ""}, institute.clock.now() + YEARS + timedelta(minutes=30))
    there.count("link/bertil", timedelta(minutes=15))

    assert services.sessions.recognise(session).person_id == anna
    assert here.look(digest_of("secret"), "link", institute.clock.now()) is not None
    assert here.count("link/anna", timedelta(minutes=15)) == 2


def test_a_letter_that_is_posted_there_is_due_at_once(institute: Institute, years_ahead: Installation) -> None:
    anna = institute.person("Anna")
    years_ahead.box.post(Letter("alarm/1", institute.organiser, "alarm", anna))
    due = "select count(*) from letter where key = 'alarm/1' and due_at <= now()"
    assert institute.house.store.query(due, []) == [(1,)]
