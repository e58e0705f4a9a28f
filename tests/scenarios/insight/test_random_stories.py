"""Whatever happens to seats and money: the preview is the outcome, and all that was invoiced is credited or kept."""

from __future__ import annotations

from tests.stories.story import ACTS
from tests.stories.telling import tell

STORIES, LENGTH = 300, 14


def test_in_hundreds_of_stories_all_that_was_invoiced_is_credited_or_kept() -> None:
    happened = tell(STORIES, LENGTH)

    assert {act for act in (*ACTS, "call_off", "cancel_all") if not happened[act]} == set()
