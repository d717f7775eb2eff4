"""What a configuration can ask for, as it is listed."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
import pytest

from tests.rooms.api.served import Customer, part, problems
from voxport.core.classifiers import Classifier, ClassifierVersion, HeldOutScore, classifier_to_json
from voxport.core.definitions import Definition, DefinitionKind
from voxport.core.detectors import DETECTORS as DEFINED
from voxport.core.plan import VocabularyTerm

CLASSIFIERS = "/v3/definition/prediction/classifiers"
DETECTORS = "/v3/definition/prediction/detectors"
GROUPS = "/v3/definition/spotting/groups"
VOCABULARIES = "/v3/definition/vocabularies"


def test_every_detector_is_listed_with_its_parameters(customer: Customer) -> None:
    document = customer.client.get(DETECTORS).json()
    listed = {one["detectorName"]: one for one in document["detectors"]}
    assert list(listed) == [definition.name for definition in DEFINED]
    for one in listed.values():
        assert one["detectorType"] == "binary"
        assert one["classes"][0]["classValue"] == 1
        level, *kinds = one["parameters"]
        default = "probableNumbers" if one["detectorName"] == "PII" else "entireRegion"
        assert (level["name"], level["type"], level["defaultValue"]) == ("detectionLevel", "String", default)
        assert [kind["name"] for kind in kinds] == (["kinds"] if one["detectorName"] == "PII" else [])
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
    answer = customer.client.get(f"{DETECTORS}/VIN")
    assert (answer.status_code, problems(answer)) == (404, [10205])


@pytest.mark.parametrize(
    "path", [CLASSIFIERS, DETECTORS, f"{DETECTORS}/PCI", GROUPS, f"{VOCABULARIES}/a", "/v3/definition/metrics"]
)
def test_nobody_is_told_without_a_token(customer: Customer, path: str) -> None:
    answer = httpx.get(f"{customer.served.url}{path}")
    assert (answer.status_code, problems(answer)) == (401, [10002])


def test_every_metric_is_listed_in_its_group(customer: Customer) -> None:
    groups = customer.client.get("/v3/definition/metrics").json()["metricGroups"]
    listed = {group["metricGroupName"]: group["metrics"] for group in groups}
    assert {name: len(metrics) for name, metrics in listed.items()} == {
        "overtalk": 6,
        "sentiment": 12,
        "talk-style-tone-and-volume": 8,
        "talk-time-and-rate": 18,
    }
    assert all(one["metricName"] and one["metricDescription"] for metrics in listed.values() for one in metrics)
    accepted = upload(customer, {"metrics": [{"metricGroupName": name} for name in listed]})
    assert accepted.status_code == 200


NAMES = ["earnings", "two words", "über/ärzte & 100 %", "名前"]


def path(collection: str, name: str) -> str:
    return f"{collection}/{quote(name, safe='')}"


def upload(customer: Customer, configuration: dict[str, Any]) -> httpx.Response:
    files: Any = {"media": ("call.wav", b"RIFF", "audio/wav"), "configuration": (None, json.dumps(configuration))}
    return customer.client.post("/v3/media", files=files)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("collection", "key", "named", "body"),
    [
        (GROUPS, "groups", "groupName", {"keywords": ["cancel my account", "Refund", "refund"]}),
        (VOCABULARIES, "vocabularies", "vocabularyName", {"terms": [{"term": "Voxport", "soundsLike": ["vox port"]}]}),
        (VOCABULARIES, "vocabularies", "vocabularyName", {"vocabularyType": "terms", "terms": [{"term": "Voxport"}]}),
        (VOCABULARIES, "vocabularies", "vocabularyName", {"vocabularyType": "scripts", "scripts": [{"script": "x y"}]}),
    ],
)
def test_a_definition_is_put_read_listed_replaced_and_deleted(
    customer: Customer, stranger: Customer, name: str, collection: str, key: str, named: str, body: dict[str, Any]
) -> None:
    client, url = customer.client, path(collection, name)
    assert client.get(collection).json() == {"_links": {"self": {"href": collection}}, key: []}
    put = client.put(url, json={named: name, **body})
    shown = {"_links": {"self": {"href": url}}, named: name, **body}
    assert (put.status_code, put.json()) == (200, shown)
    assert client.get(url).json() == shown
    assert client.get(collection).json()[key] == [shown]
    assert client.put(url, json=shown).json() == shown
    for method in ("GET", "DELETE"):
        answer = stranger.client.request(method, url)
        assert (answer.status_code, problems(answer)) == (404, [80000])
    assert stranger.client.get(collection).json()[key] == []
    deleted = client.delete(url)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert client.get(url).status_code == client.delete(url).status_code == 404


REFUSED = [
    (GROUPS, b"", 80100),
    (GROUPS, b"{}", 80100),
    (GROUPS, b"[1", 80100),
    (GROUPS, {"keywords": "a"}, 80100),
    (GROUPS, {"groupName": "n", "keywords": []}, 80101),
    (GROUPS, {"keywords": []}, 80101),
    (GROUPS, {"groupName": "other", "keywords": ["a"]}, 80102),
    (GROUPS, {"keywords": ["--"]}, 80103),
    (GROUPS, {"keywords": ["a"] * 50_001}, 80103),
    (GROUPS, {"keywords": ["a"], "colour": 1}, 10008),
    (GROUPS, b'{"keywords": ["a"], "keywords": ["b"]}', 10010),
    (VOCABULARIES, b" ", 80200),
    (VOCABULARIES, {"vocabularyName": "other", "terms": [{"term": "a"}]}, 80202),
    (VOCABULARIES, {"terms": [{"term": "a"}], "scripts": [{"script": "b"}]}, 80204),
    (VOCABULARIES, {"vocabularyName": "n"}, 80206),
    (VOCABULARIES, {"terms": [], "scripts": None}, 80206),
    (VOCABULARIES, {"scripts": [{"script": "."}]}, 80207),
    (VOCABULARIES, {"scripts": [{"script": "a" + "\u0301" * 200}]}, 80207),
    (VOCABULARIES, b'{"terms": "' + b"x" * (4 << 20) + b'"}', 10800),
]


@pytest.mark.parametrize(("collection", "body", "code"), REFUSED)
def test_a_definition_that_cannot_be_is_refused_and_not_kept(
    customer: Customer, collection: str, body: Any, code: int
) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body)
    answer = customer.client.put(f"{collection}/n", content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert customer.client.get(f"{collection}/n").status_code == 404


def test_a_saved_vocabulary_goes_into_the_plan_as_it_is_then(customer: Customer) -> None:
    customer.client.put(f"{VOCABULARIES}/products", json={"terms": [{"term": "Voxport", "weight": 3}]})
    customer.client.put(f"{VOCABULARIES}/about", json={"scripts": [{"script": "Thank you for calling."}]})
    entries = [{"vocabularyName": "products"}, {"vocabularyName": "about"}, {"terms": [{"term": "Zarqon"}]}]
    accepted = upload(customer, {"vocabularies": entries})
    assert accepted.status_code == 200
    customer.client.delete(f"{VOCABULARIES}/products")
    plan = customer.served.pipeline.submissions[UUID(accepted.json()["mediaId"])].plan
    assert plan.vocabulary == (VocabularyTerm("Zarqon"), VocabularyTerm("Voxport", weight=3))
    assert plan.scripts == ("Thank you for calling.",)


@pytest.mark.parametrize("names", [("a",), ("a", "b", "c")])
def test_definitions_are_read_one_by_one_beside_the_event_loop(
    customer: Customer, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    client, readers = customer.client, []
    shown = [client.put(f"{VOCABULARIES}/{name}", json={"terms": [{"term": name}]}).json() for name in names]

    class Read(Definition):
        @property
        def body(self) -> dict[str, Any]:
            readers.append(threading.current_thread())
            body: dict[str, Any] = json.loads(self.json)
            return body

    monkeypatch.setattr("voxport.storage.tenant.definitions.Definition", Read)
    assert client.get(VOCABULARIES).json()["vocabularies"] == shown
    assert client.get(f"{VOCABULARIES}/a").json() == shown[0]
    assert upload(customer, {"vocabularies": [{"vocabularyName": name} for name in names]}).status_code == 200
    assert len(readers) == 2 * len(names) + 1
    assert customer.served.call(_this_thread()) not in readers


async def _this_thread() -> threading.Thread:
    return threading.current_thread()


def test_what_is_not_saved_cannot_be_named(customer: Customer, stranger: Customer) -> None:
    stranger.client.put(f"{VOCABULARIES}/theirs", json={"terms": [{"term": "Voxport"}]})
    answer = upload(customer, {"vocabularies": [{"vocabularyName": "theirs"}]})
    assert (answer.status_code, problems(answer)) == (400, [20008])
    customer.client.put(f"{VOCABULARIES}/mine", json={"terms": [{"term": "Voxport"}]})
    answer = upload(customer, {"vocabularies": [{"vocabularyName": "mine"}, {"terms": [{"term": "VOXPORT"}]}]})
    assert (answer.status_code, problems(answer)) == (400, [20017])


def test_a_category_is_saved_and_its_versions_are_counted(customer: Customer, stranger: Customer) -> None:
    category, put = "/v3/definition/categories/refunds", customer.client.put
    query = {"query": "SELECT * FROM media WHERE * SAYS 'refund*'"}
    made = put(category, json={**query, "tags": ["money"], "categoryName": "refunds"}).json()
    assert (made["categoryName"], made["version"], made["tags"]) == ("refunds", "1", ["money"])
    assert customer.client.get(category).json() == made
    assert customer.client.get("/v3/definition/categories").json()["categories"] == [made]
    assert stranger.client.get("/v3/definition/categories").json()["categories"] == []
    assert (stranger.client.get(category).status_code, stranger.client.delete(category).status_code) == (404, 404)
    assert put(category, json={**made, "notes": "as before"}).json()["version"] == "1"
    assert put(category, json=query).json()["version"] == "1"
    assert put(category, json={"query": "SELECT * FROM media"}).json()["version"] == "2"
    assert put(category, json={**query, "version": "spring"}).json()["version"] == "spring"
    for name, body in (
        ("refunds", {}),
        ("refunds", {"query": "SELECT * FROM media WHERE"}),
        ("refunds", {"query": "ALTER TABLE media DEFINE metadata:a integer"}),
        ("refunds", {**query, "tags": ["a"] * 33}),
        ("refunds", {**query, "notes": "a" * 4001}),
        ("refunds", {**query, "categoryName": "other"}),
        ("two words", query),
    ):
        answer = put(f"/v3/definition/categories/{name}", json=body)
        assert (answer.status_code, problems(answer)) == (400, [10007]), body
    assert put(category, json={"query": "SELECT * FROM media WHERE *"}).json()["version"] == "3"
    assert (customer.client.delete(category).status_code, customer.client.get(category).status_code) == (204, 404)
    assert put(category, json=query).json()["version"] == "4"
    assert customer.client.delete(category).status_code == 204
    for method, path in (("GET", category), ("PUT", category), ("POST", "/v3/analytics/vbql")):
        assert customer.client.request(method, path, headers={"Authorization": ""}).status_code == 401


@pytest.mark.parametrize("collection", [GROUPS, "/v2-beta/definitions/keywords/groups", VOCABULARIES])
def test_a_line_feed_in_a_name_is_part_of_it(customer: Customer, collection: str) -> None:
    """It was passed over at the end, so that this put and removed the definition without it; else nothing was there."""
    body = {"keywords": ["b"]} if collection.endswith("groups") else {"terms": [{"term": "b"}]}
    assert customer.client.put(f"{collection}/a", json=body).status_code == 200
    for name in ("a%0A", "a%0Ab"):
        put = customer.client.put(f"{collection}/{name}", json=body)
        assert (put.status_code, problems(put)[0] // 100) == (400, 801 if collection.endswith("groups") else 802)
        for answer in (customer.client.get(f"{collection}/{name}"), customer.client.delete(f"{collection}/{name}")):
            assert (answer.status_code, problems(answer)) == (404, [80000])
    assert customer.client.get(f"{collection}/a").status_code == 200
    assert problems(customer.client.get(f"{collection}%0A")) == [10000]


TRAINED = datetime(2031, 2, 3, tzinfo=UTC)
CLASSIFIER = Classifier(
    UUID(int=5),
    "en",
    "Why they call.",
    tuple(
        ClassifierVersion(version, "ab" * 32, TRAINED, 20, ("cancel", "order"), HeldOutScore(0.9, 0.8, 0.5))
        for version in ("1.0.0", "1.1.0")
    ),
)


@pytest.fixture
def trained(customer: Customer) -> Customer:
    tenant = customer.served.store.tenant(customer.organization.id)
    body = classifier_to_json(CLASSIFIER)
    customer.served.call(tenant.definitions.put(DefinitionKind.CLASSIFIER, "reason", body))
    return customer


def test_classifiers_are_listed_by_their_organisation_alone(trained: Customer, stranger: Customer) -> None:
    (listed,) = trained.client.get(CLASSIFIERS).json()["classifiers"]
    assert (listed["classifierName"], listed["classifierVersion"]) == ("reason", "1.1.0")
    assert listed["classifierType"] == "binary"
    assert listed["classes"] == [{"classLabel": "cancel", "classValue": 0}, {"classLabel": "order", "classValue": 1}]
    assert (listed["versions"], listed["heldOut"]["accuracy"]) == (["1.0.0", "1.1.0"], 0.9)
    for name in ("reason", listed["classifierId"]):
        body = trained.client.get(f"{CLASSIFIERS}/{name}").json()
        assert body.pop("_links") == {"self": {"href": f"{CLASSIFIERS}/{listed['classifierId']}"}}
        assert body == listed
    assert stranger.client.get(CLASSIFIERS).json()["classifiers"] == []
    answer = stranger.client.get(f"{CLASSIFIERS}/reason")
    assert (answer.status_code, problems(answer)) == (404, [10205])


def test_a_recording_keeps_the_version_that_there_was(trained: Customer, stranger: Customer) -> None:
    for asked, version in (
        ({"classifierName": "reason"}, "1.1.0"),
        ({"classifierId": str(CLASSIFIER.id)}, "1.1.0"),
        ({"classifierName": "reason", "classifierId": str(CLASSIFIER.id), "version": "1.0.0"}, "1.0.0"),
        ({"classifierName": "reason", "version": "1.0+"}, "1.1.0"),
    ):
        media_id = trained.accepted(configuration=json.dumps({"prediction": {"classifiers": [asked]}}))
        (plan,) = trained.submission(media_id).plan.analytics.classifiers
        assert (plan.name, plan.version, plan.classes) == ("reason", version, ("cancel", "order"))
    for who, asked, code in (
        (trained, {"classifierName": "Reason"}, 10007),
        (trained, {"classifierName": "reason", "version": "2.0+"}, 10007),
        (trained, {"classifierName": "other", "classifierId": str(CLASSIFIER.id)}, 10007),
        (stranger, {"classifierName": "reason"}, 10007),
        (stranger, {"classifierId": str(CLASSIFIER.id)}, 10007),
    ):
        configuration = json.dumps({"prediction": {"classifiers": [asked]}}).encode()
        answer = who.post(part("configuration", configuration), part("media", b"RIFF", filename="a.wav"))
        assert (answer.status_code, problems(answer)) == (400, [code]), asked
    french = {"speechModel": {"language": "fr-FR"}, "prediction": {"classifiers": [{"classifierName": "reason"}]}}
    answer = trained.post(part("configuration", json.dumps(french).encode()), part("media", b"RIFF", filename="a.wav"))
    assert (answer.status_code, problems(answer)) == (400, [50001])
