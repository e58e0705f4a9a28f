"""What the API takes of somebody who wants to be told when booking opens."""

from __future__ import annotations

from web.api.kernel.common_schema import A_TITLE, Body
from web.api.kernel.fields import Text


class AskToBeToldBody(Body):
    """Somebody who has not signed in asks for one letter when booking opens."""

    name = Text(A_TITLE, 1, required=True, example="Anna Andersson")
    email = Text(254, 1, required=True, example="anna@example.org")
