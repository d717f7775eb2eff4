"""docs/compatibility.md says what the server does: each operation by its routes, each key by its reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.routing import BaseRoute, Match

from voxport.api.application import create_api
from voxport.api.options import ApiOptions
from voxport.core.errors import RequestRefused
from voxport.wire.reading.shapes import Shape, fields_of
from voxport.wire.v2beta.configuration import parse_configuration as parse_v2_beta
from voxport.wire.v2beta.shapes.configuration import Configuration as V2BetaConfiguration
from voxport.wire.v3.configuration import parse_configuration as parse_v3
from voxport.wire.v3.shapes.configuration import Configuration
from voxport.wire.v3.specification import document as specification

PAGE = (Path(__file__).resolve().parents[2] / "docs/compatibility.md").read_text("utf-8")
SHAPES: dict[str, type[Shape]] = {"v3": Configuration, "v2-beta": V2BetaConfiguration}


def rows(heading: str) -> list[list[str]]:
    section = re.split(r"\n#{2,3} ", PAGE.partition(f"{heading}\n")[2])[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in lines]


OPERATIONS = rows("\n## Operations")
KEYS = [(dialect, *row[:3]) for dialect in SHAPES for row in rows(f"\n### {dialect}")]


def test_every_operation_of_the_original_has_one_row() -> None:
    assert len(OPERATIONS) == len({row[0] for row in OPERATIONS}) == 49


@pytest.fixture(scope="module")
def routes() -> list[BaseRoute]:
    nothing = cast(Any, None)
    return create_api(nothing, nothing, nothing, ApiOptions(link_key=bytes(32))).routes


@pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: row[0])
def test_an_operation_is_answered_as_its_row_says(row: list[str], routes: list[BaseRoute]) -> None:
    method, path = row[0].split()
    scope = {"type": "http", "method": method, "path": re.sub(r"\{\w+\}", "2031", path), "headers": []}
    found = any(route.matches(scope)[0] is Match.FULL for route in routes)
    assert re.fullmatch(r"served|refused \d{5}|not yet", row[1])
    assert found == (row[1] != "not yet")


def keys_of(shape: type[Shape], path: str = "") -> Iterator[str]:
    for name, field in fields_of(shape).items():
        place = f"{path}.{name}".lstrip(".") + ("[]" if field.many else "")
        yield from (place,) if field.shape is None else keys_of(field.shape, place)


@pytest.mark.parametrize("dialect", SHAPES)
def test_every_key_has_one_row(dialect: str) -> None:
    assert {key for name, key, _, _ in KEYS if name == dialect} >= set(keys_of(SHAPES[dialect]))
    assert len({row[:2] for row in KEYS}) == len(KEYS)


_BUCKET = "https://bucket.s3.amazonaws.com/"
_ROLE = {"url": _BUCKET, "s3Delivery": True, "role": "arn:aws:iam::123456789012:role/results"}
_TONE = {"tone": 270, "gain": 0.5}
_BEEP = {"detectorName": "PCI", "redactor": {"audio": _TONE}}
BESIDE: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "v3": [
        (r"ingest\.stereo", {"ingest": {"stereo": {"left": {"speakerName": "A"}, "right": {"speakerName": "B"}}}}),
        (r"ingest\.tracks\[\]\.(trackIndex|speakerRole)", {"ingest": {"tracks": [{"speakerName": "A"}]}}),
        (r"prediction\.classifiers", {"prediction": {"classifiers": [{"classifierName": "a"}]}}),
        (r"prediction\.detectors\[\]\.(?!detectorId)", {"prediction": {"detectors": [{"detectorName": "PCI"}]}}),
        (
            r".*detectors.*parameters",
            {"prediction": {"detectors": [{"parameters": [{"parameter": "detectionLevel"}]}]}},
        ),
        (r".*detectors.*\.parameter", {"prediction": {"detectors": [{"parameters": [{"value": "numbersOnly"}]}]}}),
        (r".*redactor\.audio", {"prediction": {"detectors": [_BEEP]}}),
        (r"vocabularies.*terms", {"vocabularies": [{"terms": [{"term": "Zarqon"}]}]}),
        (r".*(s3Delivery|role|prependFolder|serverSide\w+|kms\w+|storage\w+)$", {"publish": {"callbacks": [_ROLE]}}),
        (r"publish\.callbacks", {"publish": {"callbacks": [{"url": "https://example.com/"}]}}),
        (r"publish\.callbacks\[\]\.format", {"publish": {"callbacks": [{"type": "transcript"}]}}),
        (r"publish\.callbacks\[\]\.stream", {"publish": {"callbacks": [{"type": "media"}]}}),
        (r"publish\.eraseOriginal", {"prediction": {"detectors": [_BEEP]}}),
        (r".*codec", {"publish": {"audioTranscode": {"fileFormat": "mp3"}}}),
    ],
    "v2-beta": [
        (r"ingest\.channels", {"ingest": {"channels": {"left": {"speaker": "A"}, "right": {"speaker": "B"}}}}),
        (r"detections", {"detections": [{"model": "PCI"}]}),
        (r".*redact\.audio|.*attachments", {"detections": [{"model": "PCI", "redact": {"audio": _TONE}}]}),
        (r"publish\.callbacks", {"publish": {"callbacks": [{"url": "https://example.com/"}]}}),
    ],
}
"""What must stand beside a key that means nothing alone: where the key matches, this is added."""


def placed(key: str, value: Any) -> Any:
    """The smallest document in which `key` has `value`."""
    for part in reversed(key.split(".")):
        name, listed, _ = part.partition("[]")
        value = {name: [value] if listed else value}
    return value


def beside(one: Any, other: Any) -> Any:
    """Both documents in one; where they differ, `one` counts."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {**other, **{name: beside(value, other.get(name)) for name, value in one.items()}}
    if isinstance(one, list) and isinstance(other, list):
        return [beside(mine, theirs) for mine, theirs in zip(one, other, strict=True)]
    return one


def refusal(dialect: str, key: str, value: Any) -> int | None:
    document = placed(key, value)
    for pattern, companion in BESIDE[dialect]:
        if re.match(pattern, key):
            document = beside(document, companion)
    parsers: dict[str, Callable[[str], object]] = {
        "v3": parse_v3,
        "v2-beta": lambda text: parse_v2_beta(json.dumps({"configuration": json.loads(text)})),
    }
    try:
        parsers[dialect](json.dumps(document))
    except RequestRefused as refused:
        return int(refused.problems[0].code)
    return None


@pytest.mark.parametrize(("dialect", "key", "example", "answer"), KEYS)
def test_a_key_is_read_as_its_row_says(dialect: str, key: str, example: str, answer: str) -> None:
    assert re.fullmatch(r"same|differs|ours|refused \d{5}", answer)
    code = refusal(dialect, key, json.loads(example))
    assert answer == f"refused {code}" if code is not None else not answer.startswith("refused")


def described(schemas: Any, schema: Any, path: str = "") -> Iterator[str]:
    """The keys of a schema, each form of a value that may have several."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    if schema.get("type") == "array":
        yield from described(schemas, schema["items"], f"{path}[]")
    elif "properties" in schema:
        for name, inner in schema["properties"].items():
            yield from described(schemas, inner, f"{path}.{name}".lstrip("."))
    else:
        yield path


def test_the_machine_spec_describes_every_key_that_is_taken_and_no_other() -> None:
    schemas = specification()["components"]["schemas"]
    taken = {key for dialect, key, _, answer in KEYS if dialect == "v3" and not answer.startswith("refused")}
    assert set(described(schemas, schemas["VbConfiguration"])) == taken


def test_a_key_in_no_row_is_refused() -> None:
    assert refusal("v3", "colour", 1) == refusal("v2-beta", "colour", 1) == 10008
