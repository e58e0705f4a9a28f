"""The application that both faces live in: what goes wrong under /api is answered as the API answers."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from web.api.kernel.problem import answer_of

API = "/api/"


class Face(Flask):
    """Flask, with problems instead of pages under /api, whatever else is registered."""

    def handle_user_exception(self, e: Exception) -> Any:
        """The answer to a request that came to this."""
        return answer_of(e) if request.path.startswith(API) else super().handle_user_exception(e)

    def log_exception(self, exc_info: Any) -> None:
        """A fault is told with its route: what stands in an address may let in whoever reads the log."""
        self.logger.error("%s %s failed", request.method, request.url_rule or "?", exc_info=exc_info)
