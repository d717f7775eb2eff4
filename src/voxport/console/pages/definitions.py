"""Definitions: groups of phrases, vocabularies and categories of the organisation; detectors and metrics explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from voxport.console.page import Page
from voxport.console.public_api import ApiRefused, Document, segment
from voxport.console.sessions import PATH

ROOT = "/v3/definition"
APPLICATIONS_PATH = f"{ROOT}/category-applications"
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
        its = [one for one in (await page.get(kind.path))[kind.list_name] if wanted in one[kind.name].casefold()]
        found[address], numbers[address] = its[:_MOST_SHOWN], len(its)
    detectors = (await page.get(f"{ROOT}/prediction/detectors"))["detectors"]
    metrics = (await page.get(f"{ROOT}/metrics"))["metricGroups"]
    applications = (await page.get(APPLICATIONS_PATH))["applications"]
    values: Document = {"kinds": KINDS, "found": found, "detectors": detectors, "metrics": metrics}
    values |= {"applications": applications, "numbers": numbers, "find": page.asked("find")}
    return await page.render("definitions.html", values)


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


def kind_of(page: Page) -> tuple[str, Kind]:
    """The kind of the address, with its name there; raises ApiRefused 404."""
    address = page.path("kind")
    if address not in KINDS:
        raise ApiRefused(404, 0, "There is no such kind of definition.")
    return address, KINDS[address]
