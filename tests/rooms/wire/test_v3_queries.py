"""Query strings: lists of media and the formats asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.wire.examples import MEDIA_ID, finished_media
from voxport.core.errors import RequestRefused
from voxport.core.media import MediaStatus
from voxport.core.media_query import MediaDetail, MediaQuery
from voxport.core.paging import Page
from voxport.core.plan import TextFormat
from voxport.wire.reading.query import read_query
from voxport.wire.v3.alternate_formats import alternate_formats_asked
from voxport.wire.v3.listing import list_body, parse_media_query


def query(text: str) -> MediaQuery:
    return parse_media_query(read_query(text))


def test_nothing_asked_for_is_the_first_hundred_oldest_first() -> None:
    assert query("") == query("limit=&after=&before=&sortOrder=") == MediaQuery(limit=100, descending=False)


def test_every_filter() -> None:
    other = UUID(int=5)
    asked = query(
        f"after={MEDIA_ID}&before={other}&limit=1000&sortOrder=DESC&externalId=a%20%2B+b"
        "&onOrAfterDate=2031-02-03&onOrBeforeDate=2031-02-03&status=failed,Running&speaker=Ann&minLength=0"
        "&maxLength=60000&redacted=False&include=tasks,length&vbql=SELECT"
    )
    assert asked == MediaQuery(
        after=MEDIA_ID,
        before=other,
        limit=1000,
        descending=True,
        external_id="a + b",
        on_or_after=datetime(2031, 2, 3, tzinfo=UTC),
        on_or_before=datetime(2031, 2, 3, 23, 59, 59, 999_999, tzinfo=UTC),
        statement="SELECT",
        statuses=(MediaStatus.FAILED, MediaStatus.RUNNING),
        speaker="Ann",
        at_least_ms=0,
        at_most_ms=60_000,
        redacted=False,
        details=(MediaDetail.TASKS, MediaDetail.LENGTH),
    )


@pytest.mark.parametrize(
    ("text", "first", "last_microsecond"),
    [
        ("2031-02-03T04:05:06Z", 0, 999_999),
        ("2031-02-03T04:05:06.789Z", 789_000, 789_999),
        ("2031-02-03T04:05:06.7Z", 700_000, 799_999),
        ("2031-02-03T04:05:06.789654Z", 789_654, 789_654),
        ("2031-02-03t04:05:06z", 0, 999_999),
        ("2031-02-03T04:05:06%2B00:00", 0, 999_999),
        ("2031-02-03T04:05:06+00:00", 0, 999_999),
        ("2031-02-03T04:05:06.789654%2B00:00", 789_654, 789_654),
        ("2031-02-03T06:05:06.7+0200", 700_000, 799_999),
        ("2031-02-02T22:35:06-05:30", 0, 999_999),
    ],
)
def test_date_bounds_are_inclusive_to_their_last_digit(text: str, first: int, last_microsecond: int) -> None:
    asked = query(f"onOrAfterDate={text}&onOrBeforeDate={text}")
    assert asked.on_or_after == datetime(2031, 2, 3, 4, 5, 6, first, tzinfo=UTC)
    assert asked.on_or_before == datetime(2031, 2, 3, 4, 5, 6, last_microsecond, tzinfo=UTC)


def test_the_last_day_there_is() -> None:
    assert query("onOrBeforeDate=9999-12-31").on_or_before == datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (10011, "limit=0"),
        (10011, "limit=1001"),
        (10011, "limit=-1"),
        (10011, "limit=ten"),
        (10011, "limit=%C2%B2"),
        (10011, "limit=1&limit=2"),
        (10011, "sortOrder=newest"),
        (10011, "after=x"),
        (10011, "before=1"),
        (10011, "onOrAfterDate=yesterday"),
        (10011, "onOrAfterDate=2031-02-30"),
        (10011, "onOrBeforeDate=2031-02-03T25:00:00Z"),
        (10011, "onOrAfterDate=2031-02-03T04:05:06"),
        (10011, "onOrAfterDate=2031-02-03T04:05:06%2B99:00"),
        (10011, "onOrBeforeDate=0001-01-01T00:00:00%2B01:00"),
        (10011, "onOrAfterDate=2031-02-03%2B00:00"),
        (10011, "externalId=%zz"),
        (10011, "externalId=%ff"),
        (10011, "externalId=%00"),
        (10011, "externalId=100%"),
        (10011, "externalId="),
        (10011, "onOrAfterDate="),
        (10011, "onOrBeforeDate="),
        (10011, "query="),
        (10011, "extendedFilter="),
        (10011, "status="),
        (10011, "status=done"),
        (10011, "status=failed,"),
        (10011, "speaker=%00"),
        (10011, "speaker=+"),
        (10011, "minLength=-1"),
        (10011, "maxLength=1e3"),
        (10011, "redacted=1"),
        (10011, "include=words"),
        (10011, "vbql="),
        (10011, f"vbql={'a' * 8001}"),
        (10008, "unknown="),
        (10008, "externalID=a"),
    ],
)
def test_what_cannot_be_served_is_refused(code: int, text: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        query(text)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert refused.value.status == 400


def test_a_query_string_that_is_no_text_is_refused() -> None:
    assert read_query(b"a=1&b") == [("a", "1"), ("b", "")]
    with pytest.raises(RequestRefused, match="10011"):
        read_query(b"a=\xff")


@given(st.text(max_size=30))
def test_no_query_string_breaks_the_parser(text: str) -> None:
    try:
        query(text)
    except RequestRefused as refused:
        if refused.status != 400:
            raise


def test_formats_in_either_form_and_any_case() -> None:
    order = (TextFormat.DFXP, TextFormat.SRT, TextFormat.TEXT)
    for text in (
        "includeAlternateFormat=text,SRT,dfxp",
        "includeAlternateFormat=text&includeAlternateFormat=dfxp,&includeAlternateFormat=srt%2Csrt",
    ):
        assert alternate_formats_asked(read_query(text)) == order
    assert alternate_formats_asked(read_query("other=1&includeAlternateFormat=")) == ()
    with pytest.raises(RequestRefused, match="among dfxp, webvtt, srt, text"):
        alternate_formats_asked(read_query("includeAlternateFormat=text,json"))


def test_an_empty_list_is_as_published() -> None:
    assert dict(list_body(Page([]), MediaQuery())) == {"_links": {"self": {"href": "/v3/media"}}, "media": []}


def test_a_list_says_how_it_was_paged() -> None:
    assert list_body(Page([finished_media()]), MediaQuery(limit=5, descending=True))["pagination"] == {
        "limit": 5,
        "sortOrder": [{"field": "dateCreated", "direction": "desc"}],
    }
