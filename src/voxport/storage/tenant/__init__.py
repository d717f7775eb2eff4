"""What one organisation may see and do. Row-level security makes a forgotten filter return nothing."""

from __future__ import annotations

from uuid import UUID

from voxport.storage.cipher import Cipher
from voxport.storage.postgres.database import Database
from voxport.storage.tenant.applications import TenantApplications
from voxport.storage.tenant.categories import TenantCategories
from voxport.storage.tenant.definitions import TenantDefinitions
from voxport.storage.tenant.deliveries import TenantDeliveries
from voxport.storage.tenant.endpoints import TenantEndpoints
from voxport.storage.tenant.media import TenantMedia
from voxport.storage.tenant.public_keys import TenantPublicKeys
from voxport.storage.tenant.retention import TenantRetention
from voxport.storage.tenant.search import TenantSearch
from voxport.storage.tenant.usage import TenantUsage


class Tenant:
    """Everything of one organisation, and nothing of another. Cheap to make: one for each request."""

    def __init__(self, database: Database, cipher: Cipher, organization_id: UUID) -> None:
        bound = database.tenant(organization_id)
        self.media = TenantMedia(database, bound, cipher, organization_id)
        self.categories = TenantCategories(bound, organization_id)
        self.applications = TenantApplications(bound, organization_id)
        self.definitions = TenantDefinitions(bound, organization_id)
        self.deliveries = TenantDeliveries(bound, cipher, organization_id)
        self.endpoints = TenantEndpoints(bound, organization_id)
        self.retention = TenantRetention(bound)
        self.search = TenantSearch(bound, organization_id)
        self.usage = TenantUsage(bound, organization_id)
        self.public_keys = TenantPublicKeys(bound, organization_id)
