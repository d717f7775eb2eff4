"""`/v3/usage`: what finished, by month and day, for the caller's organisation alone."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
import yaml
from openapi_schema_validator import OAS30Validator

from tests.rooms.api.served import Customer, problems
from voxport.wire.v3.specification import specification

USAGE = "/v3/usage"


def test_minutes_and_calls_by_month_and_day(customer: Customer, stranger: Customer) -> None:
    for _ in range(2):
        customer.finished()
    customer.client.delete(f"/v3/media/{customer.finished()}")
    now = datetime.now(UTC)
    month = f"{now:%b %Y}"
    available = customer.client.get(f"{USAGE}/months").json()
    assert (available["accountId"], available["months"]) == (str(customer.organization.id), [{"monthName": month}])
    monthly = customer.client.get(f"{USAGE}/monthly/{now.year}/{now.month}").json()
    row = {
        "monthName": month,
        "productId": "transcription",
        "productName": "Transcription",
        "tierLevel": "self-hosted",
        "unitPrice": 0.0,
        "billedQuantity": 0.085,
        "billingUnit": "minutes",
        "billedAmount": 0.0,
        "calls": 3,
    }
    assert monthly["months"] == [row]
    daily = customer.client.get(f"{USAGE}/daily/{now.year}/{now.month:02}").json()
    assert daily["months"] == [{**row, "monthDay": f"{now:%b %d, %Y}"}]
    schemas = yaml.load(specification(), Loader=yaml.CSafeLoader)["components"]
    shapes = {"VbAvailableMonths": available, "VbMonthlyUsage": monthly, "VbDailyUsage": daily}
    for name, body in shapes.items():
        whole = {"allOf": [{"$ref": f"#/components/schemas/{name}"}], "components": schemas}
        assert list(OAS30Validator(whole).iter_errors(body)) == []
    for kind, rows in (("monthly", monthly["months"]), ("daily", daily["months"])):
        answer = customer.client.get(f"{USAGE}/{kind}/{now.year}/{now.month}/csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        table = list(csv.DictReader(io.StringIO(answer.text)))
        assert table == [{name: str(value) for name, value in one.items()} for one in rows]
        assert stranger.client.get(f"{USAGE}/{kind}/{now.year}/{now.month}").json()["months"] == []
        assert stranger.client.get(f"{USAGE}/{kind}/{now.year}/{now.month}/csv").text.count("\r\n") == 1


@pytest.mark.parametrize("month", ["2031/0", "2031/13", "31/1", "0000/1", "2031/x", "20311/1", "2031/-1", "٢٠٣١/1"])
def test_a_month_that_is_none(customer: Customer, month: str) -> None:
    for kind in ("monthly", "daily"):
        for below in ("", "/csv"):
            answer = customer.client.get(f"{USAGE}/{kind}/{month}{below}")
            assert (answer.status_code, problems(answer)) == (400, [10011])
