"""What a mailing tells: the organiser's own words, with the facts that they may name."""

from __future__ import annotations

from application.kernel.ports import UnitOfWork
from application.notifications.story import Stories, Story, recipients_of
from application.notifications.table import MAILING, SEASON_NEWS, Whom
from domain.kernel.ids import PersonId
from domain.mail.mailing import Mailing
from domain.programme.season import Season


def mailing_kind(mailing: Mailing) -> str:
    """By which kind of letter it goes: about one's own seat, or something that one may say no to."""
    return SEASON_NEWS if mailing.audience.is_of_a_season else MAILING


def mailing_story(work: UnitOfWork, mailing: Mailing, people: tuple[PersonId, ...]) -> Story:
    """The words to some people."""
    audience = mailing.audience
    season = work.load(Season, audience.about) if audience.is_of_a_season else None
    facts = {"subject": mailing.subject, "text": mailing.text, "path": "/"}
    if season is not None:
        facts["path"] = f"/seasons/{season.id}"
    whom = Whom.WAITING if audience.is_of_a_season else Whom.PERSON
    return Story(mailing.organiser_id, {whom: recipients_of(people)}, facts, season=season, named=str(mailing.id))


def _sent(work: UnitOfWork, event: Mailing.Sent) -> Story:
    return mailing_story(work, work.load(Mailing, event.originator_id), event.people)


STORIES: Stories = {Mailing.Sent: _sent}
