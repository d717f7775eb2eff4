"""Who gets in, how long, and what a page of somebody else can do: nothing."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from tests.rooms.api.served import Customer, Served, problems, served_api, wait_until
from tests.rooms.console.conftest import OPERATOR
from tests.rooms.console.visits import Visitor, analysed_call, deliveries_of, failed_delivery
from tests.support.database import PostgresServer
from voxport.console.public_api import Question, reference_of, scope_of

PAGES = ("/console/calls", "/console/calls/rows", "/console/calls/upload", "/console/calls/{id}")
CHANGES = (
    "/console/deliveries/replay",
    "/console/endpoints/test",
    "/console/endpoints/secret",
    "/console/calls/{id}/delete",
    "/console/calls/{id}/again",
    "/console/calls/{id}/metadata",
    "/console/sign-out",
)
OF_A_CALL = (
    "",
    "/audio",
    "/peaks",
    "/progress",
    "/again",
    "/delete",
    "/correct",
    "/metadata",
    "/download/json",
    "/comparison",
)


@pytest.fixture
def nobody(customer: Customer) -> Iterator[Visitor]:
    nobody = Visitor(customer)
    yield nobody
    nobody.client.close()


@pytest.mark.parametrize("path", PAGES)
def test_without_a_session_every_page_leads_to_the_form_and_back(nobody: Visitor, path: str) -> None:
    answer = nobody.get(path.format(id="11111111-2222-4333-8444-555555555555"), text="a b")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/console/sign-in?next=/console/calls")
    assert "id=" in nobody.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    ("scope", "first"),
    [
        ("media:get", "calls"),
        ("deliveries:get deliveries:post endpoints:get", "deliveries"),
        ("endpoints:get", "endpoints"),
        ("usage:get", "usage"),
        ("definitions:get", "definitions"),
        ("media:post", "calls/upload"),
    ],
)
def test_a_limited_key_begins_where_it_may_see_something(nobody: Visitor, scope: str, first: str) -> None:
    made = nobody.customer.client.post("/v3/profile/keys", json={"scope": scope}).json()
    answer = nobody.post("/console/sign-in", token=made["bearerToken"])
    assert (answer.status_code, answer.headers["location"]) == (303, f"/console/{first}")
    assert nobody.get(answer.headers["location"]).status_code == 200


def test_a_script_is_told_that_the_session_has_ended_and_a_part_of_a_page_leads_back(nobody: Visitor) -> None:
    wants_json = {"Accept": "application/json"}
    files = {"media": ("a.wav", b"RIFF", "audio/wav")}
    sent = nobody.client.post("/console/calls/upload", files=files, headers=wants_json)
    assert (sent.status_code, sent.json()) == (401, {"errors": []})
    shown = f"{nobody.customer.served.url}/console/calls?text=a+b"
    part = {"HX-Request": "true", "HX-Current-URL": shown}
    answer = nobody.client.get("/console/calls/rows", headers=part)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (
        401,
        "/console/sign-in?next=/console/calls%3Ftext%3Da%2Bb",
    )


def test_what_was_written_is_kept_when_the_session_has_ended(nobody: Visitor) -> None:
    written = "\n</textarea>Agent: Grüß dich"
    answer = nobody.post("/console/calls/11111111-2222-4333-8444-555555555555/correct", transcript=written)
    assert answer.status_code == 401
    assert "\n\n&lt;/textarea&gt;Agent: Grüß dich</textarea>" in answer.text
    unreadable = nobody.client.post("/console/calls/x/delete", content=b"\xff" * 9)
    assert (unreadable.status_code, unreadable.headers["location"]) == (303, "/console/sign-in")


def test_a_session_is_sealed_and_for_this_site_alone(nobody: Visitor) -> None:
    token = nobody.customer.token
    answer = nobody.post("/console/sign-in", token=token, next="/console/calls?text=refund")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/calls?text=refund")
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/console", "Max-Age=43200"):
        assert part in cookie
    assert token not in cookie
    assert "Secure" not in cookie
    assert nobody.get("/console/calls").status_code == 200


@pytest.mark.parametrize("proxies", ["https", "HTTPS, http"])
def test_behind_tls_no_neighbour_plants_a_session(nobody: Visitor, proxies: str) -> None:
    nobody.client.headers["X-Forwarded-Proto"] = proxies
    answer = nobody.post("/console/sign-in", token=nobody.customer.token)
    name, _, attributes = answer.headers["set-cookie"].partition("=")
    sealed = attributes.partition(";")[0]
    assert name == "__Host-voxport_session"
    assert {"Secure", "Path=/", "HttpOnly", "SameSite=strict"} <= set(attributes.split("; "))
    assert "Domain" not in attributes
    nobody.client.cookies.clear()
    for cookie, status in (("voxport_session", 303), ("__Host-voxport_session", 200)):
        assert nobody.client.get("/console/calls", headers={"Cookie": f"{cookie}={sealed}"}).status_code == status
    ended = nobody.post("/console/sign-out").headers["set-cookie"]
    assert ended.startswith('__Host-voxport_session=""; ')
    assert {"Secure", "Path=/", "Max-Age=0"} <= set(ended.split("; "))


@pytest.mark.parametrize(
    "following",
    [
        "https://elsewhere.example",
        "//elsewhere.example",
        "/console//elsewhere",
        "/\\elsewhere",
        "/v3/",
        "/consoles",
        "/console/../v3/media",
        "/console/calls/%2E%2e/%2e./v3/media",
        "/console/./x",
        "javascript:ran()",
        "/console/calls?a\x00",
    ],
)
def test_nobody_is_led_elsewhere_by_signing_in(nobody: Visitor, following: str) -> None:
    answer = nobody.post("/console/sign-in", token=nobody.customer.token, next=following)
    assert answer.headers["location"] == "/console/calls"


def test_a_token_that_is_none_opens_nothing(nobody: Visitor) -> None:
    for token, status in (("not-a-token", 401), ("spaces in it", 400), ("", 400), ("é", 400)):
        answer = nobody.post("/console/sign-in", token=token)
        assert answer.status_code == status
        assert 'role="alert"' in answer.text
        assert "set-cookie" not in answer.headers


def test_a_session_ends_with_its_token(customer: Customer, nobody: Visitor) -> None:
    token = customer.client.post("/v3/profile/keys", json={"ttlMillis": 600_000}).json()["bearerToken"]
    nobody.post("/console/sign-in", token=token)
    assert nobody.get("/console/calls").status_code == 200
    assert customer.client.delete(f"/v3/profile/keys/{token}").status_code == 204
    answer = nobody.get("/console/calls")
    assert answer.status_code == 303
    assert 'voxport_session=""' in answer.headers["set-cookie"]


def test_signing_out_ends_the_session_and_copies_of_it(visitor: Visitor) -> None:
    copied = visitor.client.cookies["voxport_session"]
    assert visitor.post("/console/sign-out").status_code == 303
    assert visitor.get("/console/calls").status_code == 303
    for cookie in (copied, f"{copied[:8]}!{copied[8:]}", f"{copied}===="):
        visitor.client.cookies.clear()
        headers = {"Cookie": f"voxport_session={cookie}"}
        assert visitor.client.get("/console/calls", headers=headers).status_code == 303
    visitor.post("/console/sign-in", token=visitor.customer.token)
    assert visitor.get("/console/calls").status_code == 200


def test_cookies_that_were_not_sealed_here_are_no_session(visitor: Visitor) -> None:
    sealed = visitor.client.cookies["voxport_session"]
    changed = ("A" if sealed[30] != "A" else "B").join((sealed[:30], sealed[31:]))
    for cookie in (changed, sealed[:-8], "", "é" * 3, "x" * 9000, "AAAA"):
        headers = [(b"Cookie", f"voxport_session={cookie}".encode())]
        with httpx.Client(base_url=visitor.customer.served.url, trust_env=False) as client:
            assert client.get("/console/calls", headers=headers).status_code == 303


def test_a_session_is_over_after_a_day_of_work(monkeypatch: pytest.MonkeyPatch, visitor: Visitor) -> None:
    assert visitor.get("/console/calls").status_code == 200
    monkeypatch.setattr("voxport.console.sessions.time.time", lambda: 4_000_000_000.0)
    assert visitor.get("/console/calls").status_code == 303


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
        {"Origin": "https://elsewhere.example"},
        {},
    ],
)
def test_only_a_page_of_ours_changes_anything(visitor: Visitor, path: str, headers: dict[str, str]) -> None:
    media_id = visitor.customer.finished()
    del visitor.client.headers["Sec-Fetch-Site"]
    answer = visitor.client.post(path.format(id=media_id), data={"metadata": "{}"}, headers=headers)
    assert answer.status_code == 403
    assert visitor.customer.client.get(f"/v3/media/{media_id}").json()["status"] == "finished"
    assert visitor.get("/console/calls").status_code == 200


def test_a_browser_that_tells_only_its_origin_is_taken_by_it(visitor: Visitor) -> None:
    media_id = visitor.customer.finished()
    del visitor.client.headers["Sec-Fetch-Site"]
    origin = {"Origin": visitor.customer.served.url}
    assert visitor.client.post(f"/console/calls/{media_id}/delete", headers=origin).status_code == 303
    assert visitor.customer.client.get(f"/v3/media/{media_id}").status_code == 404


def test_little_is_read_of_a_stranger(nobody: Visitor) -> None:
    answer = nobody.post("/console/sign-in", token="x" * (1 << 20))
    assert (answer.status_code, "more than 1 MiB" in answer.text) == (400, True)


def test_a_fault_of_ours_is_a_page_that_names_its_line_in_the_log(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("nobody reads this")

    monkeypatch.setattr("voxport.console.pages.usage._month", broken)
    answer = visitor.get("/console/usage")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert re.search(r"reference <code>[0-9a-f-]{36}</code>", answer.text)
    assert "nobody reads this" not in answer.text


def test_what_a_page_asks_has_the_reference_of_the_page() -> None:
    request = Request({"type": "http", "headers": [], "scheme": "http"})
    asked = [
        scope_of(request, "token", Question("GET", path), [])["voxport.reference"] for path in ("/v3/", "/v3/media")
    ]
    assert asked == [reference_of(request)] * 2


def test_every_answer_has_the_policy(visitor: Visitor) -> None:
    media_id = visitor.customer.finished()
    style = re.search(r'href="(/console/static/[^"]+css)"', visitor.get("/console/calls").text)
    assert style is not None
    for path in ("/console/calls", f"/console/calls/{media_id}", "/console/nothing", "/console/sign-in"):
        headers = visitor.get(path).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "blob:" not in policy
        assert "default-src 'none'" in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
    passed_on = visitor.client.post("/console/calls/upload").headers
    assert (passed_on["content-type"], passed_on["cache-control"]) == ("application/json", "no-store")
    assert "default-src 'none'" in passed_on["content-security-policy"]
    assert "sandbox" in visitor.get(f"/console/calls/{media_id}/audio").headers["content-security-policy"]
    for path in ("/console/redaction", f"/console/calls/{media_id}/comparison"):
        policy = visitor.get(path).headers["content-security-policy"]
        assert re.findall(r"[\w-]+ [^;]*blob:[^;]*", policy) == ["media-src 'self' blob:"]
    asset = visitor.get(style[1])
    assert (asset.headers["content-encoding"], asset.headers["content-type"]) == ("gzip", "text/css; charset=utf-8")
    assert visitor.get(style[1].replace("/static/", "/static/0")).status_code == 404
    assert visitor.get(style[1].rpartition("/")[0] + "/../routes.py").status_code == 404


@pytest.mark.parametrize("below", OF_A_CALL)
def test_a_call_of_another_organisation_is_not_there(visitor: Visitor, stranger: Customer, below: str) -> None:
    theirs = analysed_call(stranger)
    assert visitor.get(f"/console/calls/{theirs}{below}").status_code == 404
    if below in ("/again", "/delete", "/correct", "/metadata"):
        fields = {"configuration": "{}", "transcript": "Agent: Can I send", "metadata": "{}"}
        assert visitor.post(f"/console/calls/{theirs}{below}", **fields).status_code == 404
    assert stranger.client.get(f"/v3/media/{theirs}").json()["status"] == "finished"


def test_a_delivery_of_another_organisation_is_not_there(visitor: Visitor, stranger: Customer) -> None:
    theirs = analysed_call(stranger, publish={"callbacks": [{"url": "https://hooks.example/in"}]})
    delivery_id = failed_delivery(stranger, theirs, "The receiver answered 500.")
    assert visitor.get(f"/console/calls/{theirs}/deliveries").status_code == 404
    assert visitor.get(f"/console/deliveries/{delivery_id}").status_code == 404
    assert visitor.get(f"/console/deliveries/{delivery_id}/attempts/1").status_code == 404
    assert visitor.post(f"/console/deliveries/{delivery_id}/replay").status_code == 404
    assert delivery_id not in visitor.get("/console/deliveries", mediaId=theirs).text
    assert "0 deliveries" in visitor.post("/console/deliveries/replay", since="2020-01-01", mediaId=theirs).text
    assert deliveries_of(stranger, theirs)[0]["status"] == "failed"


def test_keys_and_definitions_of_another_organisation_are_not_there(visitor: Visitor, stranger: Customer) -> None:
    stranger.client.put("/v3/definition/spotting/groups/theirs", json={"keywords": ["send it back"]})
    key = stranger.client.post("/v3/profile/keys", json={"ttlMillis": 60_000}).json()["id"]
    assert visitor.get("/console/definitions/groups/edit", name="theirs").status_code == 404
    assert visitor.get("/console/definitions/groups/delete", name="theirs").status_code == 404
    assert visitor.post("/console/definitions/groups/delete", name="theirs").status_code == 404
    assert "theirs" not in visitor.get("/console/definitions").text
    assert visitor.get(f"/console/keys/{key}/end").status_code == 404
    assert visitor.post(f"/console/keys/{key}/end").status_code == 404
    assert key not in visitor.get("/console/keys").text
    assert visitor.get("/console/definitions/nothing/edit").status_code == 404
    assert visitor.get("/console/usage", month="2031-13").status_code == 400
    assert stranger.client.get("/v3/definition/spotting/groups/theirs").status_code == 200
    assert stranger.client.get(f"/v3/profile/keys/{key}").status_code == 200


def test_a_limited_key_sees_what_it_may(customer: Customer, nobody: Visitor) -> None:
    mine, other = analysed_call(customer), customer.finished()
    made = customer.client.post("/v3/profile/keys", json={"scope": f"media:get?mediaId={mine}"}).json()
    assert nobody.post("/console/sign-in", token=made["bearerToken"]).status_code == 303
    assert nobody.get(f"/console/calls/{mine}").status_code == 200
    assert nobody.get(f"/console/calls/{other}").status_code == 403
    assert nobody.post(f"/console/calls/{mine}/delete").status_code == 403


def test_attempts_to_sign_in_are_counted_as_wrong_tokens_are(postgres_server: PostgresServer, tmp_path: Path) -> None:
    with postgres_server.database() as url, served_api(url, tmp_path, wrong_tokens_per_minute=3) as served:
        customer = served.customer()
        nobody = Visitor(customer)
        statuses = [nobody.post("/console/sign-in", token=f"wrong-{number}").status_code for number in range(5)]
        assert statuses == [401, 401, 401, 429, 429]
        assert customer.client.get("/v3/", headers={"Authorization": "Bearer wrong-9"}).status_code == 429
        # A proxy on this machine is believed about whom it speaks for.
        nobody.client.headers["X-Forwarded-For"] = "192.0.2.7"
        assert nobody.post("/console/sign-in", token="wrong-9").status_code == 401
        nobody.client.close()
        customer.client.close()


def test_what_is_asked_of_the_console_is_logged_by_route(served: Served, visitor: Visitor) -> None:
    visitor.get("/console/calls", text="unmistakable")
    figures = _figures(served)
    assert 'route="/console/calls"' in figures
    assert "unmistakable" not in figures


def test_an_upload_is_refused_as_the_api_refuses_it(visitor: Visitor) -> None:
    files = {"media": ("a.wav", b"", "audio/wav")}
    answer = visitor.client.post("/console/calls/upload", files=files)
    assert (answer.status_code, problems(answer)) == (400, [10201])


def test_an_upload_whose_browser_has_gone_is_told_as_that(served: Served, visitor: Visitor) -> None:
    head = f"POST /console/calls/upload HTTP/1.1\r\nHost: {served.url}\r\nSec-Fetch-Site: same-origin\r\n"
    head += f"Cookie: voxport_session={visitor.client.cookies['voxport_session']}\r\nContent-Length: 9999\r\n"
    head += "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
    with socket.create_connection(("127.0.0.1", served.port)) as connection:
        connection.sendall(head.encode())
    counted = 'method="POST",route="/console/calls/upload",status="499"'
    wait_until(lambda: counted in _figures(served))
    assert 'status="0"' not in _figures(served)


def _figures(served: Served) -> str:
    operator = {"Authorization": f"Bearer {OPERATOR}"}
    return httpx.get(f"{served.url}/metrics", headers=operator, trust_env=False).text


def test_sound_is_played_by_parts(visitor: Visitor) -> None:
    media_id = analysed_call(visitor.customer)
    answer = visitor.client.get(f"/console/calls/{media_id}/audio", headers={"Range": "bytes=0-99"})
    assert (answer.status_code, len(answer.content)) == (206, 100)
    assert answer.headers["content-range"].startswith("bytes 0-99/")
