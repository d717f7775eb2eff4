"""`voxport deliveries`: what became of results on their way to customers, and sending them again, over the API."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

import typer

from voxport.cli.client import Client, ClientFault
from voxport.cli.delivery_tables import show_list, show_one
from voxport.cli.errors import CommandFailed
from voxport.cli.terminal import say
from voxport.cli.times import time_for_the_api

T = TypeVar("T")

PAGE = 1000
"""Most deliveries that the API lists at once."""

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="See what became of deliveries, and make them again."
)

Status = Annotated[
    list[str] | None,
    typer.Option(
        metavar="STATUS",
        help="pending, delivered, failed, expired, skipped, dead (failed, expired) or held; repeatable.",
    ),
]
Since = Annotated[
    str | None, typer.Option(metavar="TIME", help="Made since then: 2h, 3d (ago), 2031-02-03, 2031-02-03T04:05:06Z.")
]
Until = Annotated[str | None, typer.Option(metavar="TIME", help="Made until then.")]
Host = Annotated[str | None, typer.Option(metavar="HOST", help="Only to this host.")]
OfMedia = Annotated[str | None, typer.Option("--media", metavar="ID", help="Only of this recording.")]
Limit = Annotated[int, typer.Option(min=1, help="At most so many, the newest.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what the API answers.")]
Url = Annotated[str, typer.Option(envvar="VOXPORT_URL", help="The server.")]
Token = Annotated[
    str, typer.Option(envvar="VOXPORT_TOKEN", help="Bearer token; better in the variable.", show_default=False)
]
_SERVER = "http://127.0.0.1:8000"


@app.command("list")
def list_(
    status: Status = None,
    since: Since = None,
    until: Until = None,
    host: Host = None,
    media: OfMedia = None,
    limit: Limit = 100,
    as_json: AsJson = False,
    url: Url = _SERVER,
    token: Token = "",
) -> None:
    """List deliveries, newest first: id, creation, status, what, address, tries, reason or last error."""
    _list(_filters(status, since, until, host, media), limit, as_json=as_json, url=url, token=token)


@app.command()
def dead(
    since: Since = None,
    until: Until = None,
    host: Host = None,
    media: OfMedia = None,
    limit: Limit = 100,
    as_json: AsJson = False,
    url: Url = _SERVER,
    token: Token = "",
) -> None:
    """List dead letters: deliveries that ended without arriving, and can be replayed."""
    _list(_filters(["dead"], since, until, host, media), limit, as_json=as_json, url=url, token=token)


@app.command()
def show(
    delivery_id: Annotated[UUID, typer.Argument(metavar="ID", help="A delivery, as `deliveries list` shows it.")],
    as_json: AsJson = False,
    url: Url = _SERVER,
    token: Token = "",
) -> None:
    """Show one delivery with every try."""
    found = _with_client(url, token, lambda client: client.get(f"/v3/deliveries/{delivery_id}"))
    if as_json:
        _print(found)
    else:
        show_one(found)


@app.command()
def replay(
    delivery_ids: Annotated[
        list[UUID] | None, typer.Argument(metavar="[ID]...", help="Deliveries; or a time range with --since.")
    ] = None,
    since: Since = None,
    until: Until = None,
    status: Status = None,
    host: Host = None,
    media: OfMedia = None,
    to: Annotated[
        str | None, typer.Option(metavar="URL", help="Send the one delivery to this address from now on.")
    ] = None,
    as_json: AsJson = False,
    url: Url = _SERVER,
    token: Token = "",
) -> None:
    """Make deliveries again, with the schedule begun again: those named, or dead ones of a time range."""
    filters = _filters(status, since, until, host, media)
    if delivery_ids and filters:
        raise CommandFailed("Name deliveries, or give a time range with --since; not both.")
    if to is not None and len(delivery_ids or ()) != 1:
        raise CommandFailed("--to takes one delivery.")
    if delivery_ids:
        refused = _with_client(url, token, lambda client: _replay_each(client, delivery_ids, to, as_json=as_json))
    elif since is not None:
        refused = _with_client(url, token, lambda client: _replay_range(client, filters, as_json=as_json))
    else:
        raise CommandFailed("What is to be replayed? Name deliveries, or give --since.")
    if refused:
        raise typer.Exit(1)


def _list(filters: dict[str, str], limit: int, *, as_json: bool, url: str, token: str) -> None:
    found = _with_client(url, token, lambda client: _pages(client, filters, limit))
    if as_json:
        _print(found)
    else:
        show_list(found)


async def _pages(client: Client, filters: dict[str, str], limit: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    asked = dict(filters)
    while len(found) < limit:
        asked["limit"] = str(min(PAGE, limit - len(found)))
        page = await client.get("/v3/deliveries", asked)
        found += page["deliveries"]
        if "after" not in page["pagination"]:
            break
        asked["after"] = page["pagination"]["after"]
    return found


async def _replay_each(client: Client, delivery_ids: list[UUID], to: str | None, *, as_json: bool) -> int:
    """How many were refused; the others are sent again all the same."""
    refused = 0
    for delivery_id in delivery_ids:
        try:
            queued = await client.post(f"/v3/deliveries/{delivery_id}/replay", {} if to is None else {"url": to})
        except ClientFault as fault:
            refused += 1
            say(f"{delivery_id}: {fault}")
            continue
        if as_json:
            _print(queued)
        else:
            sys.stdout.write(f"{delivery_id}\n")
    return refused


async def _replay_range(client: Client, filters: dict[str, str], *, as_json: bool) -> int:
    """How many were refused. Request after request, until the server says that there are no more."""
    asked, queued, refused, more = dict(filters), 0, 0, True
    while more:
        answer = await client.post("/v3/deliveries/replay", asked)
        queued += answer["queued"]
        refused += len(answer["refused"])
        for one in answer["refused"]:
            say(f"{one['deliveryId']}: {one['reason']}")
        if as_json:
            _print(answer)
        else:
            sys.stdout.writelines(f"{delivery_id}\n" for delivery_id in answer["deliveryIds"])
        more = answer["more"]
        asked["after"] = answer.get("after", "")
    say(f"{queued} deliveries are due again, {refused} were refused.")
    return refused


def _filters(
    status: list[str] | None, since: str | None, until: str | None, host: str | None, media: str | None
) -> dict[str, str]:
    given = {
        "status": ",".join(status or ()),
        "since": "" if since is None else time_for_the_api(since, "--since"),
        "until": "" if until is None else time_for_the_api(until, "--until"),
        "host": host or "",
        "mediaId": media or "",
    }
    return {name: value for name, value in given.items() if value}


def _with_client(url: str, token: str, act: Callable[[Client], Awaitable[T]]) -> T:
    if not token:
        raise CommandFailed("A token is needed: set VOXPORT_TOKEN. `voxport token create` makes one.")

    async def run() -> T:
        async with Client(url, token) as client:
            return await act(client)

    return asyncio.run(run())


def _print(answer: object) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
