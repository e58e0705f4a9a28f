"""The journal of erasures: what is destroyed stands beside the keys, once, whatever clock it was destroyed by."""

from __future__ import annotations

from uuid import UUID

from infrastructure.event_store.store import Store
from infrastructure.jobs.erasures import ErasureJob
from infrastructure.keys.erasure_journal import ErasureJournal

DESTROYED = """
insert into data_key (scope, subject, period, created_at, destroyed_at)
values ('person', %s, '', now(), now() + %s * interval '1 year')"""

ANNA, BO, CILLA = (UUID(int=number) for number in (1, 2, 3))


def destroy(store: Store, subject: UUID, years_ahead: int = 0) -> None:
    store.execute(DESTROYED, [subject, years_ahead])


def journal_of(store: Store) -> list[UUID]:
    return [each.key.subject for each in ErasureJournal(store.key_files.folder).read()]


def test_each_is_written_down_once_also_after_one_by_a_clock_that_is_years_ahead(store: Store) -> None:
    store.key_files.pepper()
    job = ErasureJob(store)
    destroy(store, ANNA)
    job.turn()
    destroy(store, BO, years_ahead=12)
    job.turn()
    destroy(store, CILLA)
    job.turn()
    ErasureJob(store).turn()  # another worker leads
    assert journal_of(store) == [ANNA, BO, CILLA]


def test_a_line_that_a_crash_has_cut_off_is_written_again(store: Store) -> None:
    store.key_files.pepper()
    journal = ErasureJournal(store.key_files.folder)
    destroy(store, ANNA)
    ErasureJob(store).turn()
    journal.path.write_bytes(journal.path.read_bytes()[:-20])
    assert journal_of(store) == []
    destroy(store, BO)
    ErasureJob(store).turn()
    assert journal_of(store) == [ANNA, BO]
    assert journal.path.stat().st_mode & 0o777 == 0o600
