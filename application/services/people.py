"""What a face may call about people and organisations, how they sign in, and the letters they get."""

from __future__ import annotations

from dataclasses import dataclass

from application.access.calendar_address import CalendarAddresses
from application.access.passkey import Passkeys
from application.access.session import Sessions
from application.access.sign_in import SignIn
from application.access.staff_sign_in import StaffSignIn
from application.access.token import Tokens
from application.access.token_desk import TokenDesk
from application.access.webhook import WebhookQuestions, Webhooks
from application.mail.bounces import Bounces
from application.mail.letter_desk import LetterDesk
from application.mail.letter_rules import LetterRulesDesk
from application.mail.queries.letters import WhoKnewWhat
from application.notifications.mailing import Mailings
from application.notifications.own_words import OwnWordsDesk
from application.people.affiliation import Affiliations
from application.people.employment import Employments
from application.people.face import Faces
from application.people.introduction import Introductions
from application.people.invitations import Invitations
from application.people.logo import LogoDesk
from application.people.membership import Memberships
from application.people.organisation import Organisations
from application.people.organiser import Organisers
from application.people.person import People
from application.people.person_correction import PersonCorrections
from application.people.queries.people import PeopleQuestions
from application.people.safeguard import Safeguards


@dataclass(frozen=True)
class PeopleServices:
    """People, organisers, signing in, letters."""

    organisers: Organisers
    safeguards: Safeguards
    invitations: Invitations
    logos: LogoDesk
    faces: Faces
    people: People
    person_corrections: PersonCorrections
    affiliations: Affiliations
    employments: Employments
    organisations: Organisations
    memberships: Memberships
    introductions: Introductions
    tokens: Tokens
    token_desk: TokenDesk
    webhooks: Webhooks
    webhook_questions: WebhookQuestions
    sessions: Sessions
    sign_in: SignIn
    passkeys: Passkeys
    staff_sign_in: StaffSignIn
    letters: LetterDesk
    who_knew_what: WhoKnewWhat
    letter_rules: LetterRulesDesk
    own_words: OwnWordsDesk
    bounces: Bounces
    mailings: Mailings
    calendars: CalendarAddresses
    people_questions: PeopleQuestions
