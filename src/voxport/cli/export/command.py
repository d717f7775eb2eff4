"""`voxport export`: what was asked for, checked as a whole before anything is done."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from voxport.cli.export.dialects import PLATFORM_URL, Configuration, server_of
from voxport.cli.export.manifest import check_report, read_manifest
from voxport.cli.export.modes import Export, Target, print_commands, send, try_urls
from voxport.cli.export.recordings import Naming, collect
from voxport.cli.export.s3cfg import AccessOptions, read_access
from voxport.cli.export.signing import Signer
from voxport.cli.export.upload import UploadOptions

TTL_MINUTES = 60
"""The original's."""
TTL_SUBMITTED_MINUTES = 1440
"""Longer than the whole schedule of attempts, 15 h 45, so that no URL ends before it."""
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}")


def export(
    context: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE...", help="Recordings, folders of them, or patterns.")
    ] = None,
    file: Annotated[list[str] | None, typer.Option(metavar="FILE", help="A recording, as FILE; repeatable.")] = None,
    manifest: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Recordings and their metadata: .csv, .jsonl.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="s3cmd file with the keys; else ~/.s3cfg.")
    ] = None,
    profile: Annotated[str | None, typer.Option(metavar="NAME", help="Section of that file.")] = None,
    bucket: Annotated[str, typer.Option(metavar="BUCKET", help="Bucket for the results.", show_default=False)] = "",
    region: Annotated[str | None, typer.Option(help="Region of the bucket; else bucket_location of the file.")] = None,
    endpoint_url: Annotated[str | None, typer.Option(metavar="URL", help="A store that is not AWS.")] = None,
    signature_version: Annotated[
        int | None, typer.Option(min=2, max=4, metavar="2|4", help="Else signature_v2 of the file, else 4.")
    ] = None,
    ttl_minutes: Annotated[
        int, typer.Option(min=0, help="Life of the URLs; 0: 60, with --submit 1440.", show_default=False)
    ] = 0,
    prefix: Annotated[str, typer.Option(metavar="FOLDER", help="Put before every key.", show_default=False)] = "",
    keep_folders: Annotated[bool, typer.Option("--keep-folders", help="Keys keep the path below a folder.")] = False,
    attachment: Annotated[
        bool, typer.Option("--attachment", help="The redacted audio too; its key has no .json.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Print keys and signed URLs.")] = False,
    simulate: Annotated[bool, typer.Option("--simulate", help="PUT a made-up result to each signed URL.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the curl command for each recording.")] = False,
    submit: Annotated[str | None, typer.Option(metavar="URL", help="Send the recordings to this server.")] = None,
    dialect: Annotated[str | None, typer.Option(metavar="v3|v2-beta", help="Else by the path of --submit.")] = None,
    configuration: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="JSON for every recording.")
    ] = None,
    token_file: Annotated[
        str | None, typer.Option(metavar="FILE", help="Bearer token; -: standard input. Else VOXPORT_TOKEN, TOKEN.")
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Until everything lies in the bucket.")] = False,
    concurrency: Annotated[int, typer.Option(min=1, max=64, help="Uploads at once.")] = 4,
    journal: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where a batch that stopped goes on; else by the bucket's name.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Send what the journal says was sent.")] = False,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="What became of each: .csv, .jsonl.")] = None,
) -> None:
    """Sign upload URLs for recordings; try them, print how to send the recordings, or send them."""
    sends = submit is not None and not dry_run
    only_sending = {"--wait": wait, "--again": again, "--journal": journal, "--token-file": token_file}
    useless = [name for name, given in only_sending.items() if given and not sends]
    useless += ["--report"] if report is not None and dry_run else []
    useless += [
        name for name, given in {"--dialect": dialect, "--configuration": configuration}.items() if given and simulate
    ]
    wrong = _wrong(bucket, signature_version, useless)
    if simulate + (dry_run or submit is not None) != 1:
        wrong.append("Choose one of --simulate, --dry-run and --submit URL; --dry-run may name the URL of --submit.")
    if not (files or file or manifest):
        wrong.append("There is no recording: name files, folders, patterns or a --manifest.")
    if wrong:
        _end_with_usage(context, wrong)
    minutes = ttl_minutes or (TTL_SUBMITTED_MINUTES if sends else TTL_MINUTES)
    access = read_access(AccessOptions(config, profile, region, endpoint_url, signature_version))
    if report is not None:
        check_report(report)
    rows = read_manifest(manifest) if manifest is not None else []
    work = Export(
        collect([*(file or ()), *(files or ())], rows, Naming(prefix, keep_folders)),
        Signer(access, bucket, minutes * 60),
        verbose=verbose,
        attach=attachment,
        at_once=concurrency,
        report=report,
    )
    if simulate:
        well = try_urls(work)
    else:
        server = server_of(submit or PLATFORM_URL, dialect)
        options = UploadOptions(
            Configuration.read(server.dialect, configuration),
            attach=attachment,
            wait=wait,
            again=again,
            at_once=concurrency,
        )
        place = journal or Path(f"voxport-export-{bucket}.journal")
        target = Target(server, token_file, place)
        well = send(work, target, options) if sends else print_commands(work, server, options)
    if not well:
        raise typer.Exit(1)


def _wrong(bucket: str, signature_version: int | None, useless: list[str]) -> list[str]:
    """A sentence for each thing that cannot be meant."""
    wrong = [f"{name} does nothing here." for name in useless]
    if not _BUCKET.fullmatch(bucket):
        wrong.append(
            "--bucket takes the bucket's name alone, without an address." if bucket else "--bucket is missing."
        )
    if signature_version == 3:
        wrong.append("--signature-version is 2 or 4.")
    return wrong


def _end_with_usage(context: typer.Context, wrong: list[str]) -> None:
    """The errors above the usage, as the original tool shows them."""
    sys.stderr.write("Error\n\n" + "".join(f"  {sentence}\n" for sentence in wrong) + f"\n{context.get_usage()}\n")
    raise typer.Exit(1)
