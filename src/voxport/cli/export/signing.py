"""URLs signed for one request to one object, by signature version 2 or 4, without asking the store.

The signing itself is botocore's; only the address is ours, since s3cmd files may name any host for buckets.
"""

from __future__ import annotations

from botocore.auth import HmacV1QueryAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from voxport.cli.errors import CommandFailed
from voxport.cli.export.s3cfg import StoreAccess

LONGEST_V4_S = 604_800
"""AWS takes no version 4 URL that lives longer."""
HEAD_LIFE_S = 300


class Signer:
    """Signs for the objects of one bucket. Raises CommandFailed for a life that the version does not allow."""

    def __init__(self, access: StoreAccess, bucket: str, life_s: int) -> None:
        if access.signature_version == 4 and life_s > LONGEST_V4_S:
            raise CommandFailed("--ttl-minutes is at most 10080 (7 days) with signature version 4.")
        self.bucket, self.life_s = bucket, life_s
        self._access = access
        self._credentials = Credentials(access.access_key, access.secret_key, access.token)

    def put_url(self, key: str, content_type: str) -> str:
        """For one PUT of that type."""
        return self._signed("PUT", key, {"Content-Type": content_type}, self.life_s)

    def head_url(self, key: str) -> str:
        """For looking whether the object is there."""
        return self._signed("HEAD", key, {}, HEAD_LIFE_S)

    def address(self, key: str) -> str:
        """The object's URL without a query."""
        return self._access.object_url(self.bucket, key)[0]

    def _signed(self, method: str, key: str, headers: dict[str, str], life_s: int) -> str:
        url, path = self._access.object_url(self.bucket, key)
        request = AWSRequest(method=method, url=url, headers=headers, auth_path=path)
        if self._access.signature_version == 4:
            S3SigV4QueryAuth(self._credentials, "s3", self._access.region, life_s).add_auth(request)
        else:
            HmacV1QueryAuth(self._credentials, life_s).add_auth(request)
        return str(request.url)
