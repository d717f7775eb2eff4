"""`--dry-run`: the curl command that would send each recording, to be pasted into a shell as it is printed."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Any

from voxport.cli.export.dialects import Configuration, Server, compact, metadata_part
from voxport.cli.export.recordings import Recording

TOKEN_HEADER = '"Authorization: Bearer $TOKEN"'  # noqa: S105 - a variable's name, no token
"""In double quotes, so that the shell puts the token in; the original's single quotes sent the word `$token`."""


def curl_command(
    recording: Recording, server: Server, configuration: Configuration, result_url: str, attachment_url: str | None
) -> str:
    """The token is taken from `$TOKEN` and stands nowhere; paths are as seen from the current folder."""
    document = compact(configuration.with_callbacks(result_url, attachment_url))
    lines = [
        f"curl --header {TOKEN_HEADER}",
        shlex.quote(server.media_url),
        f"--form {shlex.quote(f'media=@{_for_curl(_seen_from_here(recording.path))}')}",
        _form("configuration", document),
    ]
    if recording.metadata:
        lines.append(_metadata(server, recording.metadata))
    return " \\\n    ".join(lines)


def _metadata(server: Server, metadata: dict[str, Any]) -> str:
    return _form("metadata", compact(metadata_part(server.dialect, metadata)))


def _form(name: str, text: str) -> str:
    """curl reads what follows a semicolon as a type, unless it is asked not to."""
    option = "--form-string" if ";" in text else "--form"
    return f"{option} {shlex.quote(f'{name}={text}')}"


def _seen_from_here(path: Path) -> str:
    """Relative where the recording lies below the current folder."""
    absolute = Path(os.path.normpath(path.absolute()))
    try:
        return str(absolute.relative_to(Path.cwd()))
    except ValueError:
        return str(absolute)


def _for_curl(path: str) -> str:
    """curl splits an unquoted file name at commas and semicolons."""
    if not any(sign in path for sign in ',;"\\'):
        return path
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
