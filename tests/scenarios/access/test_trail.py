"""The trail: every refused attempt, sign-in and export is noted with who, what, when and from where; it only grows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from application.automation.retention import Retention
from application.insight.trail import Noted, Rate, TrailAlarms, TrailFilter, TrailKind, TrailRow, network_of
from application.kernel.actor import SYSTEM, Role
from application.kernel.page import Page
from application.people.organiser import AppointStaff
from domain.kernel.errors import NotAllowed
from infrastructure.jobs.retention_store import KeptInDatabase
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.stripe.differences import KeptDays
from tests.samples import Institute
from tests.web.calling import Api, api
from tests.web.stage import SLUG, stage
from web.letters.letter_words import LetterFile


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def lines(institute: Institute, kind: str = "") -> list[tuple[str, str, str, int]]:
    """What the trail says, oldest first: kind, what, why and how many."""
    found: Page[TrailRow] = institute.services.trail_questions.rows(institute.admin, TrailFilter(kind))
    return [(row.kind.value, row.what, row.why, row.number) for row in reversed(found.items)]


def test_every_refused_attempt_leaves_a_trace(calls: Api) -> None:
    """8.5, S64: what one's role may not, what is another's, what nobody may read."""
    made = calls.institute
    mia = made.services.people_questions.people(made.admin, search="mia").items[0].person_id
    season = made.conference()
    assert calls.call("POST", f"/seasons/{season}/call-off", {"reason": "x"}, "member").status_code == 403
    assert calls.call("GET", f"/people/{made.person('Olof')}", None, "member").status_code == 404
    assert calls.call("POST", f"/seasons/{season}/call-off", {"reason": "x"}, "finance").status_code == 403

    assert lines(made) == [
        ("refused", "POST /api/v1/seasons/<uuid:season_id>/call-off", "NotAllowed", 1),
        ("not_found", "GET /api/v1/people/<uuid:person_id>", "NotFound", 1),
        ("refused", "POST /api/v1/seasons/<uuid:season_id>/call-off", "NotAllowed", 1),
    ]
    last, *_ = made.services.trail_questions.rows(made.admin, TrailFilter(person_id=mia)).items
    assert (last.person_id, last.roles, last.place) == (mia, ("member",), "127.0.0.0/24")
    told = calls.get("/trail?kind=refused")
    assert [(each["about"], each["why"]) for each in told["items"]] == [(str(season), "NotAllowed")] * 2
    assert calls.refused("GET", "/trail", who="finance")["status"] == 403
    assert calls.get("/trail", who="neighbour")["items"] == []
    with pytest.raises(NotAllowed):
        made.services.trail_questions.rows(made.finance)


def test_exports_and_bad_keys_are_noted(calls: Api) -> None:
    """8.5: what is taken out, by whom; a key that is none of ours belongs to no organiser."""
    made = calls.institute
    calls.post("/bookkeeping/exports", {"from_on": "2026-08-01", "until_on": "2026-08-31"}, who="finance")
    assert calls.call("GET", "/bookkeeping/exports/1/file", None, "finance").status_code in (200, 404)
    assert calls.call("GET", "/me/export", None, "member").status_code == 200
    calls.refused("GET", "/people", who="", Authorization="Bearer plats_0_0")
    made.house.trail.flush()

    assert [what for kind, what, _, _ in lines(made, "export")][-1] == "GET /api/v1/me/export"
    [(number,)] = made.house.store.recorder.query(
        "select count(*) from trail where kind = 'bad_key' and organiser_id is null", []
    )
    assert number == 1


def test_sign_ins_are_noted_and_those_that_fail(database_url: str) -> None:
    """8.5, on the pages: with the page for admins, who choose what they see."""
    with stage(database_url) as acted:
        stranger = acted.browser("")
        page = stranger.open(f"/{SLUG}/sign-in")
        stranger.send(page, "token", token="plats_0_0")
        stranger.send(page, "token", token=acted.tokens["anna"])
        acted.browser("anna").open(f"/{SLUG}/desk")
        acted.browser("finance").open(f"/{SLUG}/invoices.csv")

        kinds = [(kind, why) for kind, _, why, _ in lines(acted.institute)]
        assert ("failed_sign_in", "NotSignedIn") in kinds
        assert ("sign_in", "key") in kinds
        assert ("refused", "NotAllowed") in kinds
        assert ("export", "text/csv") in kinds
        shown = acted.browser("admin").open(f"/{SLUG}/trail?kind=failed_sign_in")
        shown.says("Misslyckad inloggning", "127.0.0.0/24")
        assert "text/csv" not in shown.words
        assert acted.browser("anna").open(f"/{SLUG}/trail").status == 403


def test_alike_lines_are_one_with_their_number(institute: Institute) -> None:
    """An attack makes no page slow and no table large."""
    trail = institute.house.trail
    noted = Noted(TrailKind.REFUSED, institute.organiser, "GET /x", "NotAllowed")
    for _ in range(1000):
        trail.note(noted)
    trail.flush()

    assert sum(number for *_, number in lines(institute)) == 1000
    assert len(lines(institute)) < 10


def test_an_answer_waits_for_no_trail(calls: Api) -> None:
    """8.5: where the trail cannot be written the answer comes all the same, and what was noted comes later."""
    store = calls.institute.house.store
    with store.connections.borrow() as connection:
        connection.execute("alter table trail rename to trail_away")
    assert calls.call("GET", "/trail", None, "finance").status_code == 403
    calls.institute.house.trail.flush()
    with store.connections.borrow() as connection:
        connection.execute("alter table trail_away rename to trail")

    assert [kind for kind, *_ in lines(calls.institute)] == ["refused"]


@pytest.mark.parametrize(
    "statement",
    ["update trail set why = ''", "delete from trail", "truncate trail", "delete from trail where at < now()"],
)
def test_the_trail_only_grows(institute: Institute, statement: str) -> None:
    """8.5: no statement changes it."""
    institute.house.trail.note(Noted(TrailKind.REFUSED, institute.organiser, "GET /x"))
    institute.house.trail.flush()
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="the trail only grows"),
        institute.house.store.connections.borrow() as connection,
    ):
        connection.execute(statement.encode())
    assert len(lines(institute)) == 1


def test_what_is_old_is_forgotten(institute: Institute) -> None:
    """8.5: by the job alone, after so many days as the installation says."""
    house = institute.house
    institute.at(2024, 1, 1)
    house.trail.note(Noted(TrailKind.SIGN_IN, institute.organiser, "POST /x"))
    house.trail.flush()
    institute.at(2025, 3, 1)
    house.trail.note(Noted(TrailKind.EXPORT, institute.organiser, "GET /x"))
    house.trail.flush()
    days, kept = KeptDays(house.store), KeptInDatabase(house.store)
    about = (kept, house.models.programme, house.models.financial_years, days, house.store.clock, timedelta(days=396))
    assert not Retention(*about, lambda _: False).turn() and len(lines(institute)) == 2  # a clock that nobody believes
    keeping = Retention(*about)
    while keeping.turn():
        pass

    assert [kind for kind, *_ in lines(institute)] == ["export"]


def test_many_refusals_are_told_to_admins_once(institute: Institute, caplog: pytest.LogCaptureFixture) -> None:
    """8.5: a letter to each admin and a line in the log, once a day however long it goes on."""
    house, eva = institute.house, institute.person("Eva")
    institute.services.organisers.appoint(SYSTEM, AppointStaff(institute.organiser, eva, Role.ADMIN))
    box = PostgresLetterBox(house.store, LetterFile(), "https://plats.example")
    alarms = TrailAlarms(house.trail, house.store.decisions, box, house.store.clock, Rate(most=5))
    for _ in range(3):
        for _ in range(4):
            house.trail.note(Noted(TrailKind.FAILED_SIGN_IN, institute.organiser, "POST /sign-in"))
        house.trail.flush()
        while alarms.turn():
            pass

    letters = [row for row in institute.services.letters.list(institute.admin) if row.kind == "alarm"]
    assert [row.person_id for row in letters] == [eva]
    assert len([one for one in caplog.records if "refused attempts within" in one.getMessage()]) == 1


def test_a_network_is_kept_and_no_address() -> None:
    assert network_of("192.0.2.77:50123") == "192.0.2.0/24"  # as some proxies write it
    assert [network_of(one) for one in ("192.0.2.77", "2001:db8:1:2::3", "::ffff:192.0.2.9", "", "nowhere")] == [
        "192.0.2.0/24",
        "2001:db8:1::/48",
        "192.0.2.0/24",
        "",
        "",
    ]
