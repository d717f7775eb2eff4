"""What pages make of figures and refusals, so that a person understands them without the documents of the API."""

from __future__ import annotations

from typing import Any

import pytest

from voxport.console.filters import LABELS, in_words
from voxport.console.remedies import remedy
from voxport.console.shown_metrics import DESCRIPTIONS, shown_metric
from voxport.core.metric_names import METRICS


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("silence-incidents", 2.0, "2"),
        ("silence-ratio", 0.123, "12.3 %"),
        ("caller-longest-streak", 9.98, "10.0 s"),
        ("agent-talk-rate", 201.4, "201 words/min"),
        ("agent-to-caller-talk-rate-ratio", 1.21, "1.21 times"),
        ("agent-intra-call-change-in-talk-rate", 0.93, "0.93 times"),
        ("caller-intra-call-change-in-pitch", 1.0, "1.00 times"),
        ("call-change-in-sentiment", 0.4, "+0.40"),
        ("agent-voice-dynamism-std-dev-score", 1.234, "1.23"),
    ],
)
def test_metrics_have_their_units(name: str, value: float, shown: str) -> None:
    assert shown_metric(name, value) == shown
    assert DESCRIPTIONS[name].endswith(".")


def test_every_metric_is_described() -> None:
    assert DESCRIPTIONS.keys() == {name for group in METRICS.values() for name, _ in group}


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ({"status": 404, "error": "The address answered 404 Not Found."}, "Nothing is at this address"),
        ({"status": 418, "error": "The address answered 418."}, "its own log says why"),
        ({"status": 503, "error": "The address answered 503 Service Unavailable."}, "Mend it; then replay"),
        ({"status": 302, "error": "The address answered 302 Found; redirects are not followed."}, "leads to"),
        ({"error": "https://a.example/: the answer took too long"}, "no firewall"),
        ({"status": 403, "error": "The store answered 403 Forbidden (AccessDenied)."}, ""),
        ({"status": 200}, ""),
        (None, ""),
    ],
)
def test_a_delivery_that_failed_says_what_mends_it(last: dict[str, Any] | None, told: str) -> None:
    listed = {"status": "failed", **({"lastAttempt": last} if last else {})}
    alone = {"status": "pending", "attempts": [{"status": 200}, last] if last else []}
    for delivery in (listed, alone):
        assert told in remedy(delivery)
        assert bool(remedy(delivery)) == bool(told)
        assert remedy({**delivery, "status": "delivered"}) == ""
        assert remedy({**delivery, "role": "arn:aws:iam::123456789012:role/voxport"}) == ""


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "The query parameter minLength must be a number of milliseconds.",
            "Minimum length must be a number of minutes.",
        ),
        (
            "The query parameter onOrAfterDate must be a date as YYYY-MM-DD.",
            "Received from must be a date as YYYY-MM-DD.",
        ),
        ("The query parameter other must be text.", "The query parameter other must be text."),
        ("The statement could not be understood.", "The statement could not be understood."),
    ],
)
def test_a_refusal_names_the_field_that_it_is_about(message: str, told: str) -> None:
    assert in_words(message, LABELS) == told
