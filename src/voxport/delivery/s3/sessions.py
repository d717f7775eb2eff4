"""Who this server is in AWS, and whom it becomes in a customer's account: `sts:AssumeRole` with the external id.

The STS address is the operator's or AWS's, never a customer's, so botocore's own client asks it. Own credentials come
from the usual AWS variables, profile or instance role; neither they nor those of a role are logged or shown.
"""

from __future__ import annotations

import asyncio
import atexit
import re
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.httpsession import get_cert_path
from botocore.parsers import ResponseParserError
from botocore.session import get_session
from cachetools import TTLCache

from voxport.core.s3_address import DEFAULT_REGION
from voxport.delivery.remedies.kinds import Asked, Who
from voxport.delivery.remedies.sts import OF_STS, OWN_KEY
from voxport.delivery.s3.refusals import StepRefused, sts_refusal
from voxport.outbound import Proxy, tls_fault

SESSION_S = 3600
"""The longest that every role allows, also to a caller that is a role itself."""
_EARLY_S = 300.0
_KEPT = 1000
_KNOWN = frozenset(code for row in OF_STS for code in row.codes)
_NOT_OFFERED = frozenset({"MethodNotAllowed", "InvalidAction", "NotImplemented"})
_OWN_FAULTS = frozenset(code for row in OF_STS if row.who is Who.OPERATOR for code in row.codes) - _NOT_OFFERED
_ASKING = ThreadPoolExecutor(8, thread_name_prefix="sts")
"""Threads of their own, as many as connections: an STS that hangs would else hold those that make what others send."""


@dataclass(frozen=True, slots=True)
class RoleCredentials:
    """Credentials of one role, which end after a while."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str = field(repr=False)
    """The session token that every request carries beside the keys."""


def session_name(delivery_id: UUID) -> str:
    """What CloudTrail of the customer shows; legal, and at most 64 characters."""
    return f"voxport-{delivery_id}"


class RoleSessions:
    """Credentials by organisation and role, kept until shortly before they end; one flight at a time for each."""

    def __init__(
        self,
        endpoint_url: str | None = None,
        *,
        proxy: Proxy | None = None,
        ca_file: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`proxy` and `ca_file` are the operator's, as for customers' addresses; None: what AWS's variables say."""
        self._make_client = partial(_sts_client, endpoint_url, proxy, ca_file)
        # By the length asked for: this machine's time of day may differ from AWS's.
        self._kept: TTLCache[tuple[UUID, str], RoleCredentials] = TTLCache(_KEPT, ttl=SESSION_S - _EARLY_S, timer=clock)
        self._flights: dict[tuple[UUID, str], asyncio.Task[RoleCredentials]] = {}
        self._client: Any = None
        self._making = asyncio.Lock()
        self._account: str | None = None

    async def credentials(self, organization_id: UUID, role: str, name: str) -> RoleCredentials:
        """Of `role`, assumed with the organisation's id as external id; raises StepRefused.

        `name` is the session's where a new one begins; deliveries that find credentials kept go on under its name.
        """
        key = (organization_id, role)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._assume(organization_id, role, name))
            self._flights[key] = flight
            flight.add_done_callback(lambda _: self._flights.pop(key, None))
        # A delivery that is cancelled takes the flight from nobody else.
        return await asyncio.shield(flight)

    def forget(self, organization_id: UUID, role: str) -> None:
        """Drops credentials that a store says have ended: the next request assumes the role again."""
        self._kept.pop((organization_id, role), None)

    async def account(self) -> str:
        """Number of the AWS account that this server belongs to; raises StepRefused."""
        if self._account is None:
            self._account = str((await self._ask("get_caller_identity"))["Account"])
        return self._account

    async def _assume(self, organization_id: UUID, role: str, name: str) -> RoleCredentials:
        parameters = {
            "RoleArn": role,
            "RoleSessionName": name,
            "ExternalId": str(organization_id),
            "DurationSeconds": SESSION_S,
        }
        try:
            answer = await self._ask("assume_role", **parameters)
        except StepRefused as refused:
            if refused.code != "AccessDenied":
                raise
            raise await self._told_apart(refused, parameters) from None
        given = answer["Credentials"]
        made = RoleCredentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
        self._kept[organization_id, role] = made
        return made

    async def _ask(self, operation: str, **parameters: Any) -> dict[str, Any]:
        try:
            async with self._making:
                if self._client is None:
                    self._client = await _in_thread(self._make_client)
            answer: dict[str, Any] = await _in_thread(getattr(self._client, operation), **parameters)
        except ClientError as error:
            # A Ceph gateway puts code and message at the top of its answer.
            said = error.response.get("Error") or error.response
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
            code, message = str(said.get("Code") or ""), str(said.get("Message") or "")
            if code.isdigit():
                code = ""  # botocore's, for an answer without a code
            raise sts_refusal(code, message, status, _asked(parameters)) from None
        except (BotoCoreError, ResponseParserError) as error:
            raise sts_refusal(_kind(error), tls_fault(error) or "", None, _asked(parameters)) from None
        return answer

    async def _told_apart(self, denied: StepRefused, parameters: Mapping[str, Any]) -> StepRefused:
        """A denial says nothing of whose fault it is: the account of this server, or what the STS makes of its key.

        An STS that cannot say who we are (Ceph's) denies a key that it does not know as it denies a role. Asked for a
        role that is none, it denies only the key.
        """
        asked = _asked(parameters)
        try:
            known = f"the AWS account {await self.account()}"
        except StepRefused as refused:
            if refused.code in _OWN_FAULTS:
                return refused
            known = "this server's account"
            if refused.code in _NOT_OFFERED:
                try:
                    await self._ask(
                        "assume_role", **{**parameters, "RoleArn": f"{parameters['RoleArn'][:500]}-no-role"}
                    )
                except StepRefused as second:
                    if second.code == denied.code:
                        return sts_refusal(OWN_KEY, "", denied.status, asked)
        return sts_refusal(denied.code, "", denied.status, replace(asked, account=known))


def _asked(parameters: Mapping[str, Any]) -> Asked:
    return Asked(
        role=str(parameters.get("RoleArn", "")),
        external_id=str(parameters.get("ExternalId", "")),
        account="this server's AWS account",
    )


def _kind(error: Exception) -> str:
    """The exception that the table knows: its own class, or the nearest above it."""
    known = (one.__name__ for one in type(error).__mro__ if one.__name__ in _KNOWN)
    return next(known, type(error).__name__)


async def _in_thread(ask: Callable[..., Any], *given: Any, **named: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_ASKING, partial(ask, *given, **named))


def _sts_client(endpoint_url: str | None, proxy: Proxy | None, ca_file: Path | None) -> Any:
    session = get_session()
    region = session.get_config_variable("region") or _region_of(endpoint_url) or DEFAULT_REGION
    host = urlsplit(endpoint_url or f"https://sts.{region}.amazonaws.com").hostname or ""
    proxies = None if proxy is None else {} if proxy.passes_by(host) else dict.fromkeys(("http", "https"), proxy.url)
    config = Config(
        connect_timeout=5,
        read_timeout=20,
        retries={"total_max_attempts": 2, "mode": "standard"},
        max_pool_connections=8,
        proxies=proxies,
    )
    trusted = None if ca_file is None else _bundle(session.get_config_variable("ca_bundle"), ca_file)
    client = session.create_client("sts", region_name=region, endpoint_url=endpoint_url, config=config, verify=trusted)
    if trusted is not None:
        # Read when the client is made and again by each of its connections: it is never removed before the process.
        atexit.register(Path(trusted).unlink, missing_ok=True)
    return client


def _bundle(public: str | None, ca_file: Path) -> str:
    """A file of the public authorities, or those of AWS_CA_BUNDLE, with ours behind them: botocore takes one file."""
    with NamedTemporaryFile(prefix="voxport-ca-", suffix=".pem", delete=False) as bundle:
        for part in (Path(public or get_cert_path(verify=True)), ca_file):
            bundle.write(part.read_bytes() + b"\n")
    return bundle.name


def _region_of(endpoint_url: str | None) -> str | None:
    found = re.search(r"//sts(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com", endpoint_url or "")
    return None if found is None else found[1]
