"""What an operator sees: troubles by name at /readyz, figures at /metrics, a line a request, and nobody's data."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from application.kernel.health import ENOUGH_DISK, JobHealth
from infrastructure.jobs.job_states import JobState, KeptJobStates
from infrastructure.jobs.retention_store import KeptInDatabase
from infrastructure.kernel.clock import SystemClock
from infrastructure.postgres.advisory_lock import AdvisoryLock
from tests import samples
from tests.samples import Institute
from web.app import create_app
from web.kernel.metrics import register_metrics
from web.kernel.request_log import Told, register_request_log

TOKEN = "a-secret-of-some-length"


@pytest.fixture
def institute(database_url: str) -> Iterator[Institute]:
    with samples.institute(database_url) as institute:
        yield institute


def client_of(made: Institute, told: Told = Told.PROBLEMS, token: str = TOKEN) -> FlaskClient:
    app = create_app(made.services)
    register_metrics(app, made.services, token)
    register_request_log(app, told)
    return app.test_client()


def troubles(client: FlaskClient) -> list[str]:
    return list((client.get("/readyz").get_json() or {})["troubles"])


def test_a_worker_that_does_not_lead_and_a_job_that_fails_are_named(institute: Institute) -> None:
    client, store = client_of(institute), institute.house.store
    institute.clock.instant = SystemClock().now()
    assert "no_leader" in troubles(client)
    with store.connections.dedicated(5.0) as leading:
        leading.execute("select pg_advisory_lock(%s)", [AdvisoryLock.LEADING])
        KeptJobStates(store).show({"reminders": JobState(1.0), "letters": JobState(2.0, 30.0, "OSError")})
        assert troubles(client) == ["job letters"]
        KeptJobStates(store).show({"reminders": JobState(400.0), "letters": JobState(2.0)})
        assert troubles(client) == ["job reminders"]
        KeptJobStates(store).show({"letters": JobState(1.0)})
        answered = client.get("/readyz").get_json() or {}
        assert (answered["status"], answered["troubles"]) == ("ok", [])
        assert [each["name"] for each in answered["jobs"]] == ["letters"]


def test_a_clock_ahead_is_told_and_nothing_is_forgotten_by_it(institute: Institute) -> None:
    forgetting, client = KeptInDatabase(institute.house.store), client_of(institute)
    institute.clock.instant = now = SystemClock().now()
    assert forgetting.agrees(now) and "clock" not in troubles(client)
    institute.clock.instant = ahead = now + timedelta(days=365 * 12)
    assert not forgetting.agrees(ahead) and "clock" in troubles(client)


def test_what_is_late_and_a_full_disk_are_troubles(institute: Institute) -> None:
    well = replace(institute.services.health.look(), clock_off=0.0, is_led=True, jobs=(JobHealth("a", 1.0),))
    assert well.troubles == ()
    late = replace(well, behind=61.0, reactions_behind=61.0, letters_behind=301.0, disk_free=ENOUGH_DISK - 1)
    assert late.troubles == ("read_models_behind", "reactions_behind", "letters_behind", "disk")
    assert late.is_ready and late.status == "look at it"


def test_figures_are_for_whoever_has_the_secret(institute: Institute) -> None:
    client = client_of(institute)
    client.get("/")
    for headers in ({}, {"Authorization": "Bearer another"}):
        assert client.get("/metrics", headers=headers).status_code == 404
    told = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert told.status_code == 200 and "no-store" in told.headers["Cache-Control"]
    assert (
        "plats_writable 1.0" in told.text
        and 'plats_request_seconds_count{method="GET",route="/",status="2xx"}' in told.text
    )
    client.open("/", method="MADEUP")
    told = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert 'method="other"' in told.text and "MADEUP" not in told.text  # each word would be kept for ever
    assert client_of(institute, token="").get("/metrics").status_code == 404


def test_a_line_for_each_request_names_its_route_and_nothing_that_is_anybodys(
    institute: Institute, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(institute, Told.REQUESTS)
    logger = logging.getLogger("plats.requests")
    logger.propagate = True
    try:
        with caplog.at_level(logging.INFO, logger="plats.requests"):
            missing = client.get("/institutet/seasons/8e5c0b5e-0000-4000-8000-000000000000?words=Anna")
    finally:
        logger.propagate = False
    line = json.loads(caplog.messages[-1])
    assert line["status"] == missing.status_code == 404 and line["request"] == missing.headers["X-Request-Id"]
    assert (
        line["route"] == "/<slug>/seasons/<uuid:season_id>"
        and "Anna" not in caplog.text
        and "8e5c0b5e" not in caplog.text
    )


def test_an_answer_about_a_fault_carries_the_id_that_a_proxy_gave(institute: Institute) -> None:
    client = client_of(institute)
    given = client.get("/nowhere", headers={"X-Request-Id": "proxy-1234567"})
    assert given.headers["X-Request-Id"] == "proxy-1234567"
    for hostile in ("short", "x" * 65, "<script>alert(1)</script>"):
        assert client.get("/nowhere", headers={"X-Request-Id": hostile}).headers["X-Request-Id"] != hostile
    assert "X-Request-Id" not in client.get("/").headers
