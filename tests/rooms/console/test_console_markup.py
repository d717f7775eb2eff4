"""What people write into fields and addresses, and what is stored under names of theirs, stays text on every page."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import quote

from tests.rooms.api.served import Customer
from tests.rooms.console.conftest import OPERATOR
from tests.rooms.console.hostile import hostile_call
from tests.rooms.console.visits import Visitor, failed_delivery
from voxport.console.filters import COLUMNS

WRITTEN = "\"'><x-written/onfocus=ran>"
_QUERY = quote(WRITTEN, safe="")
FIELDS = ("text", "status", "since", "until", "speaker", "externalId", "shortest", "longest", "category", "redacted")
ADDRESSES = (
    *(f"/console/calls?{name}={_QUERY}" for name in (*FIELDS, "after", "mode", "done")),
    *(f"/console/calls/rows?{name}={_QUERY}" for name in ("text", "speaker", "after")),
    f"/console/calls?mode=vbql&text={_QUERY}",
    f"/console/calls?mode=best&text={_QUERY}",
    *(f"/console/deliveries?{name}={_QUERY}" for name in ("status", "since", "until", "host", "mediaId", "after")),
    *(f"/console/s3?bucket=calls&{name}={_QUERY}" for name in ("bucket", "prefix", "region", "partition", "role")),
    f"/console/definitions?find={_QUERY}",
    *(f"/console/definitions/{kind}/edit?name={_QUERY}" for kind in ("groups", "vocabularies", "categories", _QUERY)),
    f"/console/usage?month={_QUERY}",
    f"/console/presets/edit?name={_QUERY}",
    f"/console/calls/upload?preset={_QUERY}",
    f"/console/endpoints?period={_QUERY}",
    f"/console/sign-in?next={_QUERY}",
    *(f"/console/{kind}/{_QUERY}" for kind in ("calls", "deliveries", "keys", "nothing")),
    f"/console/keys/{_QUERY}/end",
    f"/console/calls/{_QUERY}/comparison",
    f"/console/deliveries/{_QUERY}/attempts/{_QUERY}",
)
FORMS = {
    "/console/sign-in": ("token", "next"),
    "/console/operations": ("token",),
    "/console/keys": ("life", "scope"),
    "/console/endpoints/test": ("url",),
    "/console/endpoints/secret": ("overlap",),
    "/console/s3/check": ("bucket", "prefix", "region", "partition", "role", "address"),
    "/console/definitions/groups/edit": ("name", "definition", "keywords"),
    "/console/definitions/vocabularies/edit": ("name", "type", "term", "sounds", "weight", "script"),
    "/console/definitions/categories/edit": ("name", "query", "description", "tags", "notes", "version"),
    "/console/definitions/categories/try": ("name", "definition"),
    "/console/definitions/categories/apply": ("name",),
    "/console/definitions/groups/delete": ("name",),
    "/console/presets/new": ("configuration", "back"),
    "/console/presets/edit": ("name", "before", "back", "description", "configuration"),
    "/console/deliveries/replay": ("status", "since", "until", "host", "mediaId"),
    "/console/calls/{id}/again": ("configuration",),
    "/console/calls/{id}/correct": ("transcript",),
    "/console/calls/{id}/metadata": ("metadata",),
    "/console/deliveries/{delivery}/replay": ("url", "back"),
}


class _Tags(HTMLParser):
    """Finds what is markup by what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "x-written" or any(name == "onfocus" for name, _ in attrs):
            self.wrong.append(self.get_starttag_text() or tag)


def _markup(page: str) -> list[str]:
    tags = _Tags()
    tags.feed(page)
    return tags.wrong


def test_the_check_sees_what_is_not_escaped() -> None:
    assert _markup(f"<p>{WRITTEN}</p>")
    assert _markup('<input value="" onfocus=ran>')


def test_nothing_in_an_address_or_a_form_is_markup(visitor: Visitor, customer: Customer) -> None:
    customer.finished()
    for address in ADDRESSES:
        assert _markup(visitor.get(address).text) == [], address
    ids = _hostile(customer)
    for path, names in FORMS.items():
        for name in names:
            usual = {"bucket": "calls", "since": "2031-01-01", "life": "600000", "name": "a"}
            fields = {**{one: usual.get(one, "") for one in names}, name: WRITTEN}
            assert _markup(visitor.post(path.format(**ids), **fields).text) == [], (path, name)
    signed_out = Visitor(customer)
    assert _markup(signed_out.post(f"/console/calls/{ids['id']}/again", **{WRITTEN: WRITTEN}).text) == []
    signed_out.client.close()


def test_nothing_that_is_stored_is_markup(visitor: Visitor, customer: Customer) -> None:
    ids, root = _hostile(customer), "/v3/definition"
    stored = {
        f"{root}/spotting/groups/{_QUERY}": {"keywords": [WRITTEN]},
        f"{root}/vocabularies/{_QUERY}": {"terms": [{"term": WRITTEN}]},
        f"{root}/categories/{_QUERY}": {"query": "SELECT * FROM media WHERE *", "categoryDescription": WRITTEN},
    }
    stored["/v3/definition/presets/" + _QUERY] = {"presetDescription": WRITTEN, "configuration": {}}
    for path, definition in stored.items():
        answer = customer.client.put(path, json=definition)
        assert answer.status_code < 300, answer.text
    visitor.client.cookies.set("voxport_columns", ".".join(COLUMNS), path="/console")
    visitor.post("/console/operations", token=OPERATOR)
    visitor.post("/console/definitions/categories/apply", name=WRITTEN)
    pages = [
        f"/console/{page}" for page in ("calls", "deliveries", "endpoints", "definitions", "operations", "presets")
    ]
    pages += [f"/console/definitions/{kind}/edit?name={_QUERY}" for kind in ("groups", "vocabularies", "categories")]
    of_call = ("", "/deliveries", "/again", "/delete", "/correct", "/metadata", "/comparison")
    pages += [
        *(f"/console/calls/{{id}}{below}" for below in of_call),
        "/console/deliveries/{delivery}",
        "/console/deliveries/{delivery}/attempts/1",
    ]
    for page in pages:
        answer = visitor.get(page.format(**ids))
        assert (answer.status_code, _markup(answer.text)) == (200, []), page


def _hostile(customer: Customer) -> dict[str, str]:
    media_id = hostile_call(customer, WRITTEN)
    return {"id": media_id, "delivery": failed_delivery(customer, media_id, WRITTEN, WRITTEN)}
