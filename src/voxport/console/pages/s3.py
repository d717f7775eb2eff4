"""Setting up delivery to a bucket: the policies of a role, a check of it step by step, a URL to sign, what to paste."""

from __future__ import annotations

import json
import shlex

from starlette.responses import Response

from voxport.console.filters import in_words
from voxport.console.page import Page
from voxport.console.protection import over_tls
from voxport.console.public_api import ApiRefused, Document

_LABELS = {"bucket": "Bucket", "prefix": "Folder", "partition": "Partition"}
_FIELDS = ("bucket", "prefix", "partition", "role", "region", "address")
_ACCOUNT = "123456789012"


async def show(page: Page) -> Response:
    """The whole page: first the form, then what follows from it."""
    return await _page(page, {name: page.asked(name) for name in _FIELDS})


async def check(page: Page) -> Response:
    """Checks the role, and shows each step."""
    form = await page.form()
    fields = {name: form.get(name, "").strip() for name in _FIELDS}
    asked = {"role": fields["role"], "url": _url(fields), "prependFolder": fields["prefix"]}
    try:
        found = await page.send(
            "POST", "/v3/endpoints/role-check", {name: value for name, value in asked.items() if value}
        )
    except ApiRefused as refused:
        return await _page(page, fields, {"role_problem": refused.message}, refused.status)
    return await _page(page, fields, {"checked": found})


async def _page(page: Page, fields: Document, told: Document | None = None, status: int = 200) -> Response:
    values: Document = {"fields": fields, "policies": None, "problem": None, "role_problem": None, "checked": None}
    if fields["bucket"]:
        query = [(name, fields[name]) for name in ("bucket", "prefix", "partition") if fields[name]]
        try:
            values["policies"] = await page.get("/v3/endpoints/role-policies", query)
        except ApiRefused as refused:
            if refused.status != 400:
                raise
            values["problem"], status = in_words(refused.message, _LABELS), 400
    values["callback"] = _callback(fields)
    values["curl"] = _curl(page, values["callback"])
    return await page.render("s3.html", {**values, **(told or {})}, status)


def _url(fields: Document) -> str:
    if fields["address"]:
        return str(fields["address"])
    region = f".{fields['region']}" if fields["region"] else ""
    ending = ".cn" if fields["partition"] == "aws-cn" else ""
    return f"https://{fields['bucket']}.s3{region}.amazonaws.com{ending}"


def _callback(fields: Document) -> str:
    """The callback of a configuration, with what is not filled in as an example."""
    role = fields["role"] or f"arn:{fields['partition'] or 'aws'}:iam::{_ACCOUNT}:role/voxport-delivery"
    callback: Document = {"s3Delivery": True, "url": _url({**fields, "bucket": fields["bucket"] or "your-bucket"})}
    callback["role"] = role
    if fields["prefix"]:
        callback["prependFolder"] = fields["prefix"].strip("/")
    return json.dumps({"publish": {"callbacks": [callback]}}, indent=2)


def _curl(page: Page, callback: str) -> str:
    """A command whose fields stay words of it: what stands in a link to this page may be anybody's."""
    scheme = "https" if over_tls(page.request) else "http"
    server = page.public_url or f"{scheme}://{page.request.headers.get('host', 'localhost')}"
    address = shlex.quote(f"{server}/v3/media")
    # Not -F, which reads `;type=` and the like out of a value.
    configuration = shlex.quote(f"configuration={json.dumps(json.loads(callback))}")
    return f'curl -s -H "Authorization: Bearer $TOKEN" {address} \\\n  -F media=@call.wav --form-string {configuration}'
