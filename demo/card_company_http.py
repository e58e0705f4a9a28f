"""The card company's HTTP: what programs ask of it, as Stripe names it, and the page on which somebody pays."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response, redirect, request
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response as AnyResponse

from demo.card_company import CardCompany, Thing

Answer = AnyResponse | Thing | tuple[Thing, int] | str

PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Kortbetalning (prov)</title><h1>{sum} {currency}</h1><p>{text}</p><p>Prov: inga pengar dras.</p>
<form method="post"><button name="do" value="pay">Betala</button>
<button name="do" value="cancel">Avbryt</button></form>
"""


class _Quiet(WSGIRequestHandler):
    """Serves without telling of each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def serving(company: CardCompany) -> Iterator[str]:
    """The company on a free port of this machine, and its address."""
    server = make_server("127.0.0.1", 0, card_company(company), threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def card_company(company: CardCompany) -> Flask:
    """Its HTTP face."""
    app = Flask("card_company")
    app.before_request(lambda: _let_in(company))
    app.after_request(lambda answer: _remember(company, answer))
    app.add_url_rule("/v1/checkout/sessions", "open", lambda: _open(company), methods=["POST"])
    app.add_url_rule("/v1/checkout/sessions", "sessions", lambda: _listed(company, "checkout.session"))
    app.add_url_rule(
        "/v1/checkout/sessions/<session>/expire", "expire", lambda session: _expire(company, session), methods=["POST"]
    )
    app.add_url_rule("/v1/refunds", "refund", lambda: _refund(company), methods=["POST"])
    app.add_url_rule("/v1/refunds", "refunds", lambda: _listed(company, "refund"))
    app.add_url_rule("/v1/events", "events", lambda: _listed(company, "event"))
    app.add_url_rule("/v1/<path:kind>/<thing>", "one", lambda kind, thing: _one(company, kind, thing))
    app.add_url_rule("/pay/<session>", "page", lambda session: _page(company, session))
    app.add_url_rule("/pay/<session>", "pay", lambda session: _pay(company, session), methods=["POST"])
    return app


def _refused(status: int, kind: str, message: str, **more: str) -> tuple[Thing, int]:
    return {"error": {"type": kind, "message": message, **more}}, status


def _let_in(company: CardCompany) -> Answer | None:
    sent = request.get_data(cache=True)  # before the form is read, or it is gone
    if not request.path.startswith("/v1/"):
        return None
    if not re.match(r"Bearer [sr]k_test_\w+", request.headers.get("Authorization", "")):
        return _refused(401, "invalid_request_error", "Invalid API Key provided")
    known = company.answered.get(request.headers.get("Idempotency-Key", ""))
    if request.method != "POST" or known is None:
        return None
    digest, body, status = known
    if digest != _digest(sent):
        return _refused(400, "idempotency_error", "Keys can only be used with the same parameters.")
    return Response(body, status, {"Idempotent-Replayed": "true"}, mimetype="application/json")


def _remember(company: CardCompany, answer: Response) -> Response:
    key = request.headers.get("Idempotency-Key")
    if key and request.method == "POST" and answer.status_code < 500:
        company.answered.setdefault(key, (_digest(request.get_data()), answer.get_data(), answer.status_code))
    answer.headers["Request-Id"] = f"req_{secrets.token_hex(7)}"
    return answer


def _digest(sent: bytes) -> str:
    return hashlib.sha256(request.path.encode() + sent).hexdigest()


def _open(company: CardCompany) -> Answer:
    asked = _nested()
    item = asked["line_items"]["0"]
    price = item["price_data"]
    total, currency = int(price["unit_amount"]) * int(item.get("quantity", 1)), price["currency"]
    about = asked.get("payment_intent_data", {}).get("metadata", {})
    intent = company.make(
        "pi", "payment_intent", amount=total, currency=currency, status="requires_payment_method", latest_charge=None
    )
    intent["metadata"] = about
    session = company.make(
        "cs_test", "checkout.session", mode=asked["mode"], amount_total=total, currency=currency, status="open",
        payment_status="unpaid", payment_intent=intent["id"], client_reference_id=asked.get("client_reference_id"),
        success_url=asked["success_url"], cancel_url=asked.get("cancel_url", ""), text=price["product_data"]["name"],
        expires_at=int(asked.get("expires_at", 0)),
    )  # fmt: skip
    session["metadata"], session["url"] = asked.get("metadata", {}), f"{request.host_url}pay/{session['id']}"
    return session


def _expire(company: CardCompany, session: str) -> Answer:
    about = company.things[session]
    with company.lock:
        if about["status"] != "open":
            return _refused(400, "invalid_request_error", f"Only open Checkout Sessions can be expired: {session}")
        about.update(status="expired", url=None)
    company.tell("checkout.session.expired", about)
    return about


def _refund(company: CardCompany) -> Answer:
    asked = _nested()
    with company.lock:
        charge = company.things[str(company.things[asked["payment_intent"]]["latest_charge"])]
        left = charge["amount"] - charge["amount_refunded"]
        amount = int(asked.get("amount", left))
        if amount > left:
            why = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
            return _refused(400, "invalid_request_error", why, code="charge_already_refunded", param="amount")
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        made = company.make(
            "re", "refund", amount=amount, currency=charge["currency"], charge=charge["id"], status="succeeded",
            payment_intent=asked["payment_intent"],
        )  # fmt: skip
        made["metadata"] = asked.get("metadata", {})
    company.tell("refund.created", made)
    return made


def _listed(company: CardCompany, kind: str) -> Answer:
    rows, given = company.of(kind), request.args
    for name in ("payment_intent", "status"):
        if name in given:
            rows = [each for each in rows if each.get(name) == given[name]]
    since = int(given.get("created[gte]", 0))
    rows = [each for each in rows if each["created"] >= since]
    after = given.get("starting_after")
    if after:
        rows = rows[[each["id"] for each in rows].index(after) + 1 :]
    limit = int(given.get("limit", 10))
    return {"object": "list", "data": rows[:limit], "has_more": len(rows) > limit, "url": request.path}


def _one(company: CardCompany, kind: str, thing: str) -> Answer:
    found = company.things.get(thing)
    if found is None:
        return _refused(404, "invalid_request_error", f"No such {kind}: '{thing}'", code="resource_missing")
    for path in request.args.to_dict().values():
        found = _expanded(company, found, path.split("."))
    return found


def _expanded(company: CardCompany, thing: Thing, path: list[str]) -> Thing:
    inner = company.things.get(str(thing.get(path[0])))
    if inner is None:
        return thing
    return {**thing, path[0]: _expanded(company, inner, path[1:]) if path[1:] else inner}


def _page(company: CardCompany, session: str) -> Answer:
    about = company.things[session]
    sum_shown = f"{about['amount_total'] / 100:.2f}"
    return PAGE.format(sum=sum_shown, currency=about["currency"].upper(), text=about["text"])


def _pay(company: CardCompany, session: str) -> Answer:
    about = company.things[session]
    if request.form.get("do") != "pay":
        return redirect(about["cancel_url"], 303)
    company.paid(session)
    return redirect(about["success_url"].replace("{CHECKOUT_SESSION_ID}", session), 303)


def _nested() -> Thing:
    """Stripe's form fields (`a[b][0][c]=…`) as nested objects; lists have their numbers as names."""
    found: Thing = {}
    for name, value in request.form.items():
        first, *rest = [name.split("[")[0], *re.findall(r"\[([^\]]*)\]", name)]
        place = found
        for part, deeper in zip([first, *rest], rest, strict=False):
            place = place.setdefault(part, {})
            first = deeper
        place[first] = value
    return found
