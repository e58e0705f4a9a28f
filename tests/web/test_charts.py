"""Pictures: round scales that hold every value, columns that hang below zero, steps that end where the time does."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from web.reports.charts import Chart, columns, rows, steps

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
