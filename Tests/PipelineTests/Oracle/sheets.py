"""Prints the cells of a workbook as a spreadsheet would show them: sheet, row, and each cell with its format."""
import re
import sys
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def cell(node, formats):
    if node.get("t") == "inlineStr":
        return "".join(t.text or "" for t in node.findall(".//m:t", SPACE))
    if node.find("m:v", SPACE) is None:
        return ""
    value = float(node.find("m:v", SPACE).text)
    picture = formats[int(node.get("s", 0))]
    if picture.startswith("yyyy"):
        day = date(1899, 12, 30) + timedelta(days=int(value))
        minutes = round(value % 1 * 1440)
        return f"{day}" + (f" {minutes // 60:02}:{minutes % 60:02}" if "hh" in picture else "")
    if picture.startswith("[h]"):
        minutes = round(value * 1440)
        return f"{minutes // 60}:{minutes % 60:02}"
    return f"{value:g}"


book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
styles = ElementTree.fromstring(book.read("xl/styles.xml"))
pictures = {n.get("numFmtId"): n.get("formatCode") for n in styles.findall(".//m:numFmt", SPACE)}
formats = [pictures.get(n.get("numFmtId"), "") for n in styles.findall("m:cellXfs/m:xf", SPACE)]
names = [n.get("name") for n in ElementTree.fromstring(book.read("xl/workbook.xml")).findall(".//m:sheet", SPACE)]
for number, name in enumerate(names, 1):
    text = book.read(f"xl/worksheets/sheet{number}.xml").decode()
    sheet = ElementTree.fromstring(text)
    assert "<f>" not in text, "a formula"
    pane = sheet.find(".//m:pane", SPACE)
    print(f"== {name}, frozen above {pane.get('topLeftCell')}")
    for row in sheet.findall(".//m:row", SPACE):
        print(" | ".join(f"{re.sub('[0-9]', '', c.get('r'))} {cell(c, formats)}" for c in row))
