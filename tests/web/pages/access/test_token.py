"""Keys on the pages: one form makes one key, and what it reads is shown once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def test_the_same_form_sent_twice_makes_one_key_that_is_shown_once(acted: Stage) -> None:
    anna = acted.browser("anna")
    page = anna.open(f"/{SLUG}/tokens")
    first, again = (anna.send(page, "name", name="Mitt program", role="member", days="30") for _ in range(2))
    assert first.status == 201 and first.says("Nyckeln Mitt program. Spara den nu")
    assert again.status == 409 and again.says("Nyckeln är redan skapad och visas bara en gång.")
    assert "Spara den nu" not in again.words
    made = acted.institute
    names = [each.name for each in made.services.token_desk.list(made.acting(acted.anna))]
    assert names.count("Mitt program") == 1
    other = anna.send(again, "name", name="Ett annat", role="member", days="30")
    assert other.status == 201 and other.says("Nyckeln Ett annat.", ", av Anna")
