"""Receivers over the API: how they fare, tries of them, and the secrets that sign webhooks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.rooms.api.served import Customer, problems
from tests.rooms.api.test_api_deliveries import fail, finished, tried

SECRETS = "/v3/webhook-secrets"


def test_statistics_count_attempts_by_endpoint(customer: Customer, stranger: Customer) -> None:
    _, (first, second, _) = finished(customer)
    tried(customer, first, 1, 500, "no room")
    tried(customer, first, 2, 200, None)
    tried(customer, second, 1, 200, None)
    fail(customer, first)
    answer = customer.client.get("/v3/endpoints/statistics").json()
    assert answer["endpoints"] == [
        {"endpoint": "https://hooks.example", "attempts": 3, "succeeded": 2, "medianMs": 120, "p95Ms": 120}
    ]
    later = datetime.now(UTC) + timedelta(hours=1)
    asked = customer.client.get("/v3/endpoints/statistics", params={"since": f"{later:%Y-%m-%dT%H:%M:%SZ}"})
    assert asked.json()["endpoints"] == []
    assert stranger.client.get("/v3/endpoints/statistics").json()["endpoints"] == []
    for wrong, code in (({"since": "yesterday"}, 10011), ({"until": "2031-02-03"}, 10008)):
        assert problems(customer.client.get("/v3/endpoints/statistics", params=wrong)) == [code]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, 10007),
        ({"url": 7}, 10007),
        ({"url": ""}, 60001),
        ({"url": "http://hooks.example/"}, 60002),
        ({"url": "https://10.0.0.1/"}, 60006),
        ({"url": "https://a@hooks.example/"}, 60006),
        ({"url": "https://hooks.example/", "method": "PUT"}, 10008),
        (
            {"url": "https://b.s3.amazonaws.com/k?AWSAccessKeyId=A&Expires=4000000000&Signature=x"},
            10007,
        ),
    ],
)
def test_only_a_webhook_is_tried(customer: Customer, body: dict[str, object], code: int) -> None:
    answer = customer.client.post("/v3/endpoints/test", json=body)
    assert (answer.status_code, problems(answer)) == (400, [code])


def test_a_private_address_is_not_reached_by_its_name(customer: Customer) -> None:
    answer = customer.client.post("/v3/endpoints/test", json={"url": "https://localhost/hook"})
    assert answer.status_code in (200, 400)
    assert answer.status_code == 400 or answer.json()["succeeded"] is False


def test_secrets_are_shown_and_rotated_by_tokens_of_the_operator_alone(customer: Customer, stranger: Customer) -> None:
    (first,) = customer.client.get(SECRETS).json()["secrets"]
    assert first["secret"].startswith("whsec_")
    assert "expiresOn" not in first
    answer = customer.client.post(SECRETS, json={"overlapSeconds": 60})
    assert answer.headers["cache-control"] == "no-store"
    second, before = answer.json()["secrets"]
    assert before["secret"] == first["secret"]
    assert "expiresOn" in before
    (third,) = customer.client.post(SECRETS, json={"overlapSeconds": 0}).json()["secrets"]
    assert len({first["secret"], second["secret"], third["secret"]}) == 3
    assert customer.client.get(SECRETS).json()["secrets"] == [third]
    assert stranger.client.get(SECRETS).json()["secrets"][0]["secret"] != third["secret"]
    for body in ({"overlapSeconds": -1}, {"overlapSeconds": True}, {"overlapSeconds": "1"}, {"overlapSeconds": 10**9}):
        assert problems(customer.client.post(SECRETS, json=body)) == [10007]
    assert problems(customer.client.post(SECRETS, json={"overlap": 1})) == [10008]
    for made in ({"ttlMillis": 60_000}, {"ttlMillis": 60_000, "scope": "deliveries:get endpoints:post"}):
        key = customer.client.post("/v3/profile/keys", json=made).json()["bearerToken"]
        for method in ("GET", "POST"):
            refused = customer.client.request(method, SECRETS, headers={"Authorization": f"Bearer {key}"})
            assert refused.status_code == 403


def test_policies_are_those_of_the_command(customer: Customer) -> None:
    answer = customer.client.get("/v3/endpoints/role-policies", params={"bucket": "calls", "prefix": "/a/"}).json()
    assert answer["externalId"] == str(customer.organization.id)
    assert answer["permissionPolicy"]["Statement"][1]["Resource"] == ["arn:aws:s3:::calls/a/*"]
    for query, code in (
        ({}, 10011),
        ({"bucket": "https://calls"}, 10011),
        ({"bucket": "calls", "partition": "gcp"}, 10011),
        ({"bucket": "calls", "prefix": "a*"}, 10011),
        ({"bucket": "calls", "folder": "a"}, 10008),
    ):
        assert problems(customer.client.get("/v3/endpoints/role-policies", params=query)) == [code]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "https://calls.s3.amazonaws.com"}, 60009),
        ({"url": "https://calls.example/x", "role": "arn:aws:iam::123456789012:role/r"}, 60006),
        ({"url": "https://calls.s3.amazonaws.com", "role": "r"}, 10007),
        ({"url": "https://calls.s3.amazonaws.com", "role": "arn:aws:iam::123456789012:role/r", "method": "PUT"}, 10008),
    ],
)
def test_a_role_is_read_as_a_callback_names_it(customer: Customer, body: dict[str, object], code: int) -> None:
    assert problems(customer.client.post("/v3/endpoints/role-check", json=body)) == [code]
