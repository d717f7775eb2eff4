"""Definitions: groups of phrases, vocabularies and categories of the organisation; detectors and metrics explained."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from voxport.console.page import Page
from voxport.console.public_api import ApiRefused, Document, Question, segment
from voxport.console.sessions import PATH

_ROOT = "/v3/definition"
APPLICATIONS_PATH = f"{_ROOT}/category-applications"
_TRIED_CALLS = 1000
_MOST_SHOWN = 200
"""Of each kind, of which an organisation may have thousands; others are found by a part of their name."""


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
        f"{_ROOT}/spotting/groups",
        "groups",
        "groupName",
        {"keywords": ["cancel my account", "close the account"]},
        'Phrases to listen for. A configuration names the group: {"spotting": {"groups": [{"groupName": "..."}]}}.',
    ),
    "vocabularies": Kind(
        "Vocabularies",
        f"{_ROOT}/vocabularies",
        "vocabularies",
        "vocabularyName",
        {"terms": [{"term": "Voxport", "soundsLike": ["vox port"], "weight": 2}]},
        "Terms that recognition should know, or scripts in which they stand. A configuration names it: "
        '{"vocabularies": [{"vocabularyName": "..."}]}.',
    ),
    "categories": Kind(
        "Categories",
        f"{_ROOT}/categories",
        "categories",
        "categoryName",
        {"query": 'SELECT * FROM media WHERE "Caller" SAYS "refund"', "categoryDescription": ""},
        "Calls that a statement in VBQL finds. A configuration asks for all or some: "
        '{"categories": [{"allCategories": true}]}.',
    ),
}
_SHOWN_BESIDE = ("_links", "dateCreated", "dateModified", "version")


async def show(page: Page) -> Response:
    """All definitions, by kind."""
    wanted = page.asked("find").casefold()
    found, numbers = {}, {}
    for address, kind in KINDS.items():
        its = [one for one in (await page.get(kind.path))[kind.list_name] if wanted in one[kind.name].casefold()]
        found[address], numbers[address] = its[:_MOST_SHOWN], len(its)
    detectors = (await page.get(f"{_ROOT}/prediction/detectors"))["detectors"]
    metrics = (await page.get(f"{_ROOT}/metrics"))["metricGroups"]
    applications = (await page.get(APPLICATIONS_PATH))["applications"]
    values: Document = {"kinds": KINDS, "found": found, "detectors": detectors, "metrics": metrics}
    values |= {"applications": applications, "numbers": numbers, "find": page.asked("find")}
    return await page.render("definitions.html", values)


async def edit(page: Page) -> Response:
    """One, to be changed, or a new one."""
    kind, name = _kind(page), page.asked("name")
    if not name:
        return await _form(page, kind, "", json.dumps(kind.beginning, indent=2, ensure_ascii=False))
    found = await page.get(f"{kind.path}/{segment(name)}")
    written = {key: value for key, value in found.items() if key not in (*_SHOWN_BESIDE, kind.name)}
    return await _form(page, kind, name, json.dumps(written, indent=2, ensure_ascii=False))


async def save(page: Page) -> Response:
    """Puts one; what is wrong with it is told beside the form."""
    kind, form = _kind(page), await page.form()
    name, written = form.get("name", "").strip(), form.get("definition", "")
    if not name:
        return await _form(page, kind, name, written, {"problem": "It needs a name."}, 400)
    question = Question("PUT", f"{kind.path}/{segment(name)}", headers=(("content-type", "application/json"),))
    try:
        await page.answer(question, written.encode())
    except ApiRefused as refused:
        return await _form(page, kind, name, written, {"problem": refused.message}, refused.status)
    return page.redirect(f"{PATH}/definitions", [("done", "saved")])


async def delete(page: Page) -> Response:
    """Removes one; calls keep what they were found to have."""
    kind, name = _kind(page), (await page.form()).get("name", "")
    await page.send("DELETE", f"{kind.path}/{segment(name)}")
    return page.redirect(f"{PATH}/definitions", [("done", "removed")])


async def attempt(page: Page) -> Response:
    """Tries the statement of a category on the newest calls; nothing is kept."""
    form = await page.form()
    name, written = form.get("name", "").strip(), form.get("definition", "")
    try:
        query = json.loads(written)["query"]
    except (ValueError, KeyError, TypeError, RecursionError):
        told = {"problem": "The definition is no JSON object with a query."}
        return await _form(page, KINDS["categories"], name, written, told, 400)
    try:
        tried = await page.send("POST", f"{_ROOT}/category-trials", {"query": query, "calls": _TRIED_CALLS})
    except ApiRefused as refused:
        return await _form(page, KINDS["categories"], name, written, {"problem": refused.message}, refused.status)
    return await _form(page, KINDS["categories"], name, written, {"tried": tried})


async def apply(page: Page) -> Response:
    """Looks for a saved category in past calls, beside what arrives."""
    await page.send("POST", APPLICATIONS_PATH, {"categoryName": (await page.form()).get("name", "")})
    return page.redirect(f"{PATH}/definitions", [("done", "applied")])


async def cancel(page: Page) -> Response:
    """Ends an application where it is."""
    await page.send("POST", f"{APPLICATIONS_PATH}/{segment(page.path('application_id'))}/cancel")
    return page.redirect(f"{PATH}/definitions", [("done", "cancelled")])


def _kind(page: Page) -> Kind:
    kind = KINDS.get(page.path("kind"))
    if kind is None:
        raise ApiRefused(404, 0, "There is no such kind of definition.")
    return kind


async def _form(
    page: Page, kind: Kind, name: str, written: str, told: Document | None = None, status: int = 200
) -> Response:
    address = next(address for address, one in KINDS.items() if one is kind)
    values: Document = {"kind": kind, "address": address, "name": name, "written": written, "problem": None}
    return await page.render("definition.html", {**values, "tried": None, **(told or {})}, status)
