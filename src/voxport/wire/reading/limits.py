"""How many of a thing one configuration may have, where no documented code speaks of it (10007).

Each is far above what anybody needs: a recording carries all of it from stage to stage and shows it for as long as it
is kept. Limits of vocabularies and groups stand with their rules.
"""

from __future__ import annotations

from collections.abc import Sized

from voxport.core.codes import Code
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals

MAX_CALLBACKS = 100
MAX_DETECTORS = 100
MAX_ASKED_CLASSIFIERS = 50
MAX_ASKED_CATEGORIES = 500
MAX_PARAMETERS = 10
"""Of one detector."""
MAX_CHANNELS = 256
MAX_TRACKS = 256
MAX_SPEAKER_CHARS = 256
"""Of the name or the role of a speaker."""


def few_enough(found: Sized, maximum: int, path: Path, called: str, refusals: Refusals) -> bool:
    """Whether there are at most `maximum`; notes 10007 for more, of which none is looked at."""
    if len(found) <= maximum:
        return True
    refusals.unreadable(path, f"a list of at most {maximum} {called}")
    return False


def check_speaker(written: str | None, refusals: Refusals) -> None:
    """Notes 10007 for the name or role of a speaker that is longer than `MAX_SPEAKER_CHARS`."""
    if written is not None and len(written) > MAX_SPEAKER_CHARS:
        refusals.refuse(
            Code.CONFIGURATION_INVALID,
            f"The name and the role of a speaker have at most {MAX_SPEAKER_CHARS} characters; {{written}} has more.",
            written=clip(written),
        )
