"""The three things that an export does with its recordings: try the URLs, print commands, send."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voxport.cli.errors import CommandFailed
from voxport.cli.export.batch import NOT_SENT, Batch
from voxport.cli.export.dialects import ATTACHMENT_TYPE, RESULT_TYPE, Server
from voxport.cli.export.dry_run import curl_command
from voxport.cli.export.journal import Journal
from voxport.cli.export.manifest import Outcome, write_report
from voxport.cli.export.platform import Platform
from voxport.cli.export.recordings import Recording
from voxport.cli.export.signing import Signer
from voxport.cli.export.simulation import Trial, simulate
from voxport.cli.export.upload import UploadOptions
from voxport.cli.terminal import error_console, progress_bars, say

_SEPARATOR = "*" * 18
_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Export:
    """The recordings, and what holds for each of them."""

    recordings: Sequence[Recording]
    signer: Signer
    verbose: bool
    """Whether keys and signed URLs are printed."""
    attach: bool
    """Whether the redacted audio is delivered as well."""
    at_once: int
    """Requests at once."""
    report: Path | None
    """Where the outcomes are written; None: nowhere."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where recordings go."""

    server: Server
    token_file: str | None
    """A file with the bearer token, `-` for standard input; None: the environment has it."""
    journal: Path
    """What records which recordings the server has."""


def try_urls(work: Export) -> bool:
    """Whether every URL took a made-up result, sent with the type that it is signed for."""
    content_type = ATTACHMENT_TYPE if work.attach else RESULT_TYPE
    trials = []
    for recording in work.recordings:
        key = recording.attachment_key if work.attach else recording.key
        trials.append(Trial(recording, work.signer.put_url(key, content_type), content_type))
    tried = asyncio.run(simulate(trials, work.at_once, verbose=work.verbose, attached=work.attach))
    for trial, one in zip(trials, tried, strict=True):
        if work.verbose:
            key = trial.recording.attachment_key if work.attach else trial.recording.key
            _show(trial.recording, key, trial.url)
        sys.stdout.write(f"{one.lines}\n")
    return _ended(work, [one.outcome for one in tried])


def print_commands(work: Export, server: Server, options: UploadOptions) -> bool:
    """A curl command for each recording; nothing is sent."""
    configuration = options.configuration
    if work.attach and not configuration.redacts_audio():
        say("No detector of the configuration redacts audio, so a server will refuse the attachment: --configuration.")
    for recording in work.recordings:
        result_url = work.signer.put_url(recording.key, RESULT_TYPE)
        attachment_url = work.signer.put_url(recording.attachment_key, ATTACHMENT_TYPE) if work.attach else None
        if work.verbose:
            _show(recording, recording.key, result_url)
            if attachment_url is not None:
                _show(recording, recording.attachment_key, attachment_url)
        command = curl_command(recording, server, configuration, result_url, attachment_url)
        sys.stdout.write(f"{command}\n\n")
    return True


def send(work: Export, target: Target, options: UploadOptions) -> bool:
    """Whether the server has every recording, and with `wait` whether all has arrived. Raises CommandFailed."""
    if options.attach and not options.configuration.redacts_audio():
        raise CommandFailed("--attachment needs a --configuration with a detector that redacts audio.")
    token = read_token(target.token_file)
    ended: dict[Recording, Outcome] = {}
    try:
        asyncio.run(_sent(work, target, options, token, ended))
    except KeyboardInterrupt:
        _write_report(work, [ended.get(one) or _stopped(one, NOT_SENT) for one in work.recordings])
        say("Stopped. The same command goes on from here.")
        raise SystemExit(_INTERRUPTED) from None
    return _ended(work, [ended[recording] for recording in work.recordings])


def read_token(token_file: str | None) -> str:
    """Raises CommandFailed where there is none. Never of the command line, which everybody on the machine sees."""
    if token_file is None:
        token = os.environ.get("VOXPORT_TOKEN") or os.environ.get("TOKEN") or ""
    elif token_file == "-":  # noqa: S105 - the name of standard input
        token = sys.stdin.readline()
    else:
        try:
            token = Path(token_file).expanduser().read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise CommandFailed(f"{token_file} cannot be read.") from None
    if not token.strip():
        raise CommandFailed("A token is needed: set TOKEN or VOXPORT_TOKEN, or name a --token-file.")
    return token.strip()


def _stopped(recording: Recording, status: str, media_id: str | None = None) -> Outcome:
    """The outcome of a recording when the export is stopped now."""
    return Outcome(recording, status, good=False, media_id=media_id, error="The export was stopped.")


async def _sent(
    work: Export, target: Target, options: UploadOptions, token: str, ended: dict[Recording, Outcome]
) -> None:
    """`ended` is filled while the batch goes on, so that it holds what is known whenever it is stopped."""
    journal = Journal(target.journal, target.server.root, work.signer.bucket, attach=options.attach)
    with journal, progress_bars(error_console()) as bars:
        total = len(work.recordings)
        sent = bars.add_task("sent", total=total, note="")
        arrived = bars.add_task("arrived", total=total, note="") if options.wait else None

        def on_accepted(recording: Recording, media_id: str) -> None:
            ended[recording] = _stopped(recording, "accepted", media_id)
            bars.advance(sent)
            sys.stdout.write(f"{media_id}\t{recording.written}\n")
            sys.stdout.flush()

        def on_end(outcome: Outcome) -> None:
            ended[outcome.recording] = outcome
            if arrived is not None and outcome.good:
                bars.advance(arrived)

        async with Platform(target.server, token) as platform:
            batch = Batch(options, platform, work.signer, journal)
            batch.on_accepted, batch.on_end = on_accepted, on_end
            if work.verbose:
                batch.on_signed(_show)
            await batch.run(work.recordings)


def _show(recording: Recording, key: str, url: str) -> None:
    """As the original tool prints it."""
    sys.stdout.write(f"{_SEPARATOR}\nSource File: {recording.written}\nTarget Key: {key}\nPre-Signed Url: {url}\n\n")


def _ended(work: Export, outcomes: Sequence[Outcome]) -> bool:
    """Writes the report and names what failed; whether nothing did."""
    _write_report(work, outcomes)
    sys.stdout.flush()
    bad = [outcome for outcome in outcomes if not outcome.good]
    for outcome in bad:
        say(f"{outcome.recording.written}: {outcome.status}. {outcome.error}")
    if bad:
        say(f"{len(bad)} of {len(outcomes)} failed.")
    return not bad


def _write_report(work: Export, outcomes: Sequence[Outcome]) -> None:
    if work.report is not None:
        try:
            write_report(work.report, outcomes)
        except OSError as error:
            raise CommandFailed(f"The report {work.report} cannot be written: {error.strerror}.") from None
