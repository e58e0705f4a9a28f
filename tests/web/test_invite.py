"""An empty installation shows whoever starts it the way in, once; one that is in use does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from application.access.session import Browser
from infrastructure.kernel.settings import Settings
from infrastructure.sign_in.session_store import PostgresSessionStore
from tests.samples import institute
from web.server.server import _invite
from web.wiring import Installation, build


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return replace(Settings.read({"PLATS_HOME": str(tmp_path)}), database_url=database_url)


@pytest.fixture
def house(settings: Settings) -> Iterator[Installation]:
    made = build(settings.database_url or "", settings)
    yield made
    made.close()


def test_an_empty_installation_shows_a_link_that_lets_in(settings: Settings, house: Installation) -> None:
    said: list[str] = []
    _invite(settings, "http://127.0.0.1:8000", said.append)

    [line] = said
    entered = house.services.sign_in.enter(line.rpartition("/sign-in/")[2], Browser())
    assert house.services.sessions.recognise(entered.secret).is_system
    assert PostgresSessionStore(house.store).organisers() == ()


def test_an_installation_in_use_says_nothing(settings: Settings) -> None:
    said: list[str] = []
    with institute(settings.database_url or ""):
        _invite(settings, "http://127.0.0.1:8000", said.append)
    assert said == []
