"""Tries of receivers that somebody asks for: a test event, and the check of a role. Nothing of them is recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from voxport.core.delivery import Attempt
from voxport.core.plan import CallbackPlan
from voxport.core.role_check import CheckStep
from voxport.delivery.s3.check import RoleCheck
from voxport.delivery.s3.policies import permission_policy, trust_policy
from voxport.delivery.s3.refusals import StepRefused
from voxport.delivery.s3.role_store import RoleOptions
from voxport.delivery.s3.sessions import RoleSessions
from voxport.delivery.webhook import DeliveryRequest, send
from voxport.outbound import Outbound
from voxport.storage.webhook_secrets import WebhookSecrets


class DeliveryTrials:
    """One for each server process."""

    def __init__(
        self, outbound: Outbound, secrets: WebhookSecrets, sessions: RoleSessions, options: RoleOptions
    ) -> None:
        self._outbound, self._secrets, self._sessions, self.options = outbound, secrets, sessions, options

    async def send_test_event(self, organization_id: UUID, url: str) -> Attempt:
        """As `api.trials.Trials`, which says what each does."""
        event_id = uuid4()
        sent = datetime.now(UTC).isoformat(timespec="milliseconds")
        body = json.dumps({"type": "test", "id": str(event_id), "dateSent": sent}).encode()
        secrets = await self._secrets.signing_secrets(organization_id)
        request = DeliveryRequest(url, "POST", "application/json", body, len(body), event_id, secrets)
        return await send(self._outbound, request, 1)

    async def check_role(self, organization_id: UUID, callback: CallbackPlan) -> Sequence[CheckStep]:
        if callback.role is None:
            raise ValueError("the callback names no role")
        check = RoleCheck(self._outbound, self._sessions, self.options, organization_id, callback.url)
        return [step async for step in check.run(callback.role)]

    async def policies(
        self, organization_id: UUID, bucket: str, prefix: str, partition: str
    ) -> Mapping[str, Mapping[str, object] | None]:
        permission = permission_policy(bucket, prefix, partition)
        try:
            account = await self._sessions.account()
        except StepRefused:
            return {"permission": permission, "trust": None}
        return {"permission": permission, "trust": trust_policy(account, organization_id, partition)}
