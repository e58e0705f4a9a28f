"""A network's own page: its seasons, what there is to watch, with whom, whom to ask; also between its seasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from application.programme.material import PublishMaterial
from application.programme.network import CloseNetwork, FoundNetwork, JoinPartner
from application.programme.season import NameLeaders
from domain.kernel.ids import NetworkId
from domain.programme.meeting import Moment, Readers
from domain.programme.network import NetworkKind
from tests.web.seasons_to_choose import AFAR, hours, planned
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def home_of(acted: Stage) -> tuple[NetworkId, str]:
    acted.institute.catch_up()
    made = acted.institute
    network_id = made.services.programme.season(made.admin, acted.network).row.network_id
    return network_id, f"/{SLUG}/networks/{network_id}"


def test_a_network_shows_its_seasons_with_their_meetings_and_who_they_are_for(acted: Stage) -> None:
    _, address = home_of(acted)
    page = acted.browser().open(address)
    assert page.says("Ledarskap och förnyelse i offentlig sektor", "Nätverk hos Institutet", "Säsong 7", "platser kvar")
    assert page.says("För chefer i staten, i regioner och i kommuner.", "onsdag 28 oktober 2026, 09.30–12.30")
    assert page.says("juni 2027, dag kommer", "uppskjuten tills vidare")
    assert f"/{SLUG}/seasons/{acted.network}" in page.elements.links
    for other in (f"/{SLUG}", f"/{SLUG}/seasons/{acted.network}"):
        assert address in acted.browser().open(other).elements.links


def test_partners_leaders_and_whom_to_ask_are_named(acted: Stage) -> None:
    made = acted.institute
    network_id, address = home_of(acted)
    made.services.networks.join_partner(made.admin, JoinPartner(network_id, made.acme))
    made.services.seasons.name_leaders(made.admin, NameLeaders(acted.network, (acted.anna,), (acted.bertil,)))
    made.catch_up()
    page = acted.browser().open(address)
    assert page.says("Tillsammans med Acme AB", "Leder Anna", "Bertil")


def test_between_seasons_it_says_so_and_what_can_be_done_and_what_was_is_still_there(acted: Stage) -> None:
    made = acted.institute
    network_id = made.services.programme.season(made.admin, acted.conference).row.network_id
    address = f"/{SLUG}/networks/{network_id}"
    title = made.services.programme.season(made.admin, acted.conference).row.title
    recording = PublishMaterial(
        acted.conference, "Inspelningen", "https://institutet.example/film", Readers.EVERYONE, None, Moment.AFTER
    )
    made.services.materials.publish(made.admin, recording)
    hidden = PublishMaterial(acted.conference, "Anteckningarna", "https://institutet.example/a", Readers.PARTICIPANTS)
    made.services.materials.publish(made.admin, hidden)
    made.catch_up()
    assert "Inspelningen" not in acted.browser().open(address).words

    made.clock.instant += timedelta(days=365)

    page = acted.browser().open(address)
    assert page.says("Inga säsonger är planerade just nu.", "Följ nätverket i din kalender eller som flöde")
    assert page.says("1 tidigare säsong", title, "Inspelningen")
    assert "https://institutet.example/film" in page.elements.links and "Anteckningarna" not in page.words


def test_a_closed_network_says_so_and_keeps_what_was(acted: Stage) -> None:
    made = acted.institute
    founded = made.services.networks.found(made.admin, FoundNetwork("Nya tider", NetworkKind.THEME, "Ett samtal."))
    made.services.networks.close(made.admin, CloseNetwork(founded.answer.network_id, date(2026, 9, 1)))
    made.catch_up()
    page = acted.browser().open(f"/{SLUG}/networks/{founded.answer.network_id}")
    assert page.says("Nya tider", "Tema hos Institutet", "Ett samtal.", "Nätverket är avslutat.")
    assert "Inga säsonger" not in page.words


def test_an_admin_runs_the_network_from_its_page_and_nobody_else(acted: Stage) -> None:
    _, address = home_of(acted)
    admin = acted.browser("admin").open(address).elements.links
    for to in ("change", "admission", "history"):
        assert f"{address}/{to}" in admin
        assert f"{address}/{to}" not in acted.browser("anna").open(address).elements.links
    assert acted.browser().open(f"/{SLUG}/networks/00000000-0000-4000-8000-000000000000").status == 404


def test_when_a_season_of_one_meeting_is_is_told_once(acted: Stage) -> None:
    made = acted.institute
    title = "Att säga nej"
    season = planned(made, "Frukostsamtal", title, AFAR, hours("2027-03-04T08:00", "2027-03-04T09:00"))
    network_id = made.services.programme.season(made.admin, season).row.network_id
    for language, day in (("sv", "torsdag 4 mars 2027, 08.00–09.00"), ("en", "Thursday 4 March 2027, 08:00–09:00")):
        page = acted.browser(language=language).open(f"/{SLUG}/networks/{network_id}")
        assert page.says(day) and "kl. 8" not in page.words and page.words.count("09") == 1, language
