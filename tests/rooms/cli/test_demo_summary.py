"""The summary of the demo: read from a pinned media document; what it asks for is what the server takes."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from voxport.cli.demo.question import QUESTION, answer_line
from voxport.cli.demo.summary import ANALYTICS, GROUPS, print_summary, summary
from voxport.cli.errors import CommandFailed
from voxport.core.statement import Selection
from voxport.search.limits import StatementLimits
from voxport.search.parsing import read_statement
from voxport.wire.v3.configuration import parse_configuration
from voxport.wire.v3.definition_requests import parse_group

GOLDEN = Path(__file__).parents[2] / "contract" / "golden"
METRICS = {
    "agent-talk-ratio": 0.6,
    "caller-talk-ratio": 0.44,
    "silence-ratio": 0.1,
    "agent-talk-rate": 180.0,
    "caller-talk-rate": 95.0,
    "overtalk-incidents": 2.0,
    "agent-sentiment": 0.31,
    "agent-start-sentiment": 0.2,
    "agent-end-sentiment": 0.42,
    "caller-sentiment": -0.25,
    "caller-start-sentiment": -0.6,
    "caller-end-sentiment": 0.1,
}


@pytest.fixture
def document() -> dict[str, Any]:
    body: dict[str, Any] = json.loads((GOLDEN / "finished-analysed.json").read_text("utf-8"))
    for group in body["metrics"]:
        for one in group["metricValues"]:
            one["metricValue"] = METRICS.get(one["metricName"], 0.0)
    return body


def test_a_manager_reads_talk_sentiment_topics_and_what_was_spotted(document: dict[str, Any]) -> None:
    assert dict(summary(document)) == {
        "talk": [
            "Agent 60%, Caller 44% of the talking; silence 10% of the call, overtalk 2 times",
            "words a minute: Agent 180, Caller 95",
        ],
        "sentiment": [
            "Agent  +0.31 positive, from +0.20 at the start to +0.42",
            "Caller -0.25 negative, from -0.60 at the start to +0.10",
        ],
        "topics": ["Refunds and returns: refund", "Card: card"],
        "keywords": ["refund, card"],
        "spotted": [
            'money back: "send a refund" Agent 0:01 (score 0.98)',
            'delivery trouble: "not delivered" Caller 0:05 (score 0.80)',
            "legal: not heard",
        ],
        "entities": ["money: $20.00", "location: Boston", "phone: (617) 555-0142"],
    }


def test_it_prints_where_nothing_was_found(document: dict[str, Any]) -> None:
    document |= {"knowledge": {"keywords": [], "topics": []}, "entities": []}
    page = io.StringIO()
    print_summary(Console(file=page, width=80), document)
    lines = page.getvalue().splitlines()
    assert [line.split()[1:] for line in lines if line.split()[:1] in (["topics"], ["keywords"], ["entities"])] == [
        ["none"]
    ] * 3


def test_what_the_demo_asks_for_is_what_the_server_takes() -> None:
    parsed = parse_configuration(json.dumps(ANALYTICS))
    assert parsed.named.groups == tuple(GROUPS)
    for name, keywords in GROUPS.items():
        assert parse_group(json.dumps({"keywords": keywords}).encode(), name).keywords == tuple(keywords)


def test_the_readme_shows_the_same_parts(document: dict[str, Any]) -> None:
    page = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    shown = page.partition("What the call was about\n")[2].partition("```")[0]
    titles = [line.split()[0] for line in shown.splitlines() if line[2:3] != " "]
    assert titles == [title for title, _ in summary(document)]


def test_the_question_is_answered_in_a_line() -> None:
    assert isinstance(read_statement(QUESTION, StatementLimits()), Selection)
    place = {"speaker": "Caller", "startMs": 7_400, "text": "i would like to order"}
    answer = {
        "totalResults": 2,
        "queryTimeMillis": 3,
        "rows": [{"mediaId": "newer"}, {"mediaId": "older"}],
        "hits": [[{"fieldValues": place}], [{"fieldValues": {**place, "startMs": 61_000}}]],
    }
    assert answer_line(answer, "newer") == '2 calls in 3 ms: Caller 0:07 "i would like to order"'
    assert answer_line({**answer, "totalResults": 1}, "older").startswith("1 call in 3 ms: Caller 1:01")
    with pytest.raises(CommandFailed):
        answer_line(answer, "another")


def test_the_readme_asks_the_same_question() -> None:
    page = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    assert f"One question to all calls\n  {QUESTION}\n" in page
