"""`voxport search`: asks any Voxport server for calls with a statement in VBQL, and prints a line for each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from voxport.cli.client import Client
from voxport.cli.errors import CommandFailed
from voxport.cli.terminal import say


def search(
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="SELECT ... FROM media WHERE ...")],
    url: Annotated[str, typer.Option(envvar="VOXPORT_URL", help="The server.")] = "http://127.0.0.1:8000",
    token: Annotated[
        str, typer.Option(envvar="VOXPORT_TOKEN", help="Bearer token; better in the variable.", show_default=False)
    ] = "",
) -> None:
    """Find calls with a statement. Prints a line for each, its columns with tabs between; hits() come below it."""
    if not token:
        raise CommandFailed("A token is needed: set VOXPORT_TOKEN. `voxport token create` makes one.")
    answer = asyncio.run(_ask(url, token, statement))
    for line in lines_of(answer):
        typer.echo(line)
    shown, total = len(answer.get("rows", ())), answer.get("totalResults", 0)
    say(
        f"{total} calls in {answer.get('queryTimeMillis', 0)} ms{'' if shown == total else f', {shown} of them shown'}."
    )


def lines_of(answer: Mapping[str, Any]) -> Iterator[str]:
    """The rows of an answer, each with its hits below it."""
    hits = answer.get("hits", [])
    for at, row in enumerate(answer.get("rows", [])):
        shown = {name: value for name, value in row.items() if name not in ("_links", "metadata", "interactionType")}
        title = row.get("metadata", {}).get("title") if isinstance(row.get("metadata"), dict) else None
        yield "\t".join(map(plain, (*shown.values(), *((title,) if title else ()))))
        for hit in hits[at] if at < len(hits) else ():
            place = hit["fieldValues"]
            yield f"\t{place['startMs'] / 1000:.1f} s\t{plain(place['speaker'])}\t{plain(place['text'])}"


def plain(value: object) -> str:
    """For a terminal: nothing that a customer wrote moves its cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in str("" if value is None else value))


async def _ask(url: str, token: str, statement: str) -> dict[str, Any]:
    async with Client(url, token) as client:
        return await client.ask(statement)
