"""A file that staff shares as material: what it is by its content, and nothing that runs anything at its reader's."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from domain.kernel.errors import RuleBroken
from domain.kernel.image import LARGEST, ImageTooLarge
from domain.kernel.text import visible
from domain.programme.plan import BEGINS, NotAPlan, must_be_paper

MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 5000
MOST_NAME = 80
_ODF = re.compile(r"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)")
_OOXML = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_MORE_THAN_TEXT = re.compile(
    r"vbaproject|/activex/|/oleobject|^basic/|^scripts/|\.(exe|dll|js|vbs|jar|zip|html?|docm|xlsm|pptm)$"
)
_CARRIED, _TABLE = "/embeddings/", ".xlsx"
"""A picture of figures in a presentation carries its table, which is looked into as the document is."""
_REACHES_OUT = re.compile(rb"macroEnabled|attachedTemplate|oleObject|DDEAUTO|ddeLink|script:|<script", re.IGNORECASE)
_CONTROLS = re.compile(r"[^\t\n\f\r -\x7e\x85\xa0-\U0010ffff]")
_MARKUP = re.compile(r"<\s*(!doctype|html|svg|script|\?xml|iframe|body)|^#!", re.IGNORECASE)


class NotAFileToShare(RuleBroken):
    """It is of no kind that is shared, or does more than be read, seen or heard (macros, scripts, files within it)."""


class FileTooLarge(RuleBroken):
    """More bytes than a file of material may have (`most_bytes`)."""

    def __init__(self, **facts: object) -> None:
        super().__init__(**{"most_bytes": LARGEST, **facts})


@dataclass(frozen=True)
class MaterialFile:
    """A file as it is kept: its name with the ending of what it is, its type, its size in bytes, and its digest."""

    digest: str
    name: str
    media_type: str
    size: int


def file_of(content: bytes, name: str) -> MaterialFile:
    """What a file is, whatever it is called. Raises FileTooLarge, NotAFileToShare."""
    if len(content) > LARGEST:
        raise FileTooLarge
    ending, media_type = _kind_of(content)
    return MaterialFile(sha256(content).hexdigest(), _named(name, ending), media_type, len(content))


def _named(name: str, ending: str) -> str:
    """Its last part as it is seen, without what file systems read otherwise."""
    last = visible(name).replace("\\", "/").rpartition("/")[2]
    stem = re.sub(r"[^\w .()+&,–-]", "", re.sub(r"\.[^.]*$", "", last)).strip(" .")[:MOST_NAME].strip(" .")
    return f"{stem or 'material'}.{ending}"


def _kind_of(content: bytes) -> tuple[str, str]:
    for begins, at, kind in _BEGINNINGS:
        if content[at : at + len(begins)] == begins:
            return kind if isinstance(kind, tuple) else kind(content)
    return _text(content)


def _pdf(content: bytes) -> tuple[str, str]:
    try:
        must_be_paper(content)
    except (NotAPlan, ImageTooLarge):
        raise NotAFileToShare from None
    return "pdf", "application/pdf"


def _riff(content: bytes) -> tuple[str, str]:
    if content[8:12] != b"WEBP":
        raise NotAFileToShare
    return "webp", "image/webp"


def _text(content: bytes) -> tuple[str, str]:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise NotAFileToShare from None
    if not text.strip() or _CONTROLS.search(text) or _MARKUP.search(text):
        raise NotAFileToShare
    return "txt", "text/plain; charset=utf-8"


def _office(content: bytes, *, is_carried: bool = False) -> tuple[str, str]:
    """A document of an office program: a ZIP of known parts, none of which runs or carries anything."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return _document(packed, is_carried=is_carried)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise NotAFileToShare from None


def _document(packed: zipfile.ZipFile, *, is_carried: bool) -> tuple[str, str]:
    parts = packed.infolist()
    names = [each.filename for each in parts]
    is_too_much = len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED
    if is_too_much or any(_MORE_THAN_TEXT.search(each.lower()) for each in names) or len(set(names)) < len(names):
        raise NotAFileToShare
    for each in parts:
        if _CARRIED in each.filename.lower():
            if is_carried or not each.filename.lower().endswith(_TABLE):
                raise NotAFileToShare
            _office(_read(packed, each), is_carried=True)
        if each.filename.lower().endswith((".xml", ".rels")) and _REACHES_OUT.search(_read(packed, each)):
            raise NotAFileToShare
    if names and names[0] == "mimetype":
        return _odf(_read(packed, parts[0]).decode("ascii"))
    if "[Content_Types].xml" in names:
        for main, ending in _OOXML.items():
            if main in names:
                return ending, f"application/vnd.openxmlformats-officedocument.{_OFFICE[ending]}"
    raise NotAFileToShare


def _read(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part whole, no more of it than it says it has."""
    with packed.open(part) as opened:
        content = opened.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise NotAFileToShare
    return content


def _odf(media_type: str) -> tuple[str, str]:
    found = _ODF.fullmatch(media_type)
    if found is None:
        raise NotAFileToShare
    return {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}[found[1]], media_type


_OFFICE = {
    "docx": "wordprocessingml.document",
    "xlsx": "spreadsheetml.sheet",
    "pptx": "presentationml.presentation",
}
_BEGINNINGS: tuple[tuple[bytes, int, tuple[str, str] | Callable[[bytes], tuple[str, str]]], ...] = (
    (BEGINS, 0, _pdf),
    (b"PK\x03\x04", 0, _office),
    (b"\x89PNG\r\n\x1a\n", 0, ("png", "image/png")),
    (b"\xff\xd8\xff", 0, ("jpg", "image/jpeg")),
    (b"RIFF", 0, _riff),
    (b"ftyp", 4, ("mp4", "video/mp4")),
    (b"ID3", 0, ("mp3", "audio/mpeg")),
)
