"""No reader of what customers send takes worse than linear work: four times the input, about four times the work.

The ratio is looked at and never the time: work that grows with the square of the input would make it sixteen.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from voxport.api.boundary_padding import BoundaryPadding
from voxport.api.media_url import checked_media_url
from voxport.api.multipart import MultipartReader, parse_type
from voxport.core.errors import RequestRefused
from voxport.language.corrected_text import is_readable, read_corrected
from voxport.wire.reading.json_reader import JsonLimits, NameTwice, NotJson, read_json
from voxport.wire.reading.query import read_query
from voxport.wire.v2beta.configuration import parse_configuration as parse_v2beta
from voxport.wire.v2beta.metadata import parse_wrapped_metadata
from voxport.wire.v3.configuration import parse_configuration
from voxport.wire.v3.definition_requests import parse_group, parse_vocabulary
from voxport.wire.v3.delivery_requests import parse_delivery_query, parse_replay_query
from voxport.wire.v3.listing import parse_media_query
from voxport.wire.v3.metadata import parse_metadata

LIMITS = JsonLimits(size_bytes=1 << 30)
REFUSALS = (RequestRefused, NotJson, NameTwice, ValueError)
WORST_RATIO = 9.0
"""Between the 4 of linear work and the 16 of quadratic work."""
ATTEMPTS = 6
Read = Callable[[], object]


def json_of(text: str) -> Read:
    return lambda: read_json(text, LIMITS)


def asked(section: str, element: str, count: int, parse: Callable[[str], object] = parse_configuration) -> Read:
    """`section` with as many elements as `count` says, each with its number in the place of `#`."""
    text = section.replace("@", ",".join(element.replace("#", str(number)) for number in range(count)))
    return lambda: parse(text)


def named(count: int, parse: Callable[[str], object], form: str = "{@}") -> Read:
    return asked(form, '"name#": 1', count, parse)


def parts(body: bytes, size: int = 4096) -> Read:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]

    async def read() -> None:
        left = iter(pieces)

        async def receive() -> dict[str, Any]:
            piece = next(left, None)
            return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

        reader = MultipartReader(receive, "b", max_bytes=1 << 30, idle_s=60)
        while await reader.next_part() is not None:
            await reader.text(1 << 30)

    return lambda: asyncio.run(read())


def padding(chunk: bytes, count: int) -> Read:
    def run() -> None:
        taken = BoundaryPadding("b")
        for _ in range(count):
            taken.passed(chunk)

    return run


HEAD = b'--b\r\nContent-Disposition: form-data; name="one"\r\n\r\n'
READERS: dict[str, tuple[int, Callable[[int], Read]]] = {
    "an unterminated string of escaped quotes": (4000, lambda n: json_of("[" * 70 + '"' + '\\"' * n)),
    "a string of backslashes": (9000, lambda n: json_of("[" * 70 + '"' + "\\" * (2 * n + 1))),
    "strings and brackets": (3000, lambda n: json_of("[" + '"[{",[],' * n + "1]")),
    "many numbers": (9000, lambda n: json_of("[" + "1," * n + "1]")),
    "one number": (200_000, lambda n: json_of("[1." + "1" * n + "]")),
    "names twice": (4000, lambda n: named(n, json.loads, '{"a": 1, @, "a": 2}')),
    "escapes": (3000, lambda n: json_of('{"a": [' + '"\\u0041",' * n + "1]}")),
    "unknown names": (6000, lambda n: named(n, parse_configuration)),
    "unknown names of v2-beta": (6000, lambda n: named(n, parse_v2beta, '{"configuration": {@}}')),
    "unknown names of metadata": (6000, lambda n: named(n, parse_metadata)),
    "names beside metadata": (6000, lambda n: named(n, parse_wrapped_metadata, '{"metadata": {}, @}')),
    "metrics": (1500, lambda n: asked('{"metrics": [@]}', '{"metricGroupName": "a#"}', n)),
    "groups": (1500, lambda n: asked('{"spotting": {"groups": [@]}}', '{"groupName": "a#"}', n)),
    "features": (3000, lambda n: asked('{"speechModel": {"features": [@]}}', '"a#"', n)),
    "callbacks": (150, lambda n: asked('{"publish": {"callbacks": [@]}}', '{"url": "http://a.example/#"}', n)),
    "terms": (1200, lambda n: asked('{"vocabularies": [{"terms": [@]}]}', '{"term": "a#"}', n)),
    "scripts": (900, lambda n: asked('{"vocabularies": [{"scripts": [@]}]}', '{"script": "a # b"}', n)),
    "a script": (9000, lambda n: asked('{"vocabularies": [{"scripts": [{"script": "@"}]}]}', "a#", n)),
    "wrong terms": (3000, lambda n: asked('{"vocabularies": [{"terms": [@]}]}', "#", n)),
    "parameters": (
        900,
        lambda n: asked(
            '{"prediction": {"detectors": [{"detectorName": "PCI", "parameters": [@]}]}}', '{"parameter": "a#"}', n
        ),
    ),
    "a term of v2-beta": (
        90_000,
        lambda n: asked(
            '{"configuration": {"transcripts": {"vocabularies": [{"terms": ["@"]}]}}}', ";", n, parse_v2beta
        ),
    ),
    "phrases": (3000, lambda n: asked('{"keywords": [@]}', '"!"', n, lambda text: parse_group(text.encode(), "a"))),
    "saved terms": (
        1200,
        lambda n: asked('{"terms": [@]}', '{"term": "a#"}', n, lambda text: parse_vocabulary(text.encode(), "a")),
    ),
    "query parameters": (900, lambda n: lambda: parse_media_query(read_query("&".join(f"a{i}=%41" for i in range(n))))),
    "empty parameters": (900, lambda n: lambda: parse_media_query(read_query("&" * n))),
    "statuses": (900, lambda n: lambda: parse_delivery_query(read_query("&".join(["status=dead"] * n)))),
    "a replay": (
        3000,
        lambda n: asked('{"status": [@]}', '"dead"', n, lambda text: parse_replay_query((), text.encode())),
    ),
    "a Content-Type of quotes": (4000, lambda n: lambda: parse_type('a/b;c="' + '\\";c="' * n)),
    "a Content-Type of spaces": (20_000, lambda n: lambda: parse_type("a/b;" + " " * n + ";c " * n)),
    "an address": (20_000, lambda n: lambda: checked_media_url("https://a/" + "@:" * n, allow_http=False)),
    "a corrected transcript": (
        1500,
        lambda n: lambda: read_corrected("00:00:01,00 --> x\nAgent: a b\n" * n, {"Agent": 0}),
    ),
    "a corrected transcript of signs": (9000, lambda n: lambda: read_corrected("<v " * n, {"Agent": 0})),
    "an endless word": (200_000, lambda n: lambda: is_readable("a" * n)),
    "a form of boundaries": (4000, lambda n: parts(HEAD + b"\r\n--b" * n)),
    "a form of padding": (20_000, lambda n: parts(HEAD + b"\r\n--b" + b" " * n)),
    "a form of line ends": (60_000, lambda n: parts(HEAD + b"\r\n" * n + b"\r\n--b--")),
    "a preamble": (60_000, lambda n: parts(b"\r\n-" * n + b"\r\n--b--")),
    "padding by the byte": (4000, lambda n: padding(b" ", n)),
    "line ends by the byte": (4000, lambda n: padding(b"\r", n)),
}


def work_s(read: Read) -> float:
    """Processor time of this thread, the least of two: what else the machine does makes it longer, never shorter."""
    taken = []
    for _ in range(2):
        begun = time.thread_time()
        with contextlib.suppress(*REFUSALS):
            read()
        taken.append(time.thread_time() - begun)
    return min(taken)


@pytest.mark.parametrize("reader", READERS)
def test_four_times_the_input_is_about_four_times_the_work(reader: str) -> None:
    size, of_size = READERS[reader]
    small, large = of_size(size), of_size(4 * size)
    gc.disable()
    try:
        ratios: list[float] = []
        while len(ratios) < ATTEMPTS and min(ratios, default=WORST_RATIO) >= WORST_RATIO:
            least = max(work_s(small), 0.0002)
            ratios.append(work_s(large) / least)
    finally:
        gc.enable()
    assert min(ratios) < WORST_RATIO, ratios
