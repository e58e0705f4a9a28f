"""A file to share is what its content says, and nothing that runs at its reader's is shared."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from domain.kernel.image import LARGEST
from domain.programme.material_file import FileTooLarge, NotAFileToShare, file_of
from tests.web.pages.programme.test_images import PLAN, packed

TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument"/></Types>'
WORD = {"[Content_Types].xml": TYPES, "word/document.xml": "<w:document>Hej</w:document>"}
SHEET = {"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>"}
SLIDES = {"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<p:presentation/>"}
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office:document/>"}


def zipped(parts: dict[str, str | bytes]) -> bytes:
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return into.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "becomes"),
    [
        (PLAN, "Bilder.pdf", "Bilder.pdf"),
        (zipped({**WORD}), "Läs mig.docx", "Läs mig.docx"),
        (zipped({**SHEET}), "siffror.exe", "siffror.xlsx"),
        (zipped({**SLIDES}), "../../etc/passwd", "passwd.pptx"),
        (zipped({**SLIDES, "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": zipped({**SHEET})}), "d.pptx", "d.pptx"),
        (zipped({**ODT}), "a.odt", "a.odt"),
        (b"\x89PNG\r\n\x1a\n...", "c:\\bilder\\a.png.js", "a.png.png"),
        (b"\xff\xd8\xff\xe0", "\u202egpj.exe", "gpj.jpg"),
        ("Att läsa: a < b".encode(), "", "material.txt"),
        (b"\x00\x00\x00\x18ftypmp42", 'a"\r\nSet-Cookie: x=y.mp4', "aSet-Cookie xy.mp4"),
        (b"ID3\x04", "ljud.mp3", "ljud.mp3"),
    ],
)
def test_what_it_is_its_content_says(content: bytes, name: str, becomes: str) -> None:
    found = file_of(content, name)
    assert found.name == becomes
    assert found.size == len(content)


HOSTILE = {
    "html": b"<!doctype html><script>alert(1)</script>",
    "html later": b"hej\n<body onload=alert(1)>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "xml": b'<?xml version="1.0"?><svg/>',
    "a script": b"#!/bin/sh\nrm -rf /",
    "a program": b"MZ\x90\x00\x03",
    "elf": b"\x7fELF\x02\x01",
    "a zip": zipped({"a.txt": "hej"}),
    "nothing": b"",
    "utf-16": "<script>".encode("utf-16"),
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "macro document": zipped({**WORD, "word/vbaProject.bin": b"x"}),
    "macro type": zipped({**WORD, "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
    "activex": zipped({**WORD, "word/activeX/activeX1.xml": "<x/>"}),
    "ole": zipped({**WORD, "word/embeddings/oleObject1.bin": b"x"}),
    "a macro sheet within": zipped({
        **SLIDES, "ppt/embeddings/a.xlsx": zipped({**SHEET, "xl/vbaProject.bin": b"x"}),
    }),
    "template from elsewhere": zipped({
        **WORD, "word/_rels/settings.xml.rels": '<Relationship Type="x/attachedTemplate" TargetMode="External"/>',
    }),
    "dde": zipped({**WORD, "word/document.xml": "<w:instrText>DDEAUTO c:\\cmd.exe</w:instrText>"}),
    "html within": zipped({**WORD, "word/afchunk.html": "<script>"}),
    "odt with macros": zipped({**ODT, "Basic/Standard/Module1.xml": "<x/>"}),
    "other odf": zipped({"mimetype": "application/vnd.oasis.opendocument.base", "a": "b"}),
    "a bomb": zipped({**WORD, "word/media/a.xml": b"0" * (101 * 1024 * 1024)}),
    "cut": zipped({**WORD})[:60],
    "pdf javascript": PLAN.replace(b"/Type/Page", b"/Type/Page/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "pdf escaped": PLAN.replace(b"/Type/Page", b"/Type/Page/S/J#61vaScript"),
    "pdf launch": PLAN.replace(b"/Type/Page", b"/A<</S/Launch/F(cmd.exe)>>"),
    "pdf attachment": PLAN.replace(b"/Type/Page", b"/Names<</EmbeddedFiles 3 0 R>>"),
    "pdf packed": packed(b"<</S/JavaScript>>"),
    "pdf locked": PLAN.replace(b"trailer<<", b"trailer<</Encrypt 5 0 R"),
    "riff of another kind": b"RIFF\x00\x00\x00\x00AVI LIST",
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_runs_or_carries_anything_is_refused_whatever_it_is_called(kind: str) -> None:
    with pytest.raises(NotAFileToShare):
        file_of(HOSTILE[kind], "Bilder.pdf")


def test_eight_megabytes_are_enough() -> None:
    with pytest.raises(FileTooLarge):
        file_of(b"a" * (LARGEST + 1), "a.txt")
    assert file_of(b"a" * LARGEST, "a.txt").media_type.startswith("text/plain")
