"""Who reads a page, of which organiser, in which language; and how the page knows that a form is its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast
from uuid import UUID

from flask import Response, current_app, g, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from application.access.session import PREFIX as SESSION
from application.access.token import NotSignedIn
from application.kernel.actor import Actor, Role, stranger
from application.kernel.seen import Seen
from application.programme.queries.programme import OrganiserRow
from application.services import Services
from domain.kernel.errors import PlatsError
from domain.kernel.terms import day_in
from web.kernel.errors import sentence
from web.kernel.form_sent import FormSent
from web.kernel.rests_on import facts_for
from web.words.language import Phrases, Say, language_of

TOKEN_COOKIE = "plats_token"  # noqa: S105 - the name of the cookie, not what is in it
POSITION_COOKIE = "plats_position"
AS_SHOWN = "as_shown"
"""The field in which a form brings back the token of the state it showed."""
IS_HTTPS = "PLATS_HTTPS"
"""Set where the installation is reached by https, whatever stands between: its cookies are for https alone."""

A_MOMENT = 30
A_MONTH = 30 * 24 * 3600
A_YEAR = 365 * 24 * 3600

Answer = str | AnyResponse | tuple[str, int]


@dataclass(frozen=True)
class Visit:
    """Somebody on an organiser's pages: signed in there, or a stranger."""

    organiser: OrganiserRow
    actor: Actor

    @property
    def is_signed_in(self) -> bool:
        """Whether we know who it is. Who came by the link of a booking has not signed in."""
        return not self.is_by_link and self._is_known

    @property
    def is_by_link(self) -> bool:
        """Whether the link of a mail has opened one booking here, and nothing else."""
        return self.actor.booking_id is not None

    @property
    def _is_known(self) -> bool:
        return self.actor.person_id is not None or bool(self.actor.roles)

    @property
    def ids(self) -> frozenset[UUID]:
        """Whoever reads, by all their ids; nobody for a stranger."""
        return frozenset(each for each in (self.actor.person_id, *self.actor.also) if each is not None)

    @property
    def is_admin(self) -> bool:
        """Whether they run things here."""
        return self.actor.has(self.organiser.organiser_id, Role.ADMIN)

    @property
    def is_finance(self) -> bool:
        """Whether they see to the money here."""
        return self.actor.has(self.organiser.organiser_id, Role.FINANCE)

    @property
    def stranger(self) -> Actor:
        """Nobody in particular on these pages, whoever is signed in."""
        return stranger(self.organiser.organiser_id).seeing(self.actor.seen)

    @property
    def zone(self) -> str:
        """The organiser's time zone."""
        return self.organiser.zone


def services() -> Services:
    """The use cases and questions."""
    return cast(Services, current_app.extensions["plats"])


def say() -> Say:
    """Speaks the reader's language."""
    if "say" not in g:
        phrases = cast(Phrases, current_app.extensions["plats_phrases"])
        g.say = phrases.speaking(language_of(request))
    return cast(Say, g.say)


def refusal(error: PlatsError) -> str:
    """A refusal in words, to whoever reads this page."""
    return sentence(error, say().language, g.visit.actor if "visit" in g else None)


def signed_in() -> Actor | None:
    """Who shows the session's token, if anyone does."""
    if "actor" not in g:
        try:
            g.actor = _recognised(request.cookies.get(TOKEN_COOKIE, ""))
        except NotSignedIn:
            g.actor = None
    return cast("Actor | None", g.actor)


def _recognised(shown: str) -> Actor:
    """Who comes with what the cookie holds: a session's secret, or a program's key. Raises NotSignedIn."""
    if shown.startswith(SESSION):
        return services().sessions.recognise(shown)
    return services().tokens.recognise(shown)


def visit_by_anyone() -> Visit:
    """The reader on an organiser's pages. What they send rests on what they were shown.

    Raises NotFound where there is no such organiser.
    """
    come = services().freshness.now()  # before anything is read that will be shown
    organiser = services().programme.organiser_by_slug(g.slug)
    g.shown_at = come(organiser.organiser_id)
    actor = signed_in()
    is_here = actor is not None and actor.organiser_id == organiser.organiser_id
    if actor is not None and is_here and request.method == "POST":
        services().people.read_in(actor, say().language)
    g.visit = Visit(organiser, resting(actor if actor and is_here else stranger(organiser.organiser_id), organiser))
    return cast(Visit, g.visit)


def resting(actor: Actor, organiser: OrganiserRow) -> Actor:
    """The actor, whose decision rests on what the form that was sent had shown."""
    if request.method != "POST" or request.endpoint is None:
        return actor
    sent = FormSent(request.view_args or {}, request.form, request.args, organiser.organiser_id, actor.person_id)
    facts = facts_for(request.endpoint, sent)
    if g.get("is_older"):  # whatever it rests on: nothing is recorded by a form of another session
        g.seen = Seen("", facts or (lambda _: None))
    else:
        g.seen = Seen(request.form.get(AS_SHOWN, ""), facts) if facts is not None else None
    return actor.seeing(g.seen)


def visit_signed_in() -> Visit:
    """As `visit_by_anyone`, for pages that are somebody's own. Raises NotSignedIn."""
    visit = visit_by_anyone()
    if not visit.is_signed_in:
        raise NotSignedIn
    return visit


def visit_as_admin() -> Visit:
    """As `visit_by_anyone`, for pages of those who run things here. Raises NotSignedIn, NotAllowed."""
    visit = visit_signed_in()
    visit.actor.must_be(visit.organiser.organiser_id, Role.ADMIN)
    return visit


def visit_as_staff() -> Visit:
    """As `visit_by_anyone`, for pages of admins and finance. Raises NotSignedIn, NotAllowed."""
    visit = visit_signed_in()
    visit.actor.must_be(visit.organiser.organiser_id, Role.ADMIN, Role.FINANCE)
    return visit


def place_of_reader() -> str:
    """From which address on the net it is asked."""
    return request.remote_addr or ""


HOME_ZONE = "Europe/Stockholm"
"""By whose clock it is today where no organiser is named."""


def today(zone: str) -> date:
    """The local day in a zone."""
    return day_in(services().clock.now(), zone)


class Landed(Protocol):
    """Something that was recorded at a position of the log (0: nothing was)."""

    @property
    def position(self) -> int:
        """Where."""


def after(recorded: Landed, endpoint: str, **values: str | int | UUID) -> Response:
    """Send the reader on after something was recorded; the next page waits until it can show it."""
    answer = current_app.response_class(status=303, headers={"Location": _address(endpoint, values)})
    shown_soon(answer, recorded.position)
    return answer


def shown_soon(answer: AnyResponse, position: int) -> None:
    """The reader's next page waits until it can show what was recorded there (0: nothing was)."""
    if position:
        answer.headers["Plats-Position"] = str(position)
        set_cookie(answer, POSITION_COOKIE, str(position), A_MOMENT)


def _address(endpoint: str, values: Mapping[str, Any]) -> str:
    return url_for(endpoint, **values)


def set_cookie(answer: AnyResponse, name: str, value: str, seconds: int | None, path: str = "/") -> None:
    """A cookie that no script reads and no other site's form sends; of the whole house, or of one `path`."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        secure=request.is_secure or bool(current_app.config.get(IS_HTTPS)),
        httponly=True,
        samesite="Lax",
    )


def catch_up_with_reader() -> bool:
    """Wait briefly for what the reader has just done; False when it cannot be shown yet."""
    position = request.cookies.get(POSITION_COOKIE, "")
    if not (position.isascii() and position.isdigit() and len(position) < 19):
        return True
    return services().freshness.wait_for(int(position), 1.0)
