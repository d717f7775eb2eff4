"""What a configuration can ask for, as it is listed."""

from __future__ import annotations

from uuid import UUID

import httpx
import pytest

from tests.rooms.api.served import Customer, problems

DETECTORS = "/v3/definition/prediction/detectors"


def test_every_detector_is_listed_with_its_parameters(customer: Customer) -> None:
    document = customer.client.get(DETECTORS).json()
    listed = {one["detectorName"]: one for one in document["detectors"]}
    assert list(listed) == ["PCI", "SSN", "Number", "PCI-Spanish", "SSN-Spanish"]
    for one in listed.values():
        assert one["detectorType"] == "binary"
        assert one["classes"][0]["classValue"] == 1
        (level,) = one["parameters"]
        assert (level["name"], level["type"], level["defaultValue"]) == ("detectionLevel", "String", "entireRegion")
        assert level["valueSet"] == ["entireRegion", "probableNumbers", "numbersOnly"]


def test_one_is_found_by_its_id_and_its_name(customer: Customer) -> None:
    listed = customer.client.get(DETECTORS).json()["detectors"]
    for one in listed:
        UUID(one["detectorId"])
        for name in (one["detectorId"], one["detectorName"], one["detectorName"].lower()):
            body = customer.client.get(f"{DETECTORS}/{name}").json()
            assert body.pop("_links") == {"self": {"href": f"{DETECTORS}/{one['detectorId']}"}}
            assert body == one


def test_ids_are_the_same_on_every_server(customer: Customer) -> None:
    """They stand in configurations that customers keep."""
    one = customer.client.get(f"{DETECTORS}/PCI").json()
    assert one["detectorId"] == "9e48b703-0558-552c-852b-0893f888244a"


def test_what_is_not_there(customer: Customer) -> None:
    answer = customer.client.get(f"{DETECTORS}/IBAN")
    assert (answer.status_code, problems(answer)) == (404, [10205])


@pytest.mark.parametrize("path", [DETECTORS, f"{DETECTORS}/PCI"])
def test_nobody_is_told_without_a_token(customer: Customer, path: str) -> None:
    answer = httpx.get(f"{customer.served.url}{path}")
    assert (answer.status_code, problems(answer)) == (401, [10002])
