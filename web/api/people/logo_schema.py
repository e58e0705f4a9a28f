"""What the API takes about logos."""

from __future__ import annotations

from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Text

_MOST_OF_A_PICTURE = 255_000
"""Characters: what is larger, with the rest of the body, is refused before it is read."""


class LogoBody(Body):
    """A picture: a PNG file of at most 190 kB, in base64."""

    content = Text(_MOST_OF_A_PICTURE, 1, required=True, about="Base64.")
