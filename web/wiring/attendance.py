"""Services about taking part in meetings, and about what a group learns there: what each is made of."""

from __future__ import annotations

from application.attendance.certificate import Certificates
from application.attendance.check_in import CheckIns
from application.attendance.door import Doors
from application.attendance.queries.door import DoorQuestions
from application.attendance.session_registration import SessionRegistrations
from application.attendance.ticket import TicketOffice
from application.attendance.walk_in import WalkInDesk
from application.booking.booking import Bookings
from application.learning.answer import Answers
from application.learning.contribution import Contributions
from application.learning.queries.learning import LearningQuestions
from application.learning.round import Rounds
from infrastructure.documents.certificate import TypstCertificates
from infrastructure.documents.insights import TypstInsights
from infrastructure.keys.signed_links import SignedDoorLinks, SignedRoomLinks
from web.wiring.parts import Made, Parts
from web.words.certificate_words import CertificateTexts
from web.words.language import read_phrases


def attendance(parts: Parts) -> Made:
    """Doors, tickets, sessions that are chosen, certificates."""
    store, models, decisions = parts.store, parts.models, parts.decisions
    codes, came, one_time, shelf = parts.codes, parts.models.attendance, parts.one_time, parts.shelf
    return {
        "session_registrations": SessionRegistrations(decisions, one_time),
        "doors": Doors(decisions, SignedDoorLinks(store.keyring)),
        "check_ins": CheckIns(decisions, codes, came),
        "walk_ins": WalkInDesk(decisions, Bookings(decisions), came),
        "tickets": TicketOffice(decisions, codes),
        "door_questions": DoorQuestions(decisions, codes, came, models.roster, came, store.clock),
        "attendance": came,
        "certificates": Certificates(
            models.programme, came, came, TypstCertificates(CertificateTexts(read_phrases()), shelf), store.clock
        ),
        "participation_questions": models.participation,
        "clashes": models.clash,
    }


def learning(parts: Parts) -> Made:
    """Rounds, answers, contributions."""
    store, models, decisions = parts.store, parts.models, parts.decisions
    rooms, learnt, came, codes = SignedRoomLinks(store.keyring), models.learning, models.attendance, parts.codes
    return {
        "rounds": Rounds(decisions, learnt),
        "answers": Answers(decisions, rooms, codes, came),
        "contributions": Contributions(decisions, learnt),
        "learning_questions": LearningQuestions(decisions, learnt, rooms),
        "insights_press": TypstInsights(),
    }
