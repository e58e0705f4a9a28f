"""What the API is asked about clashes."""

from __future__ import annotations

from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Id


class ClashQuery(Body):
    """For whom: an admin may ask for somebody."""

    person_id = Id(load_default=None)
