"""Callbacks as they are read at submission: nulls and letter case, where they may go, and how long their url lives."""

from __future__ import annotations

import ipaddress
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from voxport.core.errors import RequestRefused
from voxport.core.plan import CallbackPlan, CallbackType, TextFormat
from voxport.wire.reading.callback_urls import PROCESSING_S, UrlRules
from voxport.wire.reading.configuration import ConfigurationOptions, ParsedConfiguration
from voxport.wire.v3.configuration import parse_configuration

SECTIONS = "knowledge metadata prediction spotting streams transcript metrics categories speakerSentiments conversation"
URL = "https://hooks.example.com/results"


def parsed(*elements: dict[str, Any], rules: UrlRules | None = None) -> ParsedConfiguration:
    document = json.dumps({"publish": {"callbacks": list(elements)}})
    return parse_configuration(document, ConfigurationOptions(rules or UrlRules()))


def refused(element: dict[str, Any], rules: UrlRules | None = None) -> tuple[int, str]:
    with pytest.raises(RequestRefused) as refusal:
        parsed(element, rules=rules)
    (problem,) = refusal.value.problems
    return problem.code, problem.message


def v2(expires: datetime) -> str:
    query = (
        f"AWSAccessKeyId=KEYID&content-type=application%2Fjson&Expires={int(expires.timestamp())}&Signature=secretly"
    )
    return f"https://bucket.s3.amazonaws.com/a.json?{query}"


def v4(expires: datetime, lives_s: int = 3600) -> str:
    signed = expires - timedelta(seconds=lives_s)
    query = f"X-Amz-Date={signed:%Y%m%dT%H%M%SZ}&X-Amz-Expires={lives_s}&X-Amz-SignedHeaders=content-type%3Bhost"
    return f"https://bucket.s3.amazonaws.com/a.json?{query}&X-Amz-Signature=secretly&X-Amz-Credential=KEYID"


def test_the_same_url_twice_is_two_deliveries() -> None:
    assert parsed({"url": URL}, {"url": URL}).plan.callbacks == (CallbackPlan(URL), CallbackPlan(URL))


@pytest.mark.parametrize(
    ("element", "plan"),
    [
        # What the quick start sends for an analytics callback.
        ({"method": None, "type": None, "include": None, "format": None, "stream": None}, CallbackPlan(URL)),
        ({"s3Delivery": None, "role": None, "prependFolder": None}, CallbackPlan(URL)),
        (
            {"type": "transcript", "format": "text", "include": None, "stream": None},
            CallbackPlan(URL, type=CallbackType.TRANSCRIPT, format=TextFormat.TEXT),
        ),
        (
            {"type": "media", "stream": "original", "format": None},
            CallbackPlan(URL, type=CallbackType.MEDIA, stream="original"),
        ),
    ],
)
def test_a_null_is_nothing_said(element: dict[str, Any], plan: CallbackPlan) -> None:
    made = parsed({"url": URL, **element})
    assert made.plan.callbacks == (plan,)
    assert made.warnings == ()


def test_names_of_2017_are_known() -> None:
    sections, captions = parsed(
        {"url": URL, "include": ["Transcripts", "predictions", "transcript"]},
        {"url": URL, "type": "transcript", "format": "VTT"},
    ).plan.callbacks
    assert sections.include == ("transcript", "prediction")
    assert captions.format is TextFormat.WEBVTT


def test_an_empty_include_is_every_section() -> None:
    (callback,) = parsed({"url": URL, "include": []}).plan.callbacks
    assert not callback.include


@pytest.mark.parametrize("name", ["json", "text", "srt", "webvtt", "dfxp"])
@pytest.mark.parametrize("change", [str.lower, str.upper, str.title])
def test_formats_in_any_case(name: str, change: Any) -> None:
    (callback,) = parsed({"url": URL, "type": change("transcript"), "format": change(name)}).plan.callbacks
    assert callback.format is TextFormat(name)


@pytest.mark.parametrize(("method", "sent"), [("post", "POST"), ("Post", "POST"), ("PUT", "PUT"), ("put", "PUT")])
def test_methods_in_any_case(method: str, sent: str) -> None:
    (callback,) = parsed({"url": URL, "method": method}).plan.callbacks
    assert callback.method == sent


@pytest.mark.parametrize("section", [*SECTIONS.split(), "messages"])
def test_every_section_may_be_included(section: str) -> None:
    (callback,) = parsed({"url": URL, "include": [section.upper()]}).plan.callbacks
    assert callback.include == (section,)


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("169.254.169.254", "link-local"),
        ("10.1.2.3:8443", "private"),
        ("[::1]", "loopback"),
        ("[::ffff:10.0.0.1]", "private"),
        ("[fd00:ec2::254]", "private"),
        ("localhost:8080", "loopback"),
        ("2130706433", "unusual form"),
        ("0x7f.1", "unusual form"),
    ],
)
def test_an_address_that_would_never_be_called_is_refused_at_once(host: str, kind: str) -> None:
    code, message = refused({"url": f"https://{host}/hook?token=geheim"})
    assert code == 60006
    assert kind in message
    assert "geheim" not in message


def test_a_network_that_the_operator_named_may_be_called() -> None:
    inside = UrlRules(allow_networks=(ipaddress.ip_network("10.0.0.0/8"),))
    assert parsed({"url": "https://10.1.2.3/hook"}, rules=inside).plan.callbacks == (
        CallbackPlan("https://10.1.2.3/hook"),
    )
    assert refused({"url": "https://127.0.0.1/hook"}, inside)[0] == 60006


@pytest.mark.parametrize("sign", [v2, v4])
def test_a_url_that_ends_before_two_rounds_is_warned_of_with_its_end(sign: Any) -> None:
    rules = UrlRules(second_round_s=300)
    soon = datetime.now(UTC) + timedelta(seconds=PROCESSING_S + 290)
    made = parsed({"url": sign(soon), "method": "PUT"}, rules=rules)
    assert len(made.plan.callbacks) == 1
    (warning,) = made.warnings
    assert warning.code == 60006
    assert f"ends at {soon:%Y-%m-%d %H:%M:%S} UTC" in warning.message
    assert "secretly" not in warning.message
    assert "KEYID" not in warning.message
    later = datetime.now(UTC) + timedelta(seconds=PROCESSING_S + 320)
    assert parsed({"url": sign(later), "method": "PUT"}, rules=rules).warnings == ()


@pytest.mark.parametrize("sign", [v2, v4])
def test_a_url_that_has_ended_is_accepted_with_a_plain_word(sign: Any) -> None:
    ended = datetime.now(UTC) - timedelta(seconds=2)
    made = parsed({"url": sign(ended), "method": "PUT"})
    assert len(made.plan.callbacks) == 1
    assert [warning.message for warning in made.warnings] == [
        f"The pre-signed S3 url of a callback ended at {ended:%Y-%m-%d %H:%M:%S} UTC: nothing can be delivered to it."
    ]


def test_a_version_4_url_is_never_refused_for_its_type() -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    other = v4(later) + "&Content-Type=text%2Fplain"
    assert parsed({"url": other, "method": "PUT"}).warnings == ()
