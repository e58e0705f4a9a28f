"""What a page reads of the database follows what it shows, not what an organiser has behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from application.kernel.actor import Role
from application.people.organisation import AppointContact
from bench.growth_loading import Loaded, load
from domain.kernel.ids import PersonId
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.connections import Connection, connected
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.rebuild import Rebuild
from tests.clock import FixedClock
from tests.infrastructure.followers import until
from tests.web.apps import lent_app
from web.wiring import Installation, build

BOOKINGS, A_PAGE = 1500, 700
"""How much there is, and how many rows of one table, entries of its indexes among them, a page may read of it."""

LATER = timedelta(days=30)
"""How long after all was booked pages are read: of a long past little is of this week."""

_READ = """
select t.schemaname || '.' || t.relname, t.seq_tup_read + coalesce(sum(i.idx_tup_read), 0)::bigint
from pg_stat_user_tables t left join pg_stat_user_indexes i using (relid) group by t.relid, 1, t.seq_tup_read"""
_NEVER_SMALL = b"""
do $$ begin execute format('alter database %I set enable_seqscan = off', current_database()); end $$"""
"""Tables are read as if they were so large that reading one whole is the last thing to do."""
_NEARLY_ALL_PAID = b"""
update invoice.account set paid = paid + balance, balance = 0 where document_id::text !~ '^0'"""
_OTHERS = """
select pid from pg_stat_activity
where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()"""


@dataclass
class Past:
    """An organiser's, in a database that one connection watches."""

    settings: Settings
    clock: FixedClock
    tokens: dict[str, str]
    watching: Connection

    def walked(self, who: str, path: str) -> dict[str, int]:
        """Of which tables the database read more than a page shows, by its own count."""
        before = self._read()
        with closing(_house(self.settings, self.clock)) as house, lent_app(house.services) as app:
            client = app.test_client()
            client.set_cookie("plats_token", self.tokens[who])
            assert client.get(f"/matinstitutet{path}").status_code == 200
        read = Counter(self._read())
        read.subtract(before)
        return {table: rows for table, rows in read.items() if rows > A_PAGE}

    def _read(self) -> dict[str, int]:
        """A connection's are counted in when it ends: all others are waited for."""
        until(lambda: not self.watching.execute(_OTHERS).fetchall())
        return dict(self.watching.execute(_READ).fetchall())


@pytest.fixture(scope="module")
def past(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    home = tmp_path_factory.mktemp("home")
    settings = replace(Settings.read({"PLATS_HOME": str(home)}), database_url=module_database_url)
    clock = FixedClock()
    with closing(_house(settings, clock)) as house:
        loaded = load(house, BOOKINGS, in_season=50)
        contact = AppointContact(loaded.town.organisation_id, PersonId(loaded.people[1]))
        house.services.organisations.appoint_contact(loaded.town.admin, contact)
        Rebuild(house.store, PROJECTIONS).run()
        tokens = _tokens(house, loaded)
    clock.pass_by(LATER)
    with connected(module_database_url) as preparing:
        for statement in (_NEVER_SMALL, _NEARLY_ALL_PAID, b"vacuum (analyze)"):
            preparing.execute(statement)
    with connected(module_database_url) as watching:
        yield Past(settings, clock, tokens, watching)


def _house(settings: Settings, clock: FixedClock) -> Installation:
    return build(settings.database_url or "", settings, clock)


def _tokens(house: Installation, loaded: Loaded) -> dict[str, str]:
    organiser_id, make = loaded.town.admin.organiser_id, house.services.tokens.make
    return {
        "admin": make("admin", organiser_id, frozenset({Role.ADMIN})),
        "finance": make("finance", organiser_id, frozenset({Role.FINANCE})),
        "contact": make("contact", organiser_id, frozenset({Role.MEMBER}), PersonId(loaded.people[1])),
        "member": make("member", organiser_id, frozenset({Role.MEMBER}), PersonId(loaded.people[-1])),
    }


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("member", "/bookings"),
        ("member", ""),
        ("member", "/me"),
        ("contact", "/bookings"),
        ("contact", "/me"),
        ("admin", "/desk"),
        ("admin", ""),
        ("admin", "/bookings"),
        ("admin", "/people"),
        ("admin", "/seasons"),
        ("finance", "/finance"),
        ("finance", "/invoices"),
        ("finance", "/payments"),
    ],
)
def test_a_page_reads_what_it_shows(past: Past, who: str, path: str) -> None:
    assert past.walked(who, path) == {}
