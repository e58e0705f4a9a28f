"""Random stories in a row, each by a seed that is named where it does not hold."""

from __future__ import annotations

import os
from collections import Counter

from tests.stories.story import Story

SEED = "PLATS_STORY_SEED"
"""The environment's name for the first seed; a failing story is told again by its own."""


def tell(stories: int, acts: int) -> Counter[str]:
    """So many stories from the seed on; what happened in them. Raises AssertionError with seed and story."""
    first = int(os.environ.get(SEED, "1"))
    print(f"{SEED}={first}: {stories} stories of {acts} acts")  # noqa: T201  # where to begin again
    happened: Counter[str] = Counter()
    for seed in range(first, first + stories):
        story = Story(seed)
        try:
            story.tell(acts)
        except Exception as broken:
            told = ", ".join(story.told)
            raise AssertionError(f"{SEED}={seed} (stories=1) does not hold: {broken!r}\n{told}") from broken
        happened += story.happened
    return happened
