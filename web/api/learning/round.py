"""Rounds of self-assessment and the answers in them; topics of an open space."""

from __future__ import annotations

from application.learning.answer import GiveAnswer
from application.learning.part import LearningRef
from application.learning.round import CloseRound, MakeRoomLink, OpenRound
from application.learning.topic import ChooseTopic, ProposeTopic, PutTopicBack, TakeTopicBack, TopicRef
from domain.kernel.ids import MeetingId, SeasonId, TopicId
from domain.learning.contribution import Kind
from domain.learning.disclosure import Grade
from domain.learning.round import Column
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.learning import learning_schema as bodies

rounds = ApiBlueprint("self-assessment", "Self-assessment at meetings, and topics of an open space.")
MEETING = "/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>"
ROUND = f"{MEETING}/round"
TOPIC = "/seasons/<uuid:season_id>/topics/<uuid:topic_id>"
IN = Who.SIGNED_IN


@rounds.write("POST", ROUND, IN, LearningRef, body=bodies.OpenRoundBody, status=201)
def open_round(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Ask the self-assessment of a meeting; the participants are written to. For admins and leaders."""
    return call.execute(call.services.rounds.open, OpenRound(season_id, meeting_id, **call.body))


@rounds.write("POST", f"{ROUND}/closed", IN, LearningRef)
def close_round(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """No more assessments; the figures are fixed at once. For admins and leaders."""
    return call.execute(call.services.rounds.close, CloseRound(season_id, meeting_id))


@rounds.write("POST", f"{ROUND}/link", IN, LearningRef)
def make_room_link(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Another link for the room; the one before opens nothing any longer. For admins and leaders."""
    return call.execute(call.services.rounds.make_link, MakeRoomLink(season_id, meeting_id))


@rounds.write("PUT", f"{ROUND}/answer", IN, LearningRef, body=bodies.LearningAnswerBody)
def give_answer(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """A participant's answer, or another until the round closes."""
    grades = tuple((Column(each["column"]), Grade(each["grade"])) for each in call.body["grades"])
    texts = tuple((Kind(each["kind"]), each["text"]) for each in call.body["texts"])
    answer = GiveAnswer(season_id, meeting_id, grades, texts, call.body["may_be_shown"])
    return call.execute(call.services.answers.give, answer)


@rounds.write("POST", f"{MEETING}/topics", IN, TopicRef, body=bodies.TopicBody, status=201)
def propose_topic(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """A participant proposes what to talk about."""
    return call.execute(call.services.topics.propose, ProposeTopic(season_id, meeting_id, **call.body))


@rounds.write("PUT", f"{TOPIC}/place", IN, TopicRef, body=bodies.ChooseTopicBody)
def choose_topic(call: Call, season_id: SeasonId, topic_id: TopicId) -> Written:
    """It is talked about there and then. For admins and leaders."""
    return call.execute(call.services.topics.choose, ChooseTopic(season_id, topic_id, **call.body))


@rounds.write("DELETE", f"{TOPIC}/place", IN, TopicRef)
def put_topic_back(call: Call, season_id: SeasonId, topic_id: TopicId) -> Written:
    """It is not talked about after all. For admins and leaders."""
    return call.execute(call.services.topics.put_back, PutTopicBack(season_id, topic_id))


@rounds.write("DELETE", TOPIC, IN, TopicRef)
def take_topic_back(call: Call, season_id: SeasonId, topic_id: TopicId) -> Written:
    """Whoever proposed it takes it back."""
    return call.execute(call.services.topics.take_back, TakeTopicBack(season_id, topic_id))
