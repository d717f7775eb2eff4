"""What the demo asks of all calls: one statement in VBQL, whose answer is printed in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from voxport.cli.client import Client
from voxport.cli.demo.summary import clock
from voxport.cli.errors import CommandFailed

QUESTION = 'SELECT mediaId, hits() FROM media WHERE "Caller" SAYS "like to order" [0s,30s]'


async def ask(console: Console, client: Client, media_id: str) -> None:
    """Asks, and prints what was found; raises CommandFailed where the call of that id is not among it."""
    answer = await client.ask(QUESTION)
    console.print("\nOne question to all calls", style="bold")
    console.print(f"  {QUESTION}", markup=False, soft_wrap=True)
    console.print(f"  {answer_line(answer, media_id)}", markup=False, soft_wrap=True)


def answer_line(answer: Mapping[str, Any], media_id: str) -> str:
    """How many calls meet the question, and where the call of that id does."""
    for row, hits in zip(answer["rows"], answer["hits"], strict=True):
        if row["mediaId"] == media_id:
            place = hits[0]["fieldValues"]
            calls = "1 call" if answer["totalResults"] == 1 else f"{answer['totalResults']} calls"
            said = f'{place["speaker"]} {clock(place["startMs"])} "{place["text"]}"'
            return f"{calls} in {answer['queryTimeMillis']} ms: {said}"
    raise CommandFailed("The call that was sent is not among those that the statement finds.")
