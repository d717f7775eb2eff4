"""What `voxport export` can be told, each with the line that its help shows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Files = Annotated[list[str] | None, typer.Argument(metavar="FILE...", help="Recordings, folders of them, or patterns.")]
File = Annotated[list[str] | None, typer.Option(metavar="FILE", help="A recording, as FILE; repeatable.")]
Manifest = Annotated[Path | None, typer.Option(metavar="FILE", help="Recordings and their metadata: .csv, .jsonl.")]
Config = Annotated[Path | None, typer.Option(metavar="FILE", help="s3cmd file with the keys; else ~/.s3cfg.")]
Profile = Annotated[str | None, typer.Option(metavar="NAME", help="Section of that file.")]
Bucket = Annotated[str, typer.Option(metavar="BUCKET", help="Bucket for the results.", show_default=False)]
Region = Annotated[str | None, typer.Option(help="Region of the bucket; else bucket_location of the file.")]
EndpointUrl = Annotated[str | None, typer.Option(metavar="URL", help="A store that is not AWS.")]
SignatureVersion = Annotated[
    int | None, typer.Option(min=2, max=4, metavar="2|4", help="Else signature_v2 of the file, else 4.")
]
TtlMinutes = Annotated[
    int, typer.Option(min=0, help="Life of the URLs; 0: 60, with --submit 1440.", show_default=False)
]
Prefix = Annotated[str, typer.Option(metavar="FOLDER", help="Put before every key.", show_default=False)]
KeepFolders = Annotated[bool, typer.Option("--keep-folders", help="Keys keep the path below a folder.")]
Attachment = Annotated[bool, typer.Option("--attachment", help="The redacted audio too; its key has no .json.")]
Verbose = Annotated[bool, typer.Option("--verbose", help="Print keys and signed URLs.")]
Simulate = Annotated[bool, typer.Option("--simulate", help="PUT a made-up result to each signed URL.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the curl command for each recording.")]
Submit = Annotated[str | None, typer.Option(metavar="URL", help="Send the recordings to this server.")]
Dialect = Annotated[str | None, typer.Option(metavar="v3|v2-beta", help="Else by the path of --submit.")]
Configuration = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="JSON for every recording.")
]
TokenFile = Annotated[
    str | None, typer.Option(metavar="FILE", help="Bearer token; -: standard input. Else VOXPORT_TOKEN, TOKEN.")
]
Wait = Annotated[bool, typer.Option("--wait", help="Until everything lies in the bucket.")]
Concurrency = Annotated[int, typer.Option(min=1, max=64, help="Uploads at once.")]
Journal = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Where a batch that stopped goes on; else by the bucket's name.")
]
Again = Annotated[bool, typer.Option("--again", help="Send what the journal says was sent.")]
Report = Annotated[Path | None, typer.Option(metavar="FILE", help="What became of each: .csv, .jsonl.")]
