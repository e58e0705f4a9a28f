"""Pictures: round scales that hold every value, columns that hang below zero, steps that end where the time does."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from web.reports.charts import Chart, columns, parts, rows, small_steps, steps

AMOUNTS = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=30)


def scale(chart: Chart) -> list[int]:
    return [int(each.text) for each in chart.ticks]


@given(AMOUNTS, AMOUNTS)
def test_the_scale_is_round_and_holds_every_value(first: list[int], second: list[int]) -> None:
    count = min(len(first), len(second))
    series = [("first", first[:count]), ("second", second[:count])]
    chart = columns(series, [str(no) for no in range(count)], str)
    lowest, highest = min(scale(chart)), max(scale(chart))
    assert lowest <= min(0, *first[:count], *second[:count]) and max(0, *first[:count], *second[:count]) <= highest
    assert 2 <= len(chart.ticks) <= 7 and 0 in scale(chart)
    assert str(scale(chart)[1] - scale(chart)[0]).rstrip("0") in ("1", "2", "5")
    top, bottom = min(each.y for each in chart.ticks), max(each.y for each in chart.ticks)
    for bar in chart.bars:
        assert bar.height >= 0 and top - 0.02 <= bar.y and bar.y + bar.height <= bottom + 0.02
        assert chart.left <= bar.x and bar.x + bar.width <= 100.01
    assert len(chart.labels) <= 12


@given(st.lists(st.tuples(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12)), min_size=1, max_size=9))
def test_bars_under_names_stay_inside_and_say_their_sum(pairs: list[tuple[int, int]]) -> None:
    names = [f"name {no}" for no in range(len(pairs))]
    chart = rows([("first", [one for one, _ in pairs]), ("second", [two for _, two in pairs])], names, str)
    assert all(bar.x >= 0 and bar.width >= 0 and bar.x + bar.width <= 100.02 for bar in chart.bars)
    assert len(chart.bars) <= 2 * len(pairs)
    assert [each.text for each in chart.labels][::2] == names
    assert [each.text for each in chart.labels][1::2] == [str(one + two) for one, two in pairs]


def test_what_is_below_zero_hangs_and_what_is_above_stands() -> None:
    up, down = columns([("first", [400, -200])], ["jan", "feb"], str).bars
    zero = columns([("first", [400, -200])], ["jan", "feb"], str).zero
    assert up.y + up.height == zero == down.y and abs(up.height - 2 * down.height) < 0.05


def test_seats_fill_in_steps_until_today_under_the_line_of_all_seats() -> None:
    known = [(date(2026, 9, 1), 2), (date(2026, 9, 11), 5), (date(2026, 9, 21), 4)]
    chart = steps(known, date(2026, 10, 1), 10, date.isoformat)
    assert [each.text for each in chart.labels] == ["2026-09-01", "2026-10-01"]
    level = [each for each in chart.steps if each.y1 == each.y2]
    assert [each.x1 for each in level] == [10, 40, 70] and level[-1].x2 == 100
    assert level[0].y1 > level[2].y1 > level[1].y1 and chart.limit is not None and chart.limit < level[1].y1
    assert all(each.x1 == each.x2 for each in chart.steps if each.y1 != each.y2)


def test_a_season_of_one_day_is_a_picture_too() -> None:
    chart = steps([(date(2026, 9, 1), 1)], date(2026, 9, 1), 1, date.isoformat)
    assert chart.steps and all(chart.left <= each.x2 <= 100 for each in chart.steps)


MANY = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 400)), min_size=1, max_size=200, unique_by=lambda at: at[0]
)


@given(MANY, st.integers(0, 400))
def test_a_line_of_many_days_is_drawn_as_fine_as_can_be_seen_and_ends_at_its_last_number(
    numbers: list[tuple[int, int]], limit: int
) -> None:
    first = date(2026, 1, 1)
    known = [(first + timedelta(days=day), value) for day, value in sorted(numbers)]
    for chart in (steps(known, date(2032, 1, 1), limit, date.isoformat), small_steps(known, first, first, limit)):
        assert len(chart.path) < 5_000
        turns = [int(each) for each in re.findall(r"H(\d+)", chart.path)]
        assert turns == sorted(turns) and all(0 <= each <= 1000 for each in turns)
        downs = [float(each) for each in re.findall(r"V([\d.]+)", chart.path)]
        assert all(0 <= each <= chart.height for each in downs) and downs[-1] == chart.steps[-1].y2


def test_seats_that_nobody_has_taken_are_a_level_line_at_nothing() -> None:
    chart = small_steps([], date(2026, 9, 1), date(2026, 10, 1), 20)
    assert [(each.y1, each.y2) for each in chart.steps] == [(chart.zero, chart.zero)]
    assert chart.limit is not None and chart.zero is not None and chart.limit < chart.zero


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=9))
def test_the_parts_of_a_whole_fill_the_width_and_each_that_is_there_is_seen_and_leads_somewhere(
    amounts: list[int],
) -> None:
    leads = [(f"part {no}", f"/{no}") for no in range(len(amounts))]
    chart = parts([("first", each) for each in amounts], leads)
    there = [lead for lead, each in zip(leads, amounts, strict=True) if each > 0]
    assert [(bar.name, bar.href) for bar in chart.bars] == there
    assert all(bar.width > 0.5 for bar in chart.bars)
    assert not chart.bars or abs(sum(bar.width for bar in chart.bars) - 100) < 0.1
    assert all(abs(one.x + one.width - two.x) < 0.05 for one, two in pairwise(chart.bars))


def test_sixty_months_and_none_are_drawn_too_and_a_column_that_is_nothing_leads_nowhere() -> None:
    names = [f"month {no}" for no in range(60)]
    leads = [[(name, f"/{name}") for name in names]]
    chart = columns([("first", [0, *range(1, 60)])], names, str, leads)
    assert chart.leads and len(chart.bars) == 60 and len(chart.labels) <= 12
    assert chart.bars[0].height == 0 and chart.bars[1].name == "month 1"
    assert not columns([("first", [])], [], str).bars
