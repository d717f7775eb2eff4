"""`voxport demo`: one call through everything, on this machine alone, told as it happens.

Starts a local S3-compatible server and Voxport on its embedded defaults, signs upload URLs, submits the sample call,
shows its way, prints the transcript and reads the delivered objects back. Ends every process that it started.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console

from voxport.cli.client import Client, ProgressView
from voxport.cli.output import STEP_TITLES, CommandFailed, progress_bars
from voxport.cli.submit import overall

BUCKET = "voxport-demo"
USUAL_PORT = 8000
ROOT_KEY, ROOT_SECRET = "demo-root-key-id", "demo-root-secret"
START_S = 180.0
DELIVERED_S = 120.0
STOP_S = 40.0
URL_LIFE_S = 86_400

OBJECTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("calls/0001/analytics.json", "application/json", {"type": "analytics"}),
    ("calls/0001/transcript.txt", "text/plain", {"type": "transcript", "format": "text"}),
    ("calls/0001/captions.srt", "text/srt", {"type": "transcript", "format": "srt"}),
    ("calls/0001/call.flac", "application/octet-stream", {"type": "media", "stream": "original"}),
)
"""What is delivered: key, the content type that its URL is signed for, and the callback."""

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
    with ExitStack() as running:
        s3 = running.enter_context(local_s3(folder))
        console.print(f"S3-compatible server   {s3.meta.endpoint_url}, bucket {BUCKET}")
        url = running.enter_context(local_voxport(folder, port or free_port(USUAL_PORT)))
        console.print(f"Voxport                {url}, data in {folder}")
        token = make_token(folder)
        console.print()
        asyncio.run(one_call(console, s3, url, token))
        farewell(console, folder, url)
        if keep:
            keep_running(console, folder, url, token)


async def one_call(console: Console, s3: Any, url: str, token: str) -> None:
    """Submits the sample call and follows it until everything lies in the bucket."""
    callbacks = [{"url": signed_url(s3, key, kind), "method": "PUT", **fields} for key, kind, fields in OBJECTS]
    configuration = {
        "ingest": {"stereo": {"left": {"speakerName": "Agent"}, "right": {"speakerName": "Caller"}}},
        "publish": {"callbacks": callbacks},
    }
    metadata = {"title": "Sample call", "externalId": "demo-0001"}
    sample = resources.files("voxport.cli").joinpath("sample/call.flac")
    with resources.as_file(sample) as recording:
        console.print(f"Submitting {recording.name} ({recording.stat().st_size // 1024} KiB, agent left, caller right)")
        async with Client(url, token) as client:
            media_id = await client.submit(recording, json.dumps(configuration), json.dumps(metadata))
            console.print(f"Accepted as            {media_id}\n")
            media = await follow(console, client, media_id)
        if media["status"] != "finished":
            raise CommandFailed(f"The call ended as {media['status']}: {media.get('errors')}")
        print_transcript(console, media)
        objects = await asyncio.to_thread(delivered, s3)
        show_objects(console, objects, media_id, recording)


async def follow(console: Console, client: Client, media_id: str) -> dict[str, Any]:
    """A bar on a terminal; a line for each step that ends everywhere."""
    told: set[str] = set()
    with progress_bars(console) as bars:
        task = bars.add_task("processing", total=1.0, note="")

        def show(view: ProgressView) -> None:
            done, note = overall(view)
            bars.update(task, completed=done, note=note)
            for step in view.steps:
                if step.status in ("completed", "finished") and step.step not in told:
                    told.add(step.step)
                    bars.console.print(f"  {STEP_TITLES.get(step.step, step.step):<10} done")

        return await client.until_ended(media_id, show, poll_s=0.1)


def print_transcript(console: Console, media: dict[str, Any]) -> None:
    """By speaker, with the time at which each turn begins."""
    console.print("\nTranscript", style="bold")
    for turn in media["transcript"]["turns"]:
        minutes, seconds = divmod(turn["s"] // 1000, 60)
        console.print(f"  {minutes}:{seconds:02d}  {turn['speaker']:<7} {turn['text']}", markup=False)


def show_objects(console: Console, objects: dict[str, bytes], media_id: str, recording: Path) -> None:
    """What lies in the bucket, read back and compared."""
    console.print("\nDelivered to the bucket", style="bold")
    for key, body in objects.items():
        console.print(f"  {len(body):>9,} bytes  s3://{BUCKET}/{key}", markup=False)
    document = json.loads(objects["calls/0001/analytics.json"])
    if document["mediaId"] != media_id or document["status"] != "finished":
        raise CommandFailed("The delivered analytics document is not the one of this call.")
    if objects["calls/0001/call.flac"] != recording.read_bytes():
        raise CommandFailed("The delivered recording is not the one that was sent.")
    words = sum("m" not in word for word in document["transcript"]["words"])
    console.print(f"\n  analytics.json: mediaId {document['mediaId']}, {words} words, {document['length']} ms")
    first = objects["calls/0001/captions.srt"].decode().split("\n\n", 1)[0].replace("\n", " | ")
    console.print(f"  captions.srt:   {first}", markup=False)


def farewell(console: Console, folder: Path, url: str) -> None:
    port = httpx.URL(url).port
    console.print("\nAll of it happened on this machine. To keep a server running:", style="bold")
    console.print("  make demo DEMO=--keep")
    console.print(f"  .venv/bin/voxport serve --data {folder} --port {port}", markup=False, soft_wrap=True)
    console.print(f"The API then listens on {url}/v3; README.md goes on from there with curl.")


def keep_running(console: Console, folder: Path, url: str, token: str) -> None:
    """Until Ctrl-C."""
    console.print(f"\nThe API listens on {url}/v3 with the token {token}", markup=False, soft_wrap=True)
    console.print(f"  curl -s -H 'Authorization: Bearer {token}' {url}/v3/media", markup=False, soft_wrap=True)
    console.print(f"Logs are in {folder / 'voxport.log'}. Ctrl-C ends it.")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        console.print("\nEnding.")


@contextmanager
def local_s3(folder: Path) -> Iterator[Any]:
    """A boto3 client of a server that checks signatures, with an empty bucket."""
    import boto3
    from botocore.config import Config

    port = free_port()
    environment = {
        **os.environ,
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ROOT_SECRET,
        "SFTP_ENABLED": "0",
    }
    endpoint = f"http://127.0.0.1:{port}"
    with child([sys.executable, "-m", "ministack"], environment, folder / "s3.log") as process:
        wait_for(f"{endpoint}/_ministack/health", process, folder / "s3.log")
        sdk = boto3.client(
            "s3",
            endpoint_url=endpoint,
            aws_access_key_id=ROOT_KEY,
            aws_secret_access_key=ROOT_SECRET,
            region_name="us-east-1",
            config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
        )
        sdk.create_bucket(Bucket=BUCKET)
        yield sdk


@contextmanager
def local_voxport(folder: Path, port: int) -> Iterator[str]:
    """`voxport serve` on its defaults, but allowed to deliver to this machine over plain http."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VOXPORT_")}
    environment |= {"VOXPORT_ALLOW_NETWORKS": "127.0.0.0/8", "VOXPORT_ALLOW_HTTP": "true"}
    command = [sys.executable, "-m", "voxport", "serve", "--data", str(folder), "--port", str(port)]
    with child(command, environment, folder / "voxport.log") as process:
        wait_for(f"http://127.0.0.1:{port}/readyz", process, folder / "voxport.log")
        yield f"http://127.0.0.1:{port}"


@contextmanager
def child(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block; what it prints goes to `log`."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when `url` answers 200; raises CommandFailed with the end of the log otherwise."""

    def answers() -> bool:
        if process.poll() is not None:
            raise CommandFailed(f"A server did not start (status {process.returncode}); see {log}:\n{_tail(log)}")
        try:
            return httpx.get(url, timeout=5, trust_env=False).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    if not _until(answers, START_S):
        raise CommandFailed(f"A server was not ready within {START_S:.0f} s; see {log}:\n{_tail(log)}")


def delivered(s3: Any) -> dict[str, bytes]:
    """The objects by key once all have arrived."""
    wanted = [key for key, _, _ in OBJECTS]

    def arrived() -> bool:
        listed = s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return {item["Key"] for item in listed} >= set(wanted)

    if not _until(arrived, DELIVERED_S):
        raise CommandFailed(f"Not everything was delivered within {DELIVERED_S:.0f} s; see voxport.log.")
    return {key: s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in wanted}


def signed_url(s3: Any, key: str, content_type: str) -> str:
    """A URL for one PUT of that type, made as the platform's S3 guide shows."""
    return str(
        s3.generate_presigned_url(
            ClientMethod="put_object",
            Params={"Bucket": BUCKET, "Key": key, "ContentType": content_type},
            ExpiresIn=URL_LIFE_S,
            HttpMethod="PUT",
        )
    )


def make_token(folder: Path) -> str:
    command = [sys.executable, "-m", "voxport", "token", "create", "--data", str(folder), "--org", "Demo"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VOXPORT_")}
    made = subprocess.run(  # noqa: S603 - our own program, no shell
        command, env=environment, capture_output=True, text=True, timeout=START_S, check=False
    )
    if made.returncode != 0:
        raise CommandFailed(f"No token could be made: {made.stderr.strip()}")
    return made.stdout.strip()


def free_port(preferred: int = 0) -> int:
    """`preferred` where nobody has it, else any that is free."""
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", preferred))
        except OSError:
            listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _until(condition: Callable[[], bool], limit_s: float) -> bool:
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def _tail(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-12:])
