"""Setting up delivery to a bucket at the console, against a store and an STS that check signatures and policies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from ipaddress import ip_network

import pytest
from playwright.async_api import Page, expect

from tests.rooms.api.served import Customer as Organization
from tests.rooms.api.served import Served, served_api
from tests.rooms.console.visits import Visitor
from tests.support.aws_accounts import ACTIONS, Customer, Sender, make_sender
from tests.support.database import PostgresServer
from tests.support.s3_server import S3Server

asyncio_module = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def sender(s3_server: S3Server) -> Sender:
    return make_sender(s3_server)


@pytest.fixture(scope="module")
def account(s3_server: S3Server) -> Customer:
    return Customer.on(s3_server)


@pytest.fixture(scope="module")
def served(
    postgres_server: PostgresServer, s3_server: S3Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """One whose AWS account is not looked for by other tests: that is done once."""
    folder, networks = tmp_path_factory.mktemp("console-s3"), (ip_network("127.0.0.0/8"),)
    options = {"allow_http": True, "allow_networks": networks, "sts_endpoint_url": s3_server.endpoint}
    with postgres_server.database() as url, served_api(url, folder, **options) as served:
        yield served


@pytest.fixture(autouse=True)
def own_credentials(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in sender.environment.items():
        monkeypatch.setenv(name, value)


@asyncio_module
async def test_a_role_is_set_up_and_every_step_of_its_check_works(
    page: Page, customer: Organization, account: Customer, sender: Sender
) -> None:
    await page.goto("/console/s3")
    form = page.locator("form").filter(has=page.get_by_role("button", name="Show the policies"))
    await form.get_by_label("Bucket", exact=True).fill(account.bucket)
    await form.get_by_label("Folder").fill("voice")
    await form.get_by_label("Address of the bucket").fill(account.url)
    await form.get_by_role("button").click()
    await expect(page.get_by_label("Permission policy")).to_contain_text(f"{account.bucket}/voice/*")
    await expect(page.get_by_label("Trust policy")).to_contain_text(str(customer.organization.id))
    permission = await page.get_by_label("Permission policy").inner_text()
    await expect(page.get_by_label("Trust policy")).to_contain_text(f"arn:aws:iam::{sender.arn.split(':')[4]}:root")
    role = account.role(sender, str(customer.organization.id), prefix="voice/")
    await page.get_by_label("Role", exact=True).fill(role)
    await page.get_by_role("button", name="Check it").click()
    await expect(page.get_by_text("Everything works")).to_be_visible()
    steps = page.get_by_label("Steps of the check").get_by_role("listitem")
    names = ("AssumeRole", "PutObject", "AbortMultipartUpload", "GetObject", "ListBucket", "DeleteObject")
    await expect(steps).to_have_text([re.compile(f"^works {name}") for name in names])
    assert account.objects() == {}
    for action in ("s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"):
        assert action in permission
    await expect(page.get_by_label("Callback", exact=True)).to_contain_text(account.url)


@pytest.mark.parametrize(
    ("lacks", "fails"),
    [
        ("s3:PutObject*", "PutObject"),
        ("s3:AbortMultipartUpload", "AbortMultipartUpload"),
        ("s3:GetObject*", "GetObject"),
        ("s3:ListBucket", "ListBucket"),
        ("s3:DeleteObject*", "DeleteObject"),
        (None, "AssumeRole"),
    ],
)
def test_the_step_that_fails_is_named_with_what_to_change(
    visitor: Visitor, account: Customer, sender: Sender, lacks: str | None, fails: str
) -> None:
    external = str(visitor.customer.organization.id) if lacks else "another"
    role = account.role(sender, external, tuple(one for one in ACTIONS if one != lacks))
    answer = visitor.post("/console/s3/check", bucket=account.bucket, address=account.url, role=role)
    assert (answer.status_code, "Not yet: mend" in answer.text) == (200, True)
    steps = re.findall(r"<li><span[^>]*>([a-z ]+)</span> <b>(\w+)</b>: ([^<]*)", answer.text)
    assert [name for outcome, name, _ in steps if outcome == "fails"][:1] == [fails]
    said = unescape(next(words for outcome, name, words in steps if name == fails))
    assert "failed" in said
    left_out = [name for outcome, name, _ in steps if outcome == "left out"]
    assert len(left_out) == {"AssumeRole": 5, "PutObject": 3}.get(fails, 0)
