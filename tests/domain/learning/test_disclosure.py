"""What may be shown of a group's answers: the examples by which others were found out, and any others."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.learning.disclosure import (
    Disclosure,
    Grade,
    change,
    counted,
    disclosed,
    may_compare,
    settled,
)

POOR, MEDIUM, GOOD = Grade
People = tuple[dict[UUID, Grade], dict[UUID, UUID | None]]


def people(*sizes: int, alike: bool = False) -> People:
    """Groups of these sizes, their answers mixed."""
    grades: dict[UUID, Grade] = {}
    groups: dict[UUID, UUID | None] = {}
    for group, size in enumerate(sizes, start=1):
        for no in range(size):
            person = UUID(int=group * 1000 + no)
            grades[person] = GOOD if alike else tuple(Grade)[no % 3]
            groups[person] = UUID(int=group)
    return grades, groups


def shown(found: Disclosure) -> list[int]:
    return [each.group.int for each in found.groups]


def test_four_are_not_found_by_taking_five_from_nine() -> None:
    found = disclosed(*people(4, 5))
    assert found.total is not None and shown(found) == [] and found.rest is None


def test_of_three_and_six_nothing_is_shown_below_the_total() -> None:
    found = disclosed(*people(3, 6))
    assert found.total is not None and shown(found) == [] and found.rest is None


def test_of_three_six_and_four_the_six_are_shown_and_the_seven_together() -> None:
    found = disclosed(*people(3, 6, 4))
    assert shown(found) == [2]
    assert found.rest is not None and found.total is not None and found.total.answers == 13


def test_a_newcomer_is_not_found_by_comparing_two_rounds() -> None:
    five = [UUID(int=no) for no in range(5)]
    assert not may_compare(five, [*five, UUID(int=9)])
    assert not may_compare([*five, UUID(int=9)], five)
    assert may_compare(five, five)
    assert may_compare(five, [*five, *(UUID(int=no) for no in range(10, 15))])


def test_of_two_organisations_neither_learns_the_others_figures() -> None:
    assert shown(disclosed(*people(12, 11))) == []
    assert shown(disclosed(*people(12, 11, 10))) == [1, 2, 3]
    assert shown(disclosed(*people(12))) == [1]


def test_fewer_than_ten_are_told_in_halves_without_number_or_distribution() -> None:
    grades = dict(zip([UUID(int=no) for no in range(6)], [POOR, MEDIUM, GOOD, GOOD, GOOD, MEDIUM], strict=True))
    total = disclosed(grades, {}).total
    assert total is not None
    assert (total.mean, total.answers, total.poor, total.medium, total.good) == (250, None, None, None, None)


@pytest.mark.parametrize("many", [4, 5, 12])
def test_answers_that_are_all_alike_say_nothing(many: int) -> None:
    assert disclosed(*people(many, alike=True)).total is None


def test_a_group_that_is_all_alike_is_not_found_by_difference() -> None:
    grades, groups = people(10, 10, 10)
    grades.update({person: GOOD for person, group in groups.items() if group == UUID(int=1)})
    assert shown(disclosed(grades, groups)) == [3]


def test_ten_and_more_are_told_with_their_distribution() -> None:
    total = disclosed(*people(14)).total
    assert total is not None
    assert (total.answers, total.poor, total.medium, total.good, total.mean) == (14, 5, 5, 4, 193)


def test_a_change_is_told_in_halves_where_either_round_is() -> None:
    many, few = disclosed(*people(14)).total, disclosed(*people(6)).total
    assert change(many, many) == 0
    assert change(few, many) == 0
    assert change(None, many) is None


def test_what_the_room_sees_grows_in_steps_and_the_last_few_are_left_out() -> None:
    steps = [settled(tuple(people(no)[0].values())) for no in (9, 10, 14, 15, 19, 20)]
    assert steps == [0, 10, 10, 15, 15, 20]
    for no, most in ((7, 7), (10, 10), (14, 10), (15, 15), (17, 15)):
        grades, _ = people(no)
        assert list(counted(grades, grades, is_open=False)) == list(grades)[:most]
        assert list(counted(grades, grades, is_open=True)) == list(grades)[: settled(tuple(grades.values()))]


def test_a_step_that_is_all_alike_is_taken_together_with_the_next() -> None:
    """The room knows who has answered since the last figure: all five would be seen to have said the same."""
    ten, five = [POOR, GOOD] * 5, [GOOD] * 5
    assert settled([*ten, *five]) == 10
    assert settled([*ten, *five, *five]) == 10
    assert settled([*ten, *five, *five, POOR, *five[:4]]) == 25
    assert settled([GOOD] * 10) == 0
    assert settled([*[GOOD] * 10, *ten[:5]]) == 15


def test_whoever_is_erased_while_the_room_watches_is_not_what_the_next_figure_differs_by() -> None:
    grades, _ = people(17)
    for gone, is_shown in ((0, False), (9, False), (14, False), (16, True)):
        who = list(grades)[gone]
        first = {**grades, who: None}
        now = {each: grade for each, grade in grades.items() if each != who}
        for is_open in (True, False):
            found = counted(first, now, is_open=is_open)
            assert list(found) == (list(grades)[:15] if is_shown else [])
    few, _ = people(7)
    first = {**few, next(iter(few)): None}
    assert len(counted(first, dict(list(few.items())[1:]), is_open=False)) == 6  # the room has seen nothing


def test_fewer_than_five_changes_of_mind_are_not_what_the_last_figures_differ_by() -> None:
    first, _ = people(12)
    shown = counted(first, first, is_open=True)
    for changed in range(1, 11):
        now = {who: GOOD if grade is not GOOD else POOR for who, grade in list(shown.items())[:changed]}
        last = counted(first, {**first, **now}, is_open=False)
        assert sum(last[who] is not grade for who, grade in shown.items()) == (changed if changed >= 5 else 0)


def published(found: Disclosure, groups: Mapping[UUID, UUID | None]) -> list[frozenset[UUID]]:
    """Whose answers each figure is made of, that somebody may read."""
    if found.total is None:
        return []
    everybody = frozenset(found.respondents)
    sets = [everybody, *(frozenset(each.respondents) for each in found.groups)]
    if found.rest is not None:
        sets.append(everybody - frozenset(each for group in found.groups for each in group.respondents))
    assert all(groups[each] == group.group for group in found.groups for each in group.respondents)
    return sets


def fewest_between(sets: list[frozenset[UUID]]) -> int:
    """The fewest whose answers follow from any figure less any others that lie within it."""
    least = 10_000
    for whole in sets:
        parts = [each for each in sets if each < whole]
        for taken in range(len(parts) + 1):
            for chosen in combinations(parts, taken):
                if sum(map(len, chosen)) == len(frozenset().union(*chosen)):
                    left = whole - frozenset().union(*chosen)
                    if left:
                        least = min(least, len(left))
    return least


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(0, 4), st.integers(0, 10_000))
def test_no_figures_taken_from_each_other_leave_fewer_than_five(sizes: list[int], loners: int, seed: int) -> None:
    """Every figure that anybody may read, and whatever follows from several of them, is of five or more."""
    chance = random.Random(seed)  # a story, not a secret
    _, groups = people(*sizes)
    groups.update({UUID(int=99_000 + no): None for no in range(loners)})
    grades = {person: chance.choice(tuple(Grade)) for person in groups}
    sets = published(disclosed(grades, groups), groups)
    assert not sets or fewest_between(sets) >= 5


def test_the_search_for_fewer_than_five_would_find_them() -> None:
    nine = frozenset(UUID(int=no) for no in range(9))
    assert fewest_between([nine, frozenset(list(nine)[:5])]) == 4
