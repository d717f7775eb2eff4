"""Values of the filters of a media list that this server has added to those of the platform."""

from __future__ import annotations

import re

from voxport.core.media import MediaStatus
from voxport.core.media_query import MediaDetail
from voxport.wire.reading.query import bad_value

MAX_SPEAKER_CHARS = 256
MAX_STATEMENT_CHARS = 8000
_FLAGS = {"true": True, "false": False}


def read_statuses(name: str, value: str) -> tuple[MediaStatus, ...]:
    """`failed,running`; raises RequestRefused 10011."""
    known = {one.value: one for one in MediaStatus}
    written = [one.strip().lower() for one in value.split(",")]
    if not set(written) <= set(known):
        raise bad_value(name, f"one of {', '.join(known)}, or several with commas between")
    return tuple(dict.fromkeys(known[one] for one in written))


def read_speaker(name: str, value: str) -> str:
    """The name of a speaker; raises RequestRefused 10011."""
    if "\x00" in value or len(value) > MAX_SPEAKER_CHARS or not value.strip():
        raise bad_value(name, f"the name of a speaker, of at most {MAX_SPEAKER_CHARS} characters")
    return value.strip()


def read_statement_text(name: str, value: str) -> str:
    """A statement, which is not understood here; raises RequestRefused 10011."""
    if "\x00" in value or len(value) > MAX_STATEMENT_CHARS:
        raise bad_value(name, f"a statement in VBQL of at most {MAX_STATEMENT_CHARS} characters")
    return value


def read_milliseconds(name: str, value: str) -> int:
    """A length; raises RequestRefused 10011."""
    if not re.fullmatch("[0-9]{1,12}", value):
        raise bad_value(name, "a number of milliseconds")
    return int(value)


def read_flag(name: str, value: str) -> bool:
    """`true` or `false`; raises RequestRefused 10011."""
    if value.lower() not in _FLAGS:
        raise bad_value(name, "true or false")
    return _FLAGS[value.lower()]


def read_details(name: str, value: str) -> tuple[MediaDetail, ...]:
    """`length,speakers`; raises RequestRefused 10011."""
    known = {one.value: one for one in MediaDetail}
    written = [one.strip() for one in value.split(",")]
    if not set(written) <= set(known):
        raise bad_value(name, f"one of {', '.join(known)}, or several with commas between")
    return tuple(dict.fromkeys(known[one] for one in written))
