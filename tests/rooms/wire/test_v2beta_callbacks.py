"""Callbacks of the older dialect as they are read at submission: strings, attachments, and the rules shared with v3."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from voxport.core.delivery_rules import NOT_REDACTED, skipped_after_finish
from voxport.core.plan import CallbackPlan, CallbackType, Dialect, Plan, plan_from_json, plan_to_json
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.reading.documents import CONFIGURATION
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v2beta.callbacks_section import callback_plans, with_media_id
from voxport.wire.v2beta.wording import WORDING

URL = "https://hooks.example.com/results"
SOUND = "https://hooks.example.com/sound"
V2 = Dialect.V2_BETA


def read(
    *elements: Any, redacts: bool = True, rules: UrlRules | None = None
) -> tuple[tuple[CallbackPlan, ...], Refusals]:
    refusals = Refusals(WORDING, CONFIGURATION)
    return callback_plans(list(elements), redacts_audio=redacts, rules=rules or UrlRules(), refusals=refusals), refusals


def plans(*elements: Any) -> tuple[CallbackPlan, ...]:
    made, refusals = read(*elements)
    assert (refusals.problems, refusals.warnings) == ([], [])
    return made


def codes(*elements: Any, redacts: bool = True, rules: UrlRules | None = None) -> list[int]:
    made, refusals = read(*elements, redacts=redacts, rules=rules)
    assert made == ()
    return [problem.code for problem in refusals.problems]


def signed(content_type: str, path: str = "a.json", lives: timedelta = timedelta(days=1)) -> str:
    """As the platform's tool signs: version 2, the type in the query."""
    ends = int((datetime.now(UTC) + lives).timestamp())
    kind = content_type.replace("/", "%2F")
    query = f"AWSAccessKeyId=KEYID&Content-Type={kind}&Expires={ends}&Signature=secretly"
    return f"https://bucket.s3.amazonaws.com/{path}?{query}"


def test_an_element_without_a_method_is_posted_with_all_sections() -> None:
    assert plans({"url": URL}) == (CallbackPlan(URL, dialect=V2),)
    nothing = {"method": None, "include": None, "attachments": None}
    assert plans({"url": URL, **nothing}, {"url": URL, "include": [], "attachments": {}}) == (
        CallbackPlan(URL, dialect=V2),
        CallbackPlan(URL, dialect=V2),
    )


def test_what_the_export_tool_prints_is_understood() -> None:
    url = signed("application/json")
    (callback,) = plans({"method": "PUT", "url": url, "include": ["transcripts", "keywords", "topics", "metadata"]})
    sections = ("transcripts", "keywords", "topics", "metadata")
    assert callback == CallbackPlan(url, "PUT", include=sections, dialect=V2)


def test_methods_and_sections_in_any_case() -> None:
    (callback,) = plans({"url": URL, "method": "put", "include": ["Transcripts", "PREDICTIONS", "transcripts"]})
    assert (callback.method, callback.include) == ("PUT", ("transcripts", "predictions"))


def test_a_string_is_posted_to_with_the_id_of_the_recording() -> None:
    made = plans(f"{URL}/{{mediaId}}?id={{mediaId}}", f" {URL} ")
    assert made == (CallbackPlan(f"{URL}/{{mediaId}}?id={{mediaId}}", dialect=V2), CallbackPlan(URL, dialect=V2))
    media_id = UUID(int=5)
    plan = with_media_id(Plan(callbacks=made, searchable=False), media_id)
    assert [callback.url for callback in plan.callbacks] == [f"{URL}/{media_id}?id={media_id}", URL]
    assert not plan.searchable
    assert all(callback.dialect is V2 for callback in plan.callbacks)


def test_only_strings_have_a_place_for_the_id() -> None:
    assert codes({"url": f"{URL}/{{mediaId}}"}) == [60006]
    assert codes(f"{URL}/{{jobId}}") == [60006]


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_attachment_is_a_delivery_of_its_own_behind_its_callback(method: str) -> None:
    first, sound, last = plans(
        {"url": URL, "method": method, "include": ["metadata"], "attachments": {"redactedAudio": SOUND}}, URL
    )
    assert first == CallbackPlan(URL, method, include=("metadata",), dialect=V2)
    assert sound == CallbackPlan(SOUND, method, CallbackType.MEDIA, stream="redacted-audio", dialect=V2)
    assert last == CallbackPlan(URL, dialect=V2)


def test_to_a_presigned_address_the_audio_is_put_whatever_its_callback_does() -> None:
    url = signed("application/octet-stream", "a.mp3")
    _, sound = plans({"url": URL, "method": "POST", "attachments": {"redactedAudio": url}})
    assert (sound.url, sound.method, sound.type) == (url, "PUT", CallbackType.MEDIA)


def test_each_address_is_signed_for_what_is_sent_there() -> None:
    body, audio = signed("application/json"), signed("application/octet-stream")
    plans({"url": body, "method": "PUT", "attachments": {"redactedAudio": audio}})
    assert codes({"url": audio, "method": "PUT"}) == [60013]
    made, refusals = read({"url": URL, "attachments": {"redactedAudio": body}})
    assert [plan.url for plan in made] == [URL]
    (problem,) = refusals.rendered_problems()
    assert problem.code == 60013
    assert "application/octet-stream" in problem.message
    assert "secretly" not in problem.message
    without_type = body.replace("Content-Type=application%2Fjson&", "")
    assert codes({"url": without_type, "method": "PUT"}) == [60012]


def test_who_ends_early_or_is_posted_to_is_warned() -> None:
    ends_soon = signed("application/octet-stream", lives=timedelta(minutes=5))
    made, refusals = read({"url": signed("application/json"), "attachments": {"redactedAudio": ends_soon}})
    assert len(made) == 2
    assert [warning.code for warning in refusals.warnings] == [60011, 60006]


def test_without_redaction_of_audio_there_is_no_attachment_to_deliver() -> None:
    element = {"url": URL, "attachments": {"redactedAudio": SOUND}}
    made, refusals = read(element, redacts=False)
    assert (made, refusals.problems) == (plans(element), [])
    (warning,) = refusals.rendered_warnings()
    assert warning.code == 60008
    assert warning.message.startswith("publish.callbacks[0].attachments.redactedAudio: nothing in this configuration ")
    assert [skipped_after_finish(Plan(), callback) for callback in made] == [None, NOT_REDACTED]
    assert read(element, redacts=True)[1].warnings == []


def test_where_nothing_will_be_sent_to_may_be_an_address_that_is_not_called() -> None:
    """`callback.redact.json` of the original's guide, whose attachment goes to plain http."""
    element = {"url": URL, "method": "PUT", "attachments": {"redactedAudio": "http://requestb.in/19mr7993323"}}
    made, refusals = read(element, redacts=False)
    assert ([callback.method for callback in made], refusals.problems) == (["PUT", "PUT"], [])
    for url, code in ((" ", 60005), ("nowhere", 60006), ("ftp://a.example/b", 60002), (5, 10007)):
        assert codes({"url": URL, "attachments": {"redactedAudio": url}}, redacts=False) == [code]


@pytest.mark.parametrize(
    ("element", "code"),
    [
        ({}, 60001),
        ({"url": " "}, 60001),
        ("", 60001),
        ({"url": "ftp://hooks.example.com/a"}, 60002),
        ("http://hooks.example.com/a", 60002),
        ({"url": "https://user@hooks.example.com/a"}, 60006),
        ({"url": "https://127.0.0.1/a"}, 60006),
        ("https://169.254.169.254/{mediaId}", 60006),
        ({"url": URL, "method": "DELETE"}, 60011),
        ({"url": URL, "include": ["transcript"]}, 60003),
        ({"url": URL, "include": "transcripts"}, 10007),
        ({"url": 5}, 10007),
        ({"url": URL, "type": "media"}, 10008),
        ({"url": URL, "s3Delivery": True}, 10008),
        ({"url": URL, "attachments": {"audio": SOUND}}, 60004),
        ({"url": URL, "attachments": {"redactedAudio": None}}, 60005),
        ({"url": URL, "attachments": {"redactedAudio": ""}}, 60005),
        ({"url": URL, "attachments": {"redactedAudio": "nowhere"}}, 60006),
        ({"url": URL, "attachments": {"redactedAudio": "https://10.0.0.1/a"}}, 60006),
        ({"url": URL, "attachments": {"redactedAudio": "http://hooks.example.com/a"}}, 60002),
        ({"url": URL, "attachments": {"redactedAudio": 5}}, 10007),
        ({"url": URL, "attachments": [SOUND]}, 10007),
        (5, 10007),
    ],
)
def test_what_is_wrong_has_its_code(element: Any, code: int) -> None:
    assert codes(element)[0] == code


def test_a_null_among_them_is_nothing_and_something_else_than_a_list_is_reported() -> None:
    assert plans(None, {"url": URL}) == (CallbackPlan(URL, dialect=V2),)
    refusals = Refusals(WORDING, CONFIGURATION)
    assert callback_plans(None, redacts_audio=True, rules=UrlRules(), refusals=refusals) == ()
    assert refusals.problems == []
    assert callback_plans({"url": URL}, redacts_audio=True, rules=UrlRules(), refusals=refusals) == ()
    assert [problem.code for problem in refusals.problems] == [10007]


def test_there_may_be_a_hundred() -> None:
    assert len(plans(*[{"url": URL}] * 100)) == 100
    assert codes(*[{"url": URL}] * 101) == [10007]


def test_an_operator_may_open_plain_http_and_private_networks() -> None:
    rules = UrlRules(allow_http=True, allow_networks=(ipaddress.ip_network("127.0.0.0/8"),))
    made, refusals = read(
        {"url": "http://127.0.0.1:9/a", "attachments": {"redactedAudio": "http://127.0.0.1/b"}}, rules=rules
    )
    assert (len(made), refusals.problems) == (2, [])


def test_a_stored_plan_tells_the_dialect_and_an_older_one_is_of_v3() -> None:
    plan = Plan(callbacks=plans({"url": URL, "attachments": {"redactedAudio": SOUND}}))
    stored = plan_to_json(plan)
    assert plan_from_json(stored) == plan
    for callback in stored["callbacks"]:
        del callback["dialect"]
    assert [callback.dialect for callback in plan_from_json(stored).callbacks] == [Dialect.V3, Dialect.V3]
