"""What the API may ask of storage: it reads as one organisation, and changes tokens, secrets of webhooks and uploads.

Whatever moves media and deliveries on is the workflow's (`pipeline.py`): a handler is never given it.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from voxport.storage.tenant import Tenant
from voxport.storage.tokens import Tokens
from voxport.storage.uploads import Uploads
from voxport.storage.webhook_secrets import WebhookSecrets


class ApiStore(Protocol):
    """The part of `voxport.storage.store.Store` that handlers are given."""

    @property
    def tokens(self) -> Tokens:
        """Whose a bearer token is, and the keys that are made with one."""
        ...

    @property
    def webhook_secrets(self) -> WebhookSecrets:
        """What signs an organisation's webhooks."""
        ...

    @property
    def uploads(self) -> Uploads:
        """Uploads under way."""
        ...

    def tenant(self, organization_id: UUID) -> Tenant:
        """What one organisation may see and do."""
        ...

    async def ping(self, *, writes: bool = False) -> None:
        """Whether the database works, with `writes` shown by writing; raises TransientFault."""
        ...
