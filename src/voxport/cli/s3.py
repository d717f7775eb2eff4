"""`voxport s3`: the policies of a role, a trial of it, and pre-signed URLs: what delivery to a bucket needs."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from typing import Annotated, Any
from uuid import UUID

import typer

from voxport.app.deliveries import role_sessions_of, role_store_of, schedule_of
from voxport.app.network import outbound_options
from voxport.cli.errors import CommandFailed
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.cli.token import Data, DatabaseUrl, with_store
from voxport.core.media import Organization
from voxport.core.plan import CallbackPlan
from voxport.core.role_check import Outcome
from voxport.delivery.s3.check import RoleCheck
from voxport.delivery.s3.policies import permission_policy, trust_policy
from voxport.delivery.s3.refusals import StepRefused
from voxport.outbound import Outbound
from voxport.settings import Settings
from voxport.storage.store import Store
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.v3.callbacks_section import callback_plans
from voxport.wire.v3.shapes.publish import Callback
from voxport.wire.v3.wording import configuration_refusals

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Policies, a trial and pre-signed URLs for delivery to S3."
)

LONGEST_V4_S = 604_800
"""AWS takes no version 4 URL that lives longer."""
Org = Annotated[
    str | None, typer.Option(metavar="NAME", help="Organisation that delivers; left out: the only one there is.")
]
Bucket = Annotated[str, typer.Option(metavar="BUCKET", help="Name of the bucket.")]


@app.command()
def policy(
    bucket: Bucket,
    prefix: Annotated[str, typer.Option(metavar="P", help="Allow only what is below this folder.")] = "",
    org: Org = None,
    account: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="This server's AWS account; else asked.")
    ] = None,
    partition: Annotated[str, typer.Option(help="aws, aws-cn or aws-us-gov.")] = "aws",
    only: Annotated[str | None, typer.Option(help="permission or trust: print that one alone.")] = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Print the permission policy and the trust policy of a role that delivers, ready to paste into IAM."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}", bucket):
        raise CommandFailed("--bucket takes the bucket's name alone, without an address.")
    if only not in (None, "permission", "trust"):
        raise CommandFailed("--only takes permission or trust.")
    policies = {}
    if only != "trust":
        try:
            policies["permission"] = permission_policy(bucket, prefix.strip("/"), partition)
        except ValueError as error:
            raise CommandFailed(f"--prefix: {error}.") from None
    if only != "permission":
        settings = settings_of({"data": data, "database_url": database_url})
        number = account or _own_account(settings)
        if not re.fullmatch("[0-9]{12}", number):
            raise CommandFailed("--account takes the twelve digits of an AWS account.")
        policies["trust"] = trust_policy(number, _organization(settings, org).id, partition)
    for name, document in policies.items():
        say(f"the {name} policy of the role:")
        sys.stderr.flush()
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
        sys.stdout.flush()


@app.command()
def check(
    role: Annotated[str, typer.Option(metavar="ARN", help="The role, as a callback names it.")],
    url: Annotated[str, typer.Option(metavar="URL", help="The bucket's address, as a callback names it.")],
    prepend_folder: Annotated[str, typer.Option(metavar="FOLDER", help="As a callback names it.")] = "",
    org: Org = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Assume the role; put, get, list and delete an object of its own. Exit status 1 when a step fails."""
    settings = settings_of({"data": data, "database_url": database_url})
    callback = _callback(settings, role, url, prepend_folder)
    if not asyncio.run(_try(settings, callback, _organization(settings, org).id)):
        raise typer.Exit(1)


@app.command()
def presign(
    bucket: Bucket,
    key: Annotated[str, typer.Option(metavar="KEY", help="Key of the object that is to be written.")],
    content_type: Annotated[str, typer.Option(help="Of what will be sent; docs/delivery.md lists them.")] = (
        "application/json"
    ),
    expires: Annotated[int, typer.Option(min=1, metavar="SECONDS", help="Life of the URL.")] = 86_400,
    signature_version: Annotated[int, typer.Option(min=2, max=4, help="2 or 4.")] = 4,
    region: Annotated[str | None, typer.Option(help="Region of the bucket; else that of the profile.")] = None,
    endpoint_url: Annotated[str | None, typer.Option(metavar="URL", help="A store that is not AWS.")] = None,
    profile: Annotated[str | None, typer.Option(help="Profile of the AWS configuration whose key signs.")] = None,
) -> None:
    """Print a URL pre-signed for one PUT, alone, on standard output; the usual AWS variables say who signs."""
    if signature_version == 3:
        raise CommandFailed("--signature-version is 2 or 4.")
    if signature_version == 4 and expires > LONGEST_V4_S:
        raise CommandFailed(f"--expires is at most {LONGEST_V4_S} seconds (7 days) with signature version 4.")
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError

    style: Any = {"addressing_style": "path"} if endpoint_url else None
    config = Config(signature_version="s3v4" if signature_version == 4 else "s3", s3=style)
    try:
        session = boto3.Session(profile_name=profile, region_name=region)
        client = session.client(
            "s3", endpoint_url=endpoint_url, region_name=session.region_name or "us-east-1", config=config
        )
        signed: str = client.generate_presigned_url(
            ClientMethod="put_object",
            Params={"Bucket": bucket, "Key": key, "ContentType": content_type},
            ExpiresIn=expires,
            HttpMethod="PUT",
        )
    except (BotoCoreError, ValueError) as error:
        raise CommandFailed(f"The URL cannot be signed: {str(error).rstrip('.')}.") from None
    sys.stdout.write(signed + "\n")


async def _try(settings: Settings, callback: CallbackPlan, organization_id: UUID) -> bool:
    """Prints each step as it ends; whether all went well."""
    outbound = Outbound(outbound_options(settings))
    well = True
    try:
        options = role_store_of(settings, outbound).options
        trial = RoleCheck(outbound, role_sessions_of(settings), options, organization_id, callback.url)
        if callback.role is not None:
            async for step in trial.run(callback.role):
                well = well and step.outcome is Outcome.DONE
                sys.stdout.write(f"{step.outcome.value:<5}{step.name}: {step.what}\n")
                sys.stdout.flush()
    finally:
        await outbound.aclose()
    return well


def _callback(settings: Settings, role: str, url: str, folder: str) -> CallbackPlan:
    """The callback that is tried, read as a POST reads it; raises CommandFailed with what the server would refuse."""
    refusals = configuration_refusals()
    rules = UrlRules(
        settings.allow_http,
        settings.allow_networks,
        schedule_of(settings).second_round_s,
        settings.role_hosts,
        roles_of_aws=not settings.sts_endpoint_url,
    )
    element = {"s3Delivery": True, "url": url, "role": role, "prependFolder": folder or None}
    plans = callback_plans([Callback.model_validate(element)], rules, refusals)
    if not plans:
        raise CommandFailed(" ".join(f"{problem.code}: {problem.message}" for problem in refusals.rendered_problems()))
    return plans[0]


def _own_account(settings: Settings) -> str:
    try:
        return asyncio.run(role_sessions_of(settings).account())
    except StepRefused as refused:
        raise CommandFailed(f"{refused} Or name this server's account: --account NUMBER.") from None


def _organization(settings: Settings, name: str | None) -> Organization:
    """The organisation of that name, or the only one; its id is the external id. Raises CommandFailed."""

    async def read(store: Store) -> list[Organization]:
        return list(await store.organizations.all())

    there = with_store(settings, read)
    chosen = [one for one in there if name is None or one.name == name.strip()]
    if len(chosen) == 1:
        return chosen[0]
    if name is not None:
        raise CommandFailed(f"There is no organisation named {name!r}.")
    raise CommandFailed(
        "There is no organisation yet; `voxport token create` makes one."
        if not there
        else "There are several organisations: choose one with --org NAME."
    )
