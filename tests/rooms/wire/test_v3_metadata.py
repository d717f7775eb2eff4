"""Metadata: checked a little, kept whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.wire.examples import MEDIA_ID
from voxport.core.errors import RequestRefused
from voxport.wire.reading.json_reader import JsonLimits, read_json
from voxport.wire.reading.metadata import MetadataOptions
from voxport.wire.v3.metadata import metadata_body, parse_metadata
from voxport.wire.writing.encoding import json_bytes

storable_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=10)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner | storable_text, max_size=3) | st.dictionaries(storable_text, inner, max_size=3),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (10107, ""),
        (10107, "{"),
        (10107, "[]"),
        (10107, "3"),
        (10107, '{"title": 3}'),
        (10107, '{"externalId": 17}'),
        (10107, '{"extended": []}'),
        (10107, '{"extended": "x"}'),
        (10107, '{"extended": {"a": "\\u0000"}}'),
        (10107, '{"callDetails": []}'),
        (10107, b"\xff"),
        (10108, '{"externalId": ""}'),
        (10108, '{"externalId": "  "}'),
        (10109, json.dumps({"externalId": "x" * 257})),
        (10110, '{"title": "a", "title": "a"}'),
        (10110, '{"extended": {"a": 1, "a": 2}}'),
    ],
)
def test_documented_refusal(code: int, text: str | bytes) -> None:
    with pytest.raises(RequestRefused) as refused:
        parse_metadata(text)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert refused.value.status == 400


def test_limits_are_options() -> None:
    with pytest.raises(RequestRefused, match=r"10109: .* up to 3 characters"):
        parse_metadata('{"externalId": "four"}', MetadataOptions(max_external_id_chars=3))
    with pytest.raises(RequestRefused, match="10800"):
        parse_metadata('{"title": "four"}', MetadataOptions(limits=JsonLimits(size_bytes=4)))


@pytest.mark.parametrize("text", [None, "null", "{}", '{"title": null, "extended": null, "other": null}'])
def test_nothing_is_an_empty_object(text: str | None) -> None:
    assert parse_metadata(text) == {}


def test_unknown_fields_and_nulls_inside_are_kept() -> None:
    metadata = {"title": "t", "externalId": "e" * 256, "extended": {"a": None, "b": []}, "mine": {"c": None}, "n": 1.5}
    assert parse_metadata(json.dumps(metadata)) == metadata


def test_what_was_read_can_be_put_back() -> None:
    body = metadata_body(MEDIA_ID, {"title": "t"})
    assert body == {"_links": {"self": {"href": f"/v3/media/{MEDIA_ID}/metadata"}}, "title": "t"}
    assert parse_metadata(json.dumps(body)) == {"title": "t"}


@given(st.dictionaries(storable_text, values, max_size=4))
def test_extended_comes_back_untouched(extended: dict[str, Any]) -> None:
    assert parse_metadata(json.dumps({"extended": extended})) == {"extended": extended}


@pytest.mark.parametrize(
    "number",
    ["1.10", "1e5", "1E+05", "-0", "-0.0", "0.10e-3", "1.0", "12", "0." + "12" * 200, "9" * 100, "1e-999", "2.50"],
)
@pytest.mark.parametrize("place", ['{{"extended":{{"b":{0},"a":[{0},"{0}"]}}}}', '{{"mine":{0}}}'])
def test_a_number_comes_back_as_it_was_written(place: str, number: str) -> None:
    text = place.format(number)
    assert json_bytes(parse_metadata(text)) == text.encode()


def test_where_digits_do_not_matter_a_number_is_a_number() -> None:
    assert read_json("[1.10, 1e2, -0]", JsonLimits()) == [1.1, 100.0, 0]
    with pytest.raises(TypeError):
        json_bytes({"a": object()})
