"""`voxport submit`: sends recordings to any Voxport server, and follows them to their end when asked to."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress, TaskID

from voxport.cli.client import Client, ClientFault, ProgressView
from voxport.cli.errors import CommandFailed
from voxport.cli.terminal import STEP_LABELS, error_console, progress_bars, say

UPLOADS_AT_ONCE = 2
POLLS_A_SECOND = 20
"""All recordings that are waited for together ask the server about this often."""

JsonFile = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, readable=True, help="A JSON file that goes with every recording."),
]


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """What holds for every recording."""

    configuration: str | None
    """JSON as it is sent; None: no such part."""
    metadata: str | None
    """JSON as it is sent; None: no such part."""
    wait: bool
    """Whether each recording is followed to its end."""


def submit(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", exists=True, dir_okay=False, readable=True, help="Recordings to send."),
    ],
    configuration: JsonFile = None,
    metadata: JsonFile = None,
    wait: Annotated[bool, typer.Option("--wait", help="Follow each recording until it is finished.")] = False,
    url: Annotated[str, typer.Option(envvar="VOXPORT_URL", help="The server.")] = "http://127.0.0.1:8000",
    token: Annotated[
        str, typer.Option(envvar="VOXPORT_TOKEN", help="Bearer token; better in the variable.", show_default=False)
    ] = "",
) -> None:
    """Send recordings to a Voxport server. Prints a line for each that was accepted: media id, tab, file."""
    if not token:
        raise CommandFailed("A token is needed: set VOXPORT_TOKEN. `voxport token create` makes one.")
    options = SubmitOptions(_json_text(configuration), _json_text(metadata), wait)
    failures = asyncio.run(submit_all(url, token, files, options))
    for sentence in failures:
        say(sentence)
    if failures:
        raise typer.Exit(1)


async def submit_all(url: str, token: str, files: list[Path], options: SubmitOptions) -> list[str]:
    """Sends every file, a few at once, whatever becomes of the others; a sentence for each that failed."""
    uploads = asyncio.Semaphore(UPLOADS_AT_ONCE)
    poll_s = max(0.4, len(files) / POLLS_A_SECOND)
    with progress_bars(error_console()) as bars:
        async with Client(url, token) as client:
            ways = (_send(client, file, options, uploads, Bar(bars, file, poll_s)) for file in files)
            outcomes = await asyncio.gather(*ways)
    return [sentence for sentence in outcomes if sentence is not None]


async def _send(client: Client, file: Path, options: SubmitOptions, uploads: asyncio.Semaphore, bar: Bar) -> str | None:
    try:
        async with uploads:
            media_id = await client.submit(file, options.configuration, options.metadata, bar.sent)
        sys.stdout.write(f"{media_id}\t{file}\n")
        sys.stdout.flush()
        if options.wait:
            media = await client.until_ended(media_id, bar.follow, bar.poll_s)
            return _failure(media, file)
    except (ClientFault, OSError) as error:
        bar.end("failed")
        return f"{file}: {error}"
    bar.end("accepted")
    return None


def _failure(media: dict[str, Any], file: Path) -> str | None:
    """A sentence when the recording did not finish."""
    if media.get("status") == "finished":
        return None
    said = "; ".join(f"{entry.get('code')}: {entry.get('error')}" for entry in media.get("errors", []))
    return f"{file}: {media.get('status')}. {said}".rstrip()


class Bar:
    """The bar of one file: first its upload, then its way through the server."""

    def __init__(self, bars: Progress, file: Path, poll_s: float) -> None:
        self._bars, self._size, self.poll_s = bars, max(1, file.stat().st_size), poll_s
        self._task: TaskID = bars.add_task(file.name, total=1.0, note="waits")

    def sent(self, position: int) -> None:
        """`position` bytes of the file have been read for sending."""
        self._bars.update(self._task, completed=min(1.0, position / self._size), note="upload")

    def follow(self, view: ProgressView) -> None:
        done, note = overall(view)
        self._bars.update(self._task, completed=done, note=note)

    def end(self, note: str) -> None:
        self._bars.update(self._task, note=note)


def overall(view: ProgressView) -> tuple[float, str]:
    """The share of all steps that is done, and the name of the step under way."""
    if view.ended or not view.steps:
        return (1.0 if view.ended else 0.0), view.status
    done = sum(_share(step.status, step.fraction) for step in view.steps) / len(view.steps)
    running = next((step.step for step in view.steps if step.status == "started"), None)
    return done, STEP_LABELS.get(running, running) if running else view.status


def _share(status: str, fraction: float | None) -> float:
    if status in ("completed", "finished", "skipped"):
        return 1.0
    return fraction or 0.0 if status == "started" else 0.0


def _json_text(path: Path | None) -> str | None:
    """The text of a JSON file, checked here so that a typing error costs no upload."""
    if path is None:
        return None
    text = path.read_text("utf-8")
    try:
        json.loads(text)
    except ValueError as error:
        raise CommandFailed(f"{path} is not JSON: {error}.") from None
    return text
