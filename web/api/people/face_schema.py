"""What the API takes about pictures of people."""

from __future__ import annotations

from domain.kernel.image import LARGEST
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Flag, Text


class FaceBody(Body):
    """A picture: a JPEG, PNG or WebP of at most 8 MB and 40 million pixels, in base64."""

    content = Text(LARGEST * 4 // 3 + 4, 1, required=True, about="Base64. Where and when it was taken is not kept.")
    is_agreed = Flag(required=True, about="That the person wants it shown to everyone; without that it is refused.")
