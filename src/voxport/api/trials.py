"""What the API may ask of whoever delivers, to try a receiver before results depend on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from voxport.core.delivery import Attempt
from voxport.core.plan import CallbackPlan
from voxport.core.role_check import CheckStep


class Trials(Protocol):
    """Goes to customers' addresses by the way that deliveries go; a few at once (`turns`)."""

    async def send_test_event(self, organization_id: UUID, url: str) -> Attempt:
        """One signed webhook without a call behind it, and what came of it; nothing of it is recorded."""
        ...

    async def check_role(self, organization_id: UUID, callback: CallbackPlan) -> Sequence[CheckStep]:
        """What a delivery by the role of `callback` would do, step by step, with an object of its own."""
        ...

    async def policies(
        self, organization_id: UUID, bucket: str, prefix: str, partition: str
    ) -> Mapping[str, Mapping[str, object] | None]:
        """The policies of a role: `permission`, and `trust`, None where this server has no AWS account to be trusted.

        Raises ValueError for a prefix that a policy cannot hold.
        """
        ...
