"""`--simulate`: puts a made-up result to each signed URL, so that a wrong bucket, key or clock is found beforehand."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from voxport.cli.export.dialects import compact
from voxport.cli.export.manifest import Outcome
from voxport.cli.export.recordings import Recording
from voxport.telemetry.privacy import scrub_text

TIMEOUT_S = 60.0
_INDENT = " " * 10


@dataclass(frozen=True, slots=True)
class Trial:
    """A URL that was signed for one PUT of `content_type`."""

    recording: Recording
    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What came of a trial."""

    lines: str
    """What is printed."""
    outcome: Outcome
    """What goes into the report."""


def simulated_body(name: str) -> str:
    """A callback's body with nothing in it but the word that it is simulated."""
    message = f"This data for {name} is simulated, and not real."
    return compact(
        {"success": True, "warnings": [{"message": message}], "callback": {"status": "simulated"}, "media": {}}
    )


async def simulate(trials: Sequence[Trial], at_once: int, *, verbose: bool, attached: bool) -> list[TrialResult]:
    """Every trial, in the order given, whatever becomes of the others."""
    turns = asyncio.Semaphore(at_once)
    async with httpx.AsyncClient(timeout=TIMEOUT_S) as client:

        async def one(trial: Trial) -> TrialResult:
            async with turns:
                return await _put(client, trial, verbose=verbose, attached=attached)

        return await asyncio.gather(*(one(trial) for trial in trials))


async def _put(client: httpx.AsyncClient, trial: Trial, *, verbose: bool, attached: bool) -> TrialResult:
    body = simulated_body(trial.recording.name)
    status, error = None, None
    try:
        answer = await client.put(trial.url, content=body.encode(), headers={"Content-Type": trial.content_type})
        status = answer.status_code
        error = None if answer.is_success else refusal_of_store(answer)
    except (httpx.TransportError, httpx.InvalidURL) as fault:
        error = f"The store cannot be reached: {str(fault) or type(fault).__name__}."
    # The signature is worth something to others: it is shown to those who asked for it.
    url = trial.url if verbose else trial.url.split("?", 1)[0]
    heading = f"Simulated PUT callback for {trial.recording.name}"
    if verbose or error is not None:
        heading += f" to {url}:\n{_INDENT}{body}\n{_INDENT}"
        heading += f"Response: {status}" if error is None else f"Error: {error}"
    outcome = Outcome(
        trial.recording, "failed" if error else "simulated", error is None, error=error, attached=attached
    )
    return TrialResult(heading, outcome)


def refusal_of_store(answer: httpx.Response) -> str:
    """The store's code and message, which S3 answers as XML; never what it was sent."""
    code, message = (re.search(rf"<{tag}>([^<]{{1,300}})</{tag}>", answer.text) for tag in ("Code", "Message"))
    # Each by itself: a code like SignatureDoesNotMatch before a colon looks like the name of a secret.
    said = ": ".join(scrub_text(found[1]) for found in (code, message) if found is not None)
    return f"The store refused ({answer.status_code}). {said}".rstrip(". ") + "."
