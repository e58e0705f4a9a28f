"""What may be shown of a group's answers, in words: the same on pages, in files and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from application.learning.documentation import Chapter, Documentation
from application.learning.queries.learning import LearningView
from application.learning.queries.round import ColumnShown
from domain.learning.contribution import Kind
from domain.learning.disclosure import Figure
from web.words.language import Say


def mean_text(hundredths: int, say: Say) -> str:
    """A mean, or a change of one, with one decimal."""
    return f"{hundredths / 100:.1f}".replace("-", "\N{MINUS SIGN}").replace(".", say("learning.point"))


def figure_text(figure: Figure | None, say: Say) -> str:
    """What is shown of some answers."""
    if figure is None:
        return say("learning.too_few")
    if figure.answers is None:
        return say("learning.few", mean=mean_text(figure.mean, say))
    return say("learning.spread", good=figure.good, medium=figure.medium, poor=figure.poor)


def change_text(column: ColumnShown, say: Say) -> str:
    """Since the first meeting; a dash where it may not be shown."""
    if column.change is None:
        return "\N{EN DASH}"
    return f"{'+' if column.change > 0 else ''}{mean_text(column.change, say)}"


def figure_rows(view: LearningView, say: Say) -> Iterator[tuple[str, ...]]:
    """A row for each column of each round whose figures are fixed, under a row of headings."""
    yield say("learning.meeting"), say("learning.of_whom"), say("learning.figures"), say("learning.change")
    for one in view.rounds:
        for each in one.columns if one.is_fixed else ():
            named = say(f"learning.column_{each.column.value}")
            yield one.theme, named, figure_text(each.figure, say), change_text(each, say)


def documentation(view: LearningView, organiser: str, say: Say) -> Documentation:
    """A season's insights as they are printed."""
    return Documentation(
        view.season, organiser, say("learning.for_the_group"), say.language, tuple(_chapters(view, say))
    )


def _chapters(view: LearningView, say: Say) -> Iterator[Chapter]:
    if view.insight:
        yield Chapter(say("learning.in_all"), tuple(view.insight.splitlines()))
    for each in view.meetings:
        if each.insight:
            yield Chapter(each.title, tuple(each.insight.splitlines()))
    rows = tuple(figure_rows(view, say))
    if len(rows) > 1:
        yield Chapter(say("learning.development"), rows=rows)
    if view.themes and view.are_hopes_published:
        yield Chapter(say("learning.hopes"), tuple(each.title for each in view.themes))
    for kind in Kind:
        told = tuple(each.text for each in view.published if each.kind is kind)
        if told:
            yield Chapter(say(f"learning.kind_{kind.value}"), quotes=told)
