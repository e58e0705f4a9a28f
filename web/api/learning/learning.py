"""A season's learning record: what the reader may know of it, its rules, hopes and fears, themes and insights."""

from __future__ import annotations

from uuid import UUID

from application.learning.contribution import HoldBackText, PutUnderTheme, ShowText, WithdrawText
from application.learning.learning import (
    AgreeLearning,
    AskHopes,
    CloseHopes,
    NameTheme,
    PublishHopes,
    PublishInsights,
    RemoveTheme,
    WriteHopes,
    WriteInsight,
)
from application.learning.part import LearningRef
from application.learning.queries.contribution import TextShown
from application.learning.queries.learning import LearningView
from domain.kernel.ids import SeasonId
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.learning import learning_schema as bodies

learnings = ApiBlueprint("learning of a season", "What a group learns: hopes and fears, texts, themes and insights.")
AT = "/seasons/<uuid:season_id>/learning"
TEXT = f"{AT}/texts/<uuid:handle>"
IN = Who.SIGNED_IN


@learnings.read(AT, IN, LearningView)
def read_learning(call: Call, season_id: SeasonId) -> LearningView:
    """All that the reader may know: as a participant, or as admin or leader of the season. Figures are never of few."""
    return call.services.learning_questions.of(call.actor, season_id)


@learnings.write("PUT", f"{AT}/rules", IN, LearningRef, body=bodies.LearningRulesBody)
def agree_learning(call: Call, season_id: SeasonId) -> Written:
    """For rounds opened from then on. For admins and leaders."""
    return call.execute(call.services.learnings.agree, AgreeLearning(season_id, **call.body))


@learnings.write("POST", f"{AT}/hopes/asked", IN, LearningRef, body=bodies.AskHopesBody)
def ask_hopes(call: Call, season_id: SeasonId) -> Written:
    """Ask the participants for hopes and fears; they are written to. For admins and leaders."""
    return call.execute(call.services.learnings.ask_hopes, AskHopes(season_id, **call.body))


@learnings.write("DELETE", f"{AT}/hopes/asked", IN, LearningRef)
def close_hopes(call: Call, season_id: SeasonId) -> Written:
    """Ask no longer; what was written may be read, where enough have written. For admins and leaders."""
    return call.execute(call.services.learnings.close_hopes, CloseHopes(season_id))


@learnings.write("PUT", f"{AT}/hopes", IN, LearningRef, body=bodies.HopesBody)
def write_hopes(call: Call, season_id: SeasonId) -> Written:
    """What a participant hopes and fears."""
    return call.execute(call.services.learnings.write_hopes, WriteHopes(season_id, **call.body))


@learnings.write("PUT", f"{AT}/hopes/published", IN, LearningRef, body=bodies.LearningPublishedBody)
def publish_hopes(call: Call, season_id: SeasonId) -> Written:
    """Whether the group sees the themes. For admins and leaders."""
    return call.execute(call.services.learnings.publish_hopes, PublishHopes(season_id, **call.body))


@learnings.write("POST", f"{AT}/themes", IN, LearningRef, body=bodies.ThemeBody, status=201)
def add_theme(call: Call, season_id: SeasonId) -> Written:
    """A new theme. For admins and leaders."""
    return call.execute(call.services.learnings.name_theme, NameTheme(season_id, **call.body))


@learnings.write("PUT", f"{AT}/themes/<uuid:theme_id>", IN, LearningRef, body=bodies.ThemeBody)
def rename_theme(call: Call, season_id: SeasonId, theme_id: UUID) -> Written:
    """Another name of a theme. For admins and leaders."""
    return call.execute(call.services.learnings.name_theme, NameTheme(season_id, call.body["title"], theme_id))


@learnings.write("DELETE", f"{AT}/themes/<uuid:theme_id>", IN, LearningRef)
def remove_theme(call: Call, season_id: SeasonId, theme_id: UUID) -> Written:
    """What was put under it is under none. For admins and leaders."""
    return call.execute(call.services.learnings.remove_theme, RemoveTheme(season_id, theme_id))


@learnings.read(f"{AT}/texts", IN, tuple[TextShown, ...])
def list_texts_to_moderate(call: Call, season_id: SeasonId) -> tuple[TextShown, ...]:
    """Texts without names, once their time is over and enough have written. For admins and leaders."""
    return call.services.learning_questions.to_moderate(call.actor, season_id)


@learnings.write("PUT", f"{TEXT}/theme", IN, LearningRef, body=bodies.ThemeOfBody)
def put_under_theme(call: Call, season_id: SeasonId, handle: UUID) -> Written:
    """Under which theme a hope or a fear belongs. For admins and leaders."""
    return call.execute(call.services.contributions.put_under, PutUnderTheme(season_id, handle, **call.body))


@learnings.write("POST", f"{TEXT}/shown", IN, LearningRef)
def show_text(call: Call, season_id: SeasonId, handle: UUID) -> Written:
    """The group reads it as it is. For admins and leaders."""
    return call.execute(call.services.contributions.show, ShowText(season_id, handle))


@learnings.write("POST", f"{TEXT}/held-back", IN, LearningRef, body=bodies.LearningReasonBody)
def hold_back_text(call: Call, season_id: SeasonId, handle: UUID) -> Written:
    """The group does not read it; its author reads why. For admins and leaders."""
    return call.execute(call.services.contributions.hold_back, HoldBackText(season_id, handle, **call.body))


@learnings.read("/texts", IN, tuple[TextShown, ...])
def list_own_texts(call: Call) -> tuple[TextShown, ...]:
    """What the caller has written, in all seasons."""
    return call.services.learning_questions.own(call.actor)


@learnings.write("DELETE", "/texts/<uuid:handle>", IN, LearningRef)
def withdraw_text(call: Call, handle: UUID) -> Written:
    """Its author takes it back: it is read by nobody any longer."""
    return call.execute(call.services.contributions.withdraw, WithdrawText(handle))


@learnings.write("PUT", f"{AT}/insights", IN, LearningRef, body=bodies.InsightBody)
def write_insight(call: Call, season_id: SeasonId) -> Written:
    """What was learnt. For admins and leaders."""
    return call.execute(call.services.learnings.write_insight, WriteInsight(season_id, **call.body))


@learnings.write("PUT", f"{AT}/insights/published", IN, LearningRef, body=bodies.LearningPublishedBody)
def publish_insights(call: Call, season_id: SeasonId) -> Written:
    """Whether the group reads them. For admins and leaders."""
    return call.execute(call.services.learnings.publish_insights, PublishInsights(season_id, **call.body))
