"""What ends a command without success."""

from __future__ import annotations

from voxport.core.errors import VoxportError


class CommandFailed(VoxportError):
    """What was asked for could not be done; one sentence for the person who asked."""
