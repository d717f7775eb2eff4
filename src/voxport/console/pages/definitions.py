"""Definitions: groups of phrases, vocabularies and categories of the organisation; detectors and metrics explained."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from voxport.console.page import Page
from voxport.console.public_api import ApiRefused, Document, segment
from voxport.console.rendering import shortened
from voxport.console.sessions import PATH

ROOT = "/v3/definition"
APPLICATIONS_PATH = f"{ROOT}/category-applications"
_MOST_SHOWN = 200
"""Of each kind, of which an organisation may have thousands; others are found by a part of their name."""
_MOST_NAMED, _LONGEST = 8, 500
"""Phrases, and characters, of each in the list."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of definition, and how a person writes one."""

    heading: str
    path: str
    list_name: str
    """What the list of all is called in its document."""
    name: str
    """What the name of one is called in its document."""
    beginning: Document
    """A new one, to begin with."""
    explanation: str


KINDS: Mapping[str, Kind] = {
    "groups": Kind(
        "Spotting groups",
        f"{ROOT}/spotting/groups",
        "groups",
        "groupName",
        {"keywords": ["cancel my account", "close the account"]},
        'Phrases to listen for. A configuration names the group: {"spotting": {"groups": [{"groupName": "..."}]}}.',
    ),
    "vocabularies": Kind(
        "Vocabularies",
        f"{ROOT}/vocabularies",
        "vocabularies",
        "vocabularyName",
        {"terms": [{"term": "Voxport", "soundsLike": ["vox port"], "weight": 2}]},
        "Terms that recognition should know, or scripts in which they stand. A configuration names it: "
        '{"vocabularies": [{"vocabularyName": "..."}]}.',
    ),
    "categories": Kind(
        "Categories",
        f"{ROOT}/categories",
        "categories",
        "categoryName",
        {"query": 'SELECT * FROM media WHERE "Caller" SAYS "refund"', "categoryDescription": ""},
        "Calls that a statement in VBQL finds. A configuration asks for all or some: "
        '{"categories": [{"allCategories": true}]}.',
    ),
}


async def show(page: Page) -> Response:
    """All definitions, by kind."""
    wanted = page.asked("find").casefold()
    found, numbers = {}, {}
    for address, kind in KINDS.items():
        async with page.opened(kind.path) as document:
            found[address], numbers[address] = await asyncio.to_thread(_rows, kind, document, wanted)
    detectors = (await page.get(f"{ROOT}/prediction/detectors"))["detectors"]
    metrics = (await page.get(f"{ROOT}/metrics"))["metricGroups"]
    applications = await _applications(page)
    values: Document = {"kinds": KINDS, "found": found, "detectors": detectors, "metrics": metrics}
    values |= {"applications": applications, "numbers": numbers, "find": page.asked("find")}
    return await page.render("definitions.html", values)


async def _applications(page: Page) -> list[Document]:
    """What is looked for in past calls; nothing for a key that may not read of calls."""
    try:
        found: list[Document] = (await page.get(APPLICATIONS_PATH))["applications"]
    except ApiRefused as refused:
        if refused.status != 403:
            raise
        return []
    return found


async def ask_delete(page: Page) -> Response:
    """The second question."""
    address, kind = kind_of(page)
    found = await page.get(f"{kind.path}/{segment(page.asked('name'))}")
    return await page.render("definition_delete.html", {"kind": kind, "address": address, "name": found[kind.name]})


async def delete(page: Page) -> Response:
    """Removes one; calls keep what they were found to have."""
    (_, kind), name = kind_of(page), (await page.form()).get("name", "")
    await page.send("DELETE", f"{kind.path}/{segment(name)}")
    return page.redirect(f"{PATH}/definitions", [("done", "removed")])


async def apply(page: Page) -> Response:
    """Looks for a saved category in past calls, beside what arrives."""
    await page.send("POST", APPLICATIONS_PATH, {"categoryName": (await page.form()).get("name", "")})
    return page.redirect(f"{PATH}/definitions", [("done", "applied")])


async def cancel(page: Page) -> Response:
    """Ends an application where it is."""
    await page.send("POST", f"{APPLICATIONS_PATH}/{segment(page.path('application_id'))}/cancel")
    return page.redirect(f"{PATH}/definitions", [("done", "cancelled")])


@dataclass(frozen=True, slots=True)
class Row:
    """A definition as the list shows it: all of a kind may have 32 MiB together."""

    name: str
    said: str
    """The beginning of what it says."""
    version: str | None
    """Of a category."""


def _rows(kind: Kind, document: Document, wanted: str) -> tuple[list[Row], int]:
    """The first of those with `wanted` in their names, and how many such there are."""
    its = [one for one in document[kind.list_name] if wanted in one[kind.name].casefold()]
    rows = [Row(one[kind.name], shortened(_said(one), _LONGEST), one.get("version")) for one in its[:_MOST_SHOWN]]
    return rows, len(its)


def _said(one: Document) -> str:
    if "query" in one:
        return str(one["query"])
    if "scripts" in one:
        number = len(one["scripts"])
        return f"{number} script{'s' if number != 1 else ''}"
    phrases = one["keywords"] if "keywords" in one else [term["term"] for term in one["terms"]]
    more = len(phrases) - _MOST_NAMED
    return ", ".join(phrases[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def kind_of(page: Page) -> tuple[str, Kind]:
    """The kind of the address, with its name there; raises ApiRefused 404."""
    address = page.path("kind")
    if address not in KINDS:
        raise ApiRefused(404, 0, "There is no such kind of definition.")
    return address, KINDS[address]
