"""`includeAlternateFormat`: which further forms of a transcript a query asks for."""

from __future__ import annotations

from collections.abc import Iterable

from voxport.core.plan import TextFormat
from voxport.wire.reading.query import bad_value
from voxport.wire.writing.formats import ALTERNATE_FORMATS

_FORMAT_PARAMETER = "includeAlternateFormat"


def alternate_formats_asked(parameters: Iterable[tuple[str, str]]) -> tuple[TextFormat, ...]:
    """The formats of `includeAlternateFormat`, given several times or separated by commas, in any letter case."""
    asked: set[TextFormat] = set()
    known = {text_format.value: text_format for text_format in ALTERNATE_FORMATS}
    for name, value in parameters:
        if name != _FORMAT_PARAMETER:
            continue
        for item in (part.strip().lower() for part in value.split(",")):
            if item and item not in known:
                raise bad_value(_FORMAT_PARAMETER, f"among {', '.join(known)}")
            if item:
                asked.add(known[item])
    return tuple(text_format for text_format in ALTERNATE_FORMATS if text_format in asked)
