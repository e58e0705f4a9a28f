"""Forms of a session that has ended, or of another one: nothing is done, and nothing that was typed is lost."""

from __future__ import annotations

from flask import g, render_template, request, url_for

from web.kernel.rests_on import RESTS_ON, TYPED_ANEW
from web.pages.kernel.form_token import FormNotOurs as NotOurs
from web.pages.kernel.form_token import must_be_our_form
from web.pages.kernel.visit import AS_SHOWN, Answer

UNSIGNED = 401
OURS = (AS_SHOWN, "form_token", "key", "do", "shown", "granted", "seen", "rows", "m_was")
"""Fields that nobody types."""


def is_of_another_session() -> bool:
    """Whether the form that was sent is our own, of before the reader signed in, and can be shown to them anew."""
    try:
        must_be_our_form(request)
    except NotOurs:
        return False
    return request.endpoint in RESTS_ON or request.endpoint in TYPED_ANEW


def keep_typed() -> Answer:
    """The session is over: what was typed waits on this page until somebody has signed in beside it."""
    sent = list(request.form.items(multi=True))
    words = render_template(
        "session_over.html",
        sent=sent,
        told=[value for name, value in sent if name not in OURS and _is_words(value)],
        has_file=bool(request.files),
        sign_in=url_for("sign_in.page", slug=g.slug or None),
        address=request.full_path.rstrip("?"),
    )
    return words, UNSIGNED


def _is_words(value: str) -> bool:
    """Whether a value is what somebody would know again, and no id."""
    return bool(value.strip()) and (" " in value.strip() or "@" in value)
