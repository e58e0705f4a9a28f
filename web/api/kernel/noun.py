"""The routes of one noun: each declares who may call it, what it takes and what it answers, and is so described."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import cast
from uuid import UUID

from flask import Response, current_app, g, request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from application.insight.rests_on import all_of
from application.kernel.seen import Facts
from application.services import Services
from web.api.kernel.call import (
    JSON,
    PREFIX,
    Body,
    Call,
    Written,
    answer_read,
    answer_written,
    catch_up,
    key_of_call,
    shown_of_call,
)
from web.api.kernel.describe import Route, may_be_left_out
from web.api.kernel.examples import EXAMPLES
from web.api.kernel.shown import SHOWN, SUBJECTS, TARGETS, resting, token_now
from web.api.kernel.strict_json import read_json
from web.api.kernel.who import Who, must_be
from web.kernel.identity import actor_of

Handler = Callable[..., object]


class ApiBlueprint(Blueprint):
    """The routes of one noun, all under /api/v1."""

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, __name__, url_prefix=PREFIX, description=description)
        self.routes: dict[str, Route] = {}

    def describe(self) -> list[object]:
        """Say of each route what there is to say, where flask_smorest looks for it; the types of all answers."""
        for name, route in self.routes.items():
            self._docs[name][route.method.lower()]["manual_doc"] = {
                "operationId": name,
                **route.doc(EXAMPLES.get(name)),
            }
        return [route.answer for route in self.routes.values() if route.answer is not None]

    def read(
        self, rule: str, who: Who, answer: Hashable, query: type[Schema] | None = None, *, previews: bool = False
    ) -> Callable[[Handler], Handler]:
        """A question: GET, answered with an ETag, after waiting for the position the asker names.

        `previews`: what an act would come to, which may be that it is refused.
        """
        return self._add(Route("GET", rule, who, answer, 200, query=query, previews=previews))

    def file(
        self, rule: str, who: Who, media_type: str, query: type[Schema] | None = None, *, previews: bool = False
    ) -> Callable[[Handler], Handler]:
        """A question whose answer is a file (`web.api.kernel.call.FileAnswer`). `previews`: as for `read`."""
        return self._add(Route("GET", rule, who, None, 200, query=query, media_type=media_type, previews=previews))

    def stream(
        self, rule: str, who: Who, kinds: tuple[str, ...], query: type[Schema] | None = None
    ) -> Callable[[Handler], Handler]:
        """A question whose answer may be too large to be held: the handler gives a Response of one of these types."""
        return self._add(Route("GET", rule, who, None, 200, query=query, streams=kinds))

    def look(self, rule: str, who: Who, answer: Hashable, body: type[Schema]) -> Callable[[Handler], Handler]:
        """A preview: POST, and nothing is recorded."""
        return self._add(Route("POST", rule, who, answer, 200, body=body))

    def write(
        self,
        method: str,
        rule: str,
        who: Who,
        answer: Hashable,
        *,
        body: type[Schema] | None = None,
        status: int = 200,
        is_keyed: bool = False,
    ) -> Callable[[Handler], Handler]:
        """A command. `is_keyed`: it must carry an idempotency key (others may)."""
        route = Route(method, rule, who, answer, status, body=body, writes=True, is_keyed=is_keyed)
        return self._add(route)

    def _add(self, route: Route) -> Callable[[Handler], Handler]:
        def decorate(handler: Handler) -> Handler:
            view = _view(route, handler)
            view.__name__, view.__doc__ = handler.__name__, handler.__doc__
            vars(view)["who"] = route.who
            self.routes[handler.__name__] = route
            self.add_url_rule(route.rule, handler.__name__, view, methods=[route.method])
            return handler

        return decorate


def _view(route: Route, handler: Handler) -> Callable[..., Response]:
    body = route.body() if route.body else None
    query = route.query() if route.query else None
    who, status, writes, is_keyed, subject = route.who, route.status, route.writes, route.is_keyed, route.subject

    def view(**path: object) -> Response:
        services = cast(Services, current_app.extensions["plats"])
        g.asker = actor = actor_of(request, services.tokens)
        must_be(who, actor)
        key = key_of_call(is_needed=is_keyed) if writes else None
        if not writes:
            catch_up(services)
        sent = _body(body) if body is not None else {}
        asked = _query(query)
        facts = _facts(subject, path, sent)
        acting = resting(actor, shown_of_call(), facts) if writes else actor
        read_at = services.freshness.position(actor.organiser_id) if facts is not None and not writes else 0
        result = handler(Call(services, acting, key, sent, asked), **path)
        if isinstance(result, Response):
            return result
        if isinstance(result, Written):
            return answer_written(result, status)
        token = token_now(services, actor, facts, read_at) if facts is not None and not writes else ""
        return _showing(answer_read(result), token)

    return view


def _showing(answer: Response, token: str) -> Response:
    if token:
        answer.headers[SHOWN] = token
    return answer


def _facts(subject: str, path: Mapping[str, object], sent: Body) -> Facts | None:
    """What a call rests on: its subject, and what else it names that it acts on (`TARGETS`)."""
    named = {**sent, **path}
    one = named.get(subject)
    if not isinstance(one, UUID):
        return None
    beside = (rests_on(other) for name, rests_on in TARGETS.items() if isinstance(other := named.get(name), UUID))
    return all_of(SUBJECTS[subject](one), *beside)


def _body(schema: Schema) -> Body:
    """The body, checked; it may be left out where nothing in it is needed.

    Raises NotJson, UnsupportedMediaType, ValidationError.
    """
    if not request.get_data() and may_be_left_out(schema):
        return cast(Body, schema.load({}))
    if request.environ.get("CONTENT_TYPE") != JSON and request.mimetype != JSON:
        raise UnsupportedMediaType
    return cast(Body, schema.load(cast(Body, read_json(request.get_data(cache=False)))))


def _query(schema: Schema | None) -> Body:
    """What the address asks for, checked. Raises ValidationError."""
    asked = request.args
    if schema is not None:
        return cast(Body, schema.load(asked.to_dict()))
    if asked:
        raise ValidationError({name: ["Unknown field."] for name in asked})
    return {}
