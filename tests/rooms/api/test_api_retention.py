"""`/v3/media/{mediaId}/retention`: why a recording is still there."""

from __future__ import annotations

import json
import uuid
from typing import Any

import yaml
from openapi_schema_validator import OAS30Validator
from typer.testing import CliRunner

from tests.rooms.api.served import Customer, problems
from voxport.cli.main import app
from voxport.core.artefacts import RunPaths
from voxport.core.retention import AccountRetention
from voxport.wire.v3.specification import specification


def retention(customer: Customer, media_id: str) -> Any:
    found = customer.client.get(f"/v3/media/{media_id}/retention").json()
    schemas = yaml.load(specification(), Loader=yaml.CSafeLoader)["components"]
    whole = {"allOf": [{"$ref": "#/components/schemas/Retention"}], "components": schemas}
    assert list(OAS30Validator(whole).iter_errors(found)) == []
    return found


def set_account(customer: Customer, time_to_live_s: int | None) -> None:
    expiry = customer.served.store.expiry
    customer.served.call(expiry.set_account(customer.organization.id, AccountRetention(time_to_live_s)))


def test_a_recording_says_what_is_kept_until_when_and_by_which_rule(customer: Customer, stranger: Customer) -> None:
    media_id = customer.accepted()
    customer.served.blobs.put(RunPaths(uuid.UUID(media_id), 1).channel("0"), b"pcm")
    running = retention(customer, media_id)
    assert (running["rule"], "expiresOn" in running) == ("none", False)
    assert running["reason"].startswith("It is accepted. Neither its configuration nor the account")
    assert [(one["what"], one["bytes"]) for one in running["held"]] == [("recording", 9), ("workingFiles", 3)]
    customer.finish(media_id)
    assert "stays until somebody deletes it" in retention(customer, media_id)["reason"]
    set_account(customer, 86_400)
    ended = retention(customer, media_id)
    expires = customer.client.get(f"/v3/media/{media_id}").json()["expiresOn"]
    assert (ended["rule"], ended["expiresOn"]) == ("account", expires)
    assert "The account's time to live keeps it 86400 seconds" in ended["reason"]
    assert {one["what"]: one.get("until") for one in ended["held"]} == {
        "recording": expires,
        "results": expires,
        "workingFiles": None,
    }
    asked = retention(customer, customer.accepted(configuration='{"timeToLiveInSeconds": 60}'))
    assert "Its configuration (timeToLiveInSeconds) keeps it for 60 seconds" in asked["reason"]
    for media in (media_id, str(uuid.uuid4())):
        answer = stranger.client.get(f"/v3/media/{media}/retention")
        assert (answer.status_code, problems(answer)) == (404, [10205])


def test_a_recording_whose_delivery_is_pending_waits_for_it(customer: Customer) -> None:
    callbacks = {"publish": {"callbacks": [{"url": "https://customer.example/in"}]}, "timeToLiveInSeconds": 60}
    found = retention(customer, customer.finished(configuration=json.dumps(callbacks)))
    assert (found["rule"], found["pendingDeliveries"]) == ("none", 1)
    assert found["reason"].startswith("1 of its deliveries have not ended. Its configuration")


def test_the_command_says_the_same(customer: Customer) -> None:
    media_id = customer.finished()
    place = ["--url", customer.served.url, "--token", customer.token]
    told = CliRunner().invoke(app, ["retention", "why", media_id, *place])
    assert told.exit_code == 0, told.stderr
    # The server of the tests logs to the same standard output.
    rows = [line.split("\t") for line in told.stdout.splitlines() if "\t" in line]
    assert [row[0] for row in rows] == [media_id, "recording", "results"]
    raw = CliRunner().invoke(app, ["retention", "why", media_id, "--json", *place])
    assert json.loads(raw.stdout[raw.stdout.index("{\n") :]) == retention(customer, media_id)
