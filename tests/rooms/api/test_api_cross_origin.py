"""Which pages browsers let call the API, and which answers they let them read."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from tests.rooms.api.served import Customer, Served, problems
from voxport.api.application import create_api

PAGE = "https://pages.example.com"
ORIGIN = "access-control-allow-origin"
ADDRESSES = ("/v3/media", "/v3/definition/vocabularies/a/b", "/v2-beta/media/x/streams/original", "/v3/nothing")


def ask(
    served: Served, origins: tuple[str, ...], method: str, path: str, headers: dict[str, str], content: bytes = b""
) -> httpx.Response:
    """Asks an API with that list of origins, over the rows and objects of the one that is served."""

    async def answer() -> httpx.Response:
        options = replace(served.options, allow_origins=origins)
        api = create_api(served.store, served.blobs, served.pipeline, options)
        transport = httpx.ASGITransport(api, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
            return await client.request(method, path, headers=headers, content=content)

    return served.call(answer())


def preflight(served: Served, origins: tuple[str, ...], path: str, origin: str = PAGE, **asked: str) -> httpx.Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization,content-type,x-requested-with,range",
    }
    return ask(served, origins, "OPTIONS", path, {**headers, **asked})


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_that_is_named_may_ask_for_everything(served: Served, path: str) -> None:
    answer = preflight(served, ("http://localhost:3000", PAGE), path)
    assert answer.status_code == 200
    assert answer.headers[ORIGIN] == PAGE
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, POST, PUT, DELETE"
    assert answer.headers["access-control-allow-headers"] == "authorization,content-type,x-requested-with,range"
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert answer.headers["access-control-max-age"] == "7200"
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_pages_from_anywhere_ask_without_credentials(served: Served, path: str) -> None:
    answer = preflight(served, ("*",), path)
    assert (answer.status_code, answer.headers[ORIGIN]) == (200, "*")
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers["access-control-allow-headers"].startswith("authorization,")
    simple = ask(served, ("*",), "GET", path, {"Origin": PAGE})
    assert (simple.headers[ORIGIN], "access-control-allow-credentials" in simple.headers) == ("*", False)


@pytest.mark.parametrize("origin", ["https://evil.example.com", "https://pages.example.com.evil.example", "null"])
def test_another_page_is_told_nothing(served: Served, origin: str) -> None:
    assert ORIGIN not in preflight(served, (PAGE,), "/v3/media", origin=origin).headers
    simple = ask(served, (PAGE,), "GET", "/v3/media", {"Origin": origin})
    assert ORIGIN not in simple.headers
    # Caches must not hand this answer to the page that may read it.
    assert "Origin" in simple.headers["vary"]


def test_a_private_network_is_for_pages_that_are_named(served: Served) -> None:
    asked = {"Access-Control-Request-Private-Network": "true"}
    name = "access-control-allow-private-network"
    assert preflight(served, (PAGE,), "/v3/media", **asked).headers[name] == "true"
    assert name not in preflight(served, ("*",), "/v3/media", **asked).headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v3/media", 401),
        ("GET", "/v2-beta/access/users", 401),
        ("GET", "/v3/nothing", 404),
        ("DELETE", "/v3/media", 405),
    ],
)
def test_a_page_can_read_a_refusal(served: Served, method: str, path: str, status: int) -> None:
    answer = ask(served, (PAGE,), method, path, {"Origin": PAGE})
    assert (answer.status_code, answer.headers[ORIGIN]) == (status, PAGE)
    assert problems(answer)
    assert "WWW-Authenticate" in answer.headers["access-control-expose-headers"]


def test_a_page_can_read_what_was_too_large(served: Served, customer: Customer) -> None:
    media_id = customer.accepted()
    headers = {"Origin": PAGE, "Authorization": f"Bearer {customer.token}"}
    answer = ask(served, (PAGE,), "PUT", f"/v3/media/{media_id}/metadata", headers, content=bytes(2 << 20))
    assert (problems(answer), answer.headers[ORIGIN]) == ([10800], PAGE)


def test_a_page_can_read_a_mistake_of_ours(served: Served, customer: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(served.store, "tenant", fail)
    headers = {"Origin": PAGE, "Authorization": f"Bearer {customer.token}"}
    answer = ask(served, (PAGE,), "GET", "/v3/media", headers)
    assert (answer.status_code, answer.headers[ORIGIN]) == (500, PAGE)
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/readyz"])
def test_what_operators_ask_is_for_no_page(served: Served, path: str) -> None:
    answer = ask(served, ("*",), "GET", path, {"Origin": PAGE})
    assert (answer.status_code, ORIGIN in answer.headers) == (200, False)
    assert preflight(served, ("*",), path).status_code == 405


def test_without_the_setting_no_other_page_may_ask(served: Served) -> None:
    assert preflight(served, (), "/v3/media").status_code == 405
    answer = ask(served, (), "GET", "/v3/media", {"Origin": PAGE})
    assert (answer.status_code, ORIGIN in answer.headers) == (401, False)


def scoped(served: Served, customer: Customer, scope: str) -> dict[str, str]:
    """The headers of a page of nobody's with a key of that scope."""
    made = customer.client.post("/v3/profile/keys", json={"scope": scope})
    return {"Origin": "https://anywhere.example.net", "Authorization": f"Bearer {made.json()['bearerToken']}"}


@pytest.mark.parametrize("origins", [(), (PAGE,)])
@pytest.mark.parametrize("path", ["/v3/media/{}", "/v3/media/{}/transcript/webvtt", "/v2-beta/media/{}/streams"])
def test_a_page_from_anywhere_reads_what_a_key_of_some_recordings_opens(
    served: Served, customer: Customer, origins: tuple[str, ...], path: str
) -> None:
    media_id = customer.finished()
    address = path.format(media_id)
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization,range"}
    private = {**asked, "Access-Control-Request-Private-Network": "true"}
    headers = scoped(served, customer, f"media:get?mediaId={media_id}")
    page = {"Origin": headers["Origin"]}
    allowed = ask(served, origins, "OPTIONS", address, {**page, **asked})
    assert (allowed.status_code, allowed.headers[ORIGIN]) == (200, "*")
    assert allowed.headers["access-control-allow-methods"] == "GET, HEAD"
    assert "access-control-allow-credentials" not in allowed.headers
    assert ask(served, origins, "OPTIONS", address, {**page, **private}).status_code == 400
    deleting = {**page, "Access-Control-Request-Method": "DELETE"}
    assert ask(served, origins, "OPTIONS", address, deleting).status_code == 400
    answer = ask(served, origins, "GET", address, headers)
    assert (answer.status_code, answer.headers[ORIGIN]) == (200, "*")
    assert "Content-Range" in answer.headers["access-control-expose-headers"]
    # Also that the key is not for another recording, or is none any more.
    assert ask(served, origins, "GET", path.format(customer.finished()), headers).headers[ORIGIN] == "*"
    ended = ask(served, origins, "GET", address, {**page, "Authorization": "Bearer vx_ended"})
    assert (ended.status_code, ended.headers[ORIGIN]) == (401, "*")


def test_a_page_from_anywhere_plays_behind_a_link(served: Served, customer: Customer) -> None:
    media_id = customer.finished()
    headers = scoped(served, customer, f"streams:get?mediaId={media_id}")
    link = ask(served, (PAGE,), "GET", f"/v3/media/{media_id}/streams/original", headers)
    assert (link.status_code, link.headers[ORIGIN]) == (302, "*")
    location = link.headers["location"]
    sound = ask(served, (PAGE,), "GET", location[location.index("/v3/") :], {"Origin": headers["Origin"]})
    assert (sound.status_code, sound.headers[ORIGIN], sound.content) == (200, "*", b"RIFFsound")
    broken = ask(served, (PAGE,), "GET", location[location.index("/v3/") : -4], {"Origin": headers["Origin"]})
    assert ORIGIN not in broken.headers


@pytest.mark.parametrize("scope", [None, "media:get", "media:get?mediaId={} usage:get"])
def test_a_token_that_opens_more_is_for_the_pages_that_are_named(
    served: Served, customer: Customer, scope: str | None
) -> None:
    media_id = customer.finished()
    address = f"/v3/media/{media_id}"
    headers = scoped(served, customer, (scope or "media:get").format(media_id))
    if scope is None:
        headers["Authorization"] = f"Bearer {customer.token}"
    answer = ask(served, (PAGE,), "GET", address, headers)
    assert (answer.status_code, ORIGIN in answer.headers) == (200, False)
    assert ask(served, (PAGE,), "GET", address, {**headers, "Origin": PAGE}).headers[ORIGIN] == PAGE
    assert ORIGIN not in ask(served, (PAGE,), "GET", "/v3/media", headers).headers
