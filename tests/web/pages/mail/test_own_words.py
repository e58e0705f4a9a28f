"""An organiser's own words on their page: looked at as text and as set, saved, and said by a season otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def test_words_are_looked_at_and_saved(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/letters/words/booked")
    refused = admin.send(page, "words_sv", words_sv="Hej {fel}")
    assert refused.status == 422 and refused.says("”fel” går inte att fylla i")
    looked = admin.send(refused, "words_sv", words_sv="Ta med boken till {season}.", do="look")
    assert "Ta med boken till {season}." in looked.html
    saved = admin.send(looked, "words_sv", words_sv="Ta med boken till {season}.")
    assert saved.says("Orden är sparade och står i mejlen från och med nu.")
    assert acted.browser("anna").open(f"/{SLUG}/letters/words/booked").status == 403
    assert admin.open(f"/{SLUG}/letters/words/whatever").status == 404


def test_a_season_has_its_own_and_then_those_of_all_seasons(acted: Stage) -> None:
    admin = acted.browser("admin")
    admin.send(admin.open(f"/{SLUG}/letters/words/coming"), "words_sv", words_sv="Porten öppnar åtta.")
    season = admin.open(f"/{SLUG}/seasons/{acted.conference}/words/coming")
    assert season.says("Nu står samma ord som för alla säsonger.") and "Porten öppnar åtta." in season.html
    own = admin.send(season, "words_sv", words_sv="Porten öppnar nio.")
    assert own.says("Säsongen har egna ord.")
    again = admin.send(own, "words_sv", words_sv="Porten öppnar nio.", do="usual")
    assert "Porten öppnar åtta." in again.html
