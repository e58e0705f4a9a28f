"""What a face may call to look back: history, explanations, one's own data."""

from __future__ import annotations

from dataclasses import dataclass

from application.insight.explanation import Explanations
from application.insight.finding import Finding
from application.insight.history import HistoryQuestions
from application.insight.my_data import MyDataQuestions
from application.insight.trail import Trail, TrailQuestions


@dataclass(frozen=True)
class InsightServices:
    """What has happened, why, and what is known of whom."""

    trail: Trail
    trail_questions: TrailQuestions
    explanations: Explanations
    finding: Finding
    history: HistoryQuestions
    my_data: MyDataQuestions
