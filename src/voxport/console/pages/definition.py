"""One definition: its form, the same as JSON, and for a category the calls of before that would be in it."""

from __future__ import annotations

import asyncio
import json

from starlette.responses import Response

from voxport.console.definition_forms import WEIGHTS, DefinitionForm, document_of, form_of, sent_form
from voxport.console.page import Page
from voxport.console.pages.definitions import KINDS, ROOT, Kind, kind_of
from voxport.console.public_api import JSON, ApiRefused, Document, Question, segment
from voxport.console.sessions import PATH

_TRIED_CALLS = 1000
_SHOWN_BESIDE = ("_links", "dateCreated", "dateModified", "version")
_NO_QUERY = "The definition is no JSON object with a query."


async def edit(page: Page) -> Response:
    """One, to be changed, or a new one."""
    address, kind = kind_of(page)
    name = page.asked("name")
    if not name:
        return await _form(page, address, "", await asyncio.to_thread(form_of, address, {}))
    found = await page.get(f"{kind.path}/{segment(name)}")
    return await _form(page, address, name, await asyncio.to_thread(form_of, address, _without_version(found)))


async def save(page: Page) -> Response:
    """Puts one, from the fields or from the JSON; what is wrong with it is told where it stands."""
    address, kind = kind_of(page)
    fields = await page.fields()
    sent = dict(fields)
    name, written = sent.get("name", "").strip(), sent.get("definition")
    form = await asyncio.to_thread(sent_form, address, fields)
    if not name:
        form.problems["name"] = ["It needs a name."]
        return await _form(page, address, name, form, {"written": written}, 400)
    body = written if written is not None else json.dumps(await asyncio.to_thread(document_of, address, form))
    question = Question("PUT", f"{kind.path}/{segment(name)}", headers=(("content-type", JSON),))
    try:
        await page.answer(question, body.encode())
    except ApiRefused as refused:
        if written is None:
            form.place(refused)
            return await _form(page, address, name, form, None, refused.status)
        told = {"written": written, "problem": refused.message}
        return await _form(page, address, name, form, told, refused.status)
    return page.redirect(f"{PATH}/definitions", [("done", "saved")])


async def attempt(page: Page) -> Response:
    """Tries the statement of a category on the newest calls; nothing is kept."""
    fields = await page.fields()
    sent, form = dict(fields), sent_form("categories", fields)
    name, written = sent.get("name", "").strip(), sent.get("definition")
    query = form.text.get("query", "").strip() if written is None else _query_in(written)
    if query is None:
        told: Document = {"written": written, "problem": _NO_QUERY}
        return await _form(page, "categories", name, form, told, 400)
    try:
        tried = await page.send("POST", f"{ROOT}/category-trials", {"query": query, "calls": _TRIED_CALLS})
    except ApiRefused as refused:
        if written is None:
            form.problems["query"] = [refused.message]
        told = {"written": written, "problem": refused.message if written is not None else None}
        return await _form(page, "categories", name, form, told, refused.status)
    return await _form(page, "categories", name, form, {"written": written, "tried": tried})


def _query_in(written: str) -> str | None:
    try:
        query = json.loads(written)["query"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return query if isinstance(query, str) else None


def _without_version(found: Document) -> Document:
    return {name: value for name, value in found.items() if name not in _SHOWN_BESIDE}


async def _form(
    page: Page, address: str, name: str, form: DefinitionForm, told: Document | None = None, status: int = 200
) -> Response:
    kind = KINDS[address]
    written = (told or {}).get("written")
    if written is not None:
        form = await asyncio.to_thread(_form_in, address, written, form)
    as_json = written if written is not None else await asyncio.to_thread(_as_json, address, kind, form)
    values: Document = {"kind": kind, "address": address, "name": name, "form": form, "weights": WEIGHTS}
    values |= {"problem": None, "tried": None, "is_json": written is not None, **(told or {}), "written": as_json}
    return await page.render("definition.html", values, status)


def _form_in(address: str, written: str, before: DefinitionForm) -> DefinitionForm:
    """The fields that a JSON text would fill; those of before where it is none."""
    try:
        document = json.loads(written)
    except (ValueError, RecursionError):
        return before
    if not isinstance(document, dict):
        return before
    found = form_of(address, document)
    found.problems = before.problems
    return found


def _as_json(address: str, kind: Kind, form: DefinitionForm) -> str:
    empty = not any(form.text.values()) and not form.terms and not form.scripts
    document = kind.beginning if empty else document_of(address, form)
    return json.dumps(document, indent=2, ensure_ascii=False)
