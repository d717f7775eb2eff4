"""`voxport export`: what was asked for, checked as a whole before anything is done."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from voxport.cli.export import flags
from voxport.cli.export.dialects import PLATFORM_URL, Configuration, server_of
from voxport.cli.export.manifest import check_report, read_manifest
from voxport.cli.export.modes import Export, Target, print_commands, send, try_urls
from voxport.cli.export.recordings import Naming, Recording, collect
from voxport.cli.export.s3cfg import AccessOptions, read_access
from voxport.cli.export.signing import Signer
from voxport.cli.export.upload import UploadOptions

TTL_MINUTES = 60
"""The original's."""
TTL_SUBMITTED_MINUTES = 1440
"""Longer than the whole schedule of attempts, 15 h 45, so that no URL ends before it."""
_NO_RECORDING = "There is no recording: name files, folders, patterns or a --manifest."
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Which of the three things an export does."""

    simulate: bool
    """A made-up result is put to each URL."""
    dry_run: bool
    """Commands are printed, those for the server of `submit` where it is named."""
    submit: str | None
    """Address of the server that recordings are sent to."""
    dialect: str | None
    """The dialect of that server; None: its address says it."""

    @property
    def sends(self) -> bool:
        """Whether recordings are sent."""
        return self.submit is not None and not self.dry_run

    def life_s(self, asked_minutes: int) -> int:
        """Seconds that the URLs live; 0 minutes: as long as is usual."""
        return 60 * (asked_minutes or (TTL_SUBMITTED_MINUTES if self.sends else TTL_MINUTES))

    def wrong(self) -> Iterator[str]:
        """A sentence where it is not one of the three."""
        if self.simulate + (self.dry_run or self.submit is not None) != 1:
            yield "Choose one of --simulate, --dry-run and --submit URL; --dry-run may name the URL of --submit."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How recordings are sent, as it was asked for."""

    configuration: Path | None
    """What is wanted of every recording."""
    token_file: str | None
    """A file with the bearer token."""
    journal: Path | None
    """Where a batch that stopped goes on; None: named by the bucket."""
    wait: bool
    """Until everything lies in the bucket."""
    again: bool
    """Also what the journal says was sent."""

    def useless(self, doing: Doing, report: Path | None) -> Iterator[str]:
        """A sentence for each thing that was asked for and does nothing."""
        only_sending = {
            "--wait": self.wait,
            "--again": self.again,
            "--journal": self.journal,
            "--token-file": self.token_file,
        }
        not_tried = {"--dialect": doing.dialect, "--configuration": self.configuration}
        names = [name for name, given in only_sending.items() if given and not doing.sends]
        names += ["--report"] if report is not None and doing.dry_run else []
        names += [name for name, given in not_tried.items() if given and doing.simulate]
        return (f"{name} does nothing here." for name in names)


def export(
    context: typer.Context,
    files: flags.Files = None,
    file: flags.File = None,
    manifest: flags.Manifest = None,
    config: flags.Config = None,
    profile: flags.Profile = None,
    bucket: flags.Bucket = "",
    region: flags.Region = None,
    endpoint_url: flags.EndpointUrl = None,
    signature_version: flags.SignatureVersion = None,
    ttl_minutes: flags.TtlMinutes = 0,
    prefix: flags.Prefix = "",
    keep_folders: flags.KeepFolders = False,
    attachment: flags.Attachment = False,
    verbose: flags.Verbose = False,
    simulate: flags.Simulate = False,
    dry_run: flags.DryRun = False,
    submit: flags.Submit = None,
    dialect: flags.Dialect = None,
    configuration: flags.Configuration = None,
    token_file: flags.TokenFile = None,
    wait: flags.Wait = False,
    concurrency: flags.Concurrency = 4,
    journal: flags.Journal = None,
    again: flags.Again = False,
    report: flags.Report = None,
) -> None:
    """Sign upload URLs for recordings; try them, print how to send the recordings, or send them."""
    doing = Doing(simulate=simulate, dry_run=dry_run, submit=submit, dialect=dialect)
    sending = Sending(configuration=configuration, token_file=token_file, journal=journal, wait=wait, again=again)
    named = [*(file or ()), *(files or ())]
    wrong = [*sending.useless(doing, report), *_wrong(bucket, signature_version), *doing.wrong()]
    _end_if_wrong(context, wrong if named or manifest else [*wrong, _NO_RECORDING])
    access = read_access(AccessOptions(config, profile, region, endpoint_url, signature_version))
    recordings = _recordings(named, manifest, Naming(prefix, keep_folders), report)
    signer = Signer(access, bucket, doing.life_s(ttl_minutes))
    work = Export(recordings, signer, verbose=verbose, attach=attachment, at_once=concurrency, report=report)
    _do(doing, work, sending)


def _wrong(bucket: str, signature_version: int | None) -> Iterator[str]:
    """A sentence for each of the two that cannot be meant."""
    if not _BUCKET.fullmatch(bucket):
        yield "--bucket takes the bucket's name alone, without an address." if bucket else "--bucket is missing."
    if signature_version == 3:
        yield "--signature-version is 2 or 4."


def _recordings(named: Sequence[str], manifest: Path | None, naming: Naming, report: Path | None) -> list[Recording]:
    """Those named and those of the manifest. Raises CommandFailed, also where the report cannot be written."""
    if report is not None:
        check_report(report)
    return collect(named, read_manifest(manifest) if manifest is not None else [], naming)


def _do(doing: Doing, work: Export, sending: Sending) -> None:
    """Tries, prints or sends; raises typer.Exit where something did not go well."""
    if doing.simulate:
        well = try_urls(work)
    else:
        server = server_of(doing.submit or PLATFORM_URL, doing.dialect)
        options = UploadOptions(
            Configuration.read(server.dialect, sending.configuration),
            attach=work.attach,
            wait=sending.wait,
            again=sending.again,
            at_once=work.at_once,
        )
        place = sending.journal or Path(f"voxport-export-{work.signer.bucket}.journal")
        target = Target(server, sending.token_file, place)
        well = send(work, target, options) if doing.sends else print_commands(work, server, options)
    if not well:
        raise typer.Exit(1)


def _end_if_wrong(context: typer.Context, wrong: Sequence[str]) -> None:
    """The errors above the usage, as the original tool shows them."""
    if not wrong:
        return
    sys.stderr.write("Error\n\n" + "".join(f"  {sentence}\n" for sentence in wrong) + f"\n{context.get_usage()}\n")
    raise typer.Exit(1)
