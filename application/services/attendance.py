"""What a face may call about taking part: meetings, doors, certificates; and what a group learns."""

from __future__ import annotations

from dataclasses import dataclass

from application.attendance.certificate import Certificates
from application.attendance.check_in import CheckIns
from application.attendance.door import Doors
from application.attendance.participation import Participations
from application.attendance.queries.attendance import AttendanceQuestions
from application.attendance.queries.clash import ClashQuestions
from application.attendance.queries.door import DoorQuestions
from application.attendance.queries.participation import ParticipationQuestions
from application.attendance.session import Sessions as ChosenSessions
from application.attendance.session_registration import SessionRegistrations
from application.attendance.ticket import TicketOffice
from application.attendance.walk_in import WalkInDesk
from application.learning.answer import Answers
from application.learning.contribution import Contributions
from application.learning.documentation import InsightsPress
from application.learning.learning import Learnings
from application.learning.queries.learning import LearningQuestions
from application.learning.round import Rounds
from application.learning.topic import Topics


@dataclass(frozen=True)
class AttendanceServices:
    """Taking part in meetings, and learning there."""

    participations: Participations
    sessions_chosen: ChosenSessions
    session_registrations: SessionRegistrations
    doors: Doors
    check_ins: CheckIns
    walk_ins: WalkInDesk
    tickets: TicketOffice
    learnings: Learnings
    rounds: Rounds
    answers: Answers
    contributions: Contributions
    topics: Topics
    certificates: Certificates
    door_questions: DoorQuestions
    attendance: AttendanceQuestions
    participation_questions: ParticipationQuestions
    clashes: ClashQuestions
    learning_questions: LearningQuestions
    insights_press: InsightsPress
