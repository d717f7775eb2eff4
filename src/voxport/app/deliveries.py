"""What makes deliveries, built from the settings: the rounds, and what puts into customers' buckets."""

from __future__ import annotations

from voxport.app.network import proxy_of
from voxport.core.errors import Misconfigured
from voxport.core.s3_objects import BY_KMS
from voxport.delivery.s3.role_store import RoleOptions, RoleStore
from voxport.delivery.s3.sessions import RoleSessions
from voxport.delivery.schedule import Schedule
from voxport.outbound import Outbound
from voxport.settings import Settings


def role_sessions_of(settings: Settings) -> RoleSessions:
    """Asks nobody until the first role; raises Misconfigured."""
    return RoleSessions(settings.sts_endpoint_url, proxy=proxy_of(settings), ca_file=settings.ca_file)


def role_store_of(settings: Settings, outbound: Outbound) -> RoleStore:
    """Delivery into customers' buckets; asks nobody until the first of them. Raises Misconfigured."""
    if settings.role_kms_key_id and settings.role_encryption not in BY_KMS:
        raise Misconfigured(
            f"VOXPORT_ROLE_KMS_KEY_ID has no effect without VOXPORT_ROLE_ENCRYPTION: set it to {' or '.join(BY_KMS)}."
        )
    options = RoleOptions(
        template=settings.role_key_template,
        server_side_encryption=settings.role_encryption,
        kms_key_id=settings.role_kms_key_id,
        storage_class=settings.role_storage_class,
        hosts=settings.role_hosts,
    )
    return RoleStore(outbound, role_sessions_of(settings), options)


def schedule_of(settings: Settings) -> Schedule:
    return Schedule(
        rounds_s=settings.delivery_rounds, attempts=settings.delivery_tries, jitter=settings.delivery_jitter
    )
