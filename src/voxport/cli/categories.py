"""`voxport categories`: tries a category on the newest calls, and looks for one in past calls, over the API."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Annotated, Any
from uuid import UUID

import typer

from voxport.cli.client import Client
from voxport.cli.errors import CommandFailed
from voxport.cli.search import plain
from voxport.cli.terminal import error_console, progress_bars, say

TRIALS, APPLICATIONS = "/v3/definition/category-trials", "/v3/definition/category-applications"
POLL_S = 1.0
_SERVER = "http://127.0.0.1:8000"

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Try a category on the newest calls, and find past calls in one."
)
Url = Annotated[str, typer.Option(envvar="VOXPORT_URL", help="The server.")]
Token = Annotated[
    str, typer.Option(envvar="VOXPORT_TOKEN", help="Bearer token; better in the variable.", show_default=False)
]
Id = Annotated[UUID, typer.Argument(metavar="ID", help="An application, as `categories list` shows it.")]


@app.command("try")
def try_(
    category: Annotated[
        str, typer.Argument(metavar="STATEMENT|NAME", help="SELECT ... FROM media WHERE ..., or a name.")
    ],
    calls: Annotated[int, typer.Option(min=1, max=10_000, help="How many of the newest calls are looked at.")] = 1_000,
    limit: Annotated[int, typer.Option(min=0, max=100, help="How many of those that are in it are shown.")] = 20,
    url: Url = _SERVER,
    token: Token = "",
) -> None:
    """Say how many of the newest calls are in a category. Prints a line for each; the places come below it."""
    asked = {"query" if any(map(str.isspace, category)) else "categoryName": category, "calls": calls, "limit": limit}
    answer = _with_client(url, token, lambda client: client.post(TRIALS, asked))
    for line in trial_lines(answer):
        typer.echo(line)
    shown = len(answer["media"])
    more = "" if shown == answer["matched"] else f", {shown} of them shown"
    say(f"{answer['matched']} of the newest {answer['calls']} calls, in {answer['queryTimeMillis']} ms{more}.")


@app.command()
def apply(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A category that is saved.")],
    wait: Annotated[bool, typer.Option(help="Follow it to its end; without, it goes on by itself too.")] = True,
    url: Url = _SERVER,
    token: Token = "",
) -> None:
    """Look for a category in past calls. Prints id, name, version, status, calls looked at, matched, failures."""
    made = _with_client(url, token, lambda client: client.post(APPLICATIONS, {"categoryName": name}))
    if not wait:
        typer.echo(application_line(made))
        return
    try:
        ended = _with_client(url, token, lambda client: _followed(client, made))
    except KeyboardInterrupt:
        say(f"It goes on; `voxport categories cancel {made['applicationId']}` ends it.")
        raise
    typer.echo(application_line(ended))
    if ended["status"] != "finished":
        raise CommandFailed(f"It was {ended['status']}. {ended.get('reason', '')}".rstrip())


@app.command("list")
def list_(url: Url = _SERVER, token: Token = "") -> None:
    """List what is or was looked for in past calls, newest first, a line each as `categories apply` prints it."""
    for one in _with_client(url, token, lambda client: client.get(APPLICATIONS))["applications"]:
        typer.echo(application_line(one))


@app.command()
def cancel(application_id: Id, url: Url = _SERVER, token: Token = "") -> None:
    """End one where it is; what it has found stays. Prints its line."""
    path = f"{APPLICATIONS}/{application_id}/cancel"
    typer.echo(application_line(_with_client(url, token, lambda client: client.post(path, {}))))


def trial_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """The calls of a trial, each with its places below it."""
    for call in answer["media"]:
        yield f"{call['mediaId']}\t{call['dateCreated']}"
        for mention in call.get("categoryMatches", ()):
            for place in mention["occurrences"]:
                yield f"\t{place['s'] / 1000:.1f} s\t{plain(mention['speakerName'])}\t{plain(place['exact'])}"


def application_line(one: Mapping[str, Any]) -> str:
    """An application on one line."""
    names = ("applicationId", "categoryName", "categoryVersion", "status", "done", "matched", "failures")
    return "\t".join(plain(one[name]) for name in names)


async def _followed(client: Client, made: dict[str, Any]) -> dict[str, Any]:
    """The application once it has ended; a bar on a terminal."""
    now = made
    with progress_bars(error_console()) as bars:
        task = bars.add_task(plain(made["categoryName"]), total=None, note="")
        while "dateFinished" not in now:
            await asyncio.sleep(POLL_S)
            now = await client.get(f"{APPLICATIONS}/{made['applicationId']}")
            bars.update(task, total=now.get("calls"), completed=now["done"], note=f"{now['matched']} matched")
    return now


def _with_client(url: str, token: str, work: Callable[[Client], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    if not token:
        raise CommandFailed("A token is needed: set VOXPORT_TOKEN. `voxport token create` makes one.")

    async def run() -> dict[str, Any]:
        async with Client(url, token) as client:
            return await work(client)

    return asyncio.run(run())
