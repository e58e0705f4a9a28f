"""Who is told when somebody's seat, time, place or money changes; what their calendar is told with it; once each."""

from __future__ import annotations

from datetime import date

import pytest

from application.booking import MakeBooking, NameParticipant
from application.calling_off import CallOffPreview
from application.cancellation import (
    DeclineCancellation,
    GrantCancellation,
    RequestCancellation,
    WaiveCancellation,
)
from application.letters import LetterFilter
from application.meeting import (
    CallOffMeeting,
    PlanMeeting,
    PlannedMeeting,
    PostponeMeeting,
    PublishProgramme,
    ScheduleMeeting,
)
from application.organisation import AppointContact
from application.participant import Participant
from application.payment import ReceivePayment
from application.reinstatement import UndoCancellation
from application.season import CallOffSeason, NameLeaders
from application.waiting_list import JoinWaitingList
from domain.ids import BookingId, CancellationId, MeetingId, PersonId, SeasonId
from domain.meeting import Format, Place, ProgrammeItem
from domain.terms import free_before
from tests.samples import Institute, conference_prices, full_day
from tests.scenarios.mailed import Mailed, deliver, mailed_to
from tests.scenarios.story import FREE, book, cancel, hand_over, seated
