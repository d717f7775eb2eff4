"""Definitions as people fill them in: from the fields of a form to the document of the API, and back.

What the API refuses is told at the field that it is about; what is about none of them stands above the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voxport.console.public_api import ApiRefused, Document

Fields = Sequence[tuple[str, str]]
"""As a form sends them; a name may stand several times."""
WEIGHTS = range(6)
_NEW_ROWS = 3
"""Empty rows below those that are filled in, also where there is no script."""
_NAME_CODES = (80102, 80202)
_WORDS, _TERM = 80103, 80203
_FIELD_OF: Mapping[int, str] = {
    80101: "keywords",
    _WORDS: "keywords",
    80204: "terms",
    80205: "terms",
    80206: "terms",
    80207: "scripts",
    80208: "terms",
    80209: "terms",
}
_PROPERTIES: Mapping[str, str] = {"categoryDescription": "description", "categoryName": "name"}
_PROPERTY = re.compile(r": (\w+)(?:\[\d+\])? must be")
_SHOWN_CHARS = 80
"""Of a term in a sentence of the API."""


@dataclass(slots=True)
class TermRow:
    """A term of a vocabulary."""

    term: str = ""
    sounds: str = ""
    """One form in each line: no form has a line end, and any other mark may stand in one."""
    weight: str = "0"
    problem: str | None = None


@dataclass(slots=True)
class DefinitionForm:
    """What stands in the fields of one form, of whichever kind."""

    text: Mapping[str, str] = field(default_factory=dict)
    """The simple fields: `keywords`, `query`, `description`, `tags`, `version`, `notes`, `type`."""
    terms: list[TermRow] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    problems: dict[str, list[str]] = field(default_factory=dict)
    """What is wrong, by field; under "" what is about none."""

    def rows(self) -> Sequence[TermRow]:
        """The terms, with empty rows below."""
        return [*self.terms, *(TermRow() for _ in range(_NEW_ROWS))]

    def place(self, refused: ApiRefused) -> None:
        """Puts what the API has said to the fields that it is about."""
        for code, message in refused.problems:
            row = self._row(code, message)
            if row is not None:
                row.problem = message
                continue
            self.problems.setdefault(_field_of(code, message), []).append(message)

    def _row(self, code: int, message: str) -> TermRow | None:
        """The row that a sentence names; the longest, where one term is the beginning of another."""
        if code != _TERM:
            return None
        named = [row for row in self.terms if row.term and f"term {row.term[:_SHOWN_CHARS]}" in message]
        return max(named, key=lambda row: len(row.term), default=None)


def form_of(address: str, document: Document) -> DefinitionForm:
    """The form of a definition as the API shows it, or of what somebody has written as JSON."""
    if address == "groups":
        return DefinitionForm({"keywords": "\n".join(map(str, _listed(document, "keywords")))})
    if address == "vocabularies":
        scripts = [str(one.get("script", "")) for one in _listed(document, "scripts") if isinstance(one, dict)]
        terms = [_row_of(one) for one in _listed(document, "terms") if isinstance(one, dict)]
        return DefinitionForm({"type": str(document.get("vocabularyType") or "")}, terms, scripts)
    text = {name: str(document.get(name) or "") for name in ("query", "version", "notes")}
    tags = "\n".join(map(str, _listed(document, "tags")))
    return DefinitionForm({**text, "description": str(document.get("categoryDescription") or ""), "tags": tags})


def sent_form(address: str, fields: Fields) -> DefinitionForm:
    """The form as it was sent; rows and scripts that are empty are none."""
    text = dict(fields)
    if address != "vocabularies":
        return DefinitionForm(text)
    columns = [[value for name, value in fields if name == wanted] for wanted in ("term", "sounds", "weight")]
    # A browser sends each row whole.
    rows = [TermRow(" ".join(term.split()), sounds.strip(), weight) for term, sounds, weight in zip(*columns)]  # noqa: B905
    scripts = [value.strip() for name, value in fields if name == "script" and value.strip()]
    return DefinitionForm(text, [row for row in rows if row.term or row.sounds], scripts)


def document_of(address: str, form: DefinitionForm) -> Document:
    """The body of PUT."""
    if address == "groups":
        return {"keywords": _lines(form.text.get("keywords", ""))}
    if address == "vocabularies":
        return _vocabulary(form)
    text = form.text
    written = {"query": text.get("query", "").strip(), "categoryDescription": text.get("description", "").strip()}
    written |= {"version": text.get("version", "").strip(), "notes": text.get("notes", "").strip()}
    return {
        name: value
        for name, value in {**written, "tags": _lines(text.get("tags", ""))}.items()
        if value or name == "query"
    }


def _vocabulary(form: DefinitionForm) -> Document:
    document: Document = {}
    if form.scripts:
        document["scripts"] = [{"script": script} for script in form.scripts]
        document["vocabularyType"] = "scripts"
    if form.terms or not form.scripts:
        document["terms"] = [_term(row) for row in form.terms]
        # Named only where it was: the API shows it to those who named it.
        if form.text.get("type") == "terms":
            document["vocabularyType"] = "terms"
    return document


def _term(row: TermRow) -> Document:
    term: Document = {"term": row.term}
    if sounds := _lines(row.sounds):
        term["soundsLike"] = sounds
    if row.weight not in ("", "0"):
        # What is none of the choices goes on as it is, to be refused.
        term["weight"] = int(row.weight) if row.weight in map(str, WEIGHTS) else row.weight
    return term


def _row_of(term: Document) -> TermRow:
    sounds = "\n".join(" ".join(str(one).split()) for one in _listed(term, "soundsLike"))
    return TermRow(str(term.get("term") or ""), sounds, str(term.get("weight") or 0))


def _listed(document: Document, name: str) -> Iterable[object]:
    found = document.get(name)
    return found if isinstance(found, list) else ()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _field_of(code: int, message: str) -> str:
    if code in _NAME_CODES or message.startswith("A name has"):
        return "name"
    if code in _FIELD_OF:
        return _FIELD_OF[code]
    found = _PROPERTY.search(message)
    return _PROPERTIES.get(found[1], found[1]) if found else ""
