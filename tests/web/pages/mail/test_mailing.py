"""Mailings and reminders on their pages, as an admin works with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.samples import full_day
from tests.scenarios.story import FREE
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def test_a_mailing_is_written_looked_at_and_sent(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/mailings")
    typed = {"audience": f"participants:{acted.conference}", "subject": "Nytt rum", "text": "Vi ses, {name}. {fel}"}
    refused = admin.send(page, "subject", **typed)
    assert refused.status == 422 and refused.says("”fel” går inte att fylla i")
    looked = admin.send(refused, "subject", **{**typed, "text": "Vi ses i {season}."})
    assert looked.says("Så här blir det")
    assert acted.browser("anna").open(f"/{SLUG}/mailings").status == 403


def test_a_new_one_begins_with_a_season_that_is_not_over(acted: Stage) -> None:
    def seasons() -> list[str]:
        return re.findall(r'value="participants:([^"]+)"', acted.browser("admin").open(f"/{SLUG}/mailings").html)

    over = str(acted.conference)
    acted.institute.season("Hösten", 5, FREE, meetings=(full_day("Dag 1", 2027, 9, 1),))
    acted.institute.catch_up()
    ends = acted.institute.services.programme.season(acted.institute.admin, acted.conference).meetings[-1].time.end_at
    assert ends is not None and seasons()[-1] != over
    acted.institute.clock.instant = ends + timedelta(days=2)
    acted.institute.catch_up()
    assert seasons()[-1] == over and seasons()[0] != over


def test_reminders_are_chosen_for_all_and_for_a_season(acted: Stage) -> None:
    admin = acted.browser("admin")
    saved = admin.send(admin.open(f"/{SLUG}/letters/rules"), "hour", meeting_days="5 2", hour="8")
    assert saved.says("Påminnelserna är sparade.") and 'value="5, 2"' in saved.html
    wrong = admin.send(admin.open(f"/{SLUG}/letters/rules"), "hour", hour="25")
    assert wrong.status == 422
    season = admin.open(f"/{SLUG}/seasons/{acted.conference}/reminders")
    assert season.says("Nu gäller samma val som för alla säsonger.") and 'value="5, 2"' in season.html
    assert admin.send(season, "hour", meeting_days="1").says("Säsongen har egna val.")
