"""An organiser says which other web sites may show its booking form."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.kernel.errors import BadValue
from domain.people.organiser import Organiser, found
from tests.domain.vocabulary import given

SITES = ("https://www.example.org", "https://intra.example.org:8443")


def institute() -> Organiser:
    return found(
        uuid4(),
        name="Institutet",
        slug="institutet",
        org_number="556036-0793",
        vat_number="",
        currency="SEK",
        zone="UTC",
    )


def test_no_site_may_show_it_until_some_are_named() -> None:
    organiser = institute()
    assert not organiser.sites
    organiser.allow_sites((*SITES, "https://WWW.example.org/"))
    assert organiser.sites == SITES


def test_the_same_sites_again_are_nothing_new() -> None:
    organiser = institute()
    organiser.allow_sites(SITES)
    organiser.collect_events()
    organiser.allow_sites(SITES)
    assert organiser.collect_events() == []


@pytest.mark.parametrize("site", ["example.org", "http://example.org", "https://*.example.org", "https://a.se/b", "*"])
def test_what_is_no_site_is_refused(site: str) -> None:
    organiser = institute()
    given(organiser).when(Organiser.allow_sites, (site,)).refused(BadValue)
