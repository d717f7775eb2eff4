"""Query strings, read strictly: 10011 for what is not percent-encoded UTF-8, and `includeAlternateFormat`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from voxport.core.errors import Problem, RequestRefused
from voxport.core.plan import TextFormat
from voxport.wire.v3.formats import ALTERNATE_FORMATS
from voxport.wire.v3.reader import clip

Parameters = list[tuple[str, str]]

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FORMAT_PARAMETER = "includeAlternateFormat"


def read_query(query: str | bytes) -> Parameters:
    """Names and values of a raw query string, in order; raises RequestRefused 10011."""
    try:
        text = query.decode("ascii") if isinstance(query, bytes) else query
    except UnicodeDecodeError as error:
        raise RequestRefused(Problem.of(10011, parameter="of the request")) from error
    parameters: Parameters = []
    for pair in text.split("&"):
        name = clip(pair.partition("=")[0])
        if _BROKEN_ESCAPE.search(pair):
            raise RequestRefused(Problem.of(10011, parameter=name))
        try:
            parameters += parse_qsl(pair, keep_blank_values=True, errors="strict")
        except UnicodeDecodeError as error:
            raise RequestRefused(Problem.of(10011, parameter=name)) from error
    return parameters


def bad_value(parameter: str, wanted: str) -> RequestRefused:
    """The refusal of a query value; 10011 is the one documented code about query values."""
    return RequestRefused(Problem(10011, f"The query parameter {clip(parameter)} must be {wanted}."))


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
