"""Services that look back: what each is made of."""

from __future__ import annotations

from application.booking.opening_list import OpeningQuestions
from application.insight.explanation import Explanations
from application.insight.history import HistoryQuestions
from application.insight.my_data import MyDataQuestions
from application.insight.trail import TrailQuestions
from application.mail.letter_desk import LetterDesk
from infrastructure.sign_in.passkey_store import PostgresPasskeyStore
from web.wiring.parts import Made, Parts


def insight(parts: Parts) -> Made:
    """What has happened and why, and what is known of whom."""
    models, decisions, trail = parts.models, parts.decisions, parts.trail
    return {
        "trail": trail,
        "trail_questions": TrailQuestions(trail),
        "explanations": Explanations(decisions, models.booking, models.desk),
        "finding": models.finding,
        "history": _history(parts),
        "my_data": _my_data(parts),
    }


def _history(parts: Parts) -> HistoryQuestions:
    models = parts.models
    return HistoryQuestions(
        models.history, models.booking, models.people, models.invoice, models.programme, models.goods
    )


def _my_data(parts: Parts) -> MyDataQuestions:
    store, models = parts.store, parts.models
    return MyDataQuestions(
        store.clock,
        models.people,
        models.goods,
        models.booking,
        models.desk,
        models.invoice,
        models.roster,
        OpeningQuestions(models.opening),
        _history(parts),
        LetterDesk(parts.box, store.decisions),
        parts.sessions,
        PostgresPasskeyStore(store),
        models.own_facts,
        models.financial_years,
    )
