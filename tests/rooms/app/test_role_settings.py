"""What an operator may set about delivery by role, and what stops the program at start."""

from __future__ import annotations

import pytest

from voxport.app.deliveries import role_store_of
from voxport.app.network import outbound_options
from voxport.core.errors import Misconfigured
from voxport.delivery.s3.keys import KeyTemplate
from voxport.outbound import Outbound
from voxport.settings import read_settings


async def test_every_setting_reaches_the_store() -> None:
    settings = read_settings(
        {
            "VOXPORT_ROLE_KEY_TEMPLATE": "{date}/{name}.{extension}",
            "VOXPORT_ROLE_ENCRYPTION": "aws:kms",
            "VOXPORT_ROLE_KMS_KEY_ID": "alias/calls",
            "VOXPORT_ROLE_STORAGE_CLASS": "STANDARD_IA",
            "VOXPORT_ROLE_HOSTS": "store.example.com, s3.example.com",
        }
    )
    outbound = Outbound(outbound_options(settings))
    options = role_store_of(settings, outbound).options
    await outbound.aclose()
    assert options.template == KeyTemplate("{date}/{name}.{extension}")
    assert (options.server_side_encryption, options.kms_key_id) == ("aws:kms", "alias/calls")
    assert options.storage_class == "STANDARD_IA"
    assert options.hosts == ("store.example.com", "s3.example.com")


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"VOXPORT_ROLE_KEY_TEMPLATE": "{mediaId}/{phone}"}, "the placeholders are"),
        ({"VOXPORT_ROLE_KEY_TEMPLATE": "{externalId}.json"}, "overwrite"),
        ({"VOXPORT_ROLE_KEY_TEMPLATE": "../{mediaId}"}, "VOXPORT_ROLE_KEY_TEMPLATE"),
        ({"VOXPORT_ROLE_ENCRYPTION": "rot13"}, "expected one of AES256"),
        ({"VOXPORT_ROLE_STORAGE_CLASS": "COLD"}, "expected one of STANDARD"),
        ({"VOXPORT_ROLE_KMS_KEY_ID": "alias/calls"}, "without VOXPORT_ROLE_ENCRYPTION"),
        ({"VOXPORT_ROLE_KMS_KEY_ID": "alias/calls", "VOXPORT_ROLE_ENCRYPTION": "AES256"}, "aws:kms"),
        ({"VOXPORT_STS_ENDPOINT_URL": "sts.example.com"}, "expected an address"),
    ],
)
async def test_what_cannot_work_stops_the_program(environment: dict[str, str], told: str) -> None:
    with pytest.raises(Misconfigured, match=told):
        role_store_of(read_settings(environment), Outbound(outbound_options(read_settings({}))))
