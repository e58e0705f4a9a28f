"""Jobs: the leader runs them beside following, and one that fails neither stops nor delays another."""

from __future__ import annotations

import logging
import threading

import pytest

from infrastructure.jobs.jobs import Jobs
from tests.infrastructure.followers import until


class Steady:
    """Always has something to do."""

    def __init__(self) -> None:
        self.turns = 0

    def turn(self) -> bool:
        self.turns += 1
        return self.turns < 1_000


class Failing:
    """Cannot do it the first time."""

    def __init__(self) -> None:
        self.turns = 0

    def turn(self) -> bool:
        self.turns += 1
        if self.turns == 1:
            raise RuntimeError("not now")
        return False


def test_one_that_fails_is_said_so_and_tried_again_while_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    steady, failing = Steady(), Failing()
    with caplog.at_level(logging.ERROR), Jobs([failing, steady]).running():
        until(lambda: steady.turns >= 1_000)
        assert failing.turns == 1
        until(lambda: failing.turns >= 2)
    assert "Failing failed and is tried again" in caplog.text


def test_all_that_is_due_is_finished_here() -> None:
    steady = Steady()
    Jobs([steady]).finish()
    assert steady.turns == 1_000


class Steps:
    """Lets others be first until it is told to go on."""

    def __init__(self) -> None:
        self.asked = threading.Event()

    def rest(self, worked: float) -> float:
        assert worked >= 0
        self.asked.set()
        return 3600.0


def test_a_job_rests_after_a_turn_for_as_long_as_it_gives_way() -> None:
    steady, way = Steady(), Steps()
    with Jobs([steady], way=way).running():
        assert way.asked.wait(60)
    assert steady.turns == 1
