"""What of a group's answers may be shown: every page, answer of the API, file and picture asks here, and nobody else.

A figure is shown of at least five answers (`at_least`). Whatever is shown of one round can be subtracted from whatever
else is shown of it: so a group that is too small takes the next smallest with it, until those that are hidden are at
least five together and more than one. A group's own figure is for its people alone, who can take it from the total: it
is shown where nobody else is there, or where the others are more than one group. Answers that are all alike say what
each of them was, and are not shown. Of fewer than ten answers neither number nor distribution is told, and the mean in
halves. Two rounds are compared only where nobody, or at least five, came to answer or ceased to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeVar
from uuid import UUID

P = TypeVar("P", bound=UUID)
G = TypeVar("G", bound=UUID)

AT_LEAST = 5
"""The fewest answers of which anything is shown; a season may ask for more."""
MANY = 10
"""From so many answers on their number and distribution are shown."""


class Grade(StrEnum):
    """What somebody answers."""

    POOR = "poor"
    MEDIUM = "medium"
    GOOD = "good"

    @property
    def points(self) -> int:
        """1, 2 or 3."""
        return tuple(Grade).index(self) + 1


@dataclass(frozen=True)
class Figure:
    """What is shown of some answers. Of fewer than ten neither their number nor how they are spread (None).

    `mean`: of the points 1 to 3, in hundredths; of fewer than ten rounded to halves.
    """

    mean: int
    answers: int | None = None
    poor: int | None = None
    medium: int | None = None
    good: int | None = None


@dataclass(frozen=True)
class GroupFigure:
    """What is shown of a group within the round to its own people, and whose answers it is made of."""

    group: UUID
    figure: Figure
    respondents: tuple[UUID, ...]


@dataclass(frozen=True)
class Disclosure:
    """All that may be shown of a question in a round. `total` None: too few, or all alike; then nothing is shown.

    `rest`: of everybody whose group is not shown, taken together.
    """

    total: Figure | None = None
    groups: tuple[GroupFigure, ...] = ()
    rest: Figure | None = None
    respondents: tuple[UUID, ...] = ()


def disclosed(grades: Mapping[P, Grade], groups: Mapping[P, G | None], at_least: int = AT_LEAST) -> Disclosure:
    """What may be shown of answers, by who gave them, and of which group they are (None: of none)."""
    total = _figure(grades.values(), at_least)
    if total is None:
        return Disclosure(respondents=_in_order(grades))
    shown, rest = _apart(grades, groups, at_least)
    figures = tuple(
        GroupFigure(group, figure, _in_order(people))
        for group, people in sorted(shown.items(), key=lambda each: str(each[0]))
        if _stands_alone(len(people), len(grades)) or _others_are_mixed(group, grades, groups)
        if (figure := _figure([grades[each] for each in people], at_least)) is not None
    )
    remaining = _figure([grades[each] for each in rest], at_least) if figures else None
    return Disclosure(total, figures, remaining, _in_order(grades))


def may_compare(earlier: Collection[UUID], later: Collection[UUID], at_least: int = AT_LEAST) -> bool:
    """Whether a change may be shown: those who came to answer, and those who ceased to, are none or enough each."""
    joined, left = set(later) - set(earlier), set(earlier) - set(later)
    return all(not each or len(each) >= at_least for each in (joined, left))


def change(earlier: Figure | None, later: Figure | None) -> int | None:
    """How much the mean rose, in hundredths of a point; in halves where either is told in halves. None: not shown."""
    if earlier is None or later is None:
        return None
    if earlier.answers is None or later.answers is None:
        return _halves(later.mean) - _halves(earlier.mean)
    return later.mean - earlier.mean


def settled(grades: Sequence[Grade | None], at_least: int = AT_LEAST) -> int:
    """Of how many answers, the first ones, something is shown while others may still come: 10, 15, 20 and so on.

    A step whose answers are all alike would say what each of them was: it is taken together with the next.
    """
    seen = 0
    for end in range(MANY, len(grades) + 1, at_least):
        if len(set(grades[seen:end])) > 1:
            seen = end
    return seen


def counted(
    first: Mapping[P, Grade | None], now: Mapping[P, Grade], at_least: int = AT_LEAST, *, is_open: bool
) -> dict[P, Grade]:
    """Whose answers to one question count in a round that the room sees grow: while it is open, and in the end.

    `first`: as they were first given, in that order (None: whoever gave it has been erased); `now`: as they are. While
    it is open the first ones count, in steps; in the end the same people, so that a rest of fewer than five is left
    out. A change of mind counts where nobody, or enough of them, have changed their minds: otherwise one person's is
    what the figures differ by. Where one of those whom the room has seen counted has been erased, nothing more is
    shown: it would differ by theirs.
    """
    seen = settled(tuple(first.values()), at_least)
    if not is_open and not seen:
        return dict(now)
    shown = {who: grade for who, grade in islice(first.items(), seen) if grade is not None}
    if len(shown) < seen:
        return {}
    changed = sum(now.get(who) is not grade for who, grade in shown.items())
    if is_open or changed < at_least:
        return shown
    return {who: now[who] for who in shown if who in now}


def _apart(grades: Mapping[P, Grade], groups: Mapping[P, G | None], at_least: int) -> tuple[dict[G, list[P]], list[P]]:
    """The groups that may be shown, and everybody of the others."""
    by_group: dict[G, list[P]] = {}
    hidden: list[list[P]] = []
    for person in grades:
        group = groups.get(person)
        if group is None:
            hidden.append([person])
        else:
            by_group.setdefault(group, []).append(person)
    for group, people in list(by_group.items()):
        if _figure([grades[each] for each in people], at_least) is None:
            hidden.append(by_group.pop(group))
    while hidden and by_group and not _is_safe(hidden, grades, at_least):
        smallest = min(by_group, key=lambda each: (len(by_group[each]), str(each)))
        hidden.append(by_group.pop(smallest))
    return by_group, [person for people in hidden for person in people]


def _stands_alone(people: int, everybody: int) -> bool:
    return people == everybody


def _others_are_mixed(group: G, grades: Iterable[P], groups: Mapping[P, G | None]) -> bool:
    """Whether what is left of the total is not one other group's. Who is of no group is one of their own."""
    others: set[UUID] = {groups.get(each) or each for each in grades if groups.get(each) != group}
    return len(others) > 1


def _is_safe(hidden: list[list[P]], grades: Mapping[P, Grade], at_least: int) -> bool:
    """Whether what is hidden stays hidden when all that is shown is taken from the total."""
    together = [grades[person] for people in hidden for person in people]
    return len(hidden) > 1 and _figure(together, at_least) is not None


def _figure(grades: Iterable[Grade], at_least: int) -> Figure | None:
    given = list(grades)
    if len(given) < at_least or len(set(given)) < 2:
        return None
    mean = (sum(each.points for each in given) * 200 + len(given)) // (2 * len(given))
    if len(given) < MANY:
        return Figure(_halves(mean))
    return Figure(mean, len(given), *(given.count(each) for each in Grade))


def _halves(mean: int) -> int:
    return (mean * 2 + 50) // 100 * 50


def _in_order(people: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(sorted(people, key=str))
