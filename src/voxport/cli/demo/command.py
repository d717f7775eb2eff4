"""`voxport demo`: one call through everything, on this machine alone, shown as it happens.

Starts a local S3-compatible server and Voxport on its embedded defaults, signs upload URLs, defines phrases to listen
for, submits the sample call, shows its way, prints the redacted transcript, reads the delivered objects back, the
redacted audio among them, and says what the call was about. Ends every process that it started.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import httpx
import typer
from rich.console import Console
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from voxport.cli.children import START_S, Ledger, wait_for
from voxport.cli.client import Client, ProgressView
from voxport.cli.demo.local_s3 import BUCKET, LocalS3, free_port, local_s3
from voxport.cli.demo.question import ask
from voxport.cli.demo.summary import ANALYTICS, GROUPS, print_summary
from voxport.cli.errors import CommandFailed
from voxport.cli.submit import overall
from voxport.cli.terminal import STEP_LABELS, progress_bars

USUAL_PORT = 8000
PORTS_TRIED = 3
DELIVERED_S = 120.0

OBJECTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("calls/0001/analytics.json", "application/json", {"type": "analytics"}),
    ("calls/0001/transcript.txt", "text/plain", {"type": "transcript", "format": "text"}),
    ("calls/0001/captions.srt", "text/srt", {"type": "transcript", "format": "srt"}),
    ("calls/0001/call-redacted.flac", "application/octet-stream", {"type": "media", "stream": "redacted-audio"}),
)
"""What is delivered: key, the content type that its URL is signed for, and the callback."""

DETECTOR = {
    "detectorName": "PCI",
    "redactor": {"transcript": {"replacement": "[redacted]"}, "audio": {"tone": 270, "gain": 0.25}},
}
"""Card numbers are covered in the words and in the sound."""

Data = Annotated[Path, typer.Option(metavar="DIR", help="Where the demo keeps its data.")]


def demo(
    data: Data = Path(".demo"),
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the API; 0: 8000, or a free one where that is taken.")
    ] = 0,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the server running until Ctrl-C.")] = False,
) -> None:
    """Send a sample call through Voxport into a local S3-compatible bucket, and show all of it."""
    if find_spec("ministack") is None:
        raise CommandFailed("The demo's S3 server is not installed: pip install ministack, or run `make demo`.")
    console = Console(highlight=False)
    folder = data.expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(folder)
    # A SIGTERM unwinds like any exit, so that what was started is ended.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    if ledger.end_leftovers():
        console.print("Ended the servers of an earlier demo that was killed.")
    with ExitStack() as running:
        s3 = running.enter_context(local_s3(ledger, folder))
        console.print(f"S3-compatible server   {s3.endpoint}, bucket {BUCKET}")
        url = start_voxport(running, ledger, folder, port)
        console.print(f"Voxport                {url}, data in {folder}")
        token = make_token(folder)
        console.print()
        media_id = asyncio.run(one_call(console, s3, url, token))
        farewell(console, folder, url)
        if keep:
            keep_running(console, folder, url, token, media_id)


async def one_call(console: Console, s3: LocalS3, url: str, token: str) -> str:
    """Submits the sample call and follows it until everything lies in the bucket; returns its mediaId."""
    callbacks = [{"url": s3.signed_url(key, kind), "method": "PUT", **fields} for key, kind, fields in OBJECTS]
    configuration = {
        **ANALYTICS,
        "ingest": {"stereo": {"left": {"speakerName": "Agent"}, "right": {"speakerName": "Caller"}}},
        "prediction": {"detectors": [DETECTOR]},
        "publish": {"callbacks": callbacks, "enableAnalyticIndexing": True},
    }
    metadata = {"title": "Sample call", "externalId": "demo-0001"}
    sample = resources.files("voxport.cli").joinpath("sample/call.flac")
    with resources.as_file(sample) as recording:
        async with Client(url, token) as client:
            await define_groups(console, client)
            size_kib = recording.stat().st_size // 1024
            console.print(f"\nSubmitting {recording.name} ({size_kib} KiB, agent left, caller right)")
            media_id = await client.submit(recording, json.dumps(configuration), json.dumps(metadata))
            console.print(f"Accepted as            {media_id}\n")
            media = await follow(console, client, media_id)
        if media["status"] != "finished":
            raise CommandFailed(f"The call ended as {media['status']}: {media.get('errors')}")
        print_transcript(console, media)
        objects = await delivered(s3)
        document = show_objects(console, objects, media_id, recording)
        print_summary(console, document)
        async with Client(url, token) as client:
            await ask(console, client, media_id)
        return media_id


async def define_groups(console: Console, client: Client) -> None:
    """Puts the phrases to listen for, as an organisation puts its own."""
    console.print("Listening for", style="bold")
    for name, keywords in GROUPS.items():
        await client.put(f"/v3/definition/spotting/groups/{quote(name)}", {"keywords": keywords})
        console.print(f"  {name}: {', '.join(keywords)}", markup=False, soft_wrap=True)


async def follow(console: Console, client: Client, media_id: str) -> dict[str, Any]:
    """A bar on a terminal; a line for each step that ends everywhere."""
    shown: set[str] = set()
    with progress_bars(console) as bars:
        task = bars.add_task("processing", total=1.0, note="")

        def show(view: ProgressView) -> None:
            done, note = overall(view)
            bars.update(task, completed=done, note=note)
            for step in view.steps:
                if step.status in ("completed", "finished") and step.step not in shown:
                    shown.add(step.step)
                    bars.console.print(f"  {STEP_LABELS.get(step.step, step.step):<11} done")

        return await client.until_ended(media_id, show, poll_s=0.1)


def print_transcript(console: Console, media: dict[str, Any]) -> None:
    """By speaker, with the time at which each turn begins."""
    console.print("\nTranscript, card number redacted", style="bold")
    for turn in media["transcript"]["turns"]:
        minutes, seconds = divmod(turn["s"] // 1000, 60)
        console.print(f"  {minutes}:{seconds:02d}  {turn['speaker']:<7} {turn['text']}", markup=False)


def show_objects(console: Console, objects: dict[str, bytes], media_id: str, recording: Path) -> dict[str, Any]:
    """What lies in the bucket, read back and compared; returns the analytics document."""
    console.print("\nDelivered to the bucket", style="bold")
    for key, body in objects.items():
        console.print(f"  {len(body):>9,} bytes  s3://{BUCKET}/{key}", markup=False)
    document: dict[str, Any] = json.loads(objects["calls/0001/analytics.json"])
    if document["mediaId"] != media_id or document["status"] != "finished":
        raise CommandFailed("The delivered analytics document is not the one of this call.")
    if objects["calls/0001/call-redacted.flac"] == recording.read_bytes():
        raise CommandFailed("The delivered audio is the recording as it was sent, not redacted.")
    words = sum("m" not in word for word in document["transcript"]["words"])
    console.print(f"\n  analytics.json: mediaId {document['mediaId']}, {words} words, {document['length']} ms")
    print_found(console, document)
    first = objects["calls/0001/captions.srt"].decode().split("\n\n", 1)[0].replace("\n", " | ")
    console.print(f"  captions.srt:   {first}", markup=False)
    return document


def print_found(console: Console, document: dict[str, Any]) -> None:
    """What the detectors covered, by name and time; what was said is in no document."""
    for detector in document["prediction"]["detectors"]:
        for detection in detector["detections"]:
            for segment in detection["detectedSegments"]:
                times = ", ".join(f"{one['s'] / 1000:.1f}-{one['e'] / 1000:.1f} s" for one in segment["occurrences"])
                who = segment.get("speakerName", "somebody")
                console.print(f"  redacted:       {detector['detectorName']} said by {who} at {times}", markup=False)


def farewell(console: Console, folder: Path, url: str) -> None:
    port = httpx.URL(url).port
    console.print("\nAll of it happened on this machine. To keep a server running:", style="bold")
    console.print("  make demo DEMO=--keep")
    console.print(f"  .venv/bin/voxport serve --data {folder} --port {port}", markup=False, soft_wrap=True)
    console.print(f"The API then listens on {url}/v3; README.md goes on from there with curl.")


def keep_running(console: Console, folder: Path, url: str, token: str, media_id: str) -> None:
    """Until Ctrl-C. Opens the call in a browser where there is a screen for one."""
    page = f"{url}/console/calls/{media_id}"
    console.print(f"\nThe call in the console    {page}", markup=False, soft_wrap=True)
    console.print("Sign in with the token below.")
    if sys.stdout.isatty() and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        webbrowser.open(page)
    console.print(f"\nThe API listens on {url}/v3 with the token {token}", markup=False, soft_wrap=True)
    console.print(f"  curl -s -H 'Authorization: Bearer {token}' {url}/v3/media", markup=False, soft_wrap=True)
    console.print(f"Logs are in {folder}. Ctrl-C ends it.")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        console.print("\nEnding.")


def start_voxport(running: ExitStack, ledger: Ledger, folder: Path, port: int) -> str:
    """Its address. A port of our own choice may be taken between the choice and the start: then another is tried."""
    retrying = Retrying(
        stop=stop_after_attempt(1 if port else PORTS_TRIED), retry=retry_if_exception_type(CommandFailed), reraise=True
    )
    return retrying(lambda: running.enter_context(local_voxport(ledger, folder, port or free_port(USUAL_PORT))))


@contextmanager
def local_voxport(ledger: Ledger, folder: Path, port: int) -> Iterator[str]:
    """`voxport serve` on its defaults, but allowed to deliver to this machine over plain http."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VOXPORT_")}
    environment |= {"VOXPORT_ALLOW_NETWORKS": "127.0.0.0/8", "VOXPORT_ALLOW_HTTP": "true"}
    command = [sys.executable, "-m", "voxport", "serve", "--data", str(folder), "--port", str(port)]
    log = folder / f"voxport-{port}.log"
    with ledger.child(command, environment, log) as process:
        wait_for(f"http://127.0.0.1:{port}/readyz", process, log)
        yield f"http://127.0.0.1:{port}"


async def delivered(s3: LocalS3) -> dict[str, bytes]:
    """The objects by key once all have arrived."""
    wanted = [key for key, _, _ in OBJECTS]
    deadline = time.monotonic() + DELIVERED_S
    while time.monotonic() < deadline:
        objects = await asyncio.to_thread(s3.objects)
        if set(objects) >= set(wanted):
            return {key: objects[key] for key in wanted}
        await asyncio.sleep(0.1)
    raise CommandFailed(f"Not everything was delivered within {DELIVERED_S:.0f} s; the log is in the data folder.")


def make_token(folder: Path) -> str:
    command = [sys.executable, "-m", "voxport", "token", "create", "--data", str(folder), "--org", "Demo"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VOXPORT_")}
    made = subprocess.run(  # noqa: S603 - our own program, no shell
        command, env=environment, capture_output=True, text=True, timeout=START_S, check=False
    )
    if made.returncode != 0:
        raise CommandFailed(f"No token could be made: {made.stderr.strip()}")
    return made.stdout.strip()
