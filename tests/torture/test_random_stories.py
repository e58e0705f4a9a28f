"""The same stories by the ten thousand, and longer; PLATS_STORY_SEED begins elsewhere."""

from __future__ import annotations

import pytest

from tests.stories.telling import tell

STORIES, LENGTH = 10_000, 25


@pytest.mark.torture
def test_in_thousands_of_stories_all_that_was_invoiced_is_credited_or_kept() -> None:
    assert tell(STORIES, LENGTH)["undo"] > STORIES // 100
