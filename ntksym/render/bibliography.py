"""The references of the project, one BibTeX file, looked up by key."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files

_ENTRY = re.compile(r"^@(\w+)\{([^,\s]+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*)\},?\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Reference:
    """One BibTeX entry: its key, its source text, and a line of plain text for reading."""

    key: str
    source: str
    text: str


def references() -> dict[str, Reference]:
    """Every known reference by its key.

    >>> references()["price1958"].text.split(".")[0]
    'Robert Price'
    """
    source = files("ntksym.render").joinpath("references.bib").read_text(encoding="utf-8")
    entries = _ENTRY.finditer(source)
    return {e[2]: Reference(e[2], e[0], _sentence(dict(_FIELD.findall(e[3])))) for e in entries}


def reference(key: str) -> Reference:
    """The reference of that key; ValueError, with the nearest known key, where there is none."""
    known = references()
    if key not in known:
        near = get_close_matches(key, known, n=1, cutoff=0)[0]
        raise ValueError(
            f"reference: unknown BibTeX key {key!r}; the nearest known one is {near!r}"
        )
    return known[key]


def _sentence(fields: dict[str, str]) -> str:
    authors = [" ".join(reversed(a.split(", "))) for a in fields["author"].split(" and ")]
    place = fields.get("journal") or fields.get("booktitle") or fields.get("publisher", "")
    edition = f", {fields['edition']} edition" if "edition" in fields else ""
    volume = " ".join(filter(None, (place, fields.get("volume"))))
    number = f"({fields['number']})" if "number" in fields else ""
    pages = f", {fields['pages']}" if "pages" in fields else ""
    names = ", ".join(authors).replace(", others", " et al.")
    stop = "" if names.endswith(".") else "."
    sentence = (
        f"{names}{stop} {fields['title']}{edition}. {volume}{number}{pages}, {fields['year']}."
    )
    return sentence.replace("{", "").replace("}", "").replace("--", "–")
